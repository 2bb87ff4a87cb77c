using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Mail.Html;
using Amends.Web;
using Dapper;

namespace Amends.Features.Cases;

/// <summary>Writing: a reply, which is held for a few seconds, or a note for the team.</summary>
public static class MessageEndpoints
{
    private const int Longest = 50_000;
    private const long MostBytes = 20 * 1024 * 1024;

    /// <summary>Takes what the composer sends.</summary>
    public static async Task<IResult> Send(long number, HttpContext context, Database database, CaseStore cases, StoredSettings settings, ReadOver over, ShowCase show, LiveSignals live, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var me = context.User.Actor();
        var written = new Written(form);
        var company = await settings.Company(context.RequestAborted);
        var now = clock.GetUtcNow();
        try
        {
            if (form["model"] == "1" && company.LanguageModel.May(Domain.Language.ModelFeature.Rewrite) && written is { IsNote: false, Text.Length: <= Longest })
                return await SayOtherwise(context, number, written, over, cases, now);
            if (string.IsNullOrWhiteSpace(written.Text))
                throw new Refused("text", written.IsNote ? "Write the note first." : "Write something first.");
            if (written.Text.Length > Longest)
                throw new Refused("too_long", $"That is longer than {Longest} characters.");
            var files = await Files(form.Files, context.RequestAborted);
            if (written.IsNote)
            {
                var noted = await cases.Change(number, async (@case, unit) =>
                {
                    var message = new NewMessage(Direction.Note, Channel.Page, me.Name, written.Text, now) { AuthorId = me.Id, Html = written.Html, Attachments = await Stored(unit, files) };
                    @case.Note(await Conversation.Add(unit, number, message), me, now);
                    await Drafts.Forget(unit, number, me.Id, DraftKind.Note);
                });
                return noted is null ? TypedResults.NotFound() : await show.Done(context, number, written.In, "Note saved");
            }

            if (await over.Read(number, written.AsDraft(), context.RequestAborted) is not { } read)
                return TypedResults.NotFound();
            if (form["look"] == "1" || form["park"] == "1")
            {
                var until = await over.Keep(context, number, written.Kept, form["park"] == "1" ? read : null, now);
                return form["park"] == "1"
                    ? await show.Done(context, number, written.In, $"Parked until {When.Exact(until, company.Zone())}. Your words are kept.")
                    : await show.Page(context, number, written.In, model => model with { Composer = written.Again(model.Composer) with { Read = read, LostFiles = files.Count > 0 } });
            }

            if (await Check(database, number, written, company, me, now) is not { } check)
                return TypedResults.NotFound();
            if (read.Report.Hints.FirstOrDefault(hint => hint.Blocks) is { } blank)
                throw new Refused("blank", $"{(read.WordsOf(blank) is { Length: > 0 } words ? $"“{words}”: " : "")}{blank.Reason} {blank.Better}");
            if (form["bounced"] != "1" && form["anyway"] != "1" && await Returned(database, number) is { } bounced)
                return await show.Page(context, number, written.In, model => model with { Composer = written.Again(model.Composer) with { Bounced = bounced } }, StatusCodes.Status409Conflict);
            if (check.Meanwhile is { } meanwhile && form["anyway"] != "1")
                return await show.Page(context, number, written.In, model => model with { Composer = written.Again(model.Composer) with { Meanwhile = meanwhile } }, StatusCodes.Status409Conflict);
            var choice = await over.Ask(number, me, read, form, now, context.RequestAborted);
            if (choice.Asks.Count > 0 || choice.Waits)
            {
                await over.Keep(context, number, written.Kept, null, now); // so that a second reader finds it
                return await show.Page(context, number, written.In, model => model with { Composer = written.Again(model.Composer, check.Newest) with { Read = read, Asks = choice.Asks, LostFiles = files.Count > 0, ParkedUntil = choice.ParkedUntil } }, StatusCodes.Status409Conflict);
            }

            var held = await database.Write(async unit =>
            {
                await over.Note(unit, me.Id, choice.Kept);
                await Drafts.Forget(unit, number, me.Id, DraftKind.Reply);
                var id = await HeldReplies.Add(unit, number, me, new HeldReply(written.Text, written.Html, written.Keeps ? written.NextWhat.Trim() : null, check.NextDue, files, Domain.Frameworks.SaidParts.Of(read.Report)), now);
                live.Announce(unit, new LiveSignal("case", number, PersonId: me.Id));
                return id;
            });
            return await show.Done(context, number, written.In, "Sent. It leaves in ten seconds.", $"/cases/{number}/held/{held}/undo");
        }
        catch (Refused refused)
        {
            return await show.Page(context, number, written.In, model => model with { Composer = written.Again(model.Composer) with { Problem = refused.Message } }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    /// <summary>Keeps the reply as a draft and leads to the page on which a language model can be asked; nothing is sent there.</summary>
    private static async Task<IResult> SayOtherwise(HttpContext context, long number, Written written, ReadOver over, CaseStore cases, DateTimeOffset now)
    {
        if (await cases.Find(number, context.RequestAborted) is null)
            return TypedResults.NotFound();
        if (!string.IsNullOrWhiteSpace(written.Text))
            await over.Keep(context, number, written.Kept, null, now);
        var to = $"/cases/{number}/language-model?task=calmer";
        if (!context.Request.IsPartial())
            return TypedResults.Redirect303(to);
        context.Response.Headers["HX-Redirect"] = to;
        return TypedResults.Ok();
    }

    /// <summary>What must be true before a reply is held, so that it does not fail when nobody looks.</summary>
    private static async Task<(DateTimeOffset? NextDue, (string Text, DateTimeOffset At)? Meanwhile, long Newest)?> Check(Database database, long number, Written written, Company company, Actor me, DateTimeOffset now)
    {
        var row = await database.Read(connection => connection.QuerySingleOrDefaultAsync<State>(
            """
            select c.closed_at, c.stage, c.check_back_at, (select count(*) from customer_addresses a where a.customer_id = c.customer_id) as addresses,
                (select max(m.id) from messages m where m.case_number = c.number and m.direction = 1 and m.automatic = 0) as newest
            from cases c where c.number = @number
            """, new { number }));
        if (row is null)
            return null;
        if (row.ClosedAt is not null)
            throw new Refused("closed", "This case is closed. Open it again first.");
        if (row.Addresses == 0)
            throw new Refused("no_address", "We have no mail address of this customer. Call, or add one first.");
        DateTimeOffset? next = null;
        if (written.Keeps)
        {
            if (string.IsNullOrWhiteSpace(written.NextWhat))
                throw new Refused("promise", "Say what the customer hears next, and when; or untick that this keeps your promise.");
            next = LocalTime.Parse(written.NextDue, company.Zone(), "promise");
            if (next <= now + HeldReplies.Hold)
                throw new Refused("promise_in_the_past", "A promise is kept in the future. Choose a later time.");
            Case.MustHearSoon((CaseStage)row.Stage, next.Value, company.Calendar(), now);
            Case.MustAskAsAgreed((CaseStage)row.Stage, row.CheckBackAt is { } agreed ? DateTimeOffset.FromUnixTimeMilliseconds(agreed) : null, next.Value, company.Calendar(), now);
        }

        if (row.Newest is not { } newest || newest <= written.Seen)
            return (next, null, row.Newest ?? 0);
        var message = await database.Read(connection => connection.QuerySingleAsync<Said>("select at, substr(text, 1, 300) as text from messages where id = @newest", new { newest }));
        return (next, (Preview.Of(message.Text), DateTimeOffset.FromUnixTimeMilliseconds(message.At)), newest);
    }

    /// <summary>That the address does not exist which a reply would go to: the one they wrote from last, or the first that we know.</summary>
    private static Task<AddressBounce?> Returned(Database database, long number) => database.Read(connection => connection.QuerySingleOrDefaultAsync<AddressBounce>(
        $"""
        select {AddressBounce.Columns} from {AddressBounce.Join} where b.hard = 1 and a.address = coalesce(
            (select s.address from mail_senders s where s.case_number = @number and s.known = 1 order by s.message_id desc limit 1),
            (select o.address from customer_addresses o join cases c on c.customer_id = o.customer_id where c.number = @number order by o.address limit 1))
        """, new { number }));

    private static async Task<IReadOnlyList<LetterFile>> Files(IFormFileCollection posted, CancellationToken ct)
    {
        if (posted.Sum(file => file.Length) > MostBytes)
            throw new Refused("files", "The files are larger than 20 MB together. Most mail programs refuse that.");
        var files = new List<LetterFile>();
        foreach (var file in posted.Where(file => file.Length > 0))
        {
            using var content = new MemoryStream((int)file.Length);
            await file.CopyToAsync(content, ct);
            files.Add(new LetterFile(NameOf(file.FileName), System.Net.Mime.MediaTypeNames.Application.Octet is var other && file.ContentType is { Length: > 0 and < 100 } type && !type.Any(char.IsControl) ? type : other, content.ToArray()));
        }

        return files;
    }

    private static async Task<IReadOnlyList<NewAttachment>> Stored(Unit unit, IReadOnlyList<LetterFile> files)
    {
        var stored = new List<NewAttachment>(files.Count);
        foreach (var file in files)
            stored.Add(new NewAttachment(file.Name, file.ContentType, file.Content.Length, null, await Blobs.Put(unit, file.Content)));
        return stored;
    }

    private static string NameOf(string name)
    {
        var bare = new string([.. Path.GetFileName(name.Replace('\\', '/')).Where(letter => !char.IsControl(letter))]).Trim();
        return bare.Length is 0 ? "file" : bare.Length > 120 ? bare[^120..] : bare;
    }

    /// <summary>What stood in the form.</summary>
    private sealed class Written(IFormCollection form)
    {
        public bool IsNote { get; } = form["kind"] == "note";
        public string Text { get; } = form["text"].ToString().Replace("\0", "");
        public string? Html { get; } = form["html"].ToString() is { Length: > 0 and <= Longest * 4 } html ? MailHtml.Clean(html.Replace("\0", "")).Html : null;
        public bool Keeps { get; } = form["keeps"] == "1";
        public string NextWhat { get; } = form["next_what"].ToString().Replace("\0", "");
        public string NextDue { get; } = form["next_due"].ToString();
        public long Seen { get; } = long.TryParse(form["seen"], out var seen) ? seen : 0;
        public string? In { get; } = form["in"].ToString() is { Length: > 0 } view ? view : null;

        public KeptDraft Kept => new(Text, Html, NextWhat, NextDue);

        /// <summary>The same to be read over.</summary>
        public Draft AsDraft() => ReadOver.DraftOf(form, Text, Html);

        /// <summary>The form again with what stood in it, and what was answered already.</summary>
        /// <param name="fresh">The place to write as it would be.</param>
        /// <param name="newest">The newest message that its writer knows of by now; 0 for what the form says.</param>
        public ComposerModel Again(ComposerModel fresh, long newest = 0) => fresh with
        {
            Kind = IsNote ? "note" : "reply", Text = Text, Html = Html, Keeps = Keeps, NextWhat = NextWhat, NextDue = NextDue, Seen = Math.Max(Seen, newest), Other = null, Why = form["wording_why"].ToString(), ParkedUntil = null,
            Answered = [.. ((string[])["bounced", "wording", "early"]).SelectMany(name => form[name].OfType<string>().Where(value => value.Length is > 0 and <= 2000).Select(value => (name, value)))],
        };
    }

    private sealed class State
    {
        public long? ClosedAt { get; init; }
        public int Stage { get; init; }
        public long? CheckBackAt { get; init; }
        public int Addresses { get; init; }
        public long? Newest { get; init; }
    }

    private sealed class Said
    {
        public long At { get; init; }
        public string Text { get; init; } = "";
    }
}
