using System.Globalization;
using System.Text.Json;

namespace Amends.Domain.Language;

/// <summary>What a model is told to do for a task: a data file with a version, so that the log can say by which words an answer came about.</summary>
/// <param name="Version">Counts up with each change of the words.</param>
/// <param name="System">The instruction; <c>{language}</c> stands for the language that a message is put into.</param>
/// <param name="MaxTokens">The most tokens that an answer may have.</param>
public sealed record ModelPrompt(int Version, string System, int MaxTokens)
{
    private const int LongestSystem = 8000, MostTokens = 4000;

    /// <summary>Reads a prompt: <c>{"version", "system": [lines], "max_tokens"}</c>.</summary>
    /// <exception cref="FormatException">A part is missing or out of all bounds.</exception>
    public static ModelPrompt Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var prompt = new ModelPrompt(root.GetProperty("version").GetInt32(), string.Join('\n', root.GetProperty("system").EnumerateArray().Select(line => line.GetString())), root.GetProperty("max_tokens").GetInt32());
            return prompt.Version > 0 && prompt.System.Length is > 0 and <= LongestSystem && prompt.MaxTokens is > 0 and <= MostTokens ? prompt : throw new FormatException("A prompt has a version, a system text and a bound.");
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("This is no prompt.", wrong);
        }
    }

    /// <summary>The messages that go to the model: the instruction, and the text between marks that do not occur in it, so that nothing in it passes for an instruction of ours.</summary>
    /// <param name="masked">The text, masked.</param>
    /// <param name="language">The name of the language to put it into, where that is asked for.</param>
    public IReadOnlyList<ModelMessage> Messages(string masked, string? language = null)
    {
        var mark = "<<<";
        while (masked.Contains(mark, StringComparison.Ordinal) || masked.Contains(End(mark), StringComparison.Ordinal))
            mark += "<";
        return
        [
            new("system", System.Replace("{language}", language ?? "English", StringComparison.Ordinal)),
            new("user", string.Create(CultureInfo.InvariantCulture, $"{mark}\n{masked}\n{End(mark)}")),
        ];
    }

    /// <summary>The text between the marks of a user's message, as <see cref="Messages"/> made it.</summary>
    public static string TextOf(string content)
    {
        var (first, last) = (content.IndexOf('\n', StringComparison.Ordinal), content.LastIndexOf('\n'));
        return first >= 0 && last > first ? content[(first + 1)..last] : "";
    }

    private static string End(string mark) => new('>', mark.Length);
}

/// <summary>A message of a chat.</summary>
/// <param name="Role"><c>system</c> or <c>user</c>.</param>
/// <param name="Content">Plain text.</param>
public sealed record ModelMessage(string Role, string Content);
