using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Amends.Mail.Tests.Trust;

/// <summary>A DNS server on the loopback address, by UDP and TCP on one port, that can also answer as servers should not.</summary>
internal sealed class TestDns : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly Socket udp;
    private readonly TcpListener tcp;
    private readonly Task[] running;
    private int datagrams;
    private int streams;

    public TestDns()
    {
        for (var tries = 0; ; tries++)
        {
            udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            tcp = new TcpListener(IPAddress.Loopback, ((IPEndPoint)udp.LocalEndPoint!).Port);
            try
            {
                tcp.Start();
                break;
            }
            catch (SocketException) when (tries < 20) // somebody has that port for TCP
            {
                udp.Dispose();
                tcp.Dispose();
            }
        }
        running = [Datagrams(), Streams()];
    }

    /// <summary>TXT records by name, in lower case.</summary>
    public ConcurrentDictionary<string, string[]> Records { get; } = new();

    /// <summary>Aliases by name.</summary>
    public ConcurrentDictionary<string, string> Aliases { get; } = new();

    /// <summary>Datagrams to send for a question instead of the right one; the right one comes last.</summary>
    public Func<byte[], byte[], IEnumerable<byte[]>> ByUdp { get; set; } = (_, answer) => [answer];

    /// <summary>What goes over TCP for a question, without its length.</summary>
    public Func<byte[], byte[], byte[]> ByTcp { get; set; } = (_, answer) => answer;

    public TimeSpan Late { get; set; }
    public int AskedByUdp => datagrams;
    public int AskedByTcp => streams;
    public IPEndPoint Endpoint => (IPEndPoint)udp.LocalEndPoint!;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        udp.Dispose();
        tcp.Dispose();
        await Task.WhenAll(running);
        end.Dispose();
    }

    /// <summary>The right answer to a question.</summary>
    public byte[] Answer(byte[] question)
    {
        var (name, after) = Asked(question);
        var records = new List<byte[]>();
        var owner = name;
        while (Aliases.TryGetValue(owner, out var target))
        {
            records.Add(Record(owner, 5, Encoded(target)));
            owner = target;
        }
        foreach (var text in Records.GetValueOrDefault(owner) ?? []) records.Add(Record(owner, 16, Strings(text)));
        byte[] head = [question[0], question[1], 0x81, (byte)(records.Count > 0 ? 0x80 : 0x83), 0, 1, 0, (byte)records.Count, 0, 0, 0, 0];
        return [.. head, .. question[12..after], .. records.SelectMany(record => record)];
    }

    public static (string Name, int After) Asked(byte[] question)
    {
        var labels = new List<string>();
        var at = 12;
        for (; question[at] != 0; at += 1 + question[at]) labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]).ToLowerInvariant());
        return (string.Join('.', labels), at + 5);
    }

    private static byte[] Encoded(string name) => [.. name.Split('.').SelectMany(label => new[] { (byte)label.Length }.Concat(Encoding.ASCII.GetBytes(label))), 0];

    private static byte[] Strings(string text) => [.. Encoding.Latin1.GetBytes(text).Chunk(255).SelectMany(part => new[] { (byte)part.Length }.Concat(part))];

    private static byte[] Record(string owner, byte type, byte[] data) => [.. Encoded(owner), 0, type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    private async Task Datagrams()
    {
        var buffer = new byte[4096];
        while (!end.IsCancellationRequested)
        {
            try
            {
                var got = await udp.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), end.Token);
                Interlocked.Increment(ref datagrams);
                var question = buffer[..got.ReceivedBytes];
                if (Late > TimeSpan.Zero) await Task.Delay(Late, end.Token);
                foreach (var answer in ByUdp(question, Answer(question))) await udp.SendToAsync(answer, got.RemoteEndPoint, end.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // the asker is gone, or we are
            }
        }
    }

    private async Task Streams()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var client = await tcp.AcceptTcpClientAsync(end.Token);
                Interlocked.Increment(ref streams);
                var stream = client.GetStream();
                var length = new byte[2];
                await stream.ReadExactlyAsync(length, end.Token);
                var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await stream.ReadExactlyAsync(question, end.Token);
                var answer = ByTcp(question, Answer(question));
                await stream.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)answer.Length, .. answer], end.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
            {
                // as above
            }
        }
    }
}
