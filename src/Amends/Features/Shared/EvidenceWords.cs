using Amends.Domain.Frameworks;

namespace Amends.Features.Shared;

/// <summary>What lights a step, in words.</summary>
public static class EvidenceWords
{
    /// <summary>What happened, or has not: "your summary went to them".</summary>
    public static string Of(Evidence evidence) => evidence switch
    {
        Evidence.Heard => "they were asked what would put it right, or what you understood is written down",
        Evidence.SummarySent => "what you understood went to them",
        Evidence.SummaryConfirmed => "they said that you understood",
        Evidence.Believed => "their account went back to them as they gave it, and no suspicion stands",
        Evidence.Apologised => "a letter was sorry for what happened, or said that it was your mistake",
        Evidence.Empathised => "a letter took up their own story",
        Evidence.Thanked => "a letter thanked them for something that is named",
        Evidence.StayedCalm => "a letter went without words that burn",
        Evidence.ToldWhatWeDo => "they were told what you do: in a letter, by options or by a decision",
        Evidence.Explained => "a letter said what went wrong, or gave reasons",
        Evidence.NextStepsTold => "a letter said when and how they hear next, or a follow-up is agreed",
        Evidence.UpdateKept => "a promised update was kept",
        Evidence.Spoke => "you spoke on the phone",
        Evidence.LookedInto => "an issue was decided, or asked why",
        Evidence.Offered => "options or a decision went to them",
        Evidence.PutRight => "what was agreed is done",
        Evidence.FollowUpAgreed => "when and how you ask is agreed",
        Evidence.FollowedUp => "they said whether it is put right, or that you need not ask",
        _ => "the cause is known",
    };
}
