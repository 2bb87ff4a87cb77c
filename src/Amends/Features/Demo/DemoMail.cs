using System.Globalization;
using System.Text;
using Amends.Channels.Email;

namespace Amends.Features.Demo;

/// <summary>
/// A few mails that came in by the demo's own listener and are read by the program itself a moment later: a complaint with
/// what it answers to, an absence note, a letter without a sender. So the ledger and the quarantine have something to try.
/// </summary>
public sealed class DemoMail(MailLedger ledger)
{
    private static readonly (string From, string Header, string Words)[] Mails =
    [
        ("Tomasz Zielinski <tomasz.zielinski@mail.example>", "Subject: Third week without my sideboard\r\nMessage-ID: <tz-1@mail.example>",
            "Hello,\r\n\r\nthe sideboard was promised for the 3rd. I took a day off for it, and nobody came and nobody called. Please tell me who has it and when it comes.\r\n\r\n-- \r\nTomasz Zielinski\r\n"),
        ("Ingrid Solheim <ingrid.solheim@mail.example>", "Subject: Automatic reply: Your order\r\nMessage-ID: <is-1@mail.example>\r\nAuto-Submitted: auto-replied",
            "I am away until Monday and read mail then.\r\n"),
        ("", "Subject: the lamp", "It hums since the second evening. Order number is on the box.\r\n"),
    ];

    /// <summary>Hands them to the ledger; each is stored once however often this runs.</summary>
    /// <param name="to">The company's address.</param>
    /// <param name="at">When they were written.</param>
    public async Task Run(string to, DateTimeOffset at)
    {
        foreach (var (from, header, words) in Mails)
        {
            var raw = $"{(from.Length > 0 ? $"From: {from}\r\n" : "")}To: {to}\r\nDate: {at.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000\r\n{header}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}";
            await ledger.Keep(new Arrival(Encoding.UTF8.GetBytes(raw), [to], from.Length == 0 ? null : from[(from.IndexOf('<') + 1)..^1]), default);
        }
    }
}
