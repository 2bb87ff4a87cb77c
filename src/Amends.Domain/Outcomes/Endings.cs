using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;

namespace Amends.Domain.Outcomes;

/// <summary>Tells how a complaint ended for the customer.</summary>
public static class Endings
{
    /// <summary>How a case ended for the customer by this; <c>null</c> when it says nothing of that.</summary>
    public static Ending? Of(CaseEvent news) => news switch
    {
        CheckBackAnswered answered => answered.Answer switch { CheckBackAnswer.Yes => Ending.PutRight, CheckBackAnswer.Partly => Ending.Partly, _ => Ending.NotPutRight },
        CaseClosed { Reason: CloseReason.Unconfirmed } closed => closed.By.Kind == ActorKind.Amends || closed.Unanswered is not null ? Ending.NoAnswer : Ending.NoNeed,
        CaseClosed { Reason: CloseReason.Deadlock } => Ending.NoAgreement,
        _ => null,
    };
}
