using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Amends.Domain.Cases;
using Amends.Letters;
using Dapper;

namespace Amends.Data;

/// <summary>
/// A case as a file for the complainant or a body outside: one archive with a PDF to read, the same as JSON, the letters as PDF, and the files that came
/// or went with messages. What only we wrote for ourselves is in it when somebody says so; what strangers wrote into the case never is.
/// </summary>
public sealed class CaseFile(Database database, StoredSettings settings, LetterDesk letters, TimeProvider clock)
{
    private const long MostFiles = 50L << 20; // bytes of attached files in one archive; the others are named

    /// <summary>Events that tell how we work, not what happened to the complaint.</summary>
    private static readonly HashSet<string> OursAlone = ["note_written", "second_look_drawn", "second_look_taken", "check_back_planned", "phone_nudged", "phone_nudge_set_aside", "next_contact_due_soon", "duty_due_soon", "call_due", "safety_checked", "severity_set", "offer_prepared", "duties_begun"];

    private static readonly JsonSerializerOptions Indented = new(CaseJson.Options) { WriteIndented = true, IgnoreReadOnlyProperties = false };

    /// <summary>The archive; <c>null</c> when there is no such case.</summary>
    /// <param name="number">The case.</param>
    /// <param name="state">The same, as it stands.</param>
    /// <param name="withOurs">With notes and what decisions rest on.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<byte[]> Make(long number, CaseState state, bool withOurs, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var now = clock.GetUtcNow();
        var (messages, files, events) = await database.Read(async connection =>
        (
            (await connection.QueryAsync<Message>(
                $"""
                select m.id, m.at, m.direction, m.channel, m.author_name, m.subject, m.text from messages m
                where m.case_number = @number {(withOurs ? "" : $"and m.direction <> {(int)Direction.Note}")}
                    and not exists (select 1 from mail_senders s where s.message_id = m.id and s.known = 0)
                    and not exists (select 1 from outbox o where o.message_id = m.id and o.state = {(int)OutboxState.TakenBack})
                order by m.at, m.id
                """, new { number })).AsList(),
            (await connection.QueryAsync<Attached>("select a.message_id, a.name, a.size, a.digest from attachments a join messages m on m.id = a.message_id where m.case_number = @number order by a.id", new { number })).AsList(),
            (await connection.QueryAsync<Event>("select seq, kind, body from events where case_number = @number order by seq", new { number })).AsList()
        ), ct);
        var shown = messages.Select(message => message.Id).ToHashSet();
        files.RemoveAll(file => !shown.Contains(file.MessageId));
        var told = events.Where(each => withOurs || !OursAlone.Contains(each.Kind)).Select(each => (each.Kind, News: CaseJson.Event(each.Kind, each.Body))).ToList();
        var sent = (await letters.Of(number, ct)).Where(letter => letter.Digest is not null).Reverse().ToList();

        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            var packed = await Pack(zip, files, ct);
            await Add(zip, $"case-{number}.json", JsonSerializer.SerializeToUtf8Bytes(Json(company, number, state, messages, files, packed, told, sent, withOurs, now), Indented), ct);
            await Add(zip, $"case-{number}.pdf", OnPaper(company, number, state, messages, files, packed, told, sent, withOurs, now).ToPdf(), ct);
            foreach (var letter in sent)
                await Add(zip, $"letters/{letter.Id}.pdf", LetterPaper.Of(company, number, letter, await letters.Words(letter, ct)).ToPdf(), ct);
        }

        return archive.ToArray();
    }

    private async Task<Dictionary<string, string>> Pack(ZipArchive zip, List<Attached> files, CancellationToken ct)
    {
        var packed = new Dictionary<string, string>();
        var room = MostFiles;
        foreach (var file in files.DistinctBy(file => file.Digest))
        {
            if (file.Size > room)
                continue;
            room -= file.Size;
            var path = $"files/{file.MessageId}-{Safe(file.Name)}";
            for (var i = 2; packed.ContainsValue(path); i++)
                path = $"files/{file.MessageId}-{i}-{Safe(file.Name)}";
            await Add(zip, path, await Blobs.Get(database, file.Digest, ct), ct);
            packed[file.Digest] = path;
        }

        return packed;
    }

    private static object Json(Company company, long number, CaseState state, List<Message> messages, List<Attached> files, Dictionary<string, string> packed, List<(string Kind, CaseEvent News)> told, List<SentLetter> sent, bool withOurs, DateTimeOffset now) => new
    {
        made_at = now, company = company.Name, number, with_internal_notes = withOurs,
        state.Subject, complainant = state.CustomerName, handled_by = state.OwnerName, received_at = state.OpenedAt, received_by = state.Channel, acknowledged_at = state.AcknowledgedAt, stage = state.Stage, closed_at = state.ClosedAt, close_reason = state.CloseReason,
        state.Story, wanted_outcome = state.WantedOutcome,
        summaries = state.Summaries.Select(each => new { each.Version, each.Happened, each.Matters, each.Promised, each.WrittenAt, each.SentAt, each.ConfirmedAt, each.CorrectedAt, each.Correction }),
        issues = state.Issues.Select(each => new
        {
            each.Id, each.Words, each.RaisedAt, each.RaisedBy, each.WithdrawnAt, each.Reason, each.ToldAt,
            decisions = each.Decisions.Where(_ => withOurs || each.ToldAt is not null).Select(decision => new { decision.Finding, decision.Reasons, decision.CanDo, remedies = decision.Remedies.Select(Offered), evidence = withOurs ? decision.Evidence : null, decision.At, decision.By }),
        }),
        offers = state.Offers.Where(offer => offer.SentAt is not null).Select(each => new { each.Id, each.SentAt, each.AnswerBy, each.IsDecision, each.ChosenId, each.DeclinedAt, each.Words, options = each.Options.Select(option => new { option.Id, option.Title, option.Why, value = new { option.Value.Minor, option.Value.Currency }, remedies = option.Remedies.Select(Offered) }) }),
        remedies = state.Remedies.Select(each => new { each.What, value = new { each.Value.Minor, each.Value.Currency }, each.DueAt, each.DoneAt, each.FailedAt, law = each.Law?.Name }),
        promises = state.Promises.Select(each => new { each.What, each.MadeAt, each.DueAt, each.KeptAt, each.MissedAt, each.MovedAt, reason = each.Reason ?? each.WhyMissed }),
        deadlines = state.Duties.Select(each => new { rule = state.Presets.FirstOrDefault(preset => preset.Key == each.Preset)?.Title, each.Title, each.StartedAt, each.DueAt, each.MetAt, missed_at = each.BreachedAt, each.MessageId, extensions = each.Extensions.Select(extension => new { extension.From, extension.To, extension.Reason, extension.At, extension.MessageId }) }),
        outside = state.Referral is { } outside ? new { outside.Stage, outside.Body, outside.ReferredOn, outside.DecidedOn, outside.Outcome, told = state.OutsideRoute } : null,
        messages = messages.Select(each => new
        {
            each.Id, at = each.When, direction = (Direction)each.Direction, channel = (Channel)each.Channel, from = each.AuthorName, each.Subject, each.Text,
            files = files.Where(file => file.MessageId == each.Id).Select(file => new { file.Name, file.Size, sha256 = file.Digest, path = packed.GetValueOrDefault(file.Digest) }),
        }),
        letters = sent.Select(each => new { each.Id, kind = (Domain.Deadlines.LetterKind)each.Kind!.Value, at = DateTimeOffset.FromUnixTimeMilliseconds(each.At), each.Subject, to = each.Recipients, sha256 = each.Digest, path = $"letters/{each.Id}.pdf" }),
        timeline = told.Select(each => new { at = each.News.At, what = each.Kind, by = each.News.By.Name }),
    };

    private static object Offered(Domain.Offers.OptionRemedy remedy) => new { remedy.Kind, remedy.What, value = new { remedy.Value.Minor, remedy.Value.Currency }, remedy.DueAt, reason = remedy.Data?.Reason, statutory = remedy.IsStatutory };

    private static Paper OnPaper(Company company, long number, CaseState state, List<Message> messages, List<Attached> files, Dictionary<string, string> packed, List<(string Kind, CaseEvent News)> told, List<SentLetter> sent, bool withOurs, DateTimeOffset now)
    {
        var zone = company.Zone();
        string At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMMM yyyy, HH:mm", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
        var blocks = new List<PaperBlock>();
        void Part(string heading, IEnumerable<string> texts)
        {
            var kept = texts.Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
            if (kept.Count == 0)
                return;
            blocks.Add(new PaperBlock(heading, true));
            blocks.AddRange(kept.Select(text => new PaperBlock(text)));
        }

        Part("The complaint", [$"{state.Subject}\nFrom: {state.CustomerName}\nReceived: {At(state.OpenedAt)}, {CodeWords(state.Channel.ToString())}\nHandled by: {state.OwnerName ?? "the team"}\n{(state.ClosedAt is { } closed ? $"Closed: {At(closed)}, {CodeWords(state.CloseReason.ToString()!)}" : "Open")}", state.Story, state.WantedOutcome is { } wanted ? $"What would put it right, in their words: {wanted}" : ""]);
        Part("What we understood", state.Summaries.Select(each => $"{At(each.WrittenAt)} (version {each.Version}{(each.ConfirmedAt is { } yes ? $", confirmed {At(yes)}" : each.CorrectedAt is not null ? ", corrected by them" : "")})\n{each.Happened}\nWhat matters most: {each.Matters}{(each.Correction is { } correction ? $"\nTheir correction: {correction}" : "")}"));
        Part("What was raised, and what was decided", state.Issues.Select(issue => $"{issue.Words}\nRaised {At(issue.RaisedAt)} by {issue.RaisedBy}{(issue.WithdrawnAt is null ? "" : $"; taken out: {issue.Reason}")}"
            + string.Concat(issue.Decisions.Where(_ => withOurs || issue.ToldAt is not null).Select(decision => $"\n{At(decision.At)}: {DecisionLetter.Says(decision.Finding)}{(decision.Reasons is { } why ? $"\nReasons: {why}" : "")}{(decision.CanDo is { } can ? $"\nWhat we can do: {can}" : "")}{string.Concat(decision.Remedies.Select(remedy => $"\nWhat we can do: {DecisionLetter.Remedy(remedy, company)}"))}{(withOurs && decision.Evidence is { } rests ? $"\nIt rests on: {rests}" : "")}"))));
        Part("What was offered", state.Offers.Where(offer => offer.SentAt is not null).Select(offer => $"{At(offer.SentAt!.Value)}{(offer.IsDecision ? ", with the decision" : "")}\n{string.Join('\n', offer.Options.Select(option => $"{(option.Id == offer.ChosenId ? "[chosen] " : "- ")}{option.Title} ({option.Value}): {option.Why}"))}{(offer.DeclinedAt is { } no ? $"\nDeclined {At(no)}" : "")}{(offer.Words is { Length: > 0 } words ? $"\nTheir words: {words}" : "")}"));
        Part("What was done", state.Remedies.Select(remedy => $"{remedy.What}{(remedy.Law is { } law ? $" ({law})" : "")}: {(remedy.DoneAt is { } done ? $"done {At(done)}" : remedy.ReplacedAt is { } replaced ? $"replaced {At(replaced)}, when they chose something else" : remedy.FailedAt is { } failed ? $"failed {At(failed)}" : $"due {At(remedy.DueAt)}")}"));
        Part("What was promised", [string.Join('\n', state.Promises.Select(each => $"By {At(each.DueAt)}: {each.What}{(each.MissedAt is not null ? " (missed)" : "")}{(each.KeptAt is { } kept ? $"; kept {At(kept)}" : each.MovedAt is not null ? $"; moved: {each.Reason}" : "")}"))]);
        Part("Deadlines", [string.Join('\n', state.Duties.Select(duty => $"{duty.Title}: by {LegalWords.LastDay(duty.DueAt, zone)}{(duty.MetAt is { } met ? $"; done {At(met)}" : duty.WhyDropped is { } why ? $"; {why}" : "")}{(duty.IsLate ? " (late)" : "")}{string.Concat(duty.Extensions.Select(extension => $"; moved from {LegalWords.LastDay(extension.From, zone)}: {extension.Reason}"))}"))]);
        Part("Outside", [state.OutsideRoute is { } route ? $"They were told: {route}" : "", state.Referral is { Body: { } body } outside ? $"With {body} since {outside.ReferredOn:d MMMM yyyy}{(outside.DecidedOn is { } on ? $"; decided {on:d MMMM yyyy}: {outside.Outcome}" : "")}" : ""]);
        Part("Letters", [string.Join('\n', sent.Select(letter => $"{At(DateTimeOffset.FromUnixTimeMilliseconds(letter.At))}, {letter.Name}: {letter.Subject}\n   SHA-256 {letter.Digest}"))]);
        Part("What was said", messages.Select(message => $"{At(message.When)} · {message.AuthorName} · {(Direction)message.Direction switch { Direction.In => "from them", Direction.Out => "to them", Direction.Call => "call", _ => "our note" }} · {CodeWords(((Channel)message.Channel).ToString())}{(message.Subject.Length > 0 ? $"\n{message.Subject}" : "")}\n{message.Text.Trim()}"
            + string.Concat(files.Where(file => file.MessageId == message.Id).Select(file => $"\nFile: {packed.GetValueOrDefault(file.Digest, file.Name + " (too large for this archive)")}"))));
        Part("What happened when", [string.Join('\n', told.Select(each => $"{At(each.News.At)} · {CodeWords(each.Kind)} · {each.News.By.Name}"))]);
        return new Paper($"Complaint {number}: {state.Subject}", $"{company.Name} · complaint {number} · made {At(now)}{(withOurs ? " · with internal notes" : "")}", blocks);
    }

    /// <summary>A name from code as words: "next_contact_kept" becomes "next contact kept".</summary>
    private static string CodeWords(string name) => string.Concat(JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Select(letter => letter == '_' ? ' ' : letter));

    private static async Task Add(ZipArchive zip, string path, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(path).OpenAsync(ct);
        await entry.WriteAsync(content, ct);
    }

    /// <summary>A file's name without what could lead it elsewhere when the archive is unpacked.</summary>
    private static string Safe(string name)
    {
        var safe = new StringBuilder();
        foreach (var letter in Domain.Texts.Cut(name, 80))
            safe.Append(char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_');
        return safe.ToString().TrimStart('.') is { Length: > 0 } kept ? kept : "file";
    }

    private sealed class Message
    {
        public long Id { get; init; }
        public long At { get; init; }
        public int Direction { get; init; }
        public int Channel { get; init; }
        public string AuthorName { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Text { get; init; } = "";
        public DateTimeOffset When => DateTimeOffset.FromUnixTimeMilliseconds(At);
    }

    private sealed class Attached
    {
        public long MessageId { get; init; }
        public string Name { get; init; } = "";
        public long Size { get; init; }
        public string Digest { get; init; } = "";
    }

    private sealed class Event
    {
        public int Seq { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }
}
