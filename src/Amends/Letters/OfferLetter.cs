using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Offers;

namespace Amends.Letters;

/// <summary>The ways to put it right, each with its why, for the customer to choose from.</summary>
public static class OfferLetter
{
    /// <summary>The letter with the newest offer of the case; what we understood stands on top while it is not confirmed.</summary>
    /// <exception cref="InvalidOperationException">The case has no offer.</exception>
    public static Letter For(Company company, long number, CaseState state, string writer)
    {
        var offer = state.Offer ?? throw new InvalidOperationException("There is no offer to send.");
        var several = offer.Options.Count > 1;
        return new Letter(Words.Subject(number, state, several ? "You choose: how we can put it right" : "How we can put it right"), Words.Paragraphs(
            Words.Hello(state),
            state.Summary is { ConfirmedAt: null } summary
                ? "This is what we understood. If something is missing, please say so: we then think again, and write to you with what we can do.\n\n" + SummaryLetter.Lines(summary)
                : null,
            state.ToldLast.Any() && state.DecisionSentAt == offer.SentAt ? "This is what we found:\n\n" + DecisionLetter.Findings(state, company) : null,
            several ? "These are the ways in which we can put it right. You choose." : "This is how we want to put it right, if it suits you.",
            string.Join("\n\n", offer.Options.Select(option => Lines(option, several, company))),
            $"Please choose here{(several ? "" : ", or tell us what would help instead")}:\n{Letter.Link}",
            $"We hold {(several ? "these options" : "this")} for you until {Words.Moment(offer.AnswerBy, company)}. If none of it helps, tell us, and we think again. You can also just answer this mail or call.",
            $"Around {Words.Day(offer.CheckBackAt, company)} we ask you whether it is really put right.",
            Words.SignedBy(writer, company)));
    }

    private static string Lines(Option option, bool numbered, Company company) => string.Join('\n',
        [
            (numbered ? $"{option.Id}. " : "") + option.Title,
            "   Why: " + option.Why,
            .. option.Remedies.Select(remedy => $"   - {remedy.What}{(remedy.Value.Minor > 0 ? $" ({remedy.Value})" : "")}{RemedyLetter.Terms(remedy, company)}"),
        ]);
}
