using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>What a case's own record says was done and comes next, in words for the customer: the draft of an update.</summary>
public static class Progress
{
    /// <summary>What was done since the customer last heard from us, oldest first.</summary>
    /// <param name="company">For its time zone.</param>
    /// <param name="state">The case.</param>
    public static IReadOnlyList<string> Did(Company company, CaseState state)
    {
        var since = state.LastContactAt ?? state.AcknowledgedAt ?? state.OpenedAt;
        var steps = new List<(DateTimeOffset At, string Step)>();
        void Add(DateTimeOffset? at, string step)
        {
            if (at > since)
                steps.Add((at.Value, step));
        }

        if (state.LastCustomerAt is { } spoke)
            Add(spoke, $"We read what you told us on {Words.Day(spoke, company)}.");
        foreach (var summary in state.Summaries)
            Add(summary.WrittenAt, "We wrote down what we understood, to be sure that we did.");
        foreach (var offer in state.Offers)
        {
            Add(offer.PreparedAt, offer.SentAt is null ? "We put together ways to put it right." : "We sent you ways to put it right.");
            Add(offer.DeclinedAt, "We took in why what we offered does not help.");
        }

        foreach (var remedy in state.Remedies)
        {
            Add(remedy.DoneAt, $"Done: {remedy.What}.");
            Add(remedy.FailedAt, $"Did not work: {remedy.What}.");
        }

        return [.. steps.OrderBy(step => step.At).Select(step => step.Step)];
    }

    /// <summary>What comes next from here.</summary>
    /// <param name="company">For its time zone.</param>
    /// <param name="state">The case.</param>
    public static IReadOnlyList<string> Next(Company company, CaseState state) => state.Stage switch
    {
        CaseStage.Received or CaseStage.Listening => ["We make sure that we understood you, then offer you ways to put it right."],
        CaseStage.Working when state.Offer is { SentAt: null, NeedsApproval: true, ApprovedBy: null } => ["A colleague who may decide about the amount looks over what we want to offer."],
        CaseStage.Working when state.Summary is { SentAt: not null, ConfirmedAt: null } => ["Tell us whether we understood; meanwhile we look for ways to put it right."],
        CaseStage.Working => ["We put together ways to put it right, and you choose."],
        CaseStage.Offered when state.SentOffer is { IsWithCustomer: true } offer => [$"We hold what we offered for you until {Words.Moment(offer.AnswerBy, company)}."],
        CaseStage.Delivering => [.. state.Remedies.Where(remedy => remedy.IsOpen).Select(remedy => $"{Words.Sentence(remedy.What)}, {(remedy.IsWaiting ? "as soon as we see the parcel" : $"by {Words.Day(remedy.DueAt, company)}")}.")],
        CaseStage.CheckBack when state.CheckBack is { } check => [$"On {Words.Day(check.DueAt, company)} we ask you whether it is really put right."],
        _ => [],
    };
}
