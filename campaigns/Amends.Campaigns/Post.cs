using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Amends.Mail.Mime;
using Amends.Mail.Smtp;
using Amends.Tests.Servers;

namespace Amends.Campaigns;

/// <summary>The customers: they write through Postfix, and their server takes what Amends sends and sometimes answers it.</summary>
public sealed class Post : IAsyncDisposable
{
    /// <summary>The address behind the SMTP intake.</summary>
    public const string Intake = "service@intake.test";

    /// <summary>The address that is fetched by IMAP.</summary>
    public const string Fetched = "desk@fetched.test";

    private readonly Ledger _ledger;
    private readonly ConcurrentQueue<(string Customer, string Token, string ReplyTo)> _toAnswer = new();
    private readonly ConcurrentDictionary<string, string> _tokenOf = new();
    private readonly SmtpServer _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _acknowledged;

    /// <summary>Starts the customers' own server on a free port.</summary>
    public Post(Ledger ledger)
    {
        _ledger = ledger;
        _server = new SmtpServer(new SmtpServerOptions { HostName = "customers.test" }, Receive, (_, _) => new(true));
        _server.Start();
        _serving = _server.Run(_stop.Token);
    }

    /// <summary>Where the customers' server takes mail.</summary>
    public int Port => _server.Endpoint.Port;

    /// <summary>Writes first mails numbered so, over four connections, alternating between the two ways in while both have some left.</summary>
    public async Task Pour(PostfixServer postfix, Campaign campaign, int from, int to)
    {
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var client = Client(postfix);
            while (Interlocked.Increment(ref next) is var i && i < to)
                await Write(client, i, WayOf(campaign, i) ? Intake : Fetched);
        })));
    }

    /// <summary>Answers those acknowledgements whose turn it is.</summary>
    public async Task Answer(PostfixServer postfix)
    {
        await using var client = Client(postfix);
        while (_toAnswer.TryDequeue(out var due))
        {
            var token = "re" + due.Token;
            await Hand(client, due.Customer, due.ReplyTo, $"From: {due.Customer}\r\nTo: {due.ReplyTo}\r\nSubject: and {token}\r\nMessage-ID: <{token}@campaign.test>\r\n\r\nOne thing more: the lid is cracked, too.\r\n");
            _ledger.Took(new Sent(token, due.Customer, Fate.Continues, due.Token));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _stop.Dispose();
    }

    /// <summary>True for the SMTP intake.</summary>
    private static bool WayOf(Campaign campaign, int i)
    {
        var both = 2 * Math.Min(campaign.BySmtp, campaign.ByImap);
        return i < both ? i % 2 == 0 : campaign.BySmtp > campaign.ByImap;
    }

    private async Task Write(SmtpClient client, int i, string to)
    {
        var token = $"tk{i:d6}z";
        var sender = $"kim@c{i:d6}.customers.test"; // a domain each: automatic answers are capped by domain
        var held = i % Campaign.EveryHeld == Campaign.EveryHeld - 1;
        var mail = new StringBuilder(held ? "" : $"From: Kim {i} <{sender}>\r\n").Append($"To: {to}\r\nSubject: Broken again {token}\r\nMessage-ID: <{token}@campaign.test>\r\nDate: Wed, 4 Mar 2026 09:59:00 +0000\r\n");
        if (i % 3 == 0) // every third has a file of a few kilobytes
            mail.Append($"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe kettle leaks. Picture below.\r\n--b\r\nContent-Type: application/octet-stream; name=kettle.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(token, 300))), Base64FormattingOptions.InsertLineBreaks)}\r\n--b--\r\n");
        else
            mail.Append($"\r\nThe kettle leaks, and nobody called me back.\r\nKim {i}\r\n");
        _tokenOf[sender] = token;
        await Hand(client, sender, to, mail.ToString());
        _ledger.Took(new Sent(token, sender, held ? Fate.Held : Fate.Case));
    }

    /// <summary>Hands a mail to Postfix, as often as it takes: a Postfix that was killed may have it without having said so, and gets it again.</summary>
    private static async Task Hand(SmtpClient client, string from, string to, string mail)
    {
        var waited = Stopwatch.StartNew();
        while (await client.Send(from, [to], Encoding.UTF8.GetBytes(mail), CancellationToken.None) is { Result: not SmtpResult.Accepted } outcome)
        {
            if (outcome.Result == SmtpResult.Failed || waited.Elapsed > TimeSpan.FromMinutes(2))
                throw new InvalidOperationException($"Postfix did not take a mail: {outcome.Text}");
            await Task.Delay(50);
        }
    }

    private Task<SmtpReply> Receive(SmtpEnvelope envelope, ReadOnlyMemory<byte> raw, CancellationToken cancel)
    {
        var mail = MimeReader.Read(raw.ToArray());
        foreach (var recipient in envelope.Recipients)
        {
            var copies = _ledger.Reached(recipient, mail.MessageId);
            if (copies == 1 && _tokenOf.TryGetValue(recipient, out var token) && Interlocked.Increment(ref _acknowledged) % Campaign.EveryReply == 0)
                _toAnswer.Enqueue((recipient, token, mail.ReplyTo[0].Address));
        }

        return Task.FromResult(SmtpReply.Taken);
    }

    private static SmtpClient Client(PostfixServer postfix) => new(new SmtpClientOptions { Host = "127.0.0.1", Port = postfix.Port, Security = SmtpSecurity.None });
}
