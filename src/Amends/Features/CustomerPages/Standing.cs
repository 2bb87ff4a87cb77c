using Amends.Domain.Cases;

namespace Amends.Features.CustomerPages;

/// <summary>How a case stands, in the customer's words: which of the five steps, the headline, and the one thing to do, if there is one.</summary>
/// <param name="Step">1 to 5, 6 when all is done, <c>null</c> where the five steps do not apply.</param>
/// <param name="Headline">The top of the page, after the customer's first name.</param>
/// <param name="ToDo">What the customer can do now.</param>
/// <param name="Page">Where.</param>
public sealed record Standing(int? Step, string Headline, string? ToDo = null, string? Page = null)
{
    /// <summary>Reads a case's standing. Pure.</summary>
    public static Standing Of(CaseState state) => state switch
    {
        { Kind: not CaseKind.Complaint, IsOpen: false } => new(null, "this is answered."),
        { Kind: not CaseKind.Complaint } => new(null, "we have your message."),
        { Stage: CaseStage.Closed, CloseReason: CloseReason.Confirmed } => new(6, "you told us that it is put right."),
        { Stage: CaseStage.Closed, CloseReason: CloseReason.Unconfirmed } => new(5, "this is closed for now.", state.TakesCheckBackAnswer ? "Tell us whether it is put right" : null, "/c/rate"),
        { Stage: CaseStage.Closed, CloseReason: CloseReason.Deadlock } => new(null, "we could not agree, and we are sorry."),
        { Stage: CaseStage.Closed } => new(null, "this is closed."),
        { Stage: CaseStage.CheckBack } => new(5, "is it put right now?", "Tell us", "/c/rate"),
        { Stage: CaseStage.Delivering } => new(4, "we are putting it right."),
        { Stage: CaseStage.Offered, SentOffer: { IsWithCustomer: true, IsDecision: true } } => new(3, "this is what we found.", "Read it, and answer", "/c/choose"),
        { Stage: CaseStage.Offered, SentOffer.IsWithCustomer: true } => new(3, "here is what we can do. You choose.", "See your options", "/c/choose"),
        { Summary: { SentAt: not null, ConfirmedAt: null, CorrectedAt: null } } => new(2, "did we understand you?", "Read what we understood", "/c/confirm"),
        { Remedies.Count: > 0 } => new(4, "something is still wrong, and we are on it."),
        { Offers: [.., { DeclinedAt: not null, IsDecision: true }] } => new(3, "we look at it again."),
        { Offers: [.., { DeclinedAt: not null }] } => new(3, "we look for something that suits you better."),
        { Summary: not null } => new(2, "we are working on it."),
        { Stage: CaseStage.Received } => new(1, "we have your message."),
        _ => new(1, "we are listening."),
    };

    /// <summary>A remedy's picture.</summary>
    public static string IconOf(Domain.Remedies.RemedyKind kind) => kind switch
    {
        Domain.Remedies.RemedyKind.Refund => "wallet",
        Domain.Remedies.RemedyKind.Replacement => "truck",
        Domain.Remedies.RemedyKind.Repair => "wrench",
        Domain.Remedies.RemedyKind.Voucher => "gift",
        Domain.Remedies.RemedyKind.Redo => "repeat",
        Domain.Remedies.RemedyKind.Apology => "mail",
        _ => "heart-handshake",
    };
}
