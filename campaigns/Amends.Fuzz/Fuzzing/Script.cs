using System.Text;

namespace Amends.Fuzz.Fuzzing;

/// <summary>
/// What a played server answers: chunks, each with the word of the command it answers. An input as bytes, so that it can be mutated as
/// any other: a chunk begins with a line of <c>%%WORD</c>, and <c>$T</c> in it is the tag of the command.
/// </summary>
public sealed class Script
{
    const string Mark = "%%";

    readonly List<(string Word, byte[] Answer)> chunks = [];

    /// <summary>Reads a script; any bytes are one.</summary>
    public Script(byte[] input)
    {
        foreach (var chunk in Encoding.Latin1.GetString(input).Split(Mark).Skip(1))
        {
            var end = chunk.IndexOf('\n');
            if (end >= 0) chunks.Add((chunk[..end].TrimEnd('\r'), Encoding.Latin1.GetBytes(chunk[(end + 1)..])));
        }
    }

    /// <summary>One chunk as text.</summary>
    public static string Chunk(string word, string answer) => $"{Mark}{word}\n{answer}";

    /// <summary>Takes the next answer to a command.</summary>
    /// <returns>Null when none is left; an empty one hangs up.</returns>
    public byte[]? Take(string word, string tag)
    {
        var at = chunks.FindIndex(chunk => chunk.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (at < 0) return null;
        var answer = chunks[at].Answer;
        chunks.RemoveAt(at);
        return answer.AsSpan().IndexOf("$T"u8) < 0 ? answer : Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(answer).Replace("$T", tag, StringComparison.Ordinal));
    }
}
