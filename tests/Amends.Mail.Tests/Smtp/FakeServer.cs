using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Amends.Mail.Tests.Smtp;

/// <summary>A server that does to each connection, in turn, what the test says.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task run;
    private int connections;

    public FakeServer(params Func<RawPeer, Task>[] plays)
    {
        listener.Start();
        run = Run(plays);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => connections;

    /// <summary>Says the first text at once and then answers each line with the next; a <c>null</c> hangs up, an empty text stays silent. Hangs up on a good-bye.</summary>
    public static Func<RawPeer, Task> Script(List<string> heard, params string?[] answers) => async peer =>
    {
        for (var i = 0; i < answers.Length; i++)
        {
            if (i > 0)
            {
                if (await peer.Hear() is not { } line) return;
                lock (heard) heard.Add(line);
                if (line.EndsWith("QUIT", StringComparison.Ordinal) || line.EndsWith("LOGOUT", StringComparison.Ordinal)) return;
            }
            if (answers[i] is not { } answer) return;
            if (answer.Length > 0) await peer.Say(answer.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n");
        }
        while (await peer.Hear() is { } line)
        {
            lock (heard) heard.Add(line);
            if (line.EndsWith("QUIT", StringComparison.Ordinal) || line.EndsWith("LOGOUT", StringComparison.Ordinal)) return;
        }
    };

    public static async Task<RawPeer> Encrypt(RawPeer peer, X509Certificate2 certificate)
    {
        var tls = new SslStream(peer.Stream);
        await tls.AuthenticateAsServerAsync(certificate, false, SslProtocols.None, false);
        return RawPeer.On(tls);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await run;
    }

    private async Task Run(Func<RawPeer, Task>[] plays)
    {
        var open = new List<Task>();
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            open.Add(Play(client, plays[Math.Min(connections++, plays.Length - 1)]));
        }
    }

    private static async Task Play(TcpClient client, Func<RawPeer, Task> play)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await play(RawPeer.On(client.GetStream()));
            }
            catch (Exception fault) when (fault is IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
            {
                // The client hung up; that is what many of the tests want.
            }
        }
    }
}
