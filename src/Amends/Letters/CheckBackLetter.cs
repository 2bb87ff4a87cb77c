using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>The question whether it is really put right. Only the customer's own answer closes the case as such.</summary>
public static class CheckBackLetter
{
    /// <summary>The letter for this attempt.</summary>
    /// <param name="company">Who asks.</param>
    /// <param name="number">The case.</param>
    /// <param name="state">The case as it is.</param>
    /// <param name="attempt">1 for the first time we ask.</param>
    public static Letter For(Company company, long number, CaseState state, int attempt)
    {
        var done = state.Remedies.Where(remedy => remedy.DoneAt is not null).Select(remedy => $"- {remedy.What}, done on {Words.Day(remedy.DoneAt!.Value, company)}").ToList();
        return new Letter(Words.Subject(number, state, "Is it really put right?"), Words.Paragraphs(
            Words.Hello(state),
            attempt == 1
                ? "We did what you chose. Before we close anything, we would like to hear it from you."
                : "We asked you a few days ago whether it is put right, and have not heard from you. One click is enough.",
            done.Count > 0 ? string.Join('\n', done) : null,
            "Is it put right for you: yes, partly, or no? Please tell us here:\n" + Letter.Link,
            "If it is not, we go on. You need not explain everything again.",
            Words.SignedBy(state.OwnerName, company)))
        {
            Automatic = true,
        };
    }
}
