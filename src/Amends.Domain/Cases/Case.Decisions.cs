using Amends.Domain.Calendars;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>Whether it is justified: decided late, issue by issue, with reasons (T5). No case is ever "rejected".</summary>
public sealed partial class Case
{
    /// <summary>What the option in a decision letter is called.</summary>
    public const string DecisionTitle = "What we can do";

    /// <summary>
    /// Records how far an issue is justified. First the customer was heard: they have our summary, or confirmed it. Unless all of it is
    /// upheld it needs reasons, and what we can do all the same. A later decision replaces it; both stay in the log.
    /// </summary>
    /// <exception cref="Refused"><c>listen_first</c> while the customer has no summary; <c>reasons</c> or <c>can_do</c> when they are missing; <c>same_person</c> in the second stage, for whoever handled the first; <c>second_person</c> when it rests on a suspicion that nobody else shares.</exception>
    public void Decide(int issueId, Finding finding, string? reasons, string? canDo, string? evidence, Actor by, DateTimeOffset at, bool onSuspicion = false)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        MustNotDecideAgain(by);
        if (State.Summary is not ({ CorrectedAt: null, SentAt: not null } or { CorrectedAt: null, ConfirmedAt: not null }))
            throw new Refused("listen_first", "Hear them out before you judge: send what you understood first, or have it confirmed on the phone.");
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var issue = IssueOf(issueId);
        if (!Enum.IsDefined(finding))
            throw new Refused("finding", $"Say what you found about {Listed([issue])}: upheld, partly, or not.");
        var (why, can, rests) = (Given(reasons, 4000), Given(canDo, 1000), Given(evidence, 500));
        if (finding != Finding.Upheld)
        {
            Needed(why, "reasons", $"Give the reasons for {Listed([issue])}. The customer reads them.");
            Needed(can, "can_do", $"Say what we can do about {Listed([issue])} all the same.");
        }

        MustBeShared(finding, onSuspicion);
        if (issue.Decision is not { } last || (last.Finding, last.Reasons, last.CanDo, last.Evidence) != (finding, why, can, rests))
            Tell(new DecisionRecorded(at, by, issueId, finding, why, can, rests, onSuspicion && finding != Finding.Upheld));
        DropCharges(by, at);
    }

    /// <summary>
    /// Tells the customer what we decided (T5). Every issue has an answer by then. What we can do goes with it as an offer of one option,
    /// which the customer accepts or answers; while something is being put right already, it is added to what we owe.
    /// </summary>
    /// <param name="terms">The dates, and where the customer can go next.</param>
    /// <param name="by">One of us.</param>
    /// <param name="calendar">The company's.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>issues_open</c> with the issues that lack an answer; <c>offer_instead</c> when all of it is upheld.</exception>
    public void SendDecision(DecisionTerms terms, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var isAddition = State.Stage == CaseStage.Delivering;
        var issues = (isAddition ? State.OpenIssues : State.Raised).ToList();
        if (issues.Where(issue => issue.Decision is null).ToList() is { Count: > 0 } open)
            throw new Refused("issues_open", $"These still need an answer: {Listed(open)}. Decide each of them first.");
        if (issues.Count == 0)
            throw new Refused("decision", "There is nothing to decide here.");
        if (!isAddition && issues.All(issue => issue.Decision!.Finding == Finding.Upheld))
            throw new Refused("offer_instead", "All of it is upheld. Offer options instead, so that they choose.");
        if (issues.Where(issue => issue.Decision!.CanDo is null && !State.IsSettled(issue)).ToList() is { Count: > 0 } bare)
            throw new Refused("can_do", $"Say what we do about {Listed(bare)}.");
        if (terms.DoneBy <= at || terms.AnswerBy <= at || terms.CheckBackAt <= at)
            throw new Refused("offer_in_the_past", "Give the customer time: choose later dates.");

        var remedies = issues.Where(issue => issue.Decision!.CanDo is not null)
            .Select(issue => new OptionRemedy(RemedyKind.Other, issue.Decision!.CanDo!, Money.Zero(terms.Currency), terms.DoneBy)).ToList();
        var ids = issues.Select(issue => issue.Id).ToList();
        if (isAddition)
        {
            foreach (var remedy in remedies)
                Tell(new RemedyAdded(at, by, State.Remedies.Count + 1, remedy.Kind, remedy.What, remedy.Value, remedy.DueAt, null));
            Tell(new DecisionSent(at, by, ids, Given(terms.OutsideRoute, 4000)));
            return;
        }

        MustHaveAsked(by, calendar, at);
        var option = new Option(1, DecisionTitle, "It goes with what we found.", remedies, false);
        Tell(new OfferPrepared(at, by, State.Offers.Count + 1, [option], "It goes with our decision.", terms.AnswerBy, terms.CheckBackAt, false, ids, IsDecision: true));
        Tell(new OfferSent(at, by, State.Offers.Count));
        Tell(new DecisionSent(at, by, ids, Given(terms.OutsideRoute, 4000)));
        Kept(by, at);
        PromiseUntilAnswer(State.Offers.Count, "what you make of our decision, or what else would help", terms.AnswerBy, by, calendar, at);
    }

    private static string? Given(string? text, int most) => string.IsNullOrWhiteSpace(text) ? null : Needed(text, "", "", most);

    private static string? Given(string? text, int most, string code) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim() is { } said && said.Length <= most ? said : throw new Refused(code, $"That is longer than {most} characters.");
}

/// <summary>What goes with a decision.</summary>
/// <param name="DoneBy">When the customer has what we can do.</param>
/// <param name="AnswerBy">Until when it is held for their answer.</param>
/// <param name="CheckBackAt">When we propose to ask whether it is put right.</param>
/// <param name="OutsideRoute">Where the customer can go next, in the company's words; <c>null</c> when there is nowhere.</param>
/// <param name="Currency">The company's.</param>
public sealed record DecisionTerms(DateTimeOffset DoneBy, DateTimeOffset AnswerBy, DateTimeOffset CheckBackAt, string? OutsideRoute, string Currency);
