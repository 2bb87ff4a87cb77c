using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Customers;
using Amends.Domain.Handling;

namespace Amends.Domain.CallBacks;

/// <summary>
/// When it is better to pick up the phone than to write once more. Each rule looks at what happened since we last spoke;
/// while a call is agreed there is nothing to say. Pure.
/// </summary>
public static class PhoneNudge
{
    /// <summary>Rounds of writing without progress after which writing goes in circles.</summary>
    public const int Rounds = 2;

    /// <summary>Needs for which a talk is kinder than a letter.</summary>
    private static readonly SupportNeed[] ATalkHelps = [SupportNeed.LargePrint, SupportNeed.PlainWords, SupportNeed.MoreTime, SupportNeed.SomebodyBeside, SupportNeed.InMourning];

    /// <summary>Why one should ring now; empty when writing will do, or somebody said why it does (<see cref="CaseState.NudgeAside"/>) and nothing new speaks against it.</summary>
    public static IReadOnlyList<NudgeReason> ReasonsFor(CaseState state)
    {
        if (state is not { IsOpen: true, Kind: CaseKind.Complaint, CallBack: null })
            return [];
        if (state.SupportNeeds.Contains(SupportNeed.WritingOnly))
            return []; // a call reaches nobody there
        if (state.PreferredChannel is PreferredChannel.Mail or PreferredChannel.Letter)
            return [.. When(state.AtRisk == true && state.LastCallAt is null && state.NudgeAside?.Reasons.Contains(NudgeReason.AtRisk) != true, NudgeReason.AtRisk)]; // they said so; danger alone goes before it
        return Holding(state, state.NudgeAside);
    }

    /// <summary>The rules that hold since we last spoke, whatever the customer prefers, less what was set aside and did not arise anew.</summary>
    internal static IReadOnlyList<NudgeReason> Holding(CaseState state, NudgeAside? aside)
    {
        var (spoken, call) = (state.LastCallAt is not null, state.LastCallAt ?? DateTimeOffset.MinValue);
        bool IsAside(NudgeReason reason) => aside?.Reasons.Contains(reason) == true;
        DateTimeOffset Since(NudgeReason reason) => IsAside(reason) && aside!.At > call ? aside.At : call;
        return
        [
            .. When(state.AtRisk == true && !spoken && !IsAside(NudgeReason.AtRisk), NudgeReason.AtRisk),
            .. When(state.Severity == Severity.High && !spoken && !IsAside(NudgeReason.Serious), NudgeReason.Serious),
            .. When(state.SupportNeeds.Any(ATalkHelps.Contains) && !spoken && !IsAside(NudgeReason.NeedsSupport), NudgeReason.NeedsSupport),
            .. When((state.RingsForValue ?? state.HighValue) && !spoken && !IsAside(NudgeReason.ValueAtRisk), NudgeReason.ValueAtRisk),
            .. When(state.Tone is { Level: >= Listening.Emotion.UpsetLevel.Upset } heard && heard.At > Since(NudgeReason.Upset), NudgeReason.Upset),
            .. When(state.Promises.Any(promise => promise.MissedAt > Since(NudgeReason.PromiseMissed)), NudgeReason.PromiseMissed),
            .. When(state.Offers.Any(offer => offer.DeclinedAt > Since(NudgeReason.Declined)), NudgeReason.Declined),
            .. When(state.Summaries.Any(summary => summary.CorrectedAt > Since(NudgeReason.Corrected)), NudgeReason.Corrected),
            .. When(state.WrittenRounds >= Rounds + (IsAside(NudgeReason.Circles) ? aside!.Rounds : 0), NudgeReason.Circles),
            .. When(!IsAside(NudgeReason.PrefersPhone) && (((state.PreferredChannel == PreferredChannel.Phone || state.SupportNeeds.Contains(SupportNeed.CallsOnly)) && !spoken) || (state.Channel == Channel.Phone && state.WrittenRounds > 0) || (state.CheckBack is { Manner: CheckBackManner.Phone, Wished: true, Answer: null } && state.Stage != CaseStage.CheckBack && !spoken)), NudgeReason.PrefersPhone),
        ];
    }

    private static IEnumerable<NudgeReason> When(bool holds, NudgeReason reason) => holds ? [reason] : [];
}

/// <summary>The rules.</summary>
public enum NudgeReason
{
    /// <summary>Somebody may be in danger.</summary>
    AtRisk = 1,

    /// <summary>It is serious for the person.</summary>
    Serious,

    /// <summary>We broke a promise.</summary>
    PromiseMissed,

    /// <summary>None of our options helped.</summary>
    Declined,

    /// <summary>Our summary was not right.</summary>
    Corrected,

    /// <summary>Two rounds of writing brought nothing on.</summary>
    Circles,

    /// <summary>They came by phone, asked to be called, or said that they rather talk.</summary>
    PrefersPhone,

    /// <summary>Their newest words are upset.</summary>
    Upset,

    /// <summary>They need support for which a talk is kinder than a letter.</summary>
    NeedsSupport,

    /// <summary>What they bought from us is worth more than the company's mark for ringing.</summary>
    ValueAtRisk,
}

/// <summary>Somebody said why writing will do although a rule says to ring.</summary>
/// <param name="At">When.</param>
/// <param name="Reasons">The reasons that count no more until they arise anew; one that has ceased to hold is taken out, so that it counts again.</param>
/// <param name="Rounds">Rounds of writing by then.</param>
/// <param name="Why">In their words.</param>
/// <param name="By">Who.</param>
public sealed record NudgeAside(DateTimeOffset At, IReadOnlyList<NudgeReason> Reasons, int Rounds, string Why, string By);
