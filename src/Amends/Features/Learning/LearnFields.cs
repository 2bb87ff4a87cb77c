using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Learning;

namespace Amends.Features.Learning;

/// <summary>What was decided in the ten minutes, as it is posted.</summary>
public sealed record LearnFields
{
    /// <summary>The week's Monday.</summary>
    public string? Week { get; init; }
    public string? Came { get; init; }
    public string? Action { get; init; }

    /// <summary>The owner's id.</summary>
    public string? Owner { get; init; }
    public string? Due { get; init; }

    /// <summary><c>improvement</c> or <c>playbook</c>.</summary>
    public string? Kind { get; init; }
    public string? Decision { get; init; }
    public string? People { get; init; }

    /// <summary>What was kept as a form; an empty one for a week that nobody looked at.</summary>
    public static LearnFields Of(LearnWeek? kept, DateOnly week) => kept is null ? new() { Week = DayOf(week) } : new()
    {
        Week = DayOf(week), Came = kept.Decided.Came, Action = kept.Decided.Action, Owner = kept.Decided.OwnerId.ToString(CultureInfo.InvariantCulture), Due = DayOf(kept.Decided.Due),
        Kind = kept.Decided.Kind == LearnAction.Playbook ? "playbook" : "improvement", Decision = kept.Decided.Decision, People = kept.Decided.People.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What the form says; a number that is none is 0, which is refused with the other rules.</summary>
    /// <exception cref="Refused"><c>due</c>: no day.</exception>
    public LearnDecision Read() => new(
        int.TryParse(People?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : 0, Action ?? "", long.TryParse(Owner, NumberStyles.None, CultureInfo.InvariantCulture, out var owner) ? owner : 0,
        DateOnly.TryParseExact(Due?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var due) ? due : throw new Refused("due", "Write the day as 2026-03-04."),
        Kind switch { "improvement" => LearnAction.Improvement, "playbook" => LearnAction.Playbook, _ => 0 }, Decision ?? "", Came ?? "");

    private static string DayOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The story of a hard case, as it is posted.</summary>
public sealed record LearnCaseFields
{
    /// <summary>The week's Monday.</summary>
    public string? Week { get; init; }
    public string? Number { get; init; }
    public string? Title { get; init; }
    public string? Story { get; init; }
    public string? Takeaway { get; init; }
}
