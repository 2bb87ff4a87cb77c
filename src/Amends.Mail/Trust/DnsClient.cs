using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Amends.Mail.Trust;

/// <summary>
/// A small client of the DNS for TXT records (RFC 1035): UDP from a port of its own for each question, with a number and
/// large and small letters that a stranger has to guess; TCP where the answer does not fit. Everything is bounded, and
/// no fault leaves it: what cannot be had is <see cref="DnsOutcome.Failed"/>.
/// </summary>
/// <param name="servers">Resolvers to ask, in order; none means that nobody is ever asked.</param>
/// <param name="clock">The time, for answers that are kept.</param>
public sealed class DnsClient(IReadOnlyList<IPEndPoint> servers, TimeProvider clock)
{
    const int MostServers = 3, MostStrays = 20, LargestAnswer = 16 * 1024, MostKept = 2000;
    static readonly TimeSpan LongestKept = TimeSpan.FromHours(1), FailureKept = TimeSpan.FromSeconds(30);
    readonly ConcurrentDictionary<string, (DnsAnswer Answer, DateTimeOffset Until)> kept = new(StringComparer.Ordinal);

    /// <summary>How long one server may take, by UDP or by TCP.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Whether anybody can be asked.</summary>
    public bool IsOn => servers.Count > 0;

    /// <summary>The resolvers.</summary>
    public IReadOnlyList<IPEndPoint> Servers => servers;

    /// <summary>The resolvers that a file in the format of <c>/etc/resolv.conf</c> names; none when it cannot be read.</summary>
    public static IReadOnlyList<IPEndPoint> FromFile(string file)
    {
        try
        {
            return [.. File.ReadLines(file).Take(200).Select(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words is ["nameserver", _, ..] && IPAddress.TryParse(words[1], out _)).Select(words => new IPEndPoint(IPAddress.Parse(words[1]), 53)).Take(MostServers)];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The TXT records of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancel">Ends the waiting; the answer is then <see cref="DnsOutcome.Failed"/>.</param>
    public async Task<DnsAnswer> Texts(string name, CancellationToken cancel = default)
    {
        var failed = new DnsAnswer(DnsOutcome.Failed, [], TimeSpan.Zero);
        if (DnsName.Host(name) is not { } host) return new DnsAnswer(DnsOutcome.Nothing, [], TimeSpan.Zero);
        var now = clock.GetUtcNow();
        if (kept.TryGetValue(host, out var known) && known.Until > now) return known.Answer;
        foreach (var server in servers.Take(MostServers))
        {
            if (cancel.IsCancellationRequested) break;
            if (await Ask(server, host, cancel).ConfigureAwait(false) is { Outcome: not DnsOutcome.Failed } answer)
            {
                Keep(host, answer, answer.Lifetime < LongestKept ? answer.Lifetime : LongestKept);
                return answer;
            }
        }
        // A domain whose servers are away must not make each of its mails wait.
        Keep(host, failed, FailureKept);
        return failed;
    }

    void Keep(string host, DnsAnswer answer, TimeSpan lifetime)
    {
        if (kept.Count >= MostKept) kept.Clear();
        kept[host] = (answer, clock.GetUtcNow() + lifetime);
    }

    async Task<DnsAnswer?> Ask(IPEndPoint server, string host, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            var (answer, byTcp) = await ByUdp(server, host, limit.Token).ConfigureAwait(false);
            return byTcp ? await ByTcp(server, host, limit.Token).ConfigureAwait(false) : answer;
        }
        catch (Exception trouble) when (trouble is OperationCanceledException or SocketException or IOException)
        {
            return null;
        }
    }

    /// <summary>Strays are passed over until the answer comes; a flood of them moves the question to TCP, where strangers have no say.</summary>
    static async Task<(DnsAnswer? Answer, bool ByTcp)> ByUdp(IPEndPoint server, string host, CancellationToken cancel)
    {
        var question = DnsMessage.Question((ushort)RandomNumberGenerator.GetInt32(65536), Mixed(host), extended: true);
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancel).ConfigureAwait(false); // from then on only this server is heard
        await socket.SendAsync(question, cancel).ConfigureAwait(false);
        var buffer = new byte[4096];
        for (var strays = 0; strays < MostStrays; strays++)
        {
            var length = await socket.ReceiveAsync(buffer, cancel).ConfigureAwait(false);
            if (DnsMessage.Read(buffer.AsSpan(0, length), question, out var truncated) is { } answer) return (answer, truncated || answer.Outcome == DnsOutcome.Failed);
        }
        return (null, true);
    }

    static async Task<DnsAnswer?> ByTcp(IPEndPoint server, string host, CancellationToken cancel)
    {
        var question = DnsMessage.Question((ushort)RandomNumberGenerator.GetInt32(65536), host, extended: false);
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancel).ConfigureAwait(false);
        await using var stream = new NetworkStream(socket);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)question.Length);
        await stream.WriteAsync((byte[])[.. length, .. question], cancel).ConfigureAwait(false);
        await stream.ReadExactlyAsync(length, cancel).ConfigureAwait(false);
        var size = BinaryPrimitives.ReadUInt16BigEndian(length);
        if (size > LargestAnswer) return null;
        var answer = new byte[size];
        await stream.ReadExactlyAsync(answer, cancel).ConfigureAwait(false);
        return DnsMessage.Read(answer, question, out _);
    }

    /// <summary>The name in large and small letters by chance; servers send it back as it came.</summary>
    static string Mixed(string host) => string.Create(host.Length, host, static (text, plain) =>
    {
        Span<byte> chance = stackalloc byte[DnsName.Longest];
        RandomNumberGenerator.Fill(chance);
        for (var i = 0; i < text.Length; i++) text[i] = (chance[i] & 1) == 0 ? plain[i] : char.ToUpperInvariant(plain[i]);
    });
}
