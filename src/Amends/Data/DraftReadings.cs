using Amends.Domain;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>
/// A colleague reads a reply before it goes. While they do, the draft is parked here: it is not in the place to write, so that nobody sends it
/// by reflex. Its writer takes it back whenever they like. Only the two of them see it.
/// </summary>
public sealed class DraftReadings(Database database)
{
    private const string Columns = "r.id, r.case_number, r.asked_by, a.name as asker, r.asked_of, o.name as reader, r.text, r.question, r.asked_at, r.comments, r.answered_at";

    /// <summary>What waits for somebody: drafts to read for others, and their own that are with a colleague or back with comments.</summary>
    public Task<IReadOnlyList<DraftReading>> Of(long me, CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<DraftReading>)(await connection.QueryAsync<DraftReading>(
        $"""
        select {Columns} from draft_readings r join people a on a.id = r.asked_by join people o on o.id = r.asked_of
        where r.ended_at is null and (r.asked_by = @me or (r.asked_of = @me and r.answered_at is null)) order by r.id limit 50
        """, new { me })).AsList(), ct);

    /// <summary>Those of one case that this person wrote or reads.</summary>
    public async Task<IReadOnlyList<DraftReading>> On(long number, long me, CancellationToken ct = default) => (await database.Read(connection => connection.QueryAsync<DraftReading>(
        $"""
        select {Columns} from draft_readings r join people a on a.id = r.asked_by join people o on o.id = r.asked_of
        where r.case_number = @number and r.ended_at is null and (r.asked_by = @me or r.asked_of = @me) order by r.id
        """, new { number, me }), ct)).AsList();

    /// <summary>The reply that somebody is writing in a case.</summary>
    public Task<string?> DraftOf(long number, long me, CancellationToken ct = default) =>
        database.Read(connection => connection.ExecuteScalarAsync<string?>("select text from drafts where person_id = @me and case_number = @number and kind = 1", new { me, number }), ct);

    /// <summary>Asks a colleague to read, and parks the draft.</summary>
    /// <param name="number">The case.</param>
    /// <param name="text">The draft as the form has it; the formatted one is kept where its words did not change.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="question">What to look at; empty for all of it.</param>
    /// <param name="me">Who asks.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>text</c>, <c>reader</c> or <c>question</c>; <c>waits</c> while a draft of theirs is with somebody already.</exception>
    public Task Ask(long number, string? text, long reader, string? question, Actor me, DateTimeOffset now) => database.Write(async unit =>
    {
        var (words, look) = (Storable.Of(text?.Trim() ?? ""), Storable.Of(question?.Trim() ?? ""));
        if (words.Length is 0 or > 100_000)
            throw new Refused("text", words.Length == 0 ? "Write the draft first; the one from the place to write stands here by itself." : "That is too long to be read by a colleague.");
        if (look.Length > 500)
            throw new Refused("question", "Keep it under 500 characters.");
        if (reader == me.Id || await unit.Value<int>("select count(*) from people where id = @reader and active = 1 and role >= 1", new { reader }) == 0)
            throw new Refused("reader", "Choose a colleague who reads it.");
        if (await unit.Value<int>("select count(*) from draft_readings where case_number = @number and asked_by = @Id and ended_at is null", new { number, me.Id }) > 0)
            throw new Refused("waits", "A draft of yours is with a colleague already. Take it back first.");
        var draft = await unit.One<DraftRow>("select text, html, next_what, next_due from drafts where person_id = @Id and case_number = @number and kind = 1", new { me.Id, number }) ?? new DraftRow();
        await unit.Run("delete from drafts where person_id = @Id and case_number = @number and kind = 1", new { me.Id, number });
        var id = await unit.Insert("draft_readings.id", "case_number, asked_by, asked_of, text, html, next_what, next_due, question, asked_at", "@number, @Id, @reader, @words, @html, @NextWhat, @NextDue, @look, @at",
            new { number, me.Id, reader, words, html = Same(draft.Text, words) ? draft.Html : null, draft.NextWhat, draft.NextDue, look, at = now.ToUnixTimeMilliseconds() });
        await Notices.Tell(unit, reader, number, $"draft-reading:{id}", $"{me.Name} asks you to read a draft before it goes. It is under “My own”.", now);
    });

    /// <summary>Says what one thinks of it; the draft stays as it is.</summary>
    /// <returns>The case; <c>null</c> when nobody asked this person, or it was taken back.</returns>
    /// <exception cref="Refused"><c>comments</c>: they are missing or too long.</exception>
    public Task<long?> Comment(long id, string? comments, Actor me, DateTimeOffset now) => database.Write(async unit =>
    {
        var words = Storable.Of(comments?.Trim() ?? "");
        if (words.Length is 0 or > 5000)
            throw new Refused("comments", words.Length == 0 ? "Say what you think of it; “send it as it is” is enough." : "Keep it under 5,000 characters.");
        if (await unit.One<AskedRow>("select case_number, asked_by, answered_at from draft_readings where id = @id and asked_of = @Id2 and ended_at is null", new { id, Id2 = me.Id }) is not { } asked)
            return (long?)null;
        await unit.Run("update draft_readings set comments = @words, answered_at = @at where id = @id", new { words, at = now.ToUnixTimeMilliseconds(), id });
        if (asked.AnsweredAt is null)
            await Notices.Tell(unit, asked.AskedBy, asked.CaseNumber, $"draft-read:{id}", $"{me.Name} has read your draft. It is under “My own”.", now);
        return asked.CaseNumber;
    });

    /// <summary>Gives the draft back to its writer, in the place to write; what they wrote there meanwhile stays, and this is offered beside it.</summary>
    /// <returns>The case; <c>null</c> when they have it already, or it is not theirs.</returns>
    public Task<long?> TakeBack(long id, Actor me, DateTimeOffset now) => database.Write(async unit =>
    {
        if (await unit.One<BackRow>("select case_number, text, html, next_what, next_due from draft_readings where id = @id and asked_by = @me and ended_at is null", new { id, me = me.Id }) is not { } row)
            return (long?)null;
        var at = now.ToUnixTimeMilliseconds();
        await unit.Run("update draft_readings set ended_at = @at where id = @id", new { at, id });
        await unit.Run(
            """
            insert into drafts (person_id, case_number, kind, text, html, next_what, next_due, device, saved_at) values (@person, @CaseNumber, 1, @Text, @Html, @NextWhat, @NextDue, 0, @at)
            on conflict (person_id, case_number, kind) do update set other_text = excluded.text, other_at = excluded.saved_at
            """, new { person = me.Id, row.CaseNumber, row.Text, row.Html, row.NextWhat, row.NextDue, at });
        return row.CaseNumber;
    });

    private static bool Same(string left, string right) => left.ReplaceLineEndings("\n").Trim() == right.ReplaceLineEndings("\n").Trim();

    private sealed class DraftRow
    {
        public string Text { get; init; } = "";
        public string? Html { get; init; }
        public string NextWhat { get; init; } = "";
        public string NextDue { get; init; } = "";
    }

    private sealed class AskedRow
    {
        public long CaseNumber { get; init; }
        public long AskedBy { get; init; }
        public long? AnsweredAt { get; init; }
    }

    private sealed class BackRow
    {
        public long CaseNumber { get; init; }
        public string Text { get; init; } = "";
        public string? Html { get; init; }
        public string NextWhat { get; init; } = "";
        public string NextDue { get; init; } = "";
    }
}

/// <summary>A draft that a colleague reads.</summary>
public sealed class DraftReading
{
    public long Id { get; init; }
    public long CaseNumber { get; init; }
    public long AskedBy { get; init; }
    public string Asker { get; init; } = "";
    public long AskedOf { get; init; }
    public string Reader { get; init; } = "";
    public string Text { get; init; } = "";
    public string Question { get; init; } = "";
    public long AskedAt { get; init; }
    public string? Comments { get; init; }
    public long? AnsweredAt { get; init; }
}
