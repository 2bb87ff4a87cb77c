using System.Text.Encodings.Web;
using System.Text.Json;
using Amends.Mail.Html;

namespace Amends.Commands;

/// <summary><c>amends mail sanitize</c>: HTML in, HTML that may be shown out, a JSON object a line.</summary>
public static class MailSanitize
{
    private static readonly JsonSerializerOptions OneLine = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Cleans each line of a file into a line of another.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        if (line.Option("--in") is not { } from || line.Option("--out") is not { } to)
            return CommandLine.Wrong;
        await using var writer = new StreamWriter(to);
        await foreach (var text in File.ReadLinesAsync(from))
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var entry = JsonSerializer.Deserialize<Entry>(text, OneLine)!;
            await writer.WriteLineAsync(JsonSerializer.Serialize(new Result(entry.Id, MailHtml.Clean(entry.Input).Html), OneLine));
        }

        return 0;
    }

    private sealed record Entry(JsonElement Id, string Input);

    private sealed record Result(JsonElement Id, string Output);
}
