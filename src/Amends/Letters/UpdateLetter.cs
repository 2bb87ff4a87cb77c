using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;

namespace Amends.Letters;

/// <summary>How far we are, news or no news: which steps were taken, which come, and when the next word does.</summary>
public static class UpdateLetter
{
    /// <summary>The letter.</summary>
    /// <param name="company">Whose desk this is.</param>
    /// <param name="number">The case.</param>
    /// <param name="state">As it was before this update: what was promised.</param>
    /// <param name="update">What is said.</param>
    /// <param name="writer">Who signs.</param>
    /// <param name="at">Now.</param>
    public static Letter For(Company company, long number, CaseState state, Update update, string writer, DateTimeOffset at)
    {
        var broken = state.NextContact is { } promise && promise.NeedsExplaining(at) ? promise : null;
        return new Letter(Words.Subject(number, state, "Where we are"), Words.Paragraphs(
            Words.Hello(state),
            broken is null ? null : $"You were to hear from us by {Words.Moment(broken.DueAt, company)}, and you did not. I am sorry. The reason: {update.WhyMissed?.Trim()}",
            update.HasNews ? null : "There is no news yet. You hear from us all the same.",
            TemplateWords.Of(new(company, number, state, writer), LetterKind.Update, new() { ["done"] = TemplateWords.Steps("Since you last heard from us:", update.Did), ["next"] = TemplateWords.Steps("What we do next:", update.Next) }),
            $"You hear from us again by {Words.Moment(update.DueAt, company)}: {update.Promise.Trim()}.",
            $"You can always see here how far we are, and tell us more:\n{Letter.Link}",
            Words.SignedBy(writer, company)));
    }
}
