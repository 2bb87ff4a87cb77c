using System.Globalization;
using System.Text.Json;
using Amends.Domain.Calendars;
using Amends.Domain.Training;

namespace Amends.Data;

/// <summary>Made-up complaints, and what people wrote while they practised on them: sealed as all that is their own, in a table apart from cases and figures.</summary>
public sealed class PracticeDesk(Database database, PrivateEntries entries)
{
    private const string OpenKind = "open", DoneKind = "done";

    private static readonly Lazy<IReadOnlyList<Scenario>> Loaded = new(() => Content.Read<List<Scenario>>("training.json", new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower }));

    /// <summary>Those that ship with the program.</summary>
    public static IReadOnlyList<Scenario> Scenarios => Loaded.Value;

    /// <summary>One of them, or <c>null</c>.</summary>
    public static Scenario? Find(string key) => Scenarios.FirstOrDefault(each => each.Key == key);

    /// <summary>Where somebody is with one; <c>null</c> when they have not begun, or have finished.</summary>
    public async Task<Practice?> Begun(long me, Scenario scenario, CancellationToken ct = default) =>
        await entries.Find<Practice>(me, Shelf.Practice, OpenKind, scenario.Key, ct) is { } open && open.Version == scenario.Version && open.Step != PracticeStep.Done ? open : null;

    /// <summary>Begins one, from the beginning.</summary>
    public Task Begin(long me, Scenario scenario) => entries.Keep(me, Shelf.Practice, OpenKind, scenario.Key, New(scenario));

    /// <summary>A practice with nothing in it yet.</summary>
    public static Practice New(Scenario scenario) => new() { Scenario = scenario.Key, Version = scenario.Version };

    /// <summary>Keeps where somebody is; the finished one goes into their log.</summary>
    /// <param name="me">Whose.</param>
    /// <param name="scenario">Which.</param>
    /// <param name="practice">As it is now.</param>
    /// <param name="zone">The company's: which day it is.</param>
    /// <param name="now">Now.</param>
    public Task Keep(long me, Scenario scenario, Practice practice, TimeZoneInfo zone, DateTimeOffset now) => database.Write(async unit =>
    {
        await entries.Keep(unit, me, Shelf.Practice, OpenKind, scenario.Key, practice);
        if (practice.Step != PracticeStep.Done)
            return;
        var notes = PracticeChecks.Of(scenario, practice);
        await entries.Keep(unit, me, Shelf.Practice, DoneKind, $"{scenario.Key} {now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}",
            new PracticeRun(LocalDay.Of(now, zone), practice, notes.Count(note => note.IsThere), notes.Count));
    });

    /// <summary>What somebody finished, the newest first.</summary>
    public async Task<IReadOnlyList<PracticeRun>> Log(long me, CancellationToken ct = default) => [.. (await entries.All<PracticeRun>(me, Shelf.Practice, DoneKind, ct)).Select(each => each.Value).Reverse()];

    /// <summary>Who shows this lead that they practise: on which days, and nothing else.</summary>
    public async Task<IReadOnlyList<(string Person, IReadOnlyList<DateOnly> Times)>> ShownTo(long lead, CancellationToken ct = default) =>
        [.. (await entries.PracticeShownTo<PracticeRun>(lead, DoneKind, ct)).Select(each => (each.Person, (IReadOnlyList<DateOnly>)[.. each.Values.Select(run => run.Day)]))];
}

/// <summary>A practice that was finished.</summary>
/// <param name="Day">When.</param>
/// <param name="Written">What was written.</param>
/// <param name="There">How much of the checklist is there.</param>
/// <param name="Of">How much there could be.</param>
public sealed record PracticeRun(DateOnly Day, Practice Written, int There, int Of);
