namespace Amends.Domain.Cases;

/// <summary>The one thing that brings a case on. Every case has one from its first minute.</summary>
public enum NextAction
{
    /// <summary>Hear them out and write down what we understood.</summary>
    Understand = 1,

    /// <summary>Record whether the customer says that we understood.</summary>
    HearWhetherUnderstood,

    /// <summary>Put options together.</summary>
    Offer,

    /// <summary>Look over an offer that is prepared and not sent.</summary>
    SendOffer,

    /// <summary>Look once more at a decision that the customer does not accept.</summary>
    LookAgain,

    /// <summary>Record which option they choose, or what they say to our decision.</summary>
    HearChoice,

    /// <summary>Do what was agreed.</summary>
    PutRight,

    /// <summary>Record whether it is put right.</summary>
    HearWhetherRight,

    /// <summary>Answer what was asked.</summary>
    Answer,

    /// <summary>Close what is answered.</summary>
    Close,

    /// <summary>Nothing, unless the customer comes back.</summary>
    Reopen,

    /// <summary>Ask once more what they make of what we offered.</summary>
    AskAgain,

    /// <summary>Say whether it is the matter of the case that it follows, or a new one.</summary>
    SayWhetherNew,
}

/// <summary>What comes next follows from where a case stands.</summary>
public sealed partial record CaseState
{
    /// <summary>The next action, whatever the case.</summary>
    public NextAction NextAction => this switch
    {
        { IsOpen: false } => NextAction.Reopen,
        { MayGoOn: true } => NextAction.SayWhetherNew,
        { Kind: CaseKind.Praise } => NextAction.Close,
        { Kind: not CaseKind.Complaint } => LastContactAt is null || LastCustomerAt > LastContactAt ? NextAction.Answer : NextAction.Close,
        { Stage: CaseStage.Received or CaseStage.Listening } or { Stage: CaseStage.Working, Summary: null } => NextAction.Understand,
        { Stage: CaseStage.Working, Offer: { SentAt: null } } => NextAction.SendOffer,
        { Stage: CaseStage.Working, Summary: { SentAt: not null, ConfirmedAt: null }, NeedsConfirmation: true } => NextAction.HearWhetherUnderstood,
        { Stage: CaseStage.Working, Offers: [.., { IsDecision: true, DeclinedAt: not null }] } => NextAction.LookAgain,
        { Stage: CaseStage.Working } => NextAction.Offer,
        { Stage: CaseStage.Offered, SentOffer: { IsUnanswered: true } } => NextAction.AskAgain,
        { Stage: CaseStage.Offered } => NextAction.HearChoice,
        { Stage: CaseStage.Delivering } => NextAction.PutRight,
        _ => NextAction.HearWhetherRight,
    };
}
