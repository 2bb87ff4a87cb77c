using System.Text.Encodings.Web;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.Listening.Emotion;

namespace Amends.Commands.Listening;

/// <summary><c>amends listening score</c>: how upset each text of a file is, a JSON object a line in and out.</summary>
public static class ListeningScore
{
    private static readonly JsonSerializerOptions OneLine = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Scores every line with the shipped model, or with another.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        if (line.Option("--in") is not { } from || line.Option("--out") is not { } to)
            return CommandLine.Wrong;
        var ear = line.Option("--model") is { } model ? new Ear(UpsetModel.Read(await File.ReadAllBytesAsync(model))) : Ear.Shipped;
        await using var writer = new StreamWriter(to);
        await foreach (var text in File.ReadLinesAsync(from))
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var entry = JsonSerializer.Deserialize<Entry>(text, OneLine) ?? throw new JsonException($"{from} has a line without a text.");
            var heard = ear.Hear(entry.Text ?? "");
            await writer.WriteLineAsync(JsonSerializer.Serialize(new Result(entry.Id, MathF.Round(heard.Score, 4), MathF.Round(heard.Angry, 4), heard.Level >= UpsetLevel.Annoyed ? 1 : 0, heard.Level.Code()), OneLine));
        }

        return 0;
    }

    private sealed record Entry(JsonElement Id, string? Text);

    private sealed record Result(JsonElement Id, float Score, float Angry, int Upset, string Level);
}
