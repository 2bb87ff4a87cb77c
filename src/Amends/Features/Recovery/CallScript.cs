using Amends.Domain.CallBacks;

namespace Amends.Features.Recovery;

/// <summary>A few lines for a call that should be made, and the draft of the letter that confirms it.</summary>
public static class CallScript
{
    /// <summary>What to say, by what went wrong; nothing when no call is owed and nothing speaks for one.</summary>
    public static IReadOnlyList<string> For(CasePage page)
    {
        var reasons = PhoneNudge.ReasonsFor(page.State);
        return reasons.Count == 0 && page.State.CallBack is null ? []
            : PhoneScript.For(page.Company.Calls.Script, page.FirstName, page.State.Summary?.Matters, page.Company.Name, reasons, page.State.CallBack is { MissedAt: not null });
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
