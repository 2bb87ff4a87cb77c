using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>What the customer chose and by when it is done, in writing.</summary>
public static class ChoiceConfirmation
{
    /// <summary>The letter after a choice.</summary>
    /// <exception cref="InvalidOperationException">Nothing was chosen.</exception>
    public static Letter For(Company company, long number, CaseState state)
    {
        if (state.SentOffer is not { ChosenId: { } chosen } offer)
            throw new InvalidOperationException("Nothing was chosen.");
        var option = offer.Options.First(each => each.Id == chosen);
        return new Letter(Words.Subject(number, state, offer.IsDecision ? "What we do now" : "Your choice: " + option.Title), Words.Paragraphs(
            Words.Hello(state),
            offer.IsDecision ? "Thank you. You accepted what we can do." : $"Thank you. You chose: {option.Title}.",
            state.Summary is { SentAt: null } said ? $"This is what we understood: {said.Happened} What matters most to you: {said.Matters} If that is not quite right, tell us." : null,
            !state.Remedies.Any(remedy => remedy.IsOpen) ? null : "This is what we do now:\n" + string.Join('\n', option.Remedies.Select(remedy => "- " + (offer.IsDecision ? DecisionLetter.Remedy(remedy, company) : remedy.What + RemedyLetter.Terms(remedy, company)))),
            state.NextContact is { } next ? $"You hear from us by {Words.Moment(next.DueAt, company)}: {next.What}." : null,
            state.CheckBack is { Waived: false } check ? $"On {Words.Day(check.DueAt, company)} we {(check.Manner == Domain.CheckBacks.CheckBackManner.Phone ? "call you and ask" : "ask you")} whether it is really put right. Another day, or none, is fine, too:\n{Letter.Link}" : Letter.Link,
            Words.SignedBy(state.OwnerName, company)))
        {
            Automatic = true,
        };
    }
}
