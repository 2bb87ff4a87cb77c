using System.Globalization;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Improvements;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>What somebody wants to do with an improvement, the same from the page and from a program.</summary>
/// <param name="Name"><c>agree</c>, <c>decline</c>, <c>start</c>, <c>finish</c>, <c>watch</c>, <c>effective</c>, <c>not_effective</c> or <c>reopen</c>.</param>
/// <param name="Why">Why, or what was done.</param>
/// <param name="Since">Of finish: the day since when it holds.</param>
/// <param name="Aim">Of watch: how much is to be counted.</param>
/// <param name="Due">Of reopen: by when it is to be done now.</param>
public sealed record WantedMove(string Name, string? Why, DateOnly? Since = null, long? Aim = null, DateOnly? Due = null)
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["agree", "decline", "start", "finish", "watch", "effective", "not_effective", "reopen"];

    /// <summary>Whether the count is needed for it.</summary>
    public bool NeedsEffect => Name is "effective" or "not_effective";

    /// <summary>The verb.</summary>
    /// <param name="item">The improvement.</param>
    /// <param name="effect">What was counted; needed for the two that judge.</param>
    /// <param name="zone">The company's zone.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused">As the verb; <c>move</c> for another word; <c>since</c> without a day.</exception>
    public ImprovementItem On(ImprovementItem item, Effect? effect, TimeZoneInfo zone, Actor by, DateTimeOffset now)
    {
        var today = LocalDay.Of(now, zone);
        return Name switch
        {
            "agree" => item.Agree(Why, by, now),
            "decline" => item.Decline(Why, by, now),
            "start" => item.Start(Why, by, now),
            "finish" => item.Finish(Why, Since is { } day ? day > today ? now.AddDays(1) : LocalDay.Begins(day, zone) : throw new Refused("since", "Say since when it holds."), by, now),
            "watch" => item.Watch(Aim, by, now),
            "effective" => item.ShowEffective(effect ?? Nothing(item), by, now),
            "not_effective" => item.FindNotEffective(Why, effect, by, now),
            "reopen" => item.Reopen(Why, Due, today, by, now),
            _ => throw new Refused("move", $"Say what is done: {string.Join(", ", Names)}."),
        };
    }

    /// <summary>The days that made us look, as they are proposed: from the first of its complaints to the day on which it was proposed.</summary>
    /// <param name="firstCame">When the first complaint came; <c>null</c> without any.</param>
    /// <param name="proposed">When it was proposed.</param>
    /// <param name="zone">The company's zone.</param>
    public static (string From, string Until) TriggerOf(DateTimeOffset? firstCame, DateTimeOffset proposed, TimeZoneInfo zone)
    {
        var until = LocalDay.Of(proposed, zone);
        var from = firstCame is { } first && first < proposed ? LocalDay.Of(first, zone) : until;
        return (from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private static Effect Nothing(ImprovementItem item) => new(item.Plan.By, 0, 0, 0, 0);
}
