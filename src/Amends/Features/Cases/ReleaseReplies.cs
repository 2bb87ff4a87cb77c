using System.Net;
using System.Text;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Jobs;
using Amends.Letters;
using Amends.Web;
using Dapper;

namespace Amends.Features.Cases;

/// <summary>
/// Turns replies whose time to be taken back is over into letters. Taking the row away, queueing the letter and telling the
/// case are one unit of work, so any number of nodes, and a crash at any point, send it once.
/// </summary>
public sealed class ReleaseReplies(Database database, CaseStore cases, Outbox outbox, StoredSettings settings, LiveSignals live, TimeProvider clock, LoopHealth health, ILogger<ReleaseReplies> log)
    : Loop(TimeSpan.FromSeconds(1), health, log)
{
    private const int Most = 50;

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var due = await database.Read(async connection => (await connection.QueryAsync<long>("select id from held_replies where due_at <= @now order by due_at, id limit @Most", new { now, Most })).AsList(), ct);
        foreach (var id in due)
            await Release(id, await settings.Company(ct));
        return due.Count == Most;
    }

    private async Task Release(long id, Company company)
    {
        var files = await Files(id);
        try
        {
            await database.Write(unit => Send(unit, id, company, files));
        }
        catch (Refused refused) // the case was closed meanwhile, or has no address any more: the words go back to their writer
        {
            await database.Write(unit => GiveBack(unit, id, company, refused.Message));
        }
    }

    private async Task Send(Unit unit, long id, Company company, IReadOnlyList<LetterFile> files)
    {
        await unit.Run("delete from held_files where held_id = @id", new { id });
        if (await Take(unit, id) is not { } row)
            return;
        var by = Actor.Person(row.PersonId, row.Name, (Role)row.Role);
        var pressed = DateTimeOffset.FromUnixTimeMilliseconds(row.PressedAt);
        var now = clock.GetUtcNow();
        await cases.ChangeIn(unit, row.CaseNumber, async (@case, inside) =>
        {
            var letter = PlainReply.For(company, row.CaseNumber, @case.State, row.Text, row.Name, withLink: true, files: files);
            if (row.Html is { } html)
                letter = letter with { Html = WithEnd(html, row.Text, letter.Text) };
            var message = await outbox.Queue(inside, company, row.CaseNumber, letter, by, pressed); // it was held already: queued as of then, it goes at once
            @case.Speak(message, Domain.Cases.Channel.Mail, by, pressed, row.SaidParts);
            if (row.NextWhat is { } what && row.NextDueAt is { } next)
                @case.KeepPromise(what, DateTimeOffset.FromUnixTimeMilliseconds(next), by, company.Calendar(), now);
        });
    }

    private async Task GiveBack(Unit unit, long id, Company company, string why)
    {
        await unit.Run("delete from held_files where held_id = @id", new { id });
        if (await Take(unit, id) is not { } row)
            return;
        var now = clock.GetUtcNow();
        var due = row.NextDueAt is { } next ? LocalTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(next), company.Zone()) : "";
        await Drafts.GiveBack(unit, row.CaseNumber, row.PersonId, row.Text, row.Html, row.NextWhat ?? "", due, now);
        await unit.Run("insert into notices (person_id, case_number, dedupe, text, at) values (@PersonId, @CaseNumber, @dedupe, @text, @at) on conflict do nothing",
            new { row.PersonId, row.CaseNumber, dedupe = $"held:{id}", text = $"Your reply was not sent: {why} It is a draft again.", at = now.ToUnixTimeMilliseconds() });
        live.Announce(unit, new LiveSignal("case", row.CaseNumber, PersonId: row.PersonId));
    }

    private static Task<Row?> Take(Unit unit, long id) => unit.One<Row>(
        """
        delete from held_replies where id = @id
        returning person_id, (select name from people where people.id = held_replies.person_id) as name, (select role from people where people.id = held_replies.person_id) as role,
            case_number, text, html, next_what, next_due_at, said, pressed_at
        """, new { id });

    private async Task<IReadOnlyList<LetterFile>> Files(long id)
    {
        var rows = await database.Read(async connection => (await connection.QueryAsync<FileRow>("select name, content_type, digest from held_files where held_id = @id order by place", new { id })).AsList());
        var files = new List<LetterFile>(rows.Count);
        foreach (var row in rows)
            files.Add(new LetterFile(row.Name, row.ContentType, await Blobs.Get(database, row.Digest)));
        return files;
    }

    /// <summary>The shaped words, with what the letter adds below them: who signs, and the customer's page.</summary>
    private static string WithEnd(string html, string words, string letter)
    {
        var end = letter.TrimStart().StartsWith(words.ReplaceLineEndings("\n").Trim(), StringComparison.Ordinal) ? letter.TrimStart()[words.ReplaceLineEndings("\n").Trim().Length..] : "";
        var all = new StringBuilder(html);
        foreach (var paragraph in end.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            all.Append("<p>").Append(WebUtility.HtmlEncode(paragraph).Replace("\n", "<br>").Replace(Letter.Link, $"<a href=\"{Letter.Link}\">{Letter.Link}</a>")).Append("</p>");
        return all.ToString();
    }

    private sealed class Row
    {
        public long PersonId { get; init; }
        public string Name { get; init; } = "";
        public int Role { get; init; }
        public long CaseNumber { get; init; }
        public string Text { get; init; } = "";
        public string? Html { get; init; }
        public string? NextWhat { get; init; }
        public long? NextDueAt { get; init; }
        public long PressedAt { get; init; }
        public string Said { get; init; } = "";

        /// <summary>What it says, as it was read over.</summary>
        public IReadOnlyList<Domain.Frameworks.SaidPart> SaidParts => [.. Said.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => (Domain.Frameworks.SaidPart)int.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
    }

    private sealed class FileRow
    {
        public string Name { get; init; } = "";
        public string ContentType { get; init; } = "";
        public string Digest { get; init; } = "";
    }
}
