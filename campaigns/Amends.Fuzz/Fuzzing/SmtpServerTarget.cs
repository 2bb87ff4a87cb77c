using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Amends.Mail.Smtp;

namespace Amends.Fuzz.Fuzzing;

/// <summary>
/// Whole conversations with the SMTP intake, all said at once. Every mail it takes must stand in what was said, between a line
/// of DATA and <c>CRLF . CRLF</c>, in order and without overlap: no other reading of the end of a mail is accepted.
/// </summary>
public sealed class SmtpServerTarget : FuzzTarget
{
    readonly ConcurrentQueue<byte[]> taken = [];
    readonly ConcurrentQueue<string> notices = [];
    readonly CancellationTokenSource stop = new();
    readonly SmtpServer server;
    readonly Task run;
    bool forNobody;

    /// <summary>Starts the server.</summary>
    public SmtpServerTarget()
    {
        var options = new SmtpServerOptions { MaxSize = 40_000, MaxErrors = 30, MaxRecipients = 5, MaxConnections = 1000, MaxConnectionsPerSource = 1000, CommandTimeout = TimeSpan.FromSeconds(10), DataIdleTimeout = TimeSpan.FromSeconds(10) };
        server = new SmtpServer(options, Store, (address, _) => new(!address.StartsWith("nobody", StringComparison.Ordinal)), notices.Enqueue);
        server.Start();
        run = server.Run(stop.Token);
    }

    /// <inheritdoc/>
    public override string Name => "smtp-server";

    /// <inheritdoc/>
    public override TimeSpan Grace => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override bool Waits => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces { get; } =
    [
        "EHLO x\r\n", "HELO\r\n", "LHLO x\r\n", "MAIL FROM:<a@b.example>\r\n", "MAIL FROM:<>\r\n", "MAIL FROM:<a@b.example> SIZE=999999999999999999999 BODY=8BITMIME SMTPUTF8\r\n", "MAIL FROM: <\"a>b\"@c.example>\r\n", "RCPT TO:<a@ours.example>\r\n", "RCPT TO:<nobody@ours.example>\r\n", "RCPT TO:<@a,@b:c@d.example>\r\n", "RCPT TO:<@@@>\r\n",
        "DATA\r\n", "\r\n.\r\n", "\n.\n", "\r.\r", "\r\n.\n", "\n.\r\n", "\r\n.\r", "\r\n..\r\n", "\r\r\n.\r\r\n", "\0\r\n.\r\n", ".", "..", "\r", "\n", "\0", " ", "RSET\r\n", "QUIT\r\n", "NOOP\r\n", "STARTTLS\r\n", "AUTH PLAIN AAAA\r\n", "BDAT 5 LAST\r\n", "BDAT 99999999999\r\n", "VRFY a\r\n", "EXPN x\r\n", "HELP\r\n", "TURN\r\n", "XCLIENT ADDR=1\r\n", "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n", "<", ">", "\"", "@", "\u00ff", "\u00c3\u00a9", " RET=FULL ENVID=x\r\n", " NOTIFY=NEVER\r\n",
    ];

    /// <inheritdoc/>
    public override byte[] Generate(Random random)
    {
        var text = new StringBuilder();
        if (random.Next(6) > 0) text.Append(random.Next(4) == 0 ? "HELO x\r\n" : "EHLO x\r\n");
        for (var mails = random.Next(1, 4); mails > 0; mails--)
        {
            if (random.Next(5) == 0) text.Append(Pieces[random.Next(Pieces.Count)]);
            text.Append(random.Next(8) == 0 ? "MAIL FROM:<>" : "MAIL FROM:<a@b.example>").Append(random.Next(4) == 0 ? " SIZE=100 BODY=8BITMIME\r\n" : "\r\n");
            for (var i = random.Next(1, 8); i > 0; i--) text.Append(random.Next(6) == 0 ? "RCPT TO:<nobody@ours.example>\r\n" : $"RCPT TO:<a{i}@ours.example>\r\n");
            text.Append("DATA\r\n");
            for (var i = random.Next(6); i > 0; i--) text.Append(random.Next(5) switch { 0 => "..stuffed\r\n", 1 => "Subject: x\r\n", 2 => Pieces[random.Next(11, 21)], _ => "line\r\n" });
            if (random.Next(10) > 0) text.Append(random.Next(2) == 0 ? "end\r\n.\r\n" : ".\r\n");
        }
        if (random.Next(2) == 0) text.Append("QUIT\r\n");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    /// <inheritdoc/>
    public override async ValueTask<int> Run(byte[] input)
    {
        taken.Clear();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Endpoint.Port));
        var heard = new StringBuilder();
        var hearing = Hear(socket, heard);
        try
        {
            // Cut at a place of its own, so that every split of the bytes comes up.
            var cut = input.Length == 0 ? 0 : (input.Length * 7) % input.Length;
            if (cut > 0) await socket.SendAsync(input.AsMemory(0, cut));
            for (var sent = cut; sent < input.Length;) sent += await socket.SendAsync(input.AsMemory(sent));
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It hung up on what it heard.
        }
        await hearing;
        Must(!notices.Any(notice => notice.StartsWith("An SMTP connection failed", StringComparison.Ordinal)), string.Join(' ', notices.Take(3)));
        notices.Clear();
        Must(!forNobody, "a mail was taken for nobody");
        var from = 0;
        foreach (var mail in taken) from = EndOf(input, from, mail);
        var shape = new HashCode();
        shape.Add(taken.Count);
        foreach (var line in heard.ToString().Split('\n').Take(25)) shape.Add(line.Length > 9 && line[3] != '-' ? line[..9] : "");
        return shape.ToHashCode();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await stop.CancelAsync();
        await run;
        stop.Dispose();
    }

    Task<SmtpReply> Store(SmtpEnvelope envelope, ReadOnlyMemory<byte> mail, CancellationToken cancel)
    {
        taken.Enqueue(mail.ToArray());
        forNobody |= envelope.Recipients.Count is 0 or > 5;
        return Task.FromResult(SmtpReply.Taken);
    }

    static async Task Hear(Socket socket, StringBuilder heard)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (heard.Length < 4000) heard.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // It hung up before it read everything.
        }
    }

    /// <summary>Finds a mail that was taken in what was said: behind a line of DATA, with the dots of RFC 5321 §4.5.2 taken off, ended by CRLF . CRLF.</summary>
    static int EndOf(byte[] said, int from, byte[] mail)
    {
        for (var line = from; line < said.Length;)
        {
            var end = said.AsSpan(line).IndexOf("\r\n"u8);
            if (end < 0) break;
            var command = Encoding.Latin1.GetString(said, line, end).Split('\n')[^1].Trim(); // a line that a bare LF ends is refused, and the next one begins
            line += end + 2;
            if (command.Equals("DATA", StringComparison.OrdinalIgnoreCase) && Body(said.AsSpan(line), out var length) is { } body && body.AsSpan().SequenceEqual(mail)) return line + length;
        }
        throw new BrokenRuleException("a mail was taken that was not said so");
    }

    static byte[]? Body(ReadOnlySpan<byte> said, out int length)
    {
        var body = new List<byte>();
        for (length = 0; length < said.Length;)
        {
            var left = said[length..];
            var end = left.IndexOf("\r\n"u8);
            if (end < 0) return null;
            length += end + 2;
            if (left[..end].SequenceEqual("."u8)) return [.. body];
            body.AddRange(left[0] == '.' ? left[1..(end + 2)] : left[..(end + 2)]);
        }
        return null;
    }
}
