using Amends.Domain.Listening;
using Amends.Domain.Listening.Signs;

namespace Amends.Features.Shared;

/// <summary>How words sound, in words.</summary>
public static class ToneWords
{
    /// <summary>", rising" or ", falling"; nothing while it stays.</summary>
    public static string Of(ToneCourse course) => course switch { ToneCourse.Rising => ", rising", ToneCourse.Falling => ", falling", _ => "" };

    /// <summary>What a sign says: of the words, never of the person.</summary>
    public static string Of(SignKind kind) => kind switch
    {
        SignKind.Churn => "They say that they may leave",
        SignKind.OutsideRoute => "They name somebody outside",
        SignKind.Safety => "It may be about danger",
        SignKind.Vulnerable => "They told us what asks for care",
        SignKind.Abuse => "It insults whoever reads it",
        SignKind.Demand => "They claim something as due",
        SignKind.RepeatContact => "They have been in touch before",
        SignKind.BrokenPromise => "Something agreed was not done",
        _ => "It takes too long for them",
    };

    /// <summary>What the case adds to the words, and why: "a promise was missed".</summary>
    public static string Of(UpsetReason reason) => reason.Cause switch
    {
        UpsetCause.Waited => $"{Domain.Texts.Count(reason.Count, "day")} went by and it is not put right",
        UpsetCause.Contacts => $"they have written or rung {Domain.Texts.Count(reason.Count, "time")}",
        UpsetCause.MissedPromises => reason.Count == 1 ? "a promise was missed" : $"{reason.Count} promises were missed",
        UpsetCause.LetDown => reason.Count == 1 ? "what was done did not put it right" : $"it was not put right {Domain.Texts.Count(reason.Count, "time")}",
        _ => "it is not their first complaint",
    };

    /// <summary>What stands in the head of a case: the signs that change what one does next, in a few words.</summary>
    public static string Flags(Domain.Cases.CaseState state) => string.Concat(Told.Where(each => state.HasSign(each.Kind.Code()) && !(each.Kind == SignKind.Safety && state.AtRisk is not null)).Select(each => " · " + each.Words));

    private static readonly (SignKind Kind, string Words)[] Told = [(SignKind.Safety, "may be about danger"), (SignKind.Churn, "may leave"), (SignKind.OutsideRoute, "names somebody outside")];
}
