using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Wording;

namespace Amends.Letters;

/// <summary>A greeting with a blank, or a placeholder that nobody filled, reaches no customer, whichever form the words came from (practice 3-26).</summary>
public static class NoBlank
{
    /// <summary>The letter as it is.</summary>
    /// <param name="letter">What somebody wrote, as it would go.</param>
    /// <param name="state">The case; what the customer said is theirs, braces and all.</param>
    /// <exception cref="Refused"><c>blank</c>: it has one.</exception>
    public static Letter Checked(Letter letter, CaseState state)
    {
        var text = letter.Text.Replace(Letter.Link, "", StringComparison.Ordinal).Replace(Letter.SiteMark, "", StringComparison.Ordinal);
        var said = string.Join('\n', state.Story, state.WantedOutcome, state.Subject);
        var report = Lint.Read(text, new DraftContext { Names = [state.GreetingName, state.CustomerName], CustomerWords = said }, PhrasePacks.Shipped(PhrasePacks.LanguageFor(LanguageOf.Text(text))));
        var blank = report.Hints.FirstOrDefault(hint => hint.Blocks && (hint.Length == 0 || !said.Contains(text.Substring(hint.Start, hint.Length), StringComparison.OrdinalIgnoreCase)));
        return blank is null ? letter : throw new Refused("blank", $"{(blank.Length > 0 ? $"“{text.Substring(blank.Start, blank.Length).ReplaceLineEndings(" ")}”: " : "")}{blank.Reason} {blank.Better}");
    }
}
