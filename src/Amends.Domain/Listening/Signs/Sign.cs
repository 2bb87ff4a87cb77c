namespace Amends.Domain.Listening.Signs;

/// <summary>A sign in a text, with the words that give it. All places are in UTF-16 units of the text.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Start">Where the words begin.</param>
/// <param name="Length">How long they are.</param>
/// <param name="SentenceStart">Where the sentence to quote begins.</param>
/// <param name="SentenceLength">How long it is, with its full stop; of a sentence without end only what stands around the words.</param>
public readonly record struct Sign(SignKind Kind, int Start, int Length, int SentenceStart, int SentenceLength)
{
    /// <summary>The name of its kind in files and over the API: <c>outside_route</c>.</summary>
    public string Code => Kind.Code();

    /// <summary>The sentence as it was written.</summary>
    /// <param name="text">The text in which the sign was found.</param>
    public string Quote(string text) => text.Substring(SentenceStart, SentenceLength);

    /// <summary>The words that give the sign.</summary>
    /// <param name="text">The text in which the sign was found.</param>
    public string Words(string text) => text.Substring(Start, Length);
}
