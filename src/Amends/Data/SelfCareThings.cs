using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.SelfCare;

namespace Amends.Data;

/// <summary>What somebody wants to be shown; all of it is off until they switch it on.</summary>
public sealed record OwnLikes
{
    /// <summary>A rest is suggested after several hard cases in a row.</summary>
    public bool Rest { get; init; }

    /// <summary>After how many.</summary>
    public int HardInARow { get; init; } = Breather.Usual;

    /// <summary>How many were fine this week, on Today.</summary>
    public bool Perspective { get; init; }

    /// <summary>A light word after closing.</summary>
    public bool LightCard { get; init; }

    /// <summary>Today's mood can be tapped.</summary>
    public bool Mood { get; init; }

    /// <summary>It counts in the team's, where at least five do.</summary>
    public bool InTeam { get; init; }

    /// <summary>A look back is suggested for one in so many closed cases; 0 suggests none.</summary>
    public int OneIn { get; init; }

    /// <summary>Nothing is to be shown on Today.</summary>
    public bool IsOff => !Rest && !Perspective && !LightCard && !Mood;
}

/// <summary>How a day was.</summary>
/// <param name="Day">The day at the desk.</param>
/// <param name="Mood">1 to <see cref="TeamMood.Best"/>.</param>
public sealed record OwnMood(DateOnly Day, int Mood)
{
    /// <summary>The moods in words, from 1.</summary>
    public static readonly IReadOnlyList<string> Words = ["Hard going", "Rather heavy", "All right", "Good", "Light"];
}

/// <summary>When somebody took a rest.</summary>
/// <param name="At">When.</param>
public sealed record OwnRest(DateTimeOffset At);

/// <summary>How somebody looked back at a case.</summary>
public sealed record LookedBack
{
    public long Number { get; init; }
    public DateOnly Day { get; init; }

    /// <summary>What they judged, by habit.</summary>
    public IReadOnlyDictionary<Habit, Leaning> Judged { get; init; } = new Dictionary<Habit, Leaning>();

    /// <summary>What they would do differently.</summary>
    public string Differently { get; init; } = "";

    /// <summary>How many fitted the first question, of those that they judged.</summary>
    public (int Did, int Judged) Count => (Judged.Values.Count(each => each == Leaning.Did), Judged.Values.Count(each => each != Leaning.Open));
}

/// <summary>A case to look back at.</summary>
/// <param name="State">As it stands.</param>
/// <param name="Log">Its events.</param>
/// <param name="Said">What was written, by either side.</param>
public sealed record LookedAt(CaseState State, IReadOnlyList<CaseEvent> Log, IReadOnlyList<Utterance> Said)
{
    /// <summary>Whether this person had a hand in it.</summary>
    public bool WasWorkedOnBy(long me) => State.OwnerId == me || Log.Any(news => news.By.Kind == ActorKind.Person && news.By.Id == me);
}

/// <summary>A closed case that was drawn for a look back.</summary>
/// <param name="Number">The case.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Customer">Whose.</param>
/// <param name="ClosedAt">When it was closed.</param>
public sealed record Suggested(long Number, string Subject, string Customer, DateTimeOffset ClosedAt);

/// <summary>What stands quietly beside somebody's day.</summary>
/// <param name="HardInARow">A rest is suggested after so many hard cases; 0 for none.</param>
/// <param name="Week">The week in view.</param>
/// <param name="Light">A light word.</param>
/// <param name="Mood">Today's mood, 0 while it is not tapped; <c>null</c> when nobody asks.</param>
public sealed record QuietDay(int HardInARow, WeekInView? Week, string? Light, int? Mood)
{
    /// <summary>Nothing at all.</summary>
    public static readonly QuietDay Nothing = new(0, null, null, null);

    /// <summary>Whether there is anything.</summary>
    public bool IsEmpty => this == Nothing;
}

/// <summary>The last seven days in proportion.</summary>
/// <param name="Fine">Orders that nobody complained about.</param>
/// <param name="Complaints">Complaints that came in.</param>
/// <param name="Thanks">The newest thank-yous of the last 30 days: from whom, and how they begin.</param>
public sealed record WeekInView(int Fine, int Complaints, IReadOnlyList<(string Who, string Words)> Thanks);

/// <summary>Light words for after a case is closed; they ship with the program.</summary>
public static class LightCards
{
    private static readonly Lazy<IReadOnlyList<string>> Loaded = new(() => Content.Read<Card>("light.json").Cards);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All => Loaded.Value;

    /// <summary>That of a day.</summary>
    public static string For(DateOnly day) => All[day.DayNumber % All.Count];

    private sealed record Card(int Version, IReadOnlyList<string> Cards);
}

/// <summary>The eleven pairs of questions; they ship with the program.</summary>
public static class LookBackPairs
{
    private static readonly Lazy<File> Loaded = new(() => Content.Read<File>("look-back.json", new(System.Text.Json.JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } }));

    /// <summary>All, in the order of <see cref="Habit"/>.</summary>
    public static IReadOnlyList<Pair> All => Loaded.Value.Pairs;

    /// <summary>One of them.</summary>
    public static Pair Of(Habit habit) => All.First(pair => pair.Habit == habit);

    private sealed record File(int Version, IReadOnlyList<Pair> Pairs);
}

/// <summary>A pair of questions.</summary>
/// <param name="Habit">What it is about.</param>
/// <param name="Name">In a few words.</param>
/// <param name="Did">"Did you …?"</param>
/// <param name="Instead">"Or did you …?"</param>
public sealed record Pair(Habit Habit, string Name, string Did, string Instead);
