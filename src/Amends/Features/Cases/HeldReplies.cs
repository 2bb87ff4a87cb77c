using Amends.Data;
using Amends.Features.Shared;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Features.Cases;

/// <summary>
/// Replies wait a few seconds before they become letters, so that "undo" is real: until then nothing was said. Whoever
/// closes the browser does not lose the reply; it is in the database.
/// </summary>
public static class HeldReplies
{
    /// <summary>How long a reply can be taken back.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(10);

    /// <summary>Holds a reply; returns its id.</summary>
    public static async Task<long> Add(Unit unit, long number, Actor by, HeldReply reply, DateTimeOffset at)
    {
        var id = await unit.Value<long>(
            """
            insert into held_replies (person_id, case_number, text, html, next_what, next_due_at, said, pressed_at, due_at)
            values (@person, @number, @Text, @Html, @NextWhat, @next, @said, @pressed, @due) returning id
            """,
            new
            {
                person = by.Id, number, reply.Text, reply.Html, reply.NextWhat, next = reply.NextDueAt?.ToUnixTimeMilliseconds(), said = string.Join(',', reply.Said.Select(part => (int)part)),
                pressed = at.ToUnixTimeMilliseconds(), due = (at + Hold).ToUnixTimeMilliseconds(),
            });
        for (var i = 0; i < reply.Files.Count; i++)
        {
            var file = reply.Files[i];
            await unit.Run("insert into held_files (held_id, place, name, content_type, size, digest) values (@id, @i, @Name, @ContentType, @size, @digest)",
                new { id, i, file.Name, file.ContentType, size = (long)file.Content.Length, digest = await Blobs.Put(unit, file.Content) });
        }

        return id;
    }

    /// <summary>Takes a reply back: nothing was said, and its words are a draft again. A reply that has gone stays gone.</summary>
    public static async Task<IResult> Undo(long number, long id, HttpContext context, Database database, StoredSettings settings, ShowCase show, LiveSignals live, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var me = context.User.Actor();
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        var back = await database.Write(async unit =>
        {
            await unit.Run("delete from held_files where held_id = (select id from held_replies where id = @id and case_number = @number and person_id = @me)", new { id, number, me = me.Id });
            if (await unit.One<Row>("delete from held_replies where id = @id and case_number = @number and person_id = @me returning text, html, next_what, next_due_at", new { id, number, me = me.Id }) is not { } row)
                return false;
            await Drafts.GiveBack(unit, number, me.Id, row.Text, row.Html, row.NextWhat ?? "", row.NextDueAt is { } due ? LocalTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(due), zone) : "", clock.GetUtcNow());
            live.Announce(unit, new LiveSignal("case", number));
            return true;
        });
        return await show.Done(context, number, form["in"], back ? "Not sent. Your words are a draft again." : "It has gone out already.");
    }

    private sealed class Row
    {
        public string Text { get; init; } = "";
        public string? Html { get; init; }
        public string? NextWhat { get; init; }
        public long? NextDueAt { get; init; }
    }
}

/// <summary>A reply to hold.</summary>
/// <param name="Text">The words.</param>
/// <param name="Html">The same, cleaned, when they have shape.</param>
/// <param name="NextWhat">What the customer hears next; <c>null</c> when the reply keeps no promise.</param>
/// <param name="NextDueAt">By when.</param>
/// <param name="Files">Files to send along.</param>
/// <param name="Said">What it says, as it was read over.</param>
public sealed record HeldReply(string Text, string? Html, string? NextWhat, DateTimeOffset? NextDueAt, IReadOnlyList<Letters.LetterFile> Files, IReadOnlyList<Domain.Frameworks.SaidPart> Said);
