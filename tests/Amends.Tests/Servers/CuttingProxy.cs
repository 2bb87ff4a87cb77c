using System.Net;
using System.Net.Sockets;

namespace Amends.Tests.Servers;

/// <summary>A line to a server of the loopback that breaks after so many bytes of the server's.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int to;
    private readonly Task run;
    private volatile bool closed;

    /// <param name="to">The server's port.</param>
    public CuttingProxy(int to)
    {
        this.to = to;
        listener.Start();
        run = Run();
    }

    /// <summary>Where to connect.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Bytes of the server's that a connection carries.</summary>
    public long CutAfter { get; set; } = long.MaxValue;

    /// <summary>Bytes of the server's that all connections carried.</summary>
    public long Carried { get; private set; }

    /// <summary>Connections that were cut.</summary>
    public int Cuts { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        closed = true;
        listener.Dispose();
        await run;
    }

    private async Task Run()
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                using var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, to);
                var up = client.GetStream().CopyToAsync(server.GetStream());
                await Down(server.GetStream(), client.GetStream());
                client.Close();
                server.Close();
                await up.ContinueWith(static _ => { }, TaskScheduler.Default);
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // One side hung up, or we did.
                if (closed)
                    return;
            }
        }
    }

    private async Task Down(NetworkStream from, NetworkStream into)
    {
        var buffer = new byte[4096];
        for (var left = CutAfter; ;)
        {
            var count = await from.ReadAsync(buffer);
            if (count == 0)
                return;
            await into.WriteAsync(buffer.AsMemory(0, (int)Math.Min(count, left)));
            Carried += Math.Min(count, left);
            if ((left -= count) <= 0)
            {
                Cuts++;
                return;
            }
        }
    }
}
