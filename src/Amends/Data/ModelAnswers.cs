using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Language;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>What a person takes from an answer goes where they write: a reply into their draft, a translation or a gist into a note. Nothing goes to anybody else.</summary>
public static class ModelAnswers
{
    /// <summary>Puts a reply in place of the person's draft; what stood there is offered beside it.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="number">The case.</param>
    /// <param name="call">The call in the log.</param>
    /// <param name="text">The reply, with everything put back.</param>
    /// <param name="me">Whose draft.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>decided</c>: it was taken or thrown away before.</exception>
    public static async Task IntoDraft(Unit unit, long number, long call, string text, Actor me, DateTimeOffset now)
    {
        await Take(unit, number, call, me, now);
        await unit.Run(
            """
            insert into drafts (person_id, case_number, kind, text, html, next_what, next_due, device, saved_at) values (@person, @number, 1, @text, null, '', '', 0, @at)
            on conflict (person_id, case_number, kind) do update set
                other_text = case when drafts.text <> excluded.text then drafts.text else drafts.other_text end, other_at = case when drafts.text <> excluded.text then drafts.saved_at else drafts.other_at end,
                text = excluded.text, html = null, saved_at = excluded.saved_at
            """, new { person = me.Id, number, text = Storable.Of(text), at = now.ToUnixTimeMilliseconds() });
    }

    /// <summary>Keeps a translation or a gist as a note for the team.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="case">The case.</param>
    /// <param name="number">Its number.</param>
    /// <param name="call">The call in the log.</param>
    /// <param name="heading">What it is, for the first line.</param>
    /// <param name="text">The words, with everything put back.</param>
    /// <param name="me">Who keeps it.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>decided</c>: it was taken or thrown away before.</exception>
    public static async Task IntoNote(Unit unit, Case @case, long number, ModelCall call, string heading, string text, Actor me, DateTimeOffset now)
    {
        await Take(unit, number, call.Id, me, now);
        await NoteStore.Add(unit, @case, number, Storable.Of($"{heading}\n\n{text}"), null, me, now);
    }

    /// <summary>Writes down that it was taken.</summary>
    /// <exception cref="Refused"><c>decided</c>: it was taken or thrown away before.</exception>
    public static async Task Take(Unit unit, long number, long call, Actor me, DateTimeOffset now)
    {
        if (!await ModelCalls.Decide(unit, number, call, me.Id, true, now))
            throw new Refused("decided", "This answer was taken or thrown away already. Ask again if you want another one.");
    }
}
