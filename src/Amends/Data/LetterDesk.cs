using System.Text;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.People;
using Amends.Letters;
using Dapper;

namespace Amends.Data;

/// <summary>Letters as they were sent: the words that the customer got, without their link, by the SHA-256 of their UTF-8 bytes.</summary>
public sealed class LetterDesk(Database database, StoredSettings settings)
{
    /// <summary>Keeps a letter that was just queued, and tells the case.</summary>
    /// <param name="unit">The unit of work in which it was queued.</param>
    /// <param name="number">The case.</param>
    /// <param name="case">The same, to be told.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="message">Its message in the conversation.</param>
    /// <param name="letter">What was queued.</param>
    /// <param name="by">Who wrote it.</param>
    /// <param name="at">Now.</param>
    public async Task Keep(Unit unit, long number, Case @case, LetterKind kind, long message, Letter letter, Actor by, DateTimeOffset at)
    {
        var digest = await Blobs.Put(unit, Encoding.UTF8.GetBytes(Text(letter.Subject, Outbox.Shown(letter.Text))));
        await unit.Insert("letters.id", "message_id, case_number, kind, at, digest", "@message, @number, @kind, @at, @digest", new { message, number, kind = (int)kind, at = at.ToUnixTimeMilliseconds(), digest });
        var route = kind is LetterKind.Final or LetterKind.NotUpheld ? OutsideRoutes.In(await settings.Company(), @case.State, letter.Text) : null;
        @case.KeepLetter(kind, message, digest, by, at, route);
    }

    /// <summary>What was written to the customer of a case, newest first; those that are kept as letters have a kind and a digest.</summary>
    public Task<IReadOnlyList<SentLetter>> Of(long number, CancellationToken ct = default) => Read("m.case_number = @number order by m.id desc limit 200", new { number }, ct);

    /// <summary>One of them, or <c>null</c> when the customer never got such a message.</summary>
    public async Task<SentLetter?> Find(long number, long message, CancellationToken ct = default) =>
        (await Read("m.case_number = @number and m.id = @message", new { number, message }, ct)).SingleOrDefault();

    /// <summary>The words of a letter: as they were kept, or as they stand in the conversation.</summary>
    public async Task<string> Words(SentLetter letter, CancellationToken ct = default) =>
        letter.Digest is { } digest ? Encoding.UTF8.GetString(await Blobs.Get(database, digest, ct)) : Text(letter.Subject, letter.Text);

    private async Task<IReadOnlyList<SentLetter>> Read(string where, object values, CancellationToken ct) => await database.Read(async connection => (await connection.QueryAsync<SentLetter>(
        $"""
        select m.id, m.at, m.subject, m.text, m.author_name, m.recipients, l.kind, l.digest
        from messages m left join letters l on l.message_id = m.id
        where m.direction = 2 and m.channel = 1 and not exists (select 1 from outbox o where o.message_id = m.id and o.state = {(int)OutboxState.TakenBack}) and {where}
        """, values)).AsList(), ct);

    private static string Text(string subject, string text) => subject + "\n\n" + text;
}

/// <summary>Something that we wrote to a customer.</summary>
public sealed class SentLetter
{
    /// <summary>The message's id.</summary>
    public long Id { get; init; }

    /// <summary>When, Unix milliseconds.</summary>
    public long At { get; init; }
    public string Subject { get; init; } = "";
    public string Text { get; init; } = "";
    public string AuthorName { get; init; } = "";
    public string Recipients { get; init; } = "";

    /// <summary>What it is; <c>null</c> for a plain message.</summary>
    public int? Kind { get; init; }

    /// <summary>SHA-256 of the letter as it was kept.</summary>
    public string? Digest { get; init; }

    /// <summary>What it is, for people.</summary>
    public string Name => Kind is { } kind ? NameOf((LetterKind)kind) : "Message";

    /// <summary>A kind of letter, for people.</summary>
    public static string NameOf(LetterKind kind) => kind switch
    {
        LetterKind.Acknowledgement => "Acknowledgement",
        LetterKind.Update => "Update",
        LetterKind.Holding => "Holding response",
        LetterKind.SummaryResolution => "Summary resolution",
        LetterKind.NotUpheld => "Final response (not upheld)",
        _ => "Final response",
    };
}
