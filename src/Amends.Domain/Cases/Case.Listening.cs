using Amends.Domain.Listening;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>Hearing the customer out, and making sure that we understood (T3, guard G1).</summary>
public sealed partial class Case
{
    /// <summary>What the customer says would put it right; <c>null</c> when they were asked and did not say. Other words replace it; silence does not take back what they said.</summary>
    public void HearWantedOutcome(string? outcome, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        if (by.Kind != ActorKind.Customer)
            MustBeOneOfUs(by);
        var words = string.IsNullOrWhiteSpace(outcome) ? null : outcome.Trim();
        if (!State.OutcomeAsked || (words is not null && State.WantedOutcome != words))
            Tell(new WantedOutcomeHeard(at, by, words));
    }

    /// <summary>
    /// Writes down what we understood (T3). Guard G1: the customer was asked what would put it right, and whether anybody is in danger, and
    /// there is an issue; when none was raised, the first line of what happened becomes it.
    /// </summary>
    /// <exception cref="Refused"><c>listen_first</c> when the wanted outcome or the safety question is open.</exception>
    public void WriteSummary(string happened, string matters, string promised, Actor by, DateTimeOffset at, string? impact = null)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Received, CaseStage.Listening, CaseStage.Working, CaseStage.Offered);
        BeginListening(by, at);
        if (!State.OutcomeAsked)
            throw new Refused("listen_first", "Ask first what would put it right for the customer, or note that they did not say.");
        if (State.AtRisk is null)
            throw new Refused("listen_first", "Ask first whether anybody is in danger.");

        var what = Needed(happened, "happened", "Write what happened.", 2000);
        Tell(new SummaryWritten(at, by, State.Summaries.Count + 1,
            what,
            Needed(matters, "matters", "Write what matters most to the customer.", 2000),
            Needed(promised, "promised", "Write what we promised.", 2000),
            string.IsNullOrWhiteSpace(impact) ? State.Impact : Needed(impact, "impact", "", LongestImpact)));
        RaiseFromSummary(what, by, at);
    }

    /// <summary>The newest summary went to the customer, to confirm or correct.</summary>
    public void SendSummary(Actor by, DateTimeOffset at)
    {
        MustBeIn(CaseStage.Working, CaseStage.Offered);
        MustBeOneOfUs(by);
        if (State.Summary is not { CorrectedAt: null } summary)
            throw new Refused("listen_first", "Write a new summary with what the customer corrected.");
        if (summary.SentAt is null)
            Tell(new SummarySent(at, by, summary.Version));
    }

    /// <summary>
    /// The customer says that we understood: on their page, or by mail or phone as one of us recorded it. Saying so twice changes nothing.
    /// </summary>
    public void ConfirmSummary(int version, Channel via, string? words, Actor by, DateTimeOffset at)
    {
        var summary = SummaryToAnswer(version, by, words, via, at);
        if (summary.ConfirmedAt is null)
            Tell(new SummaryConfirmed(at, by, version, via, words));
    }

    /// <summary>The customer says "not quite", with what is missing. The case goes back to listening.</summary>
    public void CorrectSummary(int version, Channel via, string words, Actor by, DateTimeOffset at)
    {
        SummaryToAnswer(version, by, words, via, at);
        Tell(new SummaryCorrected(at, by, version, via, Needed(words, "words", "Tell us in a sentence what is missing.")));
    }

    private Summary SummaryToAnswer(int version, Actor by, string? words, Channel via, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeCustomersWord(by, words, via, at);
        if (State.Summary is not { } summary || summary.Version != version || summary.CorrectedAt is not null)
            throw new Refused("summary_changed", "The summary has changed since. Please read the new one.");
        if (summary.SentAt is null && via != Channel.Phone && via != Channel.InPerson)
            throw new Refused("summary_not_sent", "The customer has not been sent this summary.");
        return summary;
    }

    /// <summary>An answer is the customer's own, or their words as one of us quotes them; no text is ever read into one by a machine.</summary>
    private void MustBeCustomersWord(Actor by, string? words, Channel via, DateTimeOffset at)
    {
        MustBeAllowedToAnswer(by, at);
        if (by.Kind == ActorKind.Customer)
            return;
        MustBeOneOfUs(by);
        if (via == Channel.Page)
            throw new Refused("via", "Say how the customer answered: by mail, by phone, or in person.");
        Needed(words, "words", "Quote what the customer said.");
    }
}
