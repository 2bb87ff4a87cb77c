using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Wording;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Cases;

/// <summary>
/// A reply is read over: hints while it is written, a question before hot words go, two minutes of rest. It is advice; only a blank is refused.
/// What somebody sends all the same is kept for themselves alone.
/// </summary>
public sealed class ReadOver(WordingDesk desk, WordingChoices choices, Database database)
{
    private const int Longest = 50_000, MostFiles = 50, LongestWhy = 500, LongestHtml = 200_000;

    /// <summary>Hints on what stands in the form, as a piece of a page; whatever the form misses is not judged.</summary>
    public static async Task<IResult> Hints(long number, HttpContext context, ReadOver over)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (text, html) = (form["text"].ToString().Replace("\0", ""), form["html"].ToString());
        if (text.Length > Longest)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        return await over.Read(number, DraftOf(form, text, html), context.RequestAborted) is { } read
            ? Html.Show<DraftHints, DraftHints.View>(new(read, number))
            : TypedResults.NotFound();
    }

    /// <summary>The draft in a form; of files only their names count.</summary>
    internal static Draft DraftOf(IFormCollection form, string text, string? html)
    {
        var names = form["file"].OfType<string>().Concat(form.Files.Where(file => file.Length > 0).Select(file => file.FileName)).Take(MostFiles).Select(name => Texts.Cut(name, 200)).ToList();
        return new Draft(text, html is { Length: > 0 and <= LongestHtml } ? html : null, names, form["keeps"] == "1" ? DayOf(form["next_due"]) : null);
    }

    /// <summary>Reads a draft beside its case; <c>null</c> when there is none.</summary>
    public Task<ReadDraft?> Read(long number, Draft draft, CancellationToken ct) => desk.Read(number, draft, ct);

    /// <summary>Keeps the reply as a draft, and puts it aside where that was asked for; returns until when.</summary>
    public async Task<DateTimeOffset> Keep(HttpContext context, long number, KeptDraft draft, ReadDraft? parked, DateTimeOffset now)
    {
        var (me, until) = (context.User.Actor().Id, now + Sending.Rest);
        await database.Write(async unit =>
        {
            await Drafts.Keep(unit, number, me, DraftKind.Reply, draft, Drafts.Device(context), now);
            if (parked is not null)
                await Drafts.Park(unit, number, me, Sending.ToAsk(parked.Report, []).Select(hint => hint.Rule), until);
        });
        return until;
    }

    /// <summary>What is asked before the reply goes, whether it still rests, and what is kept of it if it goes.</summary>
    public async Task<Answer> Ask(long number, Actor me, ReadDraft draft, IFormCollection form, DateTimeOffset now, CancellationToken ct)
    {
        var parked = await Drafts.Parked(database, number, me.Id, ct);
        var until = parked is null ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(parked.ParkedUntil);
        var early = until > now;
        var known = form["wording"].OfType<string>().Append(parked?.Asked ?? "").SelectMany(rules => rules.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var asks = Sending.ToAsk(draft.Report, known);
        var waits = asks.Count == 0 && early && form["early"] != "1";
        var words = WordingChoice.Of(draft);
        var how = parked is null ? SentHow.AtOnce : early ? SentHow.Early : SentHow.Rested;
        return new Answer(asks, waits, until, words.Count == 0 ? null : new WordingChoice(now, number, how, Storable.Of(Texts.Cut(form["wording_why"].ToString().Trim(), LongestWhy)), words));
    }

    /// <summary>Keeps for its writer what went although it was asked about.</summary>
    public Task Note(Unit unit, long me, WordingChoice? choice) => choice is null ? Task.CompletedTask : choices.Keep(unit, me, choice);

    /// <summary>The day that stands in the field for the next promise; half a date is no promise yet.</summary>
    private static DateOnly? DayOf(string? due) => due is { Length: >= 10 } && DateOnly.TryParseExact(due[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>What comes of sending a reply.</summary>
    /// <param name="Asks">What its writer is asked about.</param>
    /// <param name="Waits">It still rests.</param>
    /// <param name="ParkedUntil">Until when it was put aside.</param>
    /// <param name="Kept">What is kept for its writer when it goes; <c>null</c> when there is nothing to look back at.</param>
    public sealed record Answer(IReadOnlyList<Hint> Asks, bool Waits, DateTimeOffset? ParkedUntil, WordingChoice? Kept);
}
