using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.Cases;

/// <summary>Who has a case open or writes, for the others; and up to when somebody has seen it.</summary>
public static class Presence
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(45); // a browser says it every 30 s
    private static readonly TimeSpan WritingLasts = TimeSpan.FromSeconds(30);

    /// <summary>Takes what a browser says: <c>state=viewing</c> or <c>writing</c>.</summary>
    public static async Task<IResult> Say(long number, HttpContext context, Database database, LiveSignals live, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var me = context.User.Actor();
        var now = clock.GetUtcNow();
        var writing = form["state"] == "writing";
        var known = await database.Write(async unit =>
        {
            if (await unit.Value<long?>("select number from cases where number = @number", new { number }) is null)
                return false;
            var before = await unit.One<Row>("select writing, until from presence where case_number = @number and person_id = @me", new { number, me = me.Id });
            var wasHere = before?.Until > now.ToUnixTimeMilliseconds();
            var stillWrites = wasHere && before!.Writing == 1 && before.Until > (now + WritingLasts / 2).ToUnixTimeMilliseconds();
            var writes = writing || stillWrites;
            await unit.Run("delete from presence where until < @now", new { now = now.ToUnixTimeMilliseconds() });
            await unit.Run(
                """
                insert into presence (case_number, person_id, writing, until) values (@number, @me, @writes, @until)
                on conflict (case_number, person_id) do update set writing = excluded.writing, until = excluded.until
                """, new { number, me = me.Id, writes = writes ? 1 : 0, until = (now + (writing ? WritingLasts : Lasts)).ToUnixTimeMilliseconds() });
            await unit.Run("insert into case_reads (person_id, case_number, seen_at) values (@me, @number, @now) on conflict (person_id, case_number) do update set seen_at = excluded.seen_at",
                new { me = me.Id, number, now = now.ToUnixTimeMilliseconds() });
            if (!wasHere || (before!.Writing == 1) != writes)
                live.Announce(unit, new LiveSignal("presence", number, PersonId: me.Id, Text: $"{me.Name.Split(' ')[0]} is {(writes ? "writing" : "viewing")}"));
            return true;
        });
        return known ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    /// <summary>Who else is there, as a fragment.</summary>
    public static async Task<IResult> Show(long number, HttpContext context, Database database, TimeProvider clock) =>
        Html.Show<WatchersFragment, WatchersFragment.View>(new(number, await database.Read(async connection => (await connection.QueryAsync<WatcherRow>(
            "select p.name, w.writing from presence w join people p on p.id = w.person_id where w.case_number = @number and w.person_id <> @me and w.until > @now order by w.writing desc, p.name limit 3",
            new { number, me = context.User.Actor().Id, now = clock.GetUtcNow().ToUnixTimeMilliseconds() })).AsList(), context.RequestAborted)));

    /// <summary>Marks a case as not seen, for its reader alone.</summary>
    public static async Task<IResult> Unread(long number, HttpContext context, Database database, ShowCase show)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await database.Write(unit => unit.Run("delete from case_reads where person_id = @me and case_number = @number", new { me = context.User.Actor().Id, number }));
        if (context.Request.IsFragment())
            return await show.Done(context, number, form["in"], "Marked as unread");
        Frame.Say(context, "Marked as unread");
        return TypedResults.Redirect303("/inbox/mine"); // the case's page would mark it as seen again
    }

    private sealed class Row
    {
        public int Writing { get; init; }
        public long Until { get; init; }
    }
}
