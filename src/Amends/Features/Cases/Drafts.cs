using System.Globalization;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.Cases;

/// <summary>
/// What people are writing, kept while they write. The newest wins; what another device of theirs had at that time is kept
/// beside it and offered, never merged.
/// </summary>
public static class Drafts
{
    private const int Longest = 100_000;

    /// <summary>Stores a draft, or forgets it when it is empty. 404 for kinds that are kept on the device alone.</summary>
    public static async Task<IResult> Save(long number, string? kind, HttpContext context, Database database, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (Kind(kind ?? form["kind"]) is not { } which)
            return TypedResults.NotFound();
        var text = form["text"].ToString();
        if (text.Length > Longest)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);

        var me = context.User.Actor();
        var draft = new KeptDraft(text, form["html"].ToString(), form["next_what"].ToString(), form["next_due"].ToString());
        var known = await database.Write(async unit =>
        {
            if (await unit.Value<long?>("select number from cases where number = @number", new { number }) is null)
                return false;
            if (string.IsNullOrWhiteSpace(text))
                await Forget(unit, number, me.Id, which);
            else
                await Keep(unit, number, me.Id, which, draft, Device(context), clock.GetUtcNow());
            return true;
        });
        return known ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    /// <summary>Keeps a draft in the caller's unit of work, in place of the one before; what another device had stays beside it.</summary>
    public static Task Keep(Unit unit, long number, long person, DraftKind kind, KeptDraft draft, long device, DateTimeOffset at) => unit.Run(
        """
        insert into drafts (person_id, case_number, kind, text, html, next_what, next_due, device, saved_at) values (@person, @number, @kind, @text, @html, @what, @due, @device, @at)
        on conflict (person_id, case_number, kind) do update set
            other_text = case when drafts.device <> excluded.device and drafts.text <> excluded.text then drafts.text else drafts.other_text end,
            other_at = case when drafts.device <> excluded.device and drafts.text <> excluded.text then drafts.saved_at else drafts.other_at end,
            text = excluded.text, html = excluded.html, next_what = excluded.next_what, next_due = excluded.next_due, device = excluded.device, saved_at = excluded.saved_at
        """,
        new
        {
            person, number, kind = (int)kind, text = draft.Text.Replace("\0", ""), html = draft.Html is { Length: > 0 and <= Longest } html ? html.Replace("\0", "") : null,
            what = Cut(draft.NextWhat), due = Cut(draft.NextDue), device, at = at.ToUnixTimeMilliseconds(),
        });

    /// <summary>Puts a kept reply aside until a moment, and remembers the rules that its writer was asked about.</summary>
    public static Task Park(Unit unit, long number, long person, IEnumerable<string> asked, DateTimeOffset until) =>
        unit.Run("update drafts set parked_until = @until, asked = @asked where person_id = @person and case_number = @number and kind = 1",
            new { person, number, asked = string.Join(',', asked), until = until.ToUnixTimeMilliseconds() });

    /// <summary>Until when somebody's reply is put aside, and what they were asked about; <c>null</c> when it never was.</summary>
    public static async Task<ParkedDraft?> Parked(Database database, long number, long person, CancellationToken ct) =>
        await database.Read(connection => connection.QuerySingleOrDefaultAsync<ParkedDraft>("select parked_until, asked from drafts where person_id = @person and case_number = @number and kind = 1 and parked_until is not null", new { person, number }), ct);

    /// <summary>Takes what the other device had; what stood here is offered instead.</summary>
    public static async Task<IResult> TakeOther(long number, HttpContext context, Database database, ShowCase show, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await database.Write(unit => unit.Run(
            """
            update drafts set text = other_text, html = null, other_text = text, other_at = saved_at, device = @device, saved_at = @at
            where person_id = @me and case_number = @number and other_text is not null
            """, new { me = context.User.Actor().Id, number, device = Device(context), at = clock.GetUtcNow().ToUnixTimeMilliseconds() }));
        return await show.Done(context, number, form["in"], "The other draft is here now");
    }

    /// <summary>Forgets a draft in the caller's unit of work: it was sent.</summary>
    public static Task Forget(Unit unit, long number, long person, DraftKind kind) =>
        unit.Run("delete from drafts where person_id = @person and case_number = @number and kind = @kind", new { person, number, kind = (int)kind });

    /// <summary>Gives words back to their writer as a draft; a newer draft of theirs stays, and these are offered beside it.</summary>
    public static Task GiveBack(Unit unit, long number, long person, string text, string? html, string nextWhat, string nextDue, DateTimeOffset at) => unit.Run(
        """
        insert into drafts (person_id, case_number, kind, text, html, next_what, next_due, device, saved_at) values (@person, @number, 1, @text, @html, @nextWhat, @nextDue, 0, @at)
        on conflict (person_id, case_number, kind) do update set other_text = excluded.text, other_at = excluded.saved_at
        """, new { person, number, text, html, nextWhat, nextDue, at = at.ToUnixTimeMilliseconds() });

    private static DraftKind? Kind(string? kind) => kind switch { "reply" => DraftKind.Reply, "note" => DraftKind.Note, _ => null };

    /// <summary>The device that somebody writes on: their session.</summary>
    public static long Device(HttpContext context) => long.TryParse(context.User.FindFirst(SignedIn.SessionClaim)?.Value, CultureInfo.InvariantCulture, out var session) ? session : 0;

    private static string Cut(string value) => value is { Length: <= 500 } text ? text.Replace("\0", "") : "";
}

/// <summary>What is kept of a draft.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Html">The same with their shape; empty without.</param>
/// <param name="NextWhat">What the customer hears next.</param>
/// <param name="NextDue">By when, as the field holds it.</param>
public sealed record KeptDraft(string Text, string? Html, string NextWhat, string NextDue);

/// <summary>A reply that was put aside.</summary>
public sealed class ParkedDraft
{
    /// <summary>Until when, Unix milliseconds.</summary>
    public long ParkedUntil { get; init; }

    /// <summary>The rules that its writer was asked about, with commas between.</summary>
    public string Asked { get; init; } = "";
}
