using Amends.Domain.Issues;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>The things that went wrong, one by one, each of which needs an answer.</summary>
public sealed partial class Case
{
    /// <summary>The most characters of an issue's line.</summary>
    public const int LongestIssue = 500;

    private const int MostIssues = 20;

    /// <summary>
    /// Writes down something that went wrong, as one of us heard it or in the customer's own words. The same words twice change nothing.
    /// </summary>
    public void RaiseIssue(string words, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        if (by.Kind != ActorKind.Customer)
            MustBeOneOfUs(by);
        MustBeIn(CaseStage.Received, CaseStage.Listening, CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var line = Needed(words, "issue", "Write in a line what went wrong.", LongestIssue);
        if (State.Raised.Any(issue => issue.Words == line))
            return;
        if (State.Raised.Count() >= MostIssues)
            throw new Refused("issue", $"A complaint holds {MostIssues} issues at the most. Put together what belongs together.");
        Tell(new IssueRaised(at, by, State.Issues.Count + 1, line));
        DropCharges(by, at);
    }

    /// <summary>Takes an issue out that was raised by mistake, or puts it together with another one. It stays in the history with the reason.</summary>
    /// <param name="id">The issue.</param>
    /// <param name="reason">Why.</param>
    /// <param name="into">The issue that it is part of; <c>null</c> when it stands for nothing.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    public void WithdrawIssue(int id, string reason, int? into, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        var issue = IssueOf(id);
        var because = Needed(reason, "reason", "Say why it is taken out.", LongestIssue);
        if (into is { } other && (other == id || State.Raised.All(each => each.Id != other)))
            throw new Refused("issue", "Choose another issue of this case to put it together with.");
        if (State.Raised.Count() == 1 && State.Summary is not null)
            throw new Refused("issue", "It is the only issue. Raise the right one first, then take this one out.");
        Tell(new IssueWithdrawn(at, by, issue.Id, because, into));
    }

    /// <summary>The first line of a longer text, cut to the length of an issue.</summary>
    /// <param name="text">With a letter in it at least.</param>
    public static string IssueFrom(string text)
    {
        var line = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];
        return line.Length <= LongestIssue ? line : Texts.Cut(line, LongestIssue - 1) + "…";
    }

    private Issue IssueOf(int id) => State.Raised.FirstOrDefault(issue => issue.Id == id) ?? throw new Refused("issue", "There is no such issue.");

    /// <summary>Part of G1: a summary needs an issue. When none was raised, what happened is the first one, so that nobody is slower for it.</summary>
    private void RaiseFromSummary(string happened, Actor by, DateTimeOffset at)
    {
        if (State.Raised.Any())
            return;
        Tell(new IssueRaised(at, by, State.Issues.Count + 1, IssueFrom(happened)));
    }

    private static string Listed(IEnumerable<Issue> issues) => string.Join(", ", issues.Select(issue => $"“{issue.Words}”"));
}
