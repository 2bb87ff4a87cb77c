using System.Globalization;
using Amends.Domain.Statistics;

namespace Amends.Domain.Staffing;

/// <summary>What a manager asks: how long a contact takes, what is aimed at, and what is assumed. It is all in the page's address.</summary>
public sealed record StaffingQuestion
{
    /// <summary>The stretches that can be looked at, in weeks.</summary>
    public static readonly IReadOnlyList<int> Ranges = [4, 8, 13, 26];

    /// <summary>How many weeks are looked at.</summary>
    public int Weeks { get; init; } = 8;

    /// <summary>How long a call takes, with the work right after it, in seconds.</summary>
    public int EachSeconds { get; init; } = 360;

    /// <summary>So many of a hundred calls shall be taken in time.</summary>
    public int SharePercent { get; init; } = 80;

    /// <summary>In time is within so many seconds.</summary>
    public int WithinSeconds { get; init; } = 20;

    /// <summary>So many of a hundred minutes may people be busy at most.</summary>
    public int BusyPercent { get; init; } = 85;

    /// <summary>How long callers wait on average before they hang up, in seconds; 0 if nobody hangs up.</summary>
    public int PatienceSeconds { get; init; } = 180;

    /// <summary>So many of a hundred paid minutes go to breaks, training, illness and holidays.</summary>
    public int AwayPercent { get; init; } = 30;

    /// <summary>The half hour that is looked at closely; the busiest one when none is named.</summary>
    public HalfHour? At { get; init; }

    /// <summary>So many people at the telephone are compared with one more and one fewer; as many as are needed when not said.</summary>
    public int? People { get; init; }

    /// <summary>Begins the chance of the simulation: the same number gives the same days.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long one letter or message takes, in minutes.</summary>
    public int WriteMinutes { get; init; } = 12;

    /// <summary>How many minutes of a day one person has for writing.</summary>
    public int DayMinutes { get; init; } = 300;

    /// <summary>So many people write; as many as are needed when not said.</summary>
    public int? Writers { get; init; }

    /// <summary>The target in the words of the formulas.</summary>
    public StaffingTarget Target => new(SharePercent / 100.0, WithinSeconds, BusyPercent / 100.0);

    /// <summary>The fields: name in addresses, what they hold, from where to where.</summary>
    public static readonly IReadOnlyList<StaffingField> Fields =
    [
        new("each", "How long a call takes is from 10 to 7200 seconds.", 10, 7200, question => question.EachSeconds, (question, value) => question with { EachSeconds = value }),
        new("share", "The share that is taken in time is from 1 to 99 of a hundred.", 1, 99, question => question.SharePercent, (question, value) => question with { SharePercent = value }),
        new("within", "In time is within 0 to 3600 seconds.", 0, 3600, question => question.WithinSeconds, (question, value) => question with { WithinSeconds = value }),
        new("busy", "People may be busy for 10 to 100 of a hundred minutes.", 10, 100, question => question.BusyPercent, (question, value) => question with { BusyPercent = value }),
        new("patience", "Patience is from 0 to 36000 seconds; 0 says that nobody hangs up.", 0, 36_000, question => question.PatienceSeconds, (question, value) => question with { PatienceSeconds = value }),
        new("away", "Breaks, training, illness and holidays take from 0 to 90 of a hundred minutes.", 0, 90, question => question.AwayPercent, (question, value) => question with { AwayPercent = value }),
        new("people", "The people to compare are from 1 to 500, or left empty.", 1, 500, question => question.People, (question, value) => question with { People = value }),
        new("seed", "The number that begins the simulation is from 1 to 999999.", 1, 999_999, question => question.Seed, (question, value) => question with { Seed = value }),
        new("write", "One letter takes from 1 to 480 minutes.", 1, 480, question => question.WriteMinutes, (question, value) => question with { WriteMinutes = value }),
        new("day", "The minutes of a day for writing are from 10 to 720.", 10, 720, question => question.DayMinutes, (question, value) => question with { DayMinutes = value }),
        new("writers", "The people who write are from 1 to 500, or left empty.", 1, 500, question => question.Writers, (question, value) => question with { Writers = value }),
    ];

    /// <summary>Reads what was typed. What is empty is as usual; what cannot be used is named, and the rest is read all the same.</summary>
    /// <param name="typed">The text of a field, by name; <c>null</c> when it was not sent.</param>
    /// <param name="usual">What holds where nothing is typed, such as a measured length of calls.</param>
    /// <returns>The question, and a sentence for each field that is wrong.</returns>
    public static (StaffingQuestion Question, IReadOnlyDictionary<string, string> Errors) Read(Func<string, string?> typed, StaffingQuestion usual)
    {
        var (question, errors) = (usual, new Dictionary<string, string>());
        if (Typed("weeks") is { } weeks)
        {
            if (Number(weeks) is { } known && Ranges.Contains(known))
                question = question with { Weeks = known };
            else
                errors["weeks"] = $"The weeks to look at are {string.Join(", ", Ranges.SkipLast(1))} or {Ranges[^1]}.";
        }

        foreach (var field in Fields)
        {
            if (Typed(field.Name) is not { } text)
                continue;
            if (Number(text) is { } value && value >= field.Least && value <= field.Most)
                question = field.Set(question, value);
            else
                errors[field.Name] = field.Words;
        }

        if (Typed("at") is { } at)
        {
            if (HalfHour.Parse(at) is { } known)
                question = question with { At = known };
            else
                errors["at"] = "A half hour is written like mon-1030.";
        }

        return (question, errors);

        string? Typed(string name) => typed(name)?.Trim() is { Length: > 0 } text ? text : null;
        static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>The address of this question, without the page: what differs from the usual.</summary>
    /// <param name="usual">What holds where nothing is said.</param>
    public string Query(StaffingQuestion usual)
    {
        var parts = new List<string>();
        if (Weeks != usual.Weeks)
            parts.Add($"weeks={Weeks.ToString(CultureInfo.InvariantCulture)}");
        parts.AddRange(Fields.Where(field => field.Get(this) != field.Get(usual) && field.Get(this) is not null).Select(field => $"{field.Name}={field.Get(this)!.Value.ToString(CultureInfo.InvariantCulture)}"));
        if (At is { } at)
            parts.Add($"at={at.Code}");
        return string.Join('&', parts);
    }
}

/// <summary>A number that can be typed.</summary>
/// <param name="Name">In the address.</param>
/// <param name="Words">What is said when it is something else.</param>
/// <param name="Least">From here.</param>
/// <param name="Most">To here.</param>
/// <param name="Get">Reads it.</param>
/// <param name="Set">Writes it.</param>
public sealed record StaffingField(string Name, string Words, int Least, int Most, Func<StaffingQuestion, int?> Get, Func<StaffingQuestion, int, StaffingQuestion> Set);
