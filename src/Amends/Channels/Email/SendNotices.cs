using System.Security.Cryptography;
using System.Text;
using Amends.Data;
using Amends.Domain.Outreach;
using Amends.Jobs;
using Amends.Mail.Mime;
using Amends.Mail.Smtp;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>
/// Sends notices, so many an hour. A letter is frozen with its Message-ID before it leaves, so that another attempt sends the same bytes; whoever
/// complained or said no to letters meanwhile is left out. Answers come in as mail does, and become cases. In the demo nothing leaves.
/// </summary>
public sealed class SendNotices(Database database, StoredSettings settings, Outbox outbox, Secrets secrets, MailGrants grants, DkimKeys keys, TimeProvider clock, LoopHealth health, ILogger<SendNotices> log)
    : Loop(TimeSpan.FromSeconds(15), health, log)
{
    private const string Purpose = "outgoing notice";

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var sending = (await database.Read(connection => Dapper.SqlMapper.QueryAsync<Row>(connection,
            """
            select o.id, o.subject, o.body, o.per_hour, o.agreed_at, (select count(*) from outreach_letters l where l.outreach_id = o.id and (l.state > 1 or l.tries > 0)) as begun
            from outreaches o where o.state = 2 order by o.id
            """), ct)).ToList();
        if (sending.Count == 0)
            return false;
        var company = await settings.Company(ct);
        var options = await FrozenLetters.Server(settings, company, secrets, grants, ct);
        if (options is null && !company.IsDemo)
            return false;
        await using var client = options is null ? null : new SmtpClient(options);
        foreach (var notice in sending)
        {
            var now = clock.GetUtcNow();
            foreach (var letter in await Claim(notice, now, ct))
                await Send(notice, letter, company, client, ct);
            await database.Write(unit => unit.Run("update outreaches set state = 3, ended_at = @at where id = @Id and state = 2 and not exists (select 1 from outreach_letters l where l.outreach_id = @Id and l.state in (1, 2))", new { notice.Id, at = now.ToUnixTimeMilliseconds() }), ct);
        }

        return false;
    }

    private Task<List<Letter>> Claim(Row notice, DateTimeOffset now, CancellationToken ct) => database.Write(unit => unit.List<Letter>(
        $"""
        update outreach_letters set lease_until = @until, epoch = epoch + 1, tries = tries + 1
        where id in (select id from outreach_letters where outreach_id = @Id and state in (1, 2) and due_at <= @at and lease_until < @at order by due_at, id limit @most{database.SkipLocked})
        returning id, customer_id, address, state, epoch, tries, mail_id, raw_digest
        """, new { notice.Id, at = now.ToUnixTimeMilliseconds(), until = (now + Pulse.Lease).ToUnixTimeMilliseconds(), most = Batch.Now(notice.PerHour, now - DateTimeOffset.FromUnixTimeMilliseconds(notice.AgreedAt), notice.Begun) }), ct);

    private async Task Send(Row notice, Letter letter, Company company, SmtpClient? client, CancellationToken ct)
    {
        var frozen = letter.RawDigest.Length > 0 ? (secrets.OpenBytes(await Blobs.Get(database, letter.RawDigest, ct), Purpose), letter.MailId) : await Freeze(notice, letter, company, client is null, ct);
        if (frozen is not (var bytes, var mailId) || client is null)
            return;
        var outcome = await client.Send(company.MailFrom, [letter.Address], bytes, ct, mailId);
        await FrozenLetters.Record(database, "outreach_letters", (letter.Id, letter.Epoch, letter.Tries), outcome, clock.GetUtcNow());
    }

    /// <summary>The bytes as they leave, said durably before they do; <c>null</c> when it does not leave: they complained or want no letters by now, or it is the demo.</summary>
    private Task<(byte[], string)?> Freeze(Row notice, Letter letter, Company company, bool isDemo, CancellationToken ct) => database.Write<(byte[], string)?>(async unit =>
    {
        var now = clock.GetUtcNow();
        var still = await unit.One<Customer>(
            """
            select u.name, coalesce(u.preferred_name, '') as preferred, case when u.letters_off_at is not null or exists (select 1 from cases c where c.customer_id = u.id and c.kind = 1 and c.opened_at >= @agreed) then 1 else 0 end as out
            from customers u where u.id = @CustomerId
            """, new { letter.CustomerId, agreed = notice.AgreedAt });
        if (still is null or { Out: 1 })
        {
            await unit.Run("update outreach_letters set state = 7, lease_until = 0, reply = 'They wrote, or want no letters, by now.' where id = @Id and epoch = @Epoch", letter);
            return null;
        }

        var token = FollowOnDesk.NewToken();
        var mailId = $"notice.{notice.Id}.{letter.Id}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}{company.MailFrom[company.MailFrom.LastIndexOf('@')..]}";
        var text = new NoticeText(notice.Subject, notice.Body).For(still.Preferred.Length > 0 ? still.Preferred : still.Name)
            + $"\n\n{company.Name}\n\nAnswer this mail, and somebody of us reads it.\nYou would rather have no such letters? One click is enough; letters about a case still come:\n{outbox.Site(company)}{FollowOnDesk.OffPath}{token}";
        var raw = MimeWriter.Write(new OutgoingMail
        {
            From = new MailAddress(company.Name, company.MailFrom), To = [new MailAddress("", letter.Address)], ReplyTo = new MailAddress(company.Name, company.MailFrom), Subject = notice.Subject,
            Date = TimeZoneInfo.ConvertTime(now, company.Zone()), MessageId = mailId, Text = text, ExtraHeaders = [new("List-Unsubscribe", $"<{outbox.Site(company)}{FollowOnDesk.OffPath}{token}>")], // RFC 2369 §3.2
        });
        if (await keys.For(unit, company.MailFrom) is { } signer)
            raw = signer.Sign(raw, now);
        var digest = await Blobs.Put(unit, secrets.Seal(raw, Purpose));
        var mine = await unit.Run("update outreach_letters set state = @state, mail_id = @mailId, raw_digest = @digest, off_hash = @hash, sent_at = case when @state = 6 then @at end, lease_until = case when @state = 6 then 0 else lease_until end where id = @Id and epoch = @Epoch",
            new { letter.Id, letter.Epoch, state = isDemo ? 6 : 2, mailId, digest, hash = SHA256.HashData(Encoding.UTF8.GetBytes(token)), at = now.ToUnixTimeMilliseconds() });
        return mine == 1 ? (raw, mailId) : null;
    }, ct);

    private sealed class Row
    {
        public long Id { get; init; }
        public string Subject { get; init; } = "";
        public string Body { get; init; } = "";
        public int PerHour { get; init; }
        public long AgreedAt { get; init; }
        public int Begun { get; init; }
    }

    private sealed class Letter
    {
        public long Id { get; init; }
        public long CustomerId { get; init; }
        public string Address { get; init; } = "";
        public int State { get; init; }
        public long Epoch { get; init; }
        public int Tries { get; init; }
        public string MailId { get; init; } = "";
        public string RawDigest { get; init; } = "";
    }

    private sealed class Customer
    {
        public string Name { get; init; } = "";
        public string Preferred { get; init; } = "";
        public int Out { get; init; }
    }
}
