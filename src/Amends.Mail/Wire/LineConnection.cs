using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Amends.Mail.Wire;

/// <summary>
/// A client's connection to a line-speaking mail server: bounded lines, bounded waits, and an upgrade to TLS that
/// refuses bytes sent too early. Every fault leaves as <see cref="WireFault"/>.
/// </summary>
internal sealed class LineConnection : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly string host;
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private Stream stream;
    private Task<int>? pending;
    private int start;
    private int end;
    private bool closed;

    private LineConnection(Socket socket, string host)
    {
        this.socket = socket;
        this.host = host;
        stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>How long one read or write may wait.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>When set, no read or write waits beyond this moment of <see cref="Environment.TickCount64"/>.</summary>
    public long? Deadline { get; set; }

    public bool IsTls => stream is SslStream;

    public bool HasBuffered => end > start;

    /// <summary>True when the other side has closed or spoken unasked since the last exchange.</summary>
    public bool LooksStale => closed || HasBuffered || pending is not null || socket.Poll(0, SelectMode.SelectRead);

    public static async Task<LineConnection> Connect(string host, int port, TimeSpan patience, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            await socket.ConnectAsync(host, port, limit.Token).ConfigureAwait(false);
            return new LineConnection(socket, host);
        }
        catch (Exception fault)
        {
            socket.Dispose();
            cancel.ThrowIfCancellationRequested();
            throw fault switch
            {
                OperationCanceledException => new WireFault(MailTrouble.TimedOut, $"{host}:{port} did not answer within {patience.TotalSeconds:0} seconds.", fault),
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
                    new WireFault(MailTrouble.NameNotFound, $"The host name {host} is not known.", fault),
                _ => new WireFault(MailTrouble.Unreachable, $"Nobody answers at {host}:{port}.", fault),
            };
        }
    }

    public async Task UpgradeToTls(X509Certificate2Collection? roots, CancellationToken cancel)
    {
        if (HasBuffered) throw new WireFault(MailTrouble.Injected, $"{host} sent data ahead of the TLS handshake; the connection was dropped.");
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        var badCertificate = false;
        if (roots is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }
        options.RemoteCertificateValidationCallback = (_, _, _, errors) => !(badCertificate = errors != SslPolicyErrors.None);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Wait());
        try
        {
            await tls.AuthenticateAsClientAsync(options, limit.Token).ConfigureAwait(false);
            stream = tls;
        }
        catch (Exception fault)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            closed = true;
            cancel.ThrowIfCancellationRequested();
            throw fault switch
            {
                OperationCanceledException => new WireFault(MailTrouble.TimedOut, $"The TLS handshake with {host} did not end in time.", fault),
                _ when badCertificate => new WireFault(MailTrouble.CertificateRefused, $"The certificate of {host} is not trusted, has expired, or names another host.", fault),
                _ => new WireFault(MailTrouble.TlsFailed, $"The TLS handshake with {host} failed.", fault),
            };
        }
    }

    /// <summary>Reads to the next LF; a CR before it is taken off too.</summary>
    /// <returns>The line without its end.</returns>
    public async ValueTask<byte[]> ReadLine(int longest, CancellationToken cancel)
    {
        ArrayBufferWriter<byte>? kept = null;
        while (true)
        {
            var seen = buffer.AsMemory(start, end - start);
            var feed = seen.Span.IndexOf((byte)'\n');
            var taken = feed < 0 ? seen.Length : feed;
            if ((kept?.WrittenCount ?? 0) + taken > longest) throw new WireFault(MailTrouble.Limit, $"{host} sent a line longer than {longest} bytes.");
            if (feed >= 0)
            {
                start += feed + 1;
                if (kept is null) return Trimmed(seen.Span[..feed]);
                kept.Write(seen.Span[..feed]);
                return Trimmed(kept.WrittenSpan);
            }
            kept ??= new ArrayBufferWriter<byte>(256);
            kept.Write(seen.Span);
            start = end = 0;
            await Fill(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Reads exactly <paramref name="length"/> bytes; memory grows with what arrives, not with what was announced.</summary>
    public async ValueTask<byte[]> ReadBytes(int length, CancellationToken cancel)
    {
        var bytes = new byte[Math.Min(length, 256 * 1024)];
        var have = 0;
        while (have < length)
        {
            if (!HasBuffered) await Fill(cancel).ConfigureAwait(false);
            var take = Math.Min(end - start, length - have);
            if (have + take > bytes.Length) Array.Resize(ref bytes, (int)Math.Min(length, Math.Max(bytes.Length * 2L, have + take)));
            buffer.AsSpan(start, take).CopyTo(bytes.AsSpan(have));
            start += take;
            have += take;
        }
        return bytes;
    }

    /// <summary>Waits for input without taking it.</summary>
    /// <returns>False when nothing came in <paramref name="longest"/>.</returns>
    public async ValueTask<bool> WaitForInput(TimeSpan longest, CancellationToken cancel)
    {
        if (HasBuffered) return true;
        pending ??= StartRead();
        return await Task.WhenAny(pending, Task.Delay(longest, cancel)).ConfigureAwait(false) == pending;
    }

    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (closed) throw new WireFault(MailTrouble.Lost, $"The connection to {host} is closed.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Wait());
        try
        {
            await stream.WriteAsync(bytes, limit.Token).ConfigureAwait(false);
            await stream.FlushAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            closed = true;
            cancel.ThrowIfCancellationRequested();
            throw new WireFault(MailTrouble.TimedOut, $"{host} stopped reading.");
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Not marked closed: the server's last words may still wait to be read.
            throw new WireFault(MailTrouble.Lost, $"{host} closed the connection.", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        var open = pending;
        pending = null;
        await stream.DisposeAsync().ConfigureAwait(false);
        if (open is not null) await open.ContinueWith(static read => _ = read.Exception, TaskScheduler.Default).ConfigureAwait(false);
        // The buffer goes back only after no read can write into it.
        if (start >= 0) ArrayPool<byte>.Shared.Return(buffer);
        start = end = -1;
    }

    private static byte[] Trimmed(ReadOnlySpan<byte> line) => (line.EndsWith("\r"u8) ? line[..^1] : line).ToArray();

    private async Task<int> StartRead()
    {
        start = end = 0;
        return await stream.ReadAsync(buffer.AsMemory()).ConfigureAwait(false);
    }

    private TimeSpan Wait()
    {
        if (Deadline is not { } deadline) return Patience;
        var left = TimeSpan.FromMilliseconds(Math.Max(0, deadline - Environment.TickCount64));
        return left < Patience ? left : Patience;
    }

    // A read that nobody waits for any longer stays pending: an SslStream does not survive a cancelled read.
    private async ValueTask Fill(CancellationToken cancel)
    {
        if (closed) throw new WireFault(MailTrouble.Lost, $"The connection to {host} is closed.");
        pending ??= StartRead();
        try
        {
            var count = await pending.WaitAsync(Wait(), cancel).ConfigureAwait(false);
            pending = null;
            end = count;
            if (count > 0) return;
            closed = true;
        }
        catch (TimeoutException fault)
        {
            closed = true;
            throw new WireFault(MailTrouble.TimedOut, $"{host} did not answer in time.", fault);
        }
        catch (OperationCanceledException)
        {
            closed = true;
            throw;
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            pending = null;
            closed = true;
            throw new WireFault(MailTrouble.Lost, $"{host} closed the connection.", fault);
        }
        throw new WireFault(MailTrouble.Lost, $"{host} closed the connection.");
    }
}
