using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Amends.Fuzz.Fuzzing;

/// <summary>
/// A server on the loopback that answers each line of a client by script. Where a client waits for more than the script has, the
/// server hangs up, so that a conversation always comes to its end.
/// </summary>
public sealed class PlayedServer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly Func<IConversation> converse;
    readonly CancellationTokenSource stop = new();
    readonly Task run;

    /// <summary>Listens.</summary>
    /// <param name="converse">Gives the answers of the next connection.</param>
    public PlayedServer(Func<IConversation> converse)
    {
        this.converse = converse;
        listener.Start();
        run = Run();
    }

    /// <summary>Where.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await run;
        stop.Dispose();
    }

    async Task Run()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var socket = await listener.AcceptSocketAsync(stop.Token);
                socket.NoDelay = true;
                await Converse(socket, converse());
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client hung up, or all is over.
            }
        }
    }

    static async Task Converse(Socket socket, IConversation conversation)
    {
        var buffer = new byte[8 * 1024];
        var line = new List<byte>();
        if (!await Say(socket, conversation.Greeting())) return;
        for (var lines = 0; lines < 300;)
        {
            using var patience = new CancellationTokenSource(Patience);
            var count = await socket.ReceiveAsync(buffer, SocketFlags.None, patience.Token);
            if (count == 0) return;
            for (var i = 0; i < count; i++)
            {
                if (buffer[i] != '\n')
                {
                    line.Add(buffer[i]);
                    continue;
                }
                lines++;
                var answer = conversation.Answer(Encoding.Latin1.GetString([.. line]).TrimEnd('\r'));
                line.Clear();
                if (answer is not null && !await Say(socket, answer)) return;
            }
        }
    }

    static async Task<bool> Say(Socket socket, byte[] answer)
    {
        if (answer.Length == 0) return false;
        for (var sent = 0; sent < answer.Length;) sent += await socket.SendAsync(answer.AsMemory(sent), SocketFlags.None);
        return true;
    }
}

/// <summary>The answers of one connection.</summary>
public interface IConversation
{
    /// <summary>What is said first; empty hangs up.</summary>
    byte[] Greeting();

    /// <summary>What a line of the client is answered with: null says nothing, empty hangs up.</summary>
    byte[]? Answer(string line);
}
