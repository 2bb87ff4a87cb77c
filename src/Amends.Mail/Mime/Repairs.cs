namespace Amends.Mail.Mime;

/// <summary>The notes of one reading: each sentence once, and never more than a page of them.</summary>
internal sealed class Repairs
{
    const int Most = 50;
    readonly List<string> notes = [];

    internal IReadOnlyList<string> Notes => notes;

    internal void Note(string sentence)
    {
        if (notes.Count < Most && !notes.Contains(sentence)) notes.Add(sentence);
    }
}
