using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>What a row of a note is.</summary>
public enum NoteKind
{
    /// <summary>Somebody's exact words.</summary>
    Quote = 1,

    /// <summary>The note as its writer put it right while it was open.</summary>
    Edit,

    /// <summary>A correction to a note that is fixed.</summary>
    Correction,
}

/// <summary>Notes with their history: quotes, edits, corrections. Every wording is a message of its own, so the chain of the case covers all of them.</summary>
public static class NoteStore
{
    /// <summary>The longest note, in characters.</summary>
    public const int Longest = 50_000;

    /// <summary>Writes a note, as somebody's exact words where they are.</summary>
    public static async Task<long> Add(Unit unit, Case @case, long number, string text, Quote? quote, Actor me, DateTimeOffset at)
    {
        var id = await Message(unit, number, text, me, at);
        if (quote is null)
        {
            @case.Note(id, me, at);
            return id;
        }

        @case.Quote(id, quote, me, at);
        await Row(unit, number, id, id, NoteKind.Quote, quote);
        return id;
    }

    /// <summary>Puts a note right, or adds a correction to it; <c>false</c> when there is no such note.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="case">Whose note.</param>
    /// <param name="number">Its number.</param>
    /// <param name="note">The note's first message.</param>
    /// <param name="text">The new words.</param>
    /// <param name="edit">The note as it should have been, within its first minutes; otherwise a correction.</param>
    /// <param name="me">Who writes.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Domain.Refused">It is fixed, or somebody else's.</exception>
    public static async Task<bool> Change(Unit unit, Case @case, long number, long note, string text, bool edit, Actor me, DateTimeOffset at)
    {
        var found = await unit.One<Found>(
            """
            select m.id, m.author_id, m.at from messages m where m.id = @note and m.case_number = @number and m.direction = 3
                and not exists (select 1 from notes n where n.message_id = m.id and n.kind <> 1)
            """, new { note, number });
        if (found is null)
            return false;
        var written = new WrittenNote(found.Id, found.AuthorId, DateTimeOffset.FromUnixTimeMilliseconds(found.At));
        var id = await Message(unit, number, text, me, at);
        if (edit)
            @case.EditNote(written, id, me, at);
        else
            @case.CorrectNote(written, id, me, at);
        await Row(unit, number, id, note, edit ? NoteKind.Edit : NoteKind.Correction, null);
        return true;
    }

    /// <summary>A note with all its wordings, oldest first; empty when there is none.</summary>
    public static Task<IReadOnlyList<Wording>> Read(Database database, long number, long note, CancellationToken ct) => database.Read(async connection => (IReadOnlyList<Wording>)(await connection.QueryAsync<Wording>(
        """
        select m.id, m.author_id, m.author_name, m.at, m.text, n.kind, n.said_by, n.said_at from messages m left join notes n on n.message_id = m.id
        where m.case_number = @number and m.direction = 3 and (m.id = @note or n.note_id = @note) and not exists (select 1 from notes x where x.message_id = @note and x.kind <> 1)
        order by m.id
        """, new { number, note })).AsList(), ct);

    /// <summary>Logs a call for whoever was on the phone.</summary>
    public static Task LogCall(Unit unit, long number, SpokenCall call, Actor me) => unit.Run(
        """
        insert into call_log (message_id, case_number, person_id, at, minutes, balance, their_seconds, our_seconds)
        values (@MessageId, @number, @person, @at, @Minutes, @balance, @TheirSeconds, @OurSeconds) on conflict do nothing
        """, new { call.MessageId, number, person = me.Id, at = call.At.ToUnixTimeMilliseconds(), call.Minutes, balance = (int?)call.Balance, call.TheirSeconds, call.OurSeconds });

    private static Task<long> Message(Unit unit, long number, string text, Actor me, DateTimeOffset at) =>
        Conversation.Add(unit, number, new NewMessage(Direction.Note, Channel.Page, me.Name, text, at) { AuthorId = me.Id });

    private static Task Row(Unit unit, long number, long id, long note, NoteKind kind, Quote? quote) => unit.Run(
        "insert into notes (message_id, case_number, note_id, kind, said_by, said_at) values (@id, @number, @note, @kind, @by, @at)",
        new { id, number, note, kind = (int)kind, by = quote is null ? null : Storable.Of(quote.SaidBy), at = quote?.SaidAt.ToUnixTimeMilliseconds() });

    private sealed class Found
    {
        public long Id { get; init; }
        public long AuthorId { get; init; }
        public long At { get; init; }
    }

    /// <summary>One wording of a note.</summary>
    public sealed class Wording
    {
        public long Id { get; init; }
        public long AuthorId { get; init; }
        public string AuthorName { get; init; } = "";
        public long At { get; init; }
        public string Text { get; init; } = "";

        /// <summary>A <see cref="NoteKind"/>; <c>null</c> for a plain note.</summary>
        public int? Kind { get; init; }
        public string? SaidBy { get; init; }
        public long? SaidAt { get; init; }
    }
}
