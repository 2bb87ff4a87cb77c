using System.Globalization;
using Amends.Domain.Wording;

namespace Amends.Data;

/// <summary>What somebody sent although its words were asked about: for their own review, sealed, and for nobody else. See <see cref="PrivateEntries"/>.</summary>
public sealed class WordingChoices(PrivateEntries entries)
{
    private const string Kind = "wording";

    /// <summary>Keeps a choice in the unit of work in which the reply is held. Where nothing can be sealed it is not kept: a reply never waits for that.</summary>
    public async Task Keep(Unit unit, long me, WordingChoice choice)
    {
        try
        {
            await entries.Keep(unit, me, Shelf.Own, Kind, NameOf(choice), choice);
        }
        catch (Domain.Refused no) when (no.Code == "sealed")
        {
        }
    }

    /// <summary>All of somebody's own, the newest first.</summary>
    public async Task<IReadOnlyList<WordingChoice>> Of(long me, CancellationToken ct = default) =>
        [.. (await entries.All<WordingChoice>(me, Shelf.Own, Kind, ct)).Select(each => each.Value).OrderByDescending(each => each.At)];

    /// <summary>Throws one away.</summary>
    public Task Remove(long me, string name) => entries.Remove(me, Shelf.Own, Kind, name);

    /// <summary>The name under which a choice lies.</summary>
    public static string NameOf(WordingChoice choice) => $"{choice.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}-{choice.Number.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>A reply that went although it was asked about.</summary>
/// <param name="At">When.</param>
/// <param name="Number">The case.</param>
/// <param name="How">After a rest or without.</param>
/// <param name="Why">Why, in their words; empty when they did not say.</param>
/// <param name="Words">What was asked about.</param>
public sealed record WordingChoice(DateTimeOffset At, long Number, SentHow How, string Why, IReadOnlyList<ChosenWords> Words)
{
    /// <summary>The words of a draft that are worth a second thought.</summary>
    public static IReadOnlyList<ChosenWords> Of(ReadDraft draft) => [.. Sending.ToAsk(draft.Report, []).Select(hint => new ChosenWords(hint.Rule, draft.WordsOf(hint), hint.Reason, hint.Better))];
}

/// <summary>When a reply went that was asked about.</summary>
public enum SentHow
{
    /// <summary>At once.</summary>
    AtOnce = 1,

    /// <summary>After it had rested.</summary>
    Rested,

    /// <summary>Before its rest was over.</summary>
    Early,
}

/// <summary>Words that somebody stood by.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Words">The words; empty where it was about the whole draft.</param>
/// <param name="Reason">Why it was asked.</param>
/// <param name="Better">What was proposed.</param>
public sealed record ChosenWords(string Rule, string Words, string Reason, string Better);
