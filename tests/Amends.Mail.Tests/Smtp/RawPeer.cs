using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Amends.Mail.Tests.Smtp;

/// <summary>A client that says exactly the bytes it is told.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly TcpClient tcp = new() { NoDelay = true };

    public Stream Stream { get; set; } = Stream.Null;

    public static RawPeer On(Stream stream) => new() { Stream = stream };

    public static async Task<RawPeer> Connect(int port)
    {
        var peer = new RawPeer();
        await peer.tcp.ConnectAsync(IPAddress.Loopback, port);
        peer.Stream = peer.tcp.GetStream();
        return peer;
    }

    public async Task Say(string text) => await Stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>One line without its end; null when the server closed.</summary>
    public async Task<string?> Hear()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            int count;
            try
            {
                count = await Stream.ReadAsync(one, limit.Token);
            }
            catch (IOException)
            {
                count = 0;
            }
            if (count == 0) return line.Length == 0 ? null : line.ToString();
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }
    }

    /// <summary>A whole reply; its last line.</summary>
    public async Task<string?> HearReply()
    {
        while (true)
        {
            var line = await Hear();
            if (line is null || line.Length < 4 || line[3] != '-') return line;
        }
    }

    /// <summary>Plays a conversation: lines <c>C: text</c> are said with CRLF, <c>S: start</c> are awaited.</summary>
    public async Task Play(string transcript)
    {
        foreach (var line in transcript.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var text = line.Length > 3 ? line[3..] : "";
            if (line.StartsWith("C:", StringComparison.Ordinal)) await Say(text + "\r\n");
            else Assert.StartsWith(text, await Hear() ?? "(closed)", StringComparison.Ordinal);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        tcp.Dispose();
    }
}
