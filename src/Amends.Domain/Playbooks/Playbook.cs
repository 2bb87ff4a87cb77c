using Amends.Domain.Contents;
using Amends.Domain.Listening;
using Amends.Domain.Remedies;

namespace Amends.Domain.Playbooks;

/// <summary>
/// What customers get when one kind of thing goes wrong, and what people may give for it: written down before it happens. A version is
/// never changed; a better one takes its place from a day on.
/// </summary>
/// <param name="Key">A word that stays, such as <c>late</c>.</param>
/// <param name="Version">Counts up from 1.</param>
/// <param name="Title">As people call it.</param>
public sealed record Playbook(string Key, int Version, string Title) : IDated
{
    /// <inheritdoc/>
    public required DateOnly EffectiveFrom { get; init; }

    /// <inheritdoc/>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>Where it comes from.</summary>
    public string Source { get; init; } = "";

    /// <summary>Categories that it is for: whole groups (<c>DEL</c>) or parts (<c>DEL.late</c>).</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Where on their way with us the customer must be; anywhere when empty.</summary>
    public IReadOnlyList<JourneyStage> Stages { get; init; } = [];

    /// <summary>Whether it is only for a case with an order, or only for one without; <c>null</c> for both.</summary>
    public bool? WithOrder { get; init; }

    /// <summary>What customers get, in a sentence.</summary>
    public string Gets { get; init; } = "";

    /// <summary>What people may give, in a sentence.</summary>
    public string MayGive { get; init; } = "";

    /// <summary>Up to this worth nobody asks for proof, in whole units of the company's currency; zero asks always.</summary>
    public int NoQuestionsUpTo { get; init; }

    /// <summary>What a law gives, where one holds on the case.</summary>
    public IReadOnlyList<LegalMinimum> Minimum { get; init; } = [];

    /// <summary>Two or more ways to put it right.</summary>
    public IReadOnlyList<OptionTemplate> Options { get; init; } = [];

    /// <summary>The options for somebody who waits so many days longer than promised; those without a band always.</summary>
    /// <param name="daysLate">Days; 0 when it is not late, or nobody knows how late, which counts as one.</param>
    public IReadOnlyList<OptionTemplate> OptionsFor(int daysLate) => [.. Options.Where(option => option.Late?.Holds(Math.Max(daysLate, 1)) ?? true)];

    /// <summary>How well it suits: 0 not at all, more the more exactly it names what happened.</summary>
    /// <param name="category">The case's category.</param>
    /// <param name="stage">Where on their way the customer is; <c>null</c> when nobody said.</param>
    /// <param name="hasOrder">The case has an order.</param>
    public int Suits(string category, JourneyStage? stage, bool hasOrder)
    {
        if ((WithOrder is { } must && must != hasOrder) || (Stages.Count > 0 && (stage is not { } at || !Stages.Contains(at))))
            return 0;
        var by = Categories.Contains(category) ? 4 : Causes.CodeSet.Chain(category).Skip(1).Where(Categories.Contains).Select(Causes.CodeSet.LevelOf).FirstOrDefault();
        return by == 0 ? 0 : by + (Stages.Count > 0 ? 2 : 0) + (WithOrder is null ? 0 : 1);
    }

    /// <summary>Of each key the version that holds on a day: the newest that has begun.</summary>
    /// <param name="all">All versions.</param>
    /// <param name="day">The day at the desk.</param>
    public static IReadOnlyList<Playbook> On(IEnumerable<Playbook> all, DateOnly day) => Dated.On(all, day);

    /// <summary>The one that suits best on a day; <c>null</c> when none does. Between equals the first by its key.</summary>
    /// <param name="all">All versions.</param>
    /// <param name="category">The case's category; <c>null</c> when it has none yet.</param>
    /// <param name="stage">Where on their way the customer is.</param>
    /// <param name="hasOrder">The case has an order.</param>
    /// <param name="day">The day at the desk.</param>
    public static Playbook? Match(IEnumerable<Playbook> all, string? category, JourneyStage? stage, bool hasOrder, DateOnly day) =>
        category is null ? null : On(all, day).Where(each => each.Suits(category, stage, hasOrder) > 0)
            .OrderByDescending(each => each.Suits(category, stage, hasOrder)).ThenBy(each => each.Key, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Says what is wrong with it.</summary>
    /// <exception cref="Refused">The code is the field: <c>title</c>, <c>gets</c>, <c>may_give</c>, <c>categories</c>, <c>no_questions</c>, <c>options</c>.</exception>
    public void MustBeWhole()
    {
        Written(Title, 120, "title", "Give it a name.");
        Written(Gets, 400, "gets", "Say in a sentence what customers get.");
        Written(MayGive, 400, "may_give", "Say in a sentence what people may give.");
        if (Categories.Count == 0)
            throw new Refused("categories", "Choose at least one category that it is for.");
        if (NoQuestionsUpTo is < 0 or > 1_000_000)
            throw new Refused("no_questions", "Give a whole amount from 0 on; 0 asks for proof always.");
        if (Options.Count is < 2 or > 4)
            throw new Refused("options", "Write two to four options, so that the customer chooses.");
        if (Options.All(option => option.Late is not null))
            throw new Refused("options", "Leave at least one option without days late, for whoever waits another time.");
        foreach (var option in Options)
        {
            Written(option.Title, 120, "options", "Give every option a title.");
            Written(option.Why, 400, "options", "Say of every option why it suits the customer.");
            if (!RemedyTypes.All.Any(type => type.Kind == option.Kind))
                throw new Refused("options", "Choose of every option what is done.");
            if (option.Days is < 0 or > 365)
                throw new Refused("options", "Give the days until they have it, 0 to 365.");
            if (option.Late is { From: < 1 or > 365 } or { To: > 365 } || option.Late is { To: { } last } band && last < band.From)
                throw new Refused("options", "Days late go from 1 to 365, and end no earlier than they begin.");
            if (option.Value is { Percent: < 0 or > 100 } or { Fixed: < 0 })
                throw new Refused("options", "A worth is 0 to 100 percent of the order, or an amount from 0 on.");
        }
    }

    private static void Written(string text, int most, string code, string why)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new Refused(code, why);
        if (text.Length > most)
            throw new Refused(code, $"Keep it under {most} characters.");
    }
}

/// <summary>One way to put it right, to begin from.</summary>
/// <param name="Title">In a few words.</param>
/// <param name="Why">Why it suits; <c>{matters}</c> stands for what matters most to the customer, in our summary's words.</param>
/// <param name="Kind">What is done.</param>
/// <param name="What">In words for the customer.</param>
/// <param name="Days">Days until they have it.</param>
/// <param name="Value">What it is worth.</param>
public sealed record OptionTemplate(string Title, string Why, RemedyKind Kind, string What, int Days, ValueRule Value)
{
    private const int LongestReason = 160;

    /// <summary>When money or the thing goes out, where something comes back to us first.</summary>
    public ReleaseOn? SendBack { get; init; }

    /// <summary>For how many days late it is; <c>null</c> for always.</summary>
    public DaysLate? Late { get; init; }

    /// <summary>The reason that the customer reads, for kinds that need one.</summary>
    public string? Reason { get; init; }

    /// <summary>The why line for one customer.</summary>
    /// <param name="matters">What matters most to them; <c>null</c> leaves the sentence with it out.</param>
    public string WhyFor(string? matters)
    {
        const string Place = "{matters}";
        if (!Why.Contains(Place, StringComparison.Ordinal))
            return Why;
        var reason = matters?.Trim().TrimEnd('.') ?? "";
        if (reason.Length > 0)
            return Why.Replace(Place, reason.Length > LongestReason ? Texts.Cut(reason, LongestReason) + "…" : reason, StringComparison.Ordinal);
        return string.Join(' ', Why.Split(". ").Select(sentence => sentence.TrimEnd('.')).Where(sentence => !sentence.Contains(Place, StringComparison.Ordinal)).Select(sentence => sentence + "."));
    }
}

/// <summary>A step of the ladder by days late.</summary>
/// <param name="From">The first day, 1 for the day after the promised one.</param>
/// <param name="To">The last day; <c>null</c> for all that follow.</param>
public sealed record DaysLate(int From, int? To = null)
{
    /// <summary>Whether so many days are on this step.</summary>
    public bool Holds(int days) => days >= From && (To is not { } last || days <= last);

    /// <inheritdoc/>
    public override string ToString() => To is { } last ? last == From ? $"{From} days late" : $"{From} to {last} days late" : From == 1 ? "late" : $"{From} days late and more";
}

/// <summary>What an option is worth: a share of the order, an amount, or neither.</summary>
/// <param name="Percent">Of the order's price, 0 to 100; <c>null</c> for none.</param>
/// <param name="Fixed">In whole units of the company's currency; <c>null</c> for none.</param>
public sealed record ValueRule(int? Percent = null, int? Fixed = null)
{
    /// <summary>The worth; <c>null</c> when it follows from an order that is not known.</summary>
    /// <param name="order">What the order cost.</param>
    /// <param name="currency">The company's.</param>
    /// <remarks>A share is rounded to the minor unit in the customer's favour (up).</remarks>
    public Money? Of(Money? order, string currency) =>
        Percent is { } percent ? order is { } paid && paid.Currency == currency ? new Money((long)decimal.Ceiling(paid.Minor * (decimal)percent / 100), currency) : null
        : Money.FromMajor(Fixed ?? 0, currency);

    /// <summary>In words, such as "10 % of the order".</summary>
    public string Words(string currency) =>
        Percent == 100 ? "the price of the order" : Percent is { } percent ? $"{percent} % of the order" : Fixed is > 0 and var most ? Money.FromMajor(most, currency).ToString() : "no money";
}

/// <summary>What a law gives the customer, where its preset is on the case.</summary>
/// <param name="Presets">The keys of the presets; one is enough.</param>
/// <param name="Kinds">One of these is among what is offered.</param>
/// <param name="Words">The same in words: "repair or replacement, or the money back".</param>
public sealed record LegalMinimum(IReadOnlyList<string> Presets, IReadOnlyList<RemedyKind> Kinds, string Words);

/// <summary>What of a playbook holds for one offer.</summary>
/// <param name="Key">Which.</param>
/// <param name="Version">Its version.</param>
/// <param name="Title">Its name, for the timeline.</param>
/// <param name="NoQuestionsUpTo">Options up to this worth need no proof.</param>
/// <param name="Minimum">What laws give.</param>
/// <param name="IsUsed">The options began from it, so it is pinned on the case.</param>
public sealed record PlaybookTerms(string Key, int Version, string Title, Money NoQuestionsUpTo, IReadOnlyList<LegalMinimum> Minimum, bool IsUsed);

/// <summary>A playbook as it was used in a case.</summary>
/// <param name="Key">Which.</param>
/// <param name="Version">The version that held.</param>
/// <param name="Title">Its name then.</param>
/// <param name="At">When.</param>
/// <param name="OfferId">For which offer.</param>
public sealed record PinnedPlaybook(string Key, int Version, string Title, DateTimeOffset At, int OfferId);
