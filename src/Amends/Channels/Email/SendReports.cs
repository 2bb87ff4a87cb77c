using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.People;
using Amends.Jobs;
using Amends.Mail.Mime;
using Amends.Mail.Smtp;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>
/// Mails reports to whoever of us asked for them. A report is made for its reader, with what they may see at that hour; its letter is frozen
/// and its next time set in one unit of work, so that it is made once for each time, on however many nodes. What was missed while the program
/// was down comes once. Somebody who may not read a report any more gets none, and it says so on their page.
/// </summary>
public sealed class SendReports(IServiceProvider given, Database database, ReportMailDesk desk, StoredSettings settings, Outbox outbox, Secrets secrets, MailGrants grants, DkimKeys keys, TimeProvider clock, LoopHealth health, ILogger<SendReports> log)
    : Loop(TimeSpan.FromSeconds(30), health, log)
{
    private const string Purpose = "outgoing report";

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var company = await settings.Company(ct);
        Exception? first = null;
        foreach (var mail in await desk.Due(clock.GetUtcNow(), ct))
        {
            try
            {
                await Make(mail, company, ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                first ??= failure; // one that cannot be made does not hold back the others
            }
        }

        if (await FrozenLetters.Server(settings, company, secrets, grants, ct) is { } server)
        {
            await using var client = new SmtpClient(server);
            while (await Claim(ct) is { } letter) // one at a time: a slow server never outlasts its lease for the others
            {
                var bytes = await Open(letter.RawDigest, ct);
                var outcome = await client.Send(company.MailFrom, [letter.Address], bytes, ct, letter.MailId);
                await FrozenLetters.Record(database, "report_letters", (letter.Id, letter.Epoch, letter.Tries), outcome, clock.GetUtcNow());
            }
        }

        return first is null ? false : throw first;
    }

    /// <summary>The frozen mail of a letter.</summary>
    public async Task<byte[]> Open(string digest, CancellationToken ct = default) => secrets.OpenBytes(await Blobs.Get(database, digest, ct), Purpose);

    private async Task Make(ReportMail mail, Company company, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var person = await database.Read(connection => Dapper.SqlMapper.QuerySingleAsync<Reader>(connection, "select name, email, role, active from people where id = @PersonId", new { mail.PersonId }), ct);
        if (person.Active == 0 || desk.For(mail.Report, (Role)person.Role) is not { } report)
        {
            await database.Write(unit => unit.Run("update report_mails set paused_at = @at, note = @note where id = @Id and due_at = @DueAt and paused_at is null",
                new { mail.Id, mail.DueAt, at = now.ToUnixTimeMilliseconds(), note = person.Active == 0 ? "They do not work here any more." : "They may not read this report any more." }), ct);
            return;
        }

        var content = await report.Make(given, new(mail.Days, mail.Category.Length == 0 ? null : mail.Category, Actor.Person(mail.PersonId, person.Name, (Role)person.Role), now), ct);
        var mailId = $"report.{mail.Id}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}{company.MailFrom[company.MailFrom.LastIndexOf('@')..]}";
        var subject = $"{report.Title}, {Day(content.From)} to {Day(content.To)}";
        var raw = MimeWriter.Write(Letter(mail, report, content, company, person.Email, subject, mailId, now));
        await database.Write(async unit =>
        {
            if (await unit.Run("update report_mails set due_at = @next where id = @Id and due_at = @DueAt and paused_at is null and ended_at is null", new { mail.Id, mail.DueAt, next = mail.Times.After(now, company.Zone()).ToUnixTimeMilliseconds() }) == 0)
                return; // another node made it, or it is not wanted any more
            var signed = await keys.For(unit, company.MailFrom) is { } signer ? signer.Sign(raw, now) : raw;
            await unit.Run(
                "insert into report_letters (report_mail_id, period_at, address, subject, state, made_at, due_at, mail_id, raw_digest) values (@Id, @DueAt, @Email, @subject, @state, @at, @at, @mailId, @digest)",
                new { mail.Id, mail.DueAt, person.Email, subject, state = company.IsDemo ? 6 : 1, at = now.ToUnixTimeMilliseconds(), mailId, digest = await Blobs.Put(unit, secrets.Seal(signed, Purpose)) });
        }, ct);
    }

    private OutgoingMail Letter(ReportMail mail, MailedReport report, MailedContent content, Company company, string address, string subject, string mailId, DateTimeOffset now)
    {
        var (page, mine) = ($"{outbox.Site(company)}{report.Page}?{content.Query}", $"{outbox.Site(company)}/reports/mails");
        var file = $"{report.Key}-{content.From:yyyy-MM-dd}-to-{content.To:yyyy-MM-dd}";
        var text = new StringBuilder($"{subject}\n\n");
        var html = new StringBuilder($"<h1 style=\"font-size:1.2em\">{Html(subject)}</h1>");
        if (content.Finding is { } finding)
        {
            text.Append(finding).Append("\n\n");
            html.Append(CultureInfo.InvariantCulture, $"<p>{Html(finding)}</p>");
        }

        html.Append("<table style=\"border-collapse:collapse\">");
        foreach (var line in content.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Name}: {line.Value}{(line.Note.Length > 0 ? $" ({line.Note})" : "")}\n");
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\" style=\"text-align:left;font-weight:normal;padding:4px 16px 4px 0\">{Html(line.Name)}</th><td style=\"text-align:right;padding:4px 16px 4px 0\"><b>{Html(line.Value)}</b></td><td style=\"color:#555;padding:4px 0\">{Html(line.Note)}</td></tr>");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nWith definitions, intervals and the cases behind: {page}\nIt comes {mail.Times.InWords()}, as you asked. Change or end that: {mine}\n");
        html.Append(CultureInfo.InvariantCulture, $"</table><p><a href=\"{Html(page)}\">With definitions, intervals and the cases behind</a></p><p style=\"color:#555\">It comes {Html(mail.Times.InWords())}, as you asked. <a href=\"{Html(mine)}\">Change or end that</a></p>");
        return new OutgoingMail
        {
            From = new MailAddress(company.Name, company.MailFrom), To = [new MailAddress("", address)], Subject = subject, Date = TimeZoneInfo.ConvertTime(now, company.Zone()), MessageId = mailId,
            Text = text.ToString(), Html = html.ToString(), AutoSubmitted = "auto-generated", // RFC 3834 §5
            Attachments = [mail.Format == ReportMailFormat.Workbook
                ? new(file + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ReportFile.Workbook(content.Sheets))
                : new(file + ".csv", "text/csv; charset=utf-8", Encoding.UTF8.GetBytes(ReportFile.Csv(content.Sheets[0].Rows)))],
        };

        static string Html(string words) => WebUtility.HtmlEncode(words);
    }

    private Task<Frozen?> Claim(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return database.Write(unit => unit.One<Frozen>(
            $"""
            update report_letters set lease_until = @until, epoch = epoch + 1, tries = tries + 1, state = 2
            where id in (select id from report_letters where state in (1, 2) and due_at <= @at and lease_until < @at order by due_at, id limit 1{database.SkipLocked})
            returning id, address, epoch, tries, mail_id, raw_digest
            """, new { at = now.ToUnixTimeMilliseconds(), until = (now + Pulse.Lease).ToUnixTimeMilliseconds() }), ct);
    }

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private sealed class Reader
    {
        public string Name { get; init; } = "";
        public string Email { get; init; } = "";
        public int Role { get; init; }
        public int Active { get; init; }
    }

    private sealed class Frozen
    {
        public long Id { get; init; }
        public string Address { get; init; } = "";
        public long Epoch { get; init; }
        public int Tries { get; init; }
        public string MailId { get; init; } = "";
        public string RawDigest { get; init; } = "";
    }
}
