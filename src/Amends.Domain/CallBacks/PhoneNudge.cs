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

    /// <summary>Why one should ring now; empty when writing will do.</summary>
    public static IReadOnlyList<NudgeReason> ReasonsFor(CaseState state)
    {
        if (state is not { IsOpen: true, Kind: CaseKind.Complaint, CallBack: null })
            return [];
        if (state.SupportNeeds.Contains(SupportNeed.WritingOnly))
            return []; // a call reaches nobody there
        if (state.PreferredChannel is PreferredChannel.Mail or PreferredChannel.Letter)
            return [.. When(state.AtRisk == true && state.LastCallAt is null, NudgeReason.AtRisk)]; // they said so; danger alone goes before it
        var (spoken, since) = (state.LastCallAt is not null, state.LastCallAt ?? DateTimeOffset.MinValue);
        return
        [
            .. When(state.AtRisk == true && !spoken, NudgeReason.AtRisk),
            .. When(state.Severity == Severity.High && !spoken, NudgeReason.Serious),
            .. When(state.Tone is { Level: >= Listening.Emotion.UpsetLevel.Upset } heard && heard.At > since, NudgeReason.Upset),
            .. When(state.Promises.Any(promise => promise.MissedAt > since), NudgeReason.PromiseMissed),
            .. When(state.Offers.Any(offer => offer.DeclinedAt > since), NudgeReason.Declined),
            .. When(state.Summaries.Any(summary => summary.CorrectedAt > since), NudgeReason.Corrected),
            .. When(state.WrittenRounds >= Rounds, NudgeReason.Circles),
            .. When(((state.PreferredChannel == PreferredChannel.Phone || state.SupportNeeds.Contains(SupportNeed.CallsOnly)) && !spoken) || (state.Channel == Channel.Phone && state.WrittenRounds > 0) || (state.CheckBack is { Manner: CheckBackManner.Phone, Wished: true, Answer: null } && state.Stage != CaseStage.CheckBack && !spoken), NudgeReason.PrefersPhone),
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
}
