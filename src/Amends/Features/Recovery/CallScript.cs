using Amends.Domain.CallBacks;

namespace Amends.Features.Recovery;

/// <summary>A few lines for a call that should be made, and the draft of the letter that confirms it.</summary>
public static class CallScript
{
    /// <summary>What to say, by what went wrong; nothing when no call is owed and nothing speaks for one.</summary>
    public static IReadOnlyList<string> For(CasePage page)
    {
        var reasons = PhoneNudge.ReasonsFor(page.State);
        if (reasons.Count == 0 && page.State.CallBack is null)
            return [];
        var sorry = page.State.CallBack is { MissedAt: not null } || reasons.Contains(NudgeReason.PromiseMissed) ? "“We did not keep what we promised. I am sorry for that.”"
            : reasons.Contains(NudgeReason.Declined) || reasons.Contains(NudgeReason.Corrected) ? "“What we wrote did not fit. I would like to understand it better.”"
            : "“I am sorry for the trouble that this has made you.”";
        return
        [
            $"“Hello {page.FirstName}, this is … from {page.Company.Name}. I would rather talk than write. Is this a good moment?”",
            sorry,
            reasons.Contains(NudgeReason.AtRisk) ? "First: “Is anybody in danger right now?”" : "Let them finish. Then say back what you heard, in their words.",
            "“What would help you most now?”",
            "Agree when they hear from you next. “I confirm it to you in writing.”",
        ];
    }

    /// <summary>The draft of the letter: what was said and what is next, for its writer to read over.</summary>
    public static string Letter(CasePage page, string words, string next, DateTimeOffset nextAt) =>
        $"""
        Hello {page.FirstName},

        thank you for talking to me. This is what I noted of our call:

        {words.Trim()}

        You hear from me by {page.When(nextAt)}: {next.Trim().TrimEnd('.')}.

        If I got something wrong, please tell me.
        """.ReplaceLineEndings("\n");
}
