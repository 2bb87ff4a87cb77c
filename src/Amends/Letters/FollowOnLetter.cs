using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>Thanks to somebody who says that it is put right, in the words of one of us; with a way to say no to more of them.</summary>
public static class FollowOnLetter
{
    /// <summary>What the letter begins as; whoever sends it makes it their own.</summary>
    public static string Draft(CaseState state)
    {
        var words = state.CheckBack?.Words is { Length: > 0 and <= 200 } said ? $"You wrote: “{said}” That made our day." : null;
        return Words.Paragraphs(
            Words.Hello(state),
            "thank you for telling us what went wrong, and for the time that it took you. Because of it we could put it right, and we are glad that it is.",
            words,
            "If anything is not as it should be after all, write to us; your case opens again.");
    }

    /// <summary>The paragraphs that are added below somebody's words.</summary>
    /// <param name="company">Whose letter it is.</param>
    /// <param name="asksForReview">With the link for a recommendation.</param>
    /// <param name="code">A code for a friend; <c>null</c> without one.</param>
    public static IEnumerable<string> Added(Company company, bool asksForReview, string? code)
    {
        if (asksForReview)
            yield return $"If you like, tell others how it went, good and bad:\n{company.FollowOn.ReviewUrl}";
        if (code is not null)
            yield return $"Should you send a friend to us, they can name this code when we ask who sent them: {code}";
    }

    /// <summary>The letter.</summary>
    /// <param name="company">Whose letter it is.</param>
    /// <param name="number">The case.</param>
    /// <param name="state">The case as it is.</param>
    /// <param name="text">The words of one of us.</param>
    /// <param name="asksForReview">With the link for a recommendation.</param>
    /// <param name="code">A code for a friend; <c>null</c> without one.</param>
    /// <param name="writer">Who wrote it.</param>
    /// <param name="off">The address with which the customer says no to such letters.</param>
    public static Letter For(Company company, long number, CaseState state, string text, bool asksForReview, string? code, string writer, string off) =>
        new(Words.Subject(number, state, "Thank you"), Words.Paragraphs([
            text.ReplaceLineEndings("\n").Replace(Letter.Link, "").Replace(Letter.OffMark, ""),
            .. Added(company, asksForReview, code),
            Words.SignedBy(writer, company),
            $"You would rather have no such letters? One click is enough; letters about a case still come:\n{Letter.OffMark}"]))
        {
            Off = off,
        };
}
