using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.Referrals;
using Amends.Domain.Signals;

namespace Amends.Domain.Cases;

/// <summary>What was raised, what we decided on it, and how far it went outside.</summary>
public sealed partial record CaseState
{
    /// <summary>All that was ever raised, withdrawn ones included.</summary>
    public IReadOnlyList<Issue> Issues { get; init; } = [];

    /// <summary>When we last told the customer what we decided.</summary>
    public DateTimeOffset? DecisionSentAt { get; init; }

    /// <summary>The words with which our final decision said where the customer can go next; <c>null</c> when none did.</summary>
    public string? OutsideRoute { get; init; }

    /// <summary>Whether somebody thinks that it is made up, and what a second person says.</summary>
    public Suspicion? Suspicion { get; init; }

    /// <summary>How far it went outside.</summary>
    public Referral? Referral { get; init; }

    /// <summary>The issues that count.</summary>
    public IEnumerable<Issue> Raised => Issues.Where(issue => issue.Counts);

    /// <summary>Issues without an answer: neither decided and told, nor answered by an option that the customer chose.</summary>
    public IEnumerable<Issue> OpenIssues => Raised.Where(issue => issue.ToldAt is null && !IsSettled(issue));

    /// <summary>What the customer was last told that we decided, issue by issue.</summary>
    public IEnumerable<Issue> ToldLast => Raised.Where(issue => issue.ToldAt is { } told && told == DecisionSentAt);

    /// <summary>How often the customer said no to what we offered.</summary>
    public int Declines => Offers.Count(offer => offer.DeclinedAt is not null);

    /// <summary>Whether the customer chose an option that answers it.</summary>
    public bool IsSettled(Issue issue) => Offers.Any(offer => offer.ChosenId is not null && offer.Issues.Contains(issue.Id));

    /// <summary>The remedies with which the customer was told the decision on an issue; none where words alone said it, or where options were offered instead.</summary>
    public IReadOnlyList<OptionRemedy> ToldRemedies(Issue issue) =>
        issue is { ToldAt: { } told, Decision: { } decision } && Offers.Any(offer => offer.IsDecision && offer.SentAt == told) ? decision.Remedies : [];

    private CaseState WithIssue(int id, Func<Issue, Issue> change) => this with { Issues = Replace(Issues, issue => issue.Id == id, change) };

    private CaseState WithTold(DecisionSent e) => this with
    {
        Issues = Replace(Issues, issue => e.Issues.Contains(issue.Id), issue => issue with { ToldAt = e.At }),
        DecisionSentAt = e.At,
        OutsideRoute = e.OutsideRoute ?? OutsideRoute,
        Referral = Referral ?? (e.OutsideRoute is null ? null : new Referral(ReferralStage.Signposted)),
    };
}
