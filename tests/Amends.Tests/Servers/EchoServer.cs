using System.Net;
using System.Net.Sockets;

namespace Amends.Tests.Servers;

/// <summary>A mail server that refuses everything and quotes what it was told, passwords and addresses too.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string _greeting;
    private readonly Func<string, string?> _answer;
    private readonly Task _run;

    private EchoServer(string greeting, Func<string, string?> answer)
    {
        (_greeting, _answer) = (greeting, answer);
        _listener.Start();
        _run = Run();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it heard.</summary>
    public string Heard { get; private set; } = "";

    /// <summary>An IMAP server that lets nobody in.</summary>
    public static EchoServer Imap() => new("* OK ready", line => line.Split(' ') is [var tag, var verb, ..] && verb.Equals("CAPABILITY", StringComparison.OrdinalIgnoreCase)
        ? $"* CAPABILITY IMAP4rev1\r\n{tag} OK done" : $"{line.Split(' ')[0]} NO cannot take {line}");

    /// <summary>An SMTP server that refuses every recipient.</summary>
    public static EchoServer Smtp() => new("220 ready", line => line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) ? $"550 cannot take {line}" : "250 fine");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _run;
        _end.Dispose();
    }

    private async Task Run()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                using var reader = new StreamReader(client.GetStream());
                await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
                await writer.WriteLineAsync(_greeting);
                while (await reader.ReadLineAsync(_end.Token) is { } line)
                {
                    Heard += line + "\n";
                    await writer.WriteLineAsync(_answer(line));
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException or InvalidOperationException)
        {
            // the test is over
        }
    }
}
