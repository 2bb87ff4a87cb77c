using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Letters;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>
/// Puts one read mail where it belongs: a new case, a case that goes on, or the mail that it reports on. Everything of one
/// mail happens in one unit of work, with its mark in the ledger, so doing it again does nothing.
/// </summary>
public sealed class TakeMail(Database database, CaseStore cases, Outbox outbox, MailTokens tokens, LiveSignals live, TimeProvider clock)
{
    private const int LongestStory = 10_000;

    private const string KnownMails =
        "select m.mail_id, m.case_number, m.id, (select i.content_key from intake i where i.message_id = m.id limit 1) as content_key from messages m where m.mail_id";

    /// <summary>How old a mail may be that is acknowledged by itself: whoever connects an old mailbox must not write to everybody in it.</summary>
    private static readonly TimeSpan StillNews = TimeSpan.FromDays(7);

    private readonly PlaceMail _place = new(tokens);
    private readonly BounceNews _bounces = new(tokens);

    /// <summary>Takes a mail; returns its state in the ledger.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="company">Whose desk this is.</param>
    /// <param name="rota">Whose turn it is, should it open a case.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <exception cref="LeaseLost">Somebody else took it meanwhile; nothing was changed.</exception>
    internal Task<IntakeState> Take(ReadableMail mail, Company company, Rota? rota, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return database.Write(unit => TakeIn(unit, mail, company, rota, now), ct);
    }

    /// <summary>As <see cref="Take"/>, for mails of different senders and ids: all of them, or none.</summary>
    /// <param name="mails">The mails.</param>
    /// <param name="company">Whose desk this is.</param>
    /// <param name="rota">Whose turn it is.</param>
    /// <param name="before">Is told each mail first; may throw.</param>
    /// <param name="ct">Ends the waiting.</param>
    internal Task<bool> Together(IReadOnlyList<ReadableMail> mails, Company company, Rota? rota, Action<long>? before, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return database.WriteTogether([.. mails.Select(mail => (Func<Unit, Task>)(unit =>
        {
            before?.Invoke(mail.Row.Id);
            return TakeIn(unit, mail, company, rota, now);
        }))], ct);
    }

    /// <summary>Makes a case of a mail in quarantine because somebody of us wants it; returns the case's number.</summary>
    /// <param name="row">Its place in the ledger.</param>
    /// <param name="address">The customer's address, when it is not the sender's.</param>
    /// <param name="name">The customer's name, when it is not the sender's.</param>
    /// <param name="by">Who decided.</param>
    /// <param name="company">Whose desk this is.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <param name="first">What must hold and is done before, in the same unit of work.</param>
    /// <exception cref="Domain.Refused">There is no address to answer to.</exception>
    /// <exception cref="LeaseLost">Somebody else was faster.</exception>
    public async Task<long> TakeByHand(IntakeRow row, string? address, string? name, Actor by, Company company, CancellationToken ct, Func<Unit, Task>? first = null)
    {
        var mail = await ReadableMail.OrStub(database, row, ct);
        var given = address?.Trim() is { Length: > 0 } typed ? typed : mail.Sender?.Address;
        if (given is null || !given.Contains('@') || given.Any(char.IsWhiteSpace))
            throw new Domain.Refused("address", "Give the address of the customer, so that we can answer.");
        mail = mail with { Sender = new(name?.Trim() is { Length: > 0 } called ? called : mail.Sender?.Name ?? "", given) };
        var now = clock.GetUtcNow();
        return await database.Write(async unit =>
        {
            if (first is not null)
                await first(unit);
            var (number, message) = await Open(unit, mail, sameId: false, company, now, PlacedBy.Hand);
            await Done(unit, row, IntakeState.Read, now, row.Reason, number, message, by.Name);
            return number;
        }, ct);
    }

    private async Task<IntakeState> TakeIn(Unit unit, ReadableMail mail, Company company, Rota? rota, DateTimeOffset now)
    {
        if (mail.Traits.IsBounce || mail.Traits.IsFeedbackReport)
        {
            return await _bounces.Record(unit, mail, now) is { } about
                ? await Done(unit, mail.Row, IntakeState.Read, now, "A report about a mail of ours.", about.Number, about.Message)
                : await Hold(unit, mail.Row, now, "It says that a mail did not arrive, but none that we sent.");
        }

        if (tokens.OfMessageId(mail.MailId, now) is { } own)
        {
            if (mail.FromUs)
                return await Done(unit, mail.Row, IntakeState.Read, now, "Our own mail came back to us.", own.Number, own.Message);
            mail = mail with { Traits = mail.Traits with { NoAutoResponse = true } }; // some machine sends our letters on under its own name
        }

        if (mail.Sender is not { } sender)
            return await Hold(unit, mail.Row, now, "It names no sender whom we could answer.");

        if (database.Dialect == "postgres") // two mails of one new sender must not make two customers, nor two with one id pass each other
        {
            await unit.Put("select pg_advisory_xact_lock(hashtextextended(@key, 1)), pg_advisory_xact_lock(hashtextextended(@MailId, 2))",
                new { key = Customers.KeyOf(sender.Address), mail.MailId });
        }

        var answers = mail.Answers.ToArray();
        var known = answers.Length == 0 // most are: PostgreSQL plans an array of ids anew each time
            ? await unit.List<KnownMail>($"{KnownMails} = @MailId limit 50", new { mail.MailId })
            : await unit.List<KnownMail>($"{KnownMails} {database.Among("@ids")} limit 50", new { ids = answers.Append(mail.MailId).ToArray() });
        if (known.FirstOrDefault(each => each.MailId == mail.MailId && each.ContentKey == mail.Row.ContentKey) is { } same)
            return await Done(unit, mail.Row, IntakeState.Copy, now, "The same mail came to another of our addresses.", same.CaseNumber, same.Id);

        var place = await _place.Of(unit, mail, known, now);
        if (place is null && mail.Traits.IsAutoReply)
            return await Hold(unit, mail.Row, now, "An automatic answer to nothing that we sent.");

        var sameId = known.Any(each => each.MailId == mail.MailId);
        var (number, message) = place is { } found ? await Continue(unit, mail, found, sameId, company, rota, now) : await Open(unit, mail, sameId, company, now, rota: rota);
        if (mail.Row.IsHeaderOnly)
            await Notices.TellOwner(unit, number, $"too large:{mail.Row.Id}", $"A mail of {mail.Row.Size / 1024 / 1024} MB is more than we take in. It is still in the mailbox {mail.Row.Recipients}: open it there.", now);
        return await Done(unit, mail.Row, IntakeState.Read, now, null, number, message);
    }

    /// <summary>Opens a case for a mail, as somebody of us wants it or because nothing placed it.</summary>
    private async Task<(long Number, long Message)> Open(Unit unit, ReadableMail mail, bool sameId, Company company, DateTimeOffset now, PlacedBy placed = PlacedBy.NewCase, Rota? rota = null, long? follows = null)
    {
        var sender = mail.Sender!;
        var found = await Customers.Find(unit, sender.Address);
        if (found is not null)
            await AddressBounces.Forget(unit, sender.Address);
        await unit.SetAside(found is null ? ["customers.id", "cases.number", "messages.id", "messages.id"] : ["cases.number", "messages.id", "messages.id"]);
        var customer = found ?? await Customers.Add(unit, sender.Address, NameOf(sender.Name, sender.Address), null, now);
        var story = Domain.Texts.Cut(mail.Text, LongestStory);
        if (string.IsNullOrWhiteSpace(story) && string.IsNullOrWhiteSpace(mail.Subject))
            story = mail.Files.Count > 0 ? "(No words, only files: " + string.Join(", ", mail.Files.Select(file => file.File.Name)) + ")" : "(The mail has no words.)";
        var by = Actor.Customer(customer.Id, customer.Name);
        var kind = mail.Traits.NoAutoResponse && placed == PlacedBy.NewCase ? CaseKind.Other : CaseKind.Complaint;
        var message = 0L;
        var number = await Intake.Open(unit, cases, company, new NewCase(Channel.Mail, kind, mail.Subject, story, customer.Id, by, now) { NewCustomer = customer, Tone = mail.Tone, Rota = rota, Follows = follows, MayGoOn = follows is not null }, also: async (@case, number) =>
        {
            message = await AddMessage(unit, mail, number, customer.Name, placed, known: !mail.IsForged, sameId, now, isFirst: true);
            if (!mail.IsForged && !mail.Traits.NoAutoResponse && now - DateTimeOffset.FromUnixTimeMilliseconds(mail.Row.ReceivedAt) < StillNews && await AutomaticAnswers.Allow(unit, sender.Address, number, now))
                @case.Acknowledge(await outbox.Queue(unit, company, number, Acknowledgement.For(company, number, @case.State), Actor.Amends, now, [sender.Address], [mail.MailId]), now);
            @case.Wake(now); // what such words ask for at once need not wait for the clock
        });
        return (number, message);
    }

    private async Task<(long Number, long Message)> Continue(Unit unit, ReadableMail mail, (long Number, PlacedBy By) place, bool sameId, Company company, Rota? rota, DateTimeOffset now)
    {
        var sender = mail.Sender!;
        var isCustomers = !mail.IsForged && (place.By == PlacedBy.OwnMail || await PlaceMail.IsCustomers(unit, place.Number, sender.Address));
        var customer = await unit.One<Who>("select u.id, u.name, c.closed_at from cases c join customers u on u.id = c.customer_id where c.number = @Number", new { place.Number });
        if (isCustomers && !mail.Traits.IsAutoReply && customer!.ClosedAt is { } closed && ReopenWindow.IsOver(DateTimeOffset.FromUnixTimeMilliseconds(closed), company.Course.ReopenDays, now))
            return await Open(unit, mail, sameId, company, now, rota: rota, follows: place.Number); // somebody says whether the old matter goes on
        if (isCustomers)
            await AddressBounces.Forget(unit, sender.Address);
        var through = isCustomers || mail.IsForged ? null : await CaseLetters.SpeakerOf(unit, place.Number, sender.Address, now);
        var author = isCustomers ? customer!.Name : through is not null ? $"{through}, for {customer!.Name}" : $"{NameOf(sender.Name, sender.Address)} (not verified)";
        var message = await AddMessage(unit, mail, place.Number, author, place.By, isCustomers, sameId, now);
        if (mail.Traits.IsAutoReply)
            live.Announce(unit, new LiveSignal("case", place.Number)); // a machine answered: shown, but nobody spoke and nothing reopens
        else
            await cases.ChangeIn(unit, place.Number, (@case, _) =>
            {
                @case.Hear(message, Channel.Mail, isCustomers || through is not null ? Actor.Customer(customer!.Id, customer.Name) with { Through = through } : Actor.Customer(0, author), company.Calendar(), now, company.Replies.Times(), tone: isCustomers || through is not null ? mail.Tone ?? cases.Ear.ToneOf(mail.Text) : null);
                return Task.CompletedTask;
            });
        return (place.Number, message);
    }

    private static async Task<long> AddMessage(Unit unit, ReadableMail mail, long number, string author, PlacedBy by, bool known, bool sameId, DateTimeOffset now, bool isFirst = false)
    {
        foreach (var file in mail.Files)
            await Blobs.Put(unit, file.Content);
        var message = await Conversation.Add(unit, number, new NewMessage(Direction.In, Channel.Mail, author, mail.Text, now)
        {
            IsFirst = isFirst,
            Subject = mail.Subject,
            Elided = mail.Elided,
            Html = mail.Html,
            Recipients = string.Join(", ", mail.Mail.To.Concat(mail.Mail.Cc).Select(address => address.Address).Take(50)),
            MailId = mail.MailId,
            RawDigest = mail.Row.RawDigest,
            Automatic = mail.Traits.IsAutoReply,
            Words = mail.Words,
            Attachments = [.. mail.Files.Select(file => file.File)],
        });
        await unit.Put("insert into mail_senders (message_id, case_number, address, known, placed_by, same_id, trust, trust_detail) values (@message, @number, @Address, @known, @by, @sameId, @trust, @detail)",
            new
            {
                message, number, mail.Sender!.Address, known = known ? 1 : 0, by = (int)by, sameId = sameId ? 1 : 0, trust = (int)mail.Check.Verdict,
                detail = mail.Check.Words is null ? null : mail.Check.Write(),
            });
        if (mail.Forwarded is { } original)
            await unit.Put("insert into forwards (message_id, case_number, address, name) values (@message, @number, @Address, @Name)", new { message, number, original.Address, original.Name });
        if (mail.Invitation is { } invitation)
            await unit.Put("insert into invitations (message_id, document) values (@message, @invitation)", new { message, invitation });
        return message;
    }

    /// <summary>People have to look at it; they are told so once a day, for advertising and stray reports come in numbers.</summary>
    private static async Task<IntakeState> Hold(Unit unit, IntakeRow row, DateTimeOffset now, string reason)
    {
        await Notices.TellAll(unit, Role.Lead, null, $"quarantine:{now:yyyy-MM-dd}", "Mail that could not become a case by itself waits in quarantine.", now);
        return await Done(unit, row, IntakeState.Quarantined, now, reason);
    }

    /// <summary>Marks the mail in the ledger; fenced by the epoch of the claim.</summary>
    private static async Task<IntakeState> Done(Unit unit, IntakeRow row, IntakeState state, DateTimeOffset now, string? reason, long? number = null, long? message = null, string? by = null)
    {
        await unit.Put(
            "update intake set state = @state, reason = @reason, case_number = @number, message_id = @message, done_at = @now, done_by = @by where id = @Id and epoch = @Epoch and state in (1, 3)",
            new { row.Id, row.Epoch, state = (int)state, reason, number, message, by, now = now.ToUnixTimeMilliseconds() }, () => new LeaseLost());
        return state;
    }

    private static string NameOf(string name, string address) => name.Trim() is { Length: > 0 and <= 120 } shown && !shown.Contains('@') ? shown : address;

    private sealed class Who
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public long? ClosedAt { get; init; }
    }
}
