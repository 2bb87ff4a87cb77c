using Amends.Domain.Cases;

namespace Amends.Features.Cases;

/// <summary>The one thing that brings a case on, for the button in its head.</summary>
/// <param name="Command">The command that the button answers to.</param>
/// <param name="Words">What the button says.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Url">Where it leads.</param>
public sealed record NextStep(string Command, string Words, string Icon, string Url)
{
    /// <summary>The next step of a case; <c>null</c> for one that only needs a reply.</summary>
    public static NextStep? Of(long number, CaseState state) => state switch
    {
        { IsOpen: false } => new("close", "Open again", "rotate-ccw", $"/cases/{number}/actions#reopen"),
        { Kind: not CaseKind.Complaint } => state.LastContactAt is null && state.Kind != CaseKind.Praise ? null : new("close", "Close as answered", "check", $"/cases/{number}/actions#close"),
        { Stage: CaseStage.Received or CaseStage.Listening } => new("confirm", "Write what you understood", "circle-check", $"/cases/{number}/summary/new"),
        { Stage: CaseStage.Working, Summary: null } => new("confirm", "Write what you understood", "circle-check", $"/cases/{number}/summary/new"),
        { Stage: CaseStage.Working, Offer: { SentAt: null } } => new("offer", "Look over the offer", "gift", $"/cases/{number}/offer"),
        { Stage: CaseStage.Working, Summary: { SentAt: not null, ConfirmedAt: null }, NeedsConfirmation: true } => new("status", "Record their answer", "message-square-quote", $"/cases/{number}/answer"),
        { Stage: CaseStage.Working, Offers: [.., { IsDecision: true, DeclinedAt: not null }] } => new("status", "Look at it again", "scale", $"/cases/{number}/decision"),
        { Stage: CaseStage.Working } => new("offer", "Offer options", "gift", $"/cases/{number}/offer/new"),
        { Stage: CaseStage.Offered, SentOffer.IsDecision: true } => new("status", "Record their answer", "message-square-quote", $"/cases/{number}/answer"),
        { Stage: CaseStage.Offered } => new("status", "Record their choice", "message-square-quote", $"/cases/{number}/answer"),
        { Stage: CaseStage.Delivering } => new("status", "Put it right", "wrench", $"/cases/{number}/delivery"),
        { Stage: CaseStage.CheckBack } => new("status", "Record their answer", "message-square-quote", $"/cases/{number}/check-back/answer"),
        _ => null,
    };
}
