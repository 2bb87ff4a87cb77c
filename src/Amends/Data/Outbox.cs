using Amends.Channels.Email;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Letters;
using Amends.Mail.Mime;
using Amends.Web;

namespace Amends.Data;

/// <summary>
/// Outgoing mail. A letter is frozen, bytes and Message-ID, in the unit of work that says it, so whatever happens later
/// sends the same mail or nothing. The demo company's letters are kept and never sent.
/// </summary>
public sealed class Outbox(Secrets secrets, Surroundings surroundings, MailTokens tokens, DkimKeys keys)
{
    /// <summary>How long a person can take a letter back.</summary>
    public static readonly TimeSpan Undo = TimeSpan.FromSeconds(10);

    private const string Purpose = "outgoing mail";

    /// <summary>
    /// Adds the message to the conversation and queues it for each recipient; returns the message's id. The caller then
    /// tells the case: <c>Speak</c>, or <c>Acknowledge</c>.
    /// </summary>
    /// <param name="unit">The unit of work; the mail goes once it is committed.</param>
    /// <param name="company">Who writes.</param>
    /// <param name="number">The case.</param>
    /// <param name="letter">What is said.</param>
    /// <param name="by">Who says it: a person, or Amends.</param>
    /// <param name="at">Now.</param>
    /// <param name="to">Other recipients than the address that the customer last wrote from.</param>
    /// <param name="thread">The Message-IDs of the conversation, newest first, when the caller knows all of them.</param>
    /// <exception cref="Domain.Refused">The customer has no mail address.</exception>
    public async Task<long> Queue(Unit unit, Company company, long number, Letter letter, Actor by, DateTimeOffset at, IReadOnlyList<string>? to = null, IReadOnlyList<string>? thread = null)
    {
        if (letter.Text.Contains(Letter.SiteMark, StringComparison.Ordinal))
            letter = letter with { Text = letter.Text.Replace(Letter.SiteMark, Site(company)) };
        var copies = await Copies(unit, company, number, letter, at, to);
        var message = await unit.NewId("messages.id");
        var mailId = tokens.MessageId(company.MailFrom, number, message, at);
        thread ??= await unit.List<string>( // without strangers' mails: the customer has none of them
            """
            select mail_id from messages where case_number = @number and mail_id is not null
                and not exists (select 1 from mail_senders s where s.message_id = messages.id and s.known = 0) order by id desc limit 12
            """, new { number });
        await Conversation.Add(unit, number, new NewMessage(Direction.Out, Channel.Mail, by.Kind == ActorKind.Amends ? company.Name : by.Name, Shown(letter.Text), at)
        {
            Id = message,
            MailId = mailId,
            AuthorId = by.Kind == ActorKind.Person ? by.Id : 0,
            Subject = letter.Subject,
            Html = letter.Html is null ? null : Shown(letter.Html),
            Recipients = string.Join(", ", copies.SelectMany(copy => copy.Recipients)),
            Automatic = letter.Automatic,
            Attachments = await Files(unit, letter),
        });

        var answers = tokens.ReplyAddress(company.MailFrom, number, at);
        var from = by.Kind == ActorKind.Person ? $"{by.Name}, {company.Name}" : company.Name;
        var signer = await keys.For(unit, company.MailFrom);
        var state = company.IsDemo ? OutboxState.Kept : OutboxState.Queued;
        var due = by.Kind == ActorKind.Person ? at + Undo : at;
        foreach (var (recipients, link, above) in copies)
        {
            var raw = MimeWriter.Write(new OutgoingMail
            {
                From = new MailAddress(from, company.MailFrom),
                To = [.. recipients.Select(address => new MailAddress("", address))],
                ReplyTo = new MailAddress(company.Name, answers),
                Subject = letter.Subject,
                Date = TimeZoneInfo.ConvertTime(at, company.Zone()),
                MessageId = mailId,
                InReplyTo = thread.FirstOrDefault(),
                References = [.. thread.Reverse()],
                Text = above + letter.Text.Replace(Letter.Link, link).Replace(Letter.CodeMark, letter.Code).Replace(Letter.OffMark, letter.Off),
                Html = letter.Html is null ? null : (above.Length > 0 ? $"<p>{System.Net.WebUtility.HtmlEncode(above)}</p>" : "") + letter.Html.Replace(Letter.Link, System.Net.WebUtility.HtmlEncode(link)),
                Attachments = [.. letter.Attachments.Select(file => new OutgoingFile(file.Name, file.ContentType, file.Content))],
                AutoSubmitted = letter.Automatic ? "auto-replied" : null,
            });
            if (signer is not null)
                raw = signer.Sign(raw, at);
            var digest = await Blobs.Put(unit, secrets.Seal(raw, Purpose));
            foreach (var recipient in recipients)
            {
                await unit.Put(
                    """
                    insert into outbox (message_id, case_number, recipient, envelope_from, mail_id, raw_digest, state, queued_at, due_at)
                    values (@message, @number, @recipient, @envelope, @mailId, @digest, @state, @at, @due)
                    """,
                    new { message, number, recipient, envelope = letter.Automatic ? "" : answers, mailId, digest, state = (int)state, at = Ms(at), due = Ms(due) });
            }
        }

        if (Queued is { } queued && state == OutboxState.Queued)
            unit.AfterCommit(queued);
        return message;
    }

    /// <summary>Rings the loop that sends.</summary>
    internal Action? Queued { get; set; }

    /// <summary>
    /// Takes a letter back for its writer, within <see cref="Undo"/>; <c>false</c> when it is too late or somebody else's.
    /// The message stays in the conversation, marked by the state of its outbox rows.
    /// </summary>
    public static async Task<bool> TakeBack(Unit unit, long message, Actor by, DateTimeOffset at) =>
        await unit.Run(
            $"""
            update outbox set state = {(int)OutboxState.TakenBack}, done_at = @now where message_id = @message and tries = 0
                and state in ({(int)OutboxState.Queued}, {(int)OutboxState.Kept}) and queued_at > @since
                and exists (select 1 from messages m where m.id = outbox.message_id and m.author_id = @Id)
            """, new { message, by.Id, now = Ms(at), since = Ms(at - Undo) }) > 0;

    /// <summary>The frozen mail of a row, as it goes out.</summary>
    public async Task<byte[]> Open(Database database, string digest, CancellationToken ct = default) => secrets.OpenBytes(await Blobs.Get(database, digest, ct), Purpose);

    /// <summary>The address that the customer of a case last wrote from, or the first that we know; <c>null</c> when we know none.</summary>
    private static async Task<IReadOnlyList<string>?> AddressOf(Unit unit, long number)
    {
        var address = await unit.Value<string?>("select address from mail_senders where case_number = @number and known = 1 order by message_id desc limit 1", new { number })
            ?? await unit.Value<string?>("select a.address from customer_addresses a join cases c on c.customer_id = a.customer_id where c.number = @number order by a.address limit 1", new { number });
        return address is null ? null : [address];
    }

    private async Task<string> LinkTo(Unit unit, Company company, long number, DateTimeOffset at, string? through = null) =>
        Site(company) + CustomerLinks.PathOf(await CustomerLinks.Issue(unit, number, at, through: through));

    /// <summary>What addresses in letters begin with, without a slash at the end.</summary>
    public string Site(Company company) => (surroundings.PublicUrl ?? company.PublicUrl ?? surroundings.Urls.Split(';')[0]).TrimEnd('/');

    /// <summary>To whom the letter goes: the customer, whoever acts for them, or each of them with a link of their own.</summary>
    private async Task<List<Copy>> Copies(Unit unit, Company company, long number, Letter letter, DateTimeOffset at, IReadOnlyList<string>? to)
    {
        var spokenFor = to is null ? await CaseLetters.Of(unit, number, at) : null;
        var copies = new List<Copy>();
        if (spokenFor is null or { IsCopy: true })
        {
            if ((to ?? await AddressOf(unit, number)) is { } own)
                copies.Add(new(own, letter.WithLink ? await LinkTo(unit, company, number, at) : "", ""));
            else if (spokenFor is null)
                throw new Domain.Refused("no_address", "We have no mail address of this customer. Call, or add one first.");
        }

        if (spokenFor is { } who)
        {
            var customer = await unit.Value<string?>("select u.name from cases c join customers u on u.id = c.customer_id where c.number = @number", new { number });
            copies.Add(new([who.Email], letter.WithLink ? await LinkTo(unit, company, number, at, who.Name) : "", $"To {who.Name}, who acts for {customer}:\n\n"));
        }

        return copies;
    }

    /// <summary>The letter as it goes to some of its readers.</summary>
    /// <param name="Recipients">Their addresses.</param>
    /// <param name="Link">Their own link, when the letter has one.</param>
    /// <param name="Above">What stands above it; empty for the customer.</param>
    private sealed record Copy(IReadOnlyList<string> Recipients, string Link, string Above);

    private static async Task<IReadOnlyList<NewAttachment>> Files(Unit unit, Letter letter)
    {
        var files = new List<NewAttachment>(letter.Attachments.Count);
        foreach (var file in letter.Attachments)
            files.Add(new NewAttachment(file.Name, file.ContentType, file.Content.Length, null, await Blobs.Put(unit, file.Content)));
        return files;
    }

    /// <summary>Link and code are the customer's alone: neither the conversation nor the search has it.</summary>
    internal static string Shown(string text) => text.Replace(Letter.Link, "(the customer's own link)").Replace(Letter.CodeMark, "(a one-time code)").Replace(Letter.OffMark, "(the customer's own link to say no)");

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
