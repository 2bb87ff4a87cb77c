using Amends.Domain.Cases;

namespace Amends.Features.Cases;

/// <summary>The one thing that brings a case on, for the button in its head.</summary>
/// <param name="Command">The command that the button answers to.</param>
/// <param name="Words">What the button says.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Url">Where it leads.</param>
public sealed record NextStep(string Command, string Words, string Icon, string Url)
{
    /// <summary>The next step of a case; there always is one.</summary>
    public static NextStep Of(long number, CaseState state) => state.NextAction switch
    {
        NextAction.Reopen => new("close", "Open again", "rotate-ccw", $"/cases/{number}/actions#reopen"),
        NextAction.Answer => new("reply", "Write the answer", "reply", "#compose"),
        NextAction.Close => new("close", "Close as answered", "check", $"/cases/{number}/actions#close"),
        NextAction.Understand => new("confirm", "Write what you understood", "circle-check", $"/cases/{number}/summary/new"),
        NextAction.SendOffer when state.Offer is { IsDecision: true } => new("offer", "Look over the decision", "scale", $"/cases/{number}/offer"),
        NextAction.SendOffer => new("offer", "Look over the offer", "gift", $"/cases/{number}/offer"),
        NextAction.HearWhetherUnderstood => new("status", "Record their answer", "message-square-quote", $"/cases/{number}/answer"),
        NextAction.LookAgain => new("status", "Look at it again", "scale", $"/cases/{number}/decision"),
        NextAction.Offer => new("offer", "Offer options", "gift", $"/cases/{number}/offer/new"),
        NextAction.HearChoice when state.SentOffer is { IsDecision: true } => new("status", "Record their answer", "message-square-quote", $"/cases/{number}/answer"),
        NextAction.HearChoice => new("status", "Record their choice", "message-square-quote", $"/cases/{number}/answer"),
        NextAction.PutRight => new("status", "Put it right", "wrench", $"/cases/{number}/delivery"),
        _ => new("status", "Record their answer", "message-square-quote", $"/cases/{number}/check-back/answer"),
    };
}
