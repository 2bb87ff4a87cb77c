using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amends.Channels.Email;
using Amends.Mail.Mime;
using Amends.Mail.Reading;
using Amends.Mail.Trust;

namespace Amends.Commands;

/// <summary><c>amends mail read</c>: what the reader makes of a mail, for people who ask why.</summary>
public static class MailRead
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions ForPeople = new(OneLine) { WriteIndented = true };

    /// <summary>Prints a reading with its reasons for each file, or writes a line for each line of a manifest.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        if (line.Option("--manifest") is { } manifest)
            return line.Option("--out") is { } to ? await ReadList(manifest, to) : CommandLine.Wrong;
        if (line.Args.Length == 0 || line.Has("--out"))
            return CommandLine.Wrong;
        var trusted = line.Option("--receiver") ?? "";
        var dkim = line.Has("--signatures") ? new DkimVerifier(new DnsClient(line.Surroundings.DnsServers, TimeProvider.System), TimeProvider.System) : null;
        foreach (var file in line.Args.Where((word, i) => word is not ("--receiver" or "--signatures") && (i == 0 || line.Args[i - 1] != "--receiver")))
        {
            var raw = await File.ReadAllBytesAsync(file);
            var reading = JsonSerializer.SerializeToNode(MailReading.Explained(raw) with { File = file }, ForPeople)!;
            var check = SenderDetail.Of(SenderCheck.Of(MimeReader.Read(raw), trusted, dkim is null ? null : await dkim.Verify(raw)));
            reading["sender_check"] = JsonNode.Parse(check.Write());
            Console.WriteLine(reading.ToJsonString(ForPeople));
        }

        return 0;
    }

    private static async Task<int> ReadList(string manifest, string to)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        await using var writer = new StreamWriter(to);
        await foreach (var text in File.ReadLinesAsync(manifest))
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var entry = JsonSerializer.Deserialize<Entry>(text, JsonSerializerOptions.Web) ?? throw new IOException($"{manifest} has a line that names no file.");
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, entry.File));
            await writer.WriteLineAsync(JsonSerializer.Serialize(MailReading.Of(bytes, entry.Input, entry.Sender, entry.OwnHost) with { File = entry.File }, OneLine));
        }

        return 0;
    }

    private sealed record Entry(string File, string Input = "message/rfc822", string? Sender = null, [property: System.Text.Json.Serialization.JsonPropertyName("own_host")] string? OwnHost = null);
}
