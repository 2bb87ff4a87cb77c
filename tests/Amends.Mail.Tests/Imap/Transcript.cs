using System.Text;
using Amends.Mail.Tests.Smtp;

namespace Amends.Mail.Tests.Imap;

/// <summary>
/// A dialogue between our client and a server, as a file. Lines begin with <c>S: </c> (the server's), <c>C: </c> (ours,
/// compared letter by letter) or <c>#</c> (where it is from). All line ends are CRLF on the wire, and what the server says
/// between two of our lines is sent at once. A line of ours after which the server waits inside a literal is <c>C: </c>, too.
/// </summary>
internal static class Transcript
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Imap", "transcripts");

    /// <summary>Plays the server's side to whoever connects; what our side said otherwise is put into <paramref name="wrong"/>.</summary>
    public static FakeServer Play(string name, List<string> wrong) => new(async peer =>
    {
        var said = new StringBuilder();
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Folder, name + ".txt"), Encoding.UTF8))
        {
            if (line.StartsWith("S: ", StringComparison.Ordinal))
            {
                said.Append(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(line[3..]))).Append("\r\n");
            }
            else if (line.StartsWith("C: ", StringComparison.Ordinal))
            {
                if (said.Length > 0) await peer.Say(said.ToString());
                said.Clear();
                var heard = await peer.Hear() ?? "(closed)";
                if (heard == line[3..]) continue;
                lock (wrong) wrong.Add($"expected {line[3..]}, heard {heard}");
                return;
            }
        }
        if (said.Length > 0) await peer.Say(said.ToString());
        if (await peer.Hear() is { } more)
        {
            lock (wrong) wrong.Add("heard one more: " + more);
        }
    });

    public static IEnumerable<string> All() => Directory.EnumerateFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
}
