using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Features.Shared;

namespace Amends.Features.Recovery.Listening;

/// <summary>What is typed while somebody is on the phone, by the names of the fields.</summary>
/// <param name="Fields">Name → value; what is empty may be missing.</param>
public sealed record LiveTyped(IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>How many options are read aloud.</summary>
    public const int Room = 2;

    /// <summary>A field; empty when nothing stands in it.</summary>
    public string this[string name] => Fields.GetValueOrDefault(name)?.Trim() ?? "";

    /// <summary>They have told their story: from here on the fields for solving are there.</summary>
    public bool IsHeard => this["Heard"] == "on" && this["Story"].Length > 0;

    /// <summary>Something was read back.</summary>
    public bool HasSummary => this["Happened"].Length > 0 || this["Matters"].Length > 0;

    /// <summary>Options were read aloud.</summary>
    public bool HasOptions => Enumerable.Range(0, Room).Any(place => !Option(place).IsEmpty);

    /// <summary>What they said to them: <c>1</c>, <c>2</c>, <c>none</c>, or <c>later</c> for in writing.</summary>
    public string Chosen => this["Chosen"];

    /// <summary>With these beside what is there; what is there stays.</summary>
    public LiveTyped With(params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var all = new Dictionary<string, string>(Fields);
        foreach (var (name, value) in more)
        {
            if (!all.ContainsKey(name) && value is not null)
                all[name] = value;
        }

        return new LiveTyped(all);
    }

    /// <summary>A new form: what the case knows, and dates that give everybody time.</summary>
    public static LiveTyped For(CaseState? state, Company company, DateTimeOffset now, LiveTyped? kept = null)
    {
        var (calendar, zone) = (company.Calendar(), company.Zone());
        var due = LocalTime.Of(calendar.NextOpen(now.AddDays(3)), zone);
        return (kept ?? new LiveTyped(new Dictionary<string, string>())).With(
            ("Outcome", state?.WantedOutcome), ("OutcomeAsked", state is { OutcomeAsked: true, WantedOutcome: null } ? "on" : null), ("AtRisk", state?.AtRisk switch { true => "yes", false => "no", null => null }),
            ("Impact", state?.Impact), ("Law.Problem", Known(state).Problem), ("Law.Major", Known(state).Major), ("Law.Since", Known(state).Since), ("Law.Promised", Known(state).Promised), ("Happened", state?.Summary?.Happened), ("Matters", state?.Summary?.Matters), ("Who", state is null ? "them" : "us"),
            ("Options[0].Due", due), ("Options[1].Due", due), ("CheckBackAt", LocalTime.Of(calendar.NextOpen(now.AddDays(7)), zone)),
            ("NextAt", LocalTime.Of(calendar.After(calendar.NextOpen(now), TimeSpan.FromHours(8)), zone)));
    }

    private static LawFields Known(CaseState? state) => state is null ? new() : LawFields.Of(state);

    /// <summary>An option of the form.</summary>
    public OptionFields Option(int place)
    {
        var field = $"Options[{place.ToString(CultureInfo.InvariantCulture)}].";
        return new OptionFields { Title = this[field + "Title"], Why = this[field + "Why"], Kind = this[field + "Kind"], Amount = this[field + "Amount"], Due = this[field + "Due"], AsWanted = this[field + "AsWanted"], Law = this[field + "Law"], OtherLaw = this[field + "OtherLaw"] };
    }

    /// <summary>What is wrong with what was bought.</summary>
    public LawFields Bought => new() { Problem = this["Law.Problem"], Major = this["Law.Major"], Since = this["Law.Since"], Promised = this["Law.Promised"] };

    /// <summary>The options for the case.</summary>
    /// <exception cref="Refused">A date or an amount cannot be read.</exception>
    internal Case.Draft Draft(Company company, DateTimeOffset now)
    {
        List<Option> options = [.. Enumerable.Range(0, Room).Select(Option).Where(option => !option.IsEmpty).Select(option => option.Read(company))];
        var checkBack = LocalTime.Parse(this["CheckBackAt"], company.Zone(), "check_back");
        return new Case.Draft(options, this["OneOptionReason"], company.Calendar().NextOpen(now.AddDays(3)), checkBack);
    }

    /// <summary>The time of the call that was agreed; <c>null</c> when they hear from us in another way.</summary>
    internal static CallTime? Call(string typed, IEnumerable<CallTime> free)
    {
        if (typed.Length == 0)
            return null;
        foreach (var time in free)
        {
            if (When.Iso(time.From) == typed)
                return time;
        }

        throw new Refused("time", "This time was just taken, or has passed. Choose another one.");
    }
}
