using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Amends.Mail.Smtp;

/// <summary>The wire under one session of the server: command lines in, replies out, mail data in, TLS under both.</summary>
internal sealed class SmtpChannel(Socket socket, CancellationToken stop) : IAsyncDisposable
{
    /// <summary>RFC 5321 §4.5.3.1.4 asks for 512; parameters and long addresses need more.</summary>
    private const int LongestLine = 2048;

    /// <summary>A line this long is not a mistake; the connection ends.</summary>
    private const int LongestDrained = 64 * 1024;

    private static readonly StreamPipeReaderOptions Reading = new(leaveOpen: true, bufferSize: 16 * 1024, minimumReadSize: 4096);
    private static readonly StreamPipeWriterOptions Writing = new(leaveOpen: true);
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private readonly NetworkStream plain = new(socket, ownsSocket: true);
    private SslStream? tls;
    private PipeReader reader = null!;
    private PipeWriter writer = null!;
    private bool unsent;

    public bool IsTls => tls is not null;

    public void Open() => Open(plain);

    /// <summary>Ends every wait after this time; a new call starts the time anew.</summary>
    public void Allow(TimeSpan time) => limit.CancelAfter(time);

    public void Reply(string text)
    {
        var span = writer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length) + 2);
        var count = Encoding.UTF8.GetBytes(text, span);
        "\r\n"u8.CopyTo(span[count..]);
        writer.Advance(count + 2);
        unsent = true;
    }

    public async ValueTask Flush()
    {
        if (!unsent) return;
        unsent = false;
        await writer.FlushAsync(limit.Token).ConfigureAwait(false);
    }

    /// <summary>Sends what is waiting although the server may be stopping: a mail that was stored must not be sent again.</summary>
    public async ValueTask FlushEvenWhenStopping()
    {
        unsent = false;
        using var few = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await writer.FlushAsync(few.Token).ConfigureAwait(false);
    }

    /// <summary>Reads one command; replies are sent before waiting, so pipelined commands get theirs in one packet.</summary>
    public async ValueTask<SmtpLine> ReadLine()
    {
        var drained = 0L;
        while (true)
        {
            if (!reader.TryRead(out var read))
            {
                await Flush().ConfigureAwait(false);
                read = await reader.ReadAsync(limit.Token).ConfigureAwait(false);
            }
            var input = read.Buffer;
            if (input.PositionOf((byte)'\n') is { } feed)
            {
                var line = input.Slice(0, feed);
                var result = drained + line.Length > LongestLine ? new SmtpLine(SmtpLineKind.TooLong, "") : Decode(line);
                reader.AdvanceTo(input.GetPosition(1, feed));
                return result;
            }
            if (drained + input.Length > LongestLine)
            {
                drained += input.Length;
                reader.AdvanceTo(input.End);
                if (drained > LongestDrained) return new SmtpLine(SmtpLineKind.Endless, "");
            }
            else
            {
                reader.AdvanceTo(input.Start, input.End);
            }
            // A half command at the end of the stream is no command.
            if (read.IsCompleted) return new SmtpLine(SmtpLineKind.Closed, "");
        }
    }

    /// <summary>Reads a mail's data up to its final dot into the buffer.</summary>
    /// <returns>False when the connection ended first or the sender went on long past the limit.</returns>
    public async ValueTask<bool> ReadData(MailBuffer mail, long mostDrained, TimeSpan idle, TimeSpan whole)
    {
        var dots = new DotReader();
        var seen = 0L;
        var until = Environment.TickCount64 + (long)whole.TotalMilliseconds;
        while (true)
        {
            var left = TimeSpan.FromMilliseconds(Math.Max(1, until - Environment.TickCount64));
            limit.CancelAfter(left < idle ? left : idle);
            var read = await reader.ReadAsync(limit.Token).ConfigureAwait(false);
            var ended = false;
            var position = read.Buffer.Start;
            foreach (var part in read.Buffer)
            {
                ended = dots.Read(part.Span, mail, out var used);
                position = read.Buffer.GetPosition(used, position);
                seen += used;
                if (ended) break;
            }
            reader.AdvanceTo(position);
            if (ended) return true;
            if (read.IsCompleted || seen > mostDrained) return false;
        }
    }

    /// <summary>Reads octets that nobody wants and drops them; <c>false</c> when the connection ended first.</summary>
    public async ValueTask<bool> Skip(long octets, TimeSpan idle)
    {
        while (octets > 0)
        {
            limit.CancelAfter(idle);
            var read = await reader.ReadAsync(limit.Token).ConfigureAwait(false);
            var gone = Math.Min(octets, read.Buffer.Length);
            reader.AdvanceTo(read.Buffer.GetPosition(gone));
            octets -= gone;
            if (read.IsCompleted && octets > 0) return false;
        }
        return true;
    }

    /// <summary>Starts TLS; what the client sent ahead of the handshake is thrown away (RFC 3207 §4.2).</summary>
    public async Task StartTls(SslStreamCertificateContext certificate)
    {
        await Flush().ConfigureAwait(false);
        await reader.CompleteAsync().ConfigureAwait(false);
        await writer.CompleteAsync().ConfigureAwait(false);
        tls = new SslStream(plain, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = certificate, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
            limit.Token).ConfigureAwait(false);
        Open(tls);
    }

    public async ValueTask DisposeAsync()
    {
        if (tls is not null) await tls.DisposeAsync().ConfigureAwait(false);
        await plain.DisposeAsync().ConfigureAwait(false);
        await reader.CompleteAsync().ConfigureAwait(false);
        limit.Dispose();
    }

    private static SmtpLine Decode(ReadOnlySequence<byte> bytes)
    {
        Span<byte> line = stackalloc byte[(int)bytes.Length];
        bytes.CopyTo(line);
        // Relays that take a bare LF for a line end are half of every smuggling trick.
        if (!line.EndsWith("\r"u8)) return new SmtpLine(SmtpLineKind.BareFeed, "");
        line = line[..^1];
        foreach (var octet in line)
        {
            if (octet is < 0x20 and not (byte)'\t' or 0x7f) return new SmtpLine(SmtpLineKind.Garbled, "");
        }
        try
        {
            return new SmtpLine(SmtpLineKind.Command, StrictUtf8.GetString(line));
        }
        catch (DecoderFallbackException)
        {
            return new SmtpLine(SmtpLineKind.Garbled, "");
        }
    }

    private void Open(Stream stream)
    {
        reader = PipeReader.Create(stream, Reading);
        writer = PipeWriter.Create(stream, Writing);
    }
}

/// <summary>What a command line turned out to be.</summary>
internal enum SmtpLineKind
{
    Command,
    TooLong,
    BareFeed,
    Garbled,
    Endless,
    Closed,
}

/// <summary>One command line.</summary>
internal readonly record struct SmtpLine(SmtpLineKind Kind, string Text);
