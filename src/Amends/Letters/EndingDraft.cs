using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>Drafts of what a customer is told when their case ends without being put right; one of us reads them over and sends them. The signature and the link come below.</summary>
public static class EndingDraft
{
    /// <summary>The draft. That it is not ours has three dots where only a person knows what to say: it cannot go out before they are filled in.</summary>
    /// <param name="state">The case.</param>
    /// <param name="reason">Withdrawn, duplicate or out of scope.</param>
    public static string For(CaseState state, CloseReason reason) => Words.Paragraphs(
        Words.Hello(state),
        reason switch
        {
            CloseReason.Withdrawn => "You told us that this is settled for you, so we close it. Thank you for letting us know.",
            CloseReason.Duplicate => "You wrote to us about the same matter more than once, and we look after it in one place, so that you hear from one person. What you wrote here is there, too; you need not tell it again.",
            _ => "Thank you for writing to us. What it is about is not in our hands, because …",
        },
        reason switch
        {
            CloseReason.Withdrawn => "If something is still wrong, or comes up again: just answer this mail, and we go on where we were.",
            CloseReason.Duplicate => "Whatever you answer to this mail reaches us there.",
            _ => "Whoever can help you with it is …",
        },
        reason == CloseReason.OutOfScope ? "If we have misunderstood you, just answer this mail, and we look at it again." : null);

    /// <summary>Says that the old case is open again, and that it goes on there.</summary>
    /// <param name="state">The case that followed it.</param>
    /// <param name="old">The number of the old one.</param>
    public static string GoesOn(CaseState state, long old) => Words.Paragraphs(
        Words.Hello(state),
        $"What you wrote belongs to what we looked after before, so we have opened that again: your number with us is {old}, as it was. What you wrote now is there, too; you need not tell anything twice.",
        "Whatever you answer to this mail reaches us there.");
}
