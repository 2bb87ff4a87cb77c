using System.Globalization;
using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Causes;
using Amends.Domain.Learning;
using Amends.Web;

namespace Amends.Features.Api;

/// <summary>The ten minutes of a week, what was learned, and the hard cases that went well, for programs.</summary>
public sealed class ReadLearning(LearnDesk desk, LearnSight sight, StoredSettings settings, TimeProvider clock)
{
    /// <summary>The Monday of a week that is over; of the last one when none is asked for.</summary>
    /// <exception cref="BadField">It is no day, or its week is not over.</exception>
    internal static DateOnly Week(string? asked, DateTimeOffset now, TimeZoneInfo zone)
    {
        var last = LearnSight.WeekOf(null, now, zone);
        return asked is null ? last
            : DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 2000 && LocalDay.MondayOf(day) <= last ? LocalDay.MondayOf(day)
            : throw new BadField("week", $"week is a day of a week that is over, such as {last:yyyy-MM-dd}.");
    }

    /// <summary>What a week shows, as on its page.</summary>
    public async Task<LearnWeekAnswer> One(string? asked, CancellationToken ct)
    {
        var zone = (await settings.Company(ct)).Zone();
        var week = Week(asked, clock.GetUtcNow(), zone);
        var (from, to) = LearnSight.Of(week, zone);
        var top = await sight.Top(week, ct);
        return new(week, top is null ? null : new(top.By == Dimension.Cause ? "cause" : "category", top.Code, top.Words, top.Cases, top.All, NullOf(top.Audience?.Product), NullOf(top.Audience?.Lot), top.Else?.Customers, top.Else is { } others ? others.Customers - others.Complained : null),
            [.. (await desk.Learnings(from, to, null, ct)).Select(Of)], [.. (await desk.Cases(week, ct)).Select(Of)], Of(await desk.Before(week, ct)), Of(await desk.Find(week, ct)));
    }

    /// <summary>What was learned in the last weeks, by words.</summary>
    /// <exception cref="BadField"><c>weeks</c> is none of the choices.</exception>
    public async Task<LearningListAnswer> Learnings(string? asked, string? search, CancellationToken ct)
    {
        var weeks = asked is null ? 13 : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && LearnDesk.WeekChoices.Contains(number) ? number : throw new BadField("weeks", $"weeks is one of {string.Join(", ", LearnDesk.WeekChoices)}.");
        var (now, zone) = (clock.GetUtcNow(), (await settings.Company(ct)).Zone());
        return new([.. (await desk.Learnings(LocalDay.Begins(LocalDay.Of(now, zone).AddDays(-7 * weeks), zone), now.AddMilliseconds(1), Storable.Of(search ?? ""), ct)).Select(Of)]);
    }

    /// <summary>The approved stories.</summary>
    public async Task<StoryListAnswer> Cases(CancellationToken ct) => new([.. (await desk.Cases(ct: ct)).Select(Of)]);

    private static string? NullOf(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static LearningAnswer Of(Data.Learning each) => new(each.Number, each.Subject, each.Category, each.Words, each.At);

    /// <summary>Without the number of its case: nothing leads to a person.</summary>
    private static StoryAnswer Of(LearnCase each) => new(DateOnly.ParseExact(each.Week, "yyyy-MM-dd", CultureInfo.InvariantCulture), each.Title, each.Story, each.Takeaway, each.ApprovedBy, DateTimeOffset.FromUnixTimeMilliseconds(each.ApprovedAt));

    private static DecidedAnswer? Of(LearnWeek? kept) => kept is null ? null : new(kept.Week, kept.Decided.People, kept.Decided.Action, new(kept.Decided.OwnerId, kept.Owner), kept.Decided.Due, kept.Decided.Kind, kept.Decided.Decision, kept.Decided.Came, kept.SavedBy, kept.SavedAt, kept.Saves.Count);
}

/// <summary>Maps them.</summary>
internal static class LearningReadEndpoints
{
    /// <summary>Maps what is read; what is written is beside the other writes.</summary>
    public static void MapLearningReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/learn", async (ReadLearning learning, CancellationToken ct, string? week) => ApiJson.Answer(await learning.One(week, ct)))
            .Describe<LearnWeekAnswer>("Ten minutes to learn: what most complaints of a week came from, who else may have it, what was learned, stories, the last action and this one", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/learn/learnings", async (ReadLearning learning, CancellationToken ct, string? weeks, string? q) => ApiJson.Answer(await learning.Learnings(weeks, q, ct)))
            .Describe<LearningListAnswer>("What was learned in the last 1, 4, 13 or 52 weeks, the newest 200 that hold the words", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/learn/cases", async (ReadLearning learning, CancellationToken ct) => ApiJson.Answer(await learning.Cases(ct)))
            .Describe<StoryListAnswer>("Hard cases that went well, told without names, as leads approved them", Scopes.CasesRead);
    }
}

/// <summary>What most complaints of a week came from: a cause, or a category while no cause is known; the product or lot that two or more share, how many have it, and how many of them said nothing.</summary>
public sealed record TopCauseAnswer(string By, string Code, string Words, int Cases, int Complaints, string? Product, string? Lot, int? Customers, int? Silent);

/// <summary>A line of what was learned.</summary>
public sealed record LearningAnswer(long Case, string Subject, string? Category, string Learned, DateTimeOffset At);

/// <summary>Lines.</summary>
public sealed record LearningListAnswer(IReadOnlyList<LearningAnswer> Items);

/// <summary>A hard case that went well, told without names.</summary>
public sealed record StoryAnswer(DateOnly Week, string Title, string Story, string Takeaway, string ApprovedBy, DateTimeOffset ApprovedAt);

/// <summary>Stories.</summary>
public sealed record StoryListAnswer(IReadOnlyList<StoryAnswer> Items);

/// <summary>What was decided in the look at a week; saves is how many times it was kept.</summary>
public sealed record DecidedAnswer(DateOnly Week, int People, string Action, Named Owner, DateOnly Due, LearnAction Kind, string Decision, string Came, string KeptBy, DateTimeOffset KeptAt, int Saves);

/// <summary>A week.</summary>
public sealed record LearnWeekAnswer(DateOnly Week, TopCauseAnswer? Top, IReadOnlyList<LearningAnswer> Learned, IReadOnlyList<StoryAnswer> Stories, DecidedAnswer? Before, DecidedAnswer? Decided);
