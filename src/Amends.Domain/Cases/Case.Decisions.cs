using Amends.Domain.Calendars;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>Whether it is justified: decided late, issue by issue, with reasons (T5). No case is ever "rejected".</summary>
public sealed partial class Case
{
    /// <summary>What the option in a decision letter is called.</summary>
    public const string DecisionTitle = "What we can do";

    /// <summary>The most things that we do about one issue.</summary>
    public const int MostRemediesOfADecision = 10;

    /// <summary>
    /// Records how far an issue is justified. First the customer was heard: they have our summary, or confirmed it. Unless all of it is
    /// upheld it needs reasons, and what we can do all the same: in words, or as remedies of the catalogue. A later decision replaces it;
    /// both stay in the log.
    /// </summary>
    /// <param name="issueId">The issue.</param>
    /// <param name="finding">How far it is justified.</param>
    /// <param name="reasons">Why, for the customer.</param>
    /// <param name="canDo">What we can do, in words for the customer; what the remedies say need not be said twice.</param>
    /// <param name="evidence">What it rests on, for us.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <param name="onSuspicion">It rests on a suspicion that the claim is made up.</param>
    /// <param name="remedies">What we can do as remedies, each with its worth, its date, and the reason why it is this (<see cref="RemedyData.Reason"/>) where it costs something.</param>
    /// <exception cref="Refused"><c>listen_first</c> while the customer has no summary; <c>reasons</c> or <c>can_do</c> when they are missing; <c>same_person</c> in the second stage, for whoever handled the first; <c>second_person</c> when it rests on a suspicion that nobody else shares; <c>why</c> for a remedy without its reason, and the code of what its kind lacks.</exception>
    public void Decide(int issueId, Finding finding, string? reasons, string? canDo, string? evidence, Actor by, DateTimeOffset at, bool onSuspicion = false, IReadOnlyList<OptionRemedy>? remedies = null)
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
        if (remedies?.Count > MostRemediesOfADecision)
            throw new Refused("remedy", $"Do {MostRemediesOfADecision} things about one issue at the most.");
        IReadOnlyList<OptionRemedy> lines = [.. (remedies ?? []).Select(WithItsWhy)];
        if (finding != Finding.Upheld)
        {
            Needed(why, "reasons", $"Give the reasons for {Listed([issue])}. The customer reads them.");
            if (lines.Count == 0)
                Needed(can, "can_do", $"Say what we can do about {Listed([issue])} all the same.");
        }

        MustBeShared(finding, onSuspicion);
        if (issue.Decision is not { } last || (last.Finding, last.Reasons, last.CanDo, last.Evidence) != (finding, why, can, rests) || !last.Remedies.SequenceEqual(lines))
            Tell(new DecisionRecorded(at, by, issueId, finding, why, can, rests, onSuspicion && finding != Finding.Upheld, lines.Count == 0 ? null : lines));
        DropCharges(by, at);
    }

    /// <summary>
    /// Puts the decision letter together (T5). Every issue has an answer by then. What we can do goes with it as an offer of one option,
    /// which the customer accepts or answers; while something is being put right already, it is added to what we owe. Money above the limit
    /// of who prepares it waits for a second person, and the letter with it.
    /// </summary>
    /// <param name="terms">The dates, where the customer can go next, and what the law gives.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <param name="power">The limits that hold; those of a small team without them.</param>
    /// <exception cref="Refused"><c>issues_open</c> with the issues that lack an answer; <c>offer_instead</c> when all of it is upheld; <c>due</c> for a remedy whose day has passed; <c>charge</c>, <c>evidence</c> and <c>statutory_minimum</c> as for an offer; <c>law</c> as for an offer, too; <c>consent</c> for a substitute that nobody can choose.</exception>
    public void PrepareDecision(DecisionTerms terms, Actor by, DateTimeOffset at, Power? power = null)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var isAddition = State.Stage == CaseStage.Delivering;
        var issues = Answering(isAddition);
        if (issues.Where(issue => issue.Decision is null).ToList() is { Count: > 0 } open)
            throw new Refused("issues_open", $"These still need an answer: {Listed(open)}. Decide each of them first.");
        if (issues.Count == 0)
            throw new Refused("decision", "There is nothing to decide here.");
        if (!isAddition && issues.All(issue => issue.Decision!.Finding == Finding.Upheld))
            throw new Refused("offer_instead", "All of it is upheld. Offer options instead, so that they choose.");
        if (issues.Where(issue => !issue.Decision!.SaysWhatWeDo && !State.IsSettled(issue)).ToList() is { Count: > 0 } bare)
            throw new Refused("can_do", $"Say what we do about {Listed(bare)}.");
        if (terms.DoneBy <= at || terms.AnswerBy <= at || terms.CheckBackAt <= at)
            throw new Refused("offer_in_the_past", "Give the customer time: choose later dates.");

        if (terms.Laws is { } laws)
            Match([.. laws.Applying(State).Where(preset => State.Presets.All(each => each.Key != preset.Key))], laws.Book, Actor.Amends, at);
        var remedies = issues.SelectMany(issue => LinesOf(issue.Decision!, terms)).Select(remedy => Grounded(remedy, terms.Laws).Costed(power?.CostShare)).ToList();
        if (remedies.FirstOrDefault(remedy => remedy.DueAt <= at) is { } late)
            throw new Refused("due", $"“{late.What}” would be late before they read of it. Choose a later day.");
        if (isAddition && remedies.FirstOrDefault(remedy => remedy.Kind == RemedyKind.Substitute) is { } instead)
            throw new Refused("consent", $"“{instead.What}” is not what they ordered, and this letter leaves them nothing to choose. Agree on it with them first, or choose another kind.");
        IReadOnlyList<Option> options = [new Option(1, DecisionTitle, "It goes with what we found.", remedies, false)];
        List<int> ids = [.. issues.Select(issue => issue.Id)];
        MustHoldMinimum(Beside(terms.Laws, terms.Playbook), options, ids, isDecision: true);
        MustHoldLaw(terms.Laws, options, ids, at);
        var evidence = string.Join("; ", issues.Select(issue => issue.Decision!.Evidence).OfType<string>().Distinct());
        var (above, alone) = Weighed(options, evidence, by, power ??= Power.Of(options), terms.Playbook?.NoQuestionsUpTo);
        if (isAddition && !alone && !above.Contains(ApprovalReason.Case) && IsAboveWithAnotherChoice(options[0], by, power.Authority))
            above = [ApprovalReason.Case, .. above];
        Tell(new OfferPrepared(at, by, State.Offers.Count + 1, options, "It goes with our decision.", terms.AnswerBy, terms.CheckBackAt, above.Count > 0, ids, IsDecision: true,
            Under: power.Authority.RoleOf(by), GivenAlone: alone, Evidence: evidence.Length == 0 ? null : evidence, IsAddition: isAddition, OutsideRoute: Given(terms.OutsideRoute, 8000)));
        if (above.Count > 0)
            Tell(new ApprovalAsked(at, by, State.Offers.Count, above));
    }

    /// <summary>Prepares the decision and sends it at once, unless a second person must agree first: then it waits for them, and goes with <see cref="SendOffer"/>.</summary>
    /// <inheritdoc cref="PrepareDecision"/>
    public void SendDecision(DecisionTerms terms, Actor by, Calendar calendar, DateTimeOffset at, Power? power = null)
    {
        PrepareDecision(terms, by, at, power);
        if (State.Offer is { NeedsApproval: false } ready)
            TellDecision(ready, by, calendar, at, power);
    }

    /// <summary>The decision is with the customer now; what it may cost is set aside, or owed at once where nothing is left to choose.</summary>
    private void TellDecision(Offer offer, Actor by, Calendar calendar, DateTimeOffset at, Power? power)
    {
        if (offer.IsAddition)
            MustBeIn(CaseStage.Delivering);
        else
            MustBeIn(CaseStage.Working, CaseStage.Offered);
        if (!Answering(offer.IsAddition).Select(issue => issue.Id).SequenceEqual(offer.Issues) || State.Raised.Any(issue => offer.Issues.Contains(issue.Id) && issue.Decision!.At > offer.PreparedAt))
            throw new Refused("decision_changed", "What was raised or decided has changed since this was put together. Look over the decision, and send it anew.");
        MustBeApproved(offer, at);
        if (!offer.IsAddition)
            MustHaveAsked(by, calendar, at);
        var option = offer.Options[0];
        foreach (var remedy in option.Remedies)
            MustNotCharge(remedy);
        if (offer.IsAddition)
        {
            Tell(new DecisionAdded(at, by, offer.Id));
            Reserve(State.Offer!, calendar, at, power);
            Owe(State.Offer!, option, Channel.Mail, null, by, at);
            Grant(State.Offer!, option, calendar, at);
            Tell(new DecisionSent(at, by, offer.Issues, offer.OutsideRoute));
            return;
        }

        Tell(new OfferSent(at, by, offer.Id));
        Reserve(State.Offer!, calendar, at, power);
        Tell(new DecisionSent(at, by, offer.Issues, offer.OutsideRoute));
        Kept(by, at);
        PromiseUntilAnswer(offer.Id, "what you make of our decision, or what else would help", offer.AnswerBy, by, calendar, at);
    }

    /// <summary>The issues that a decision letter answers: all, or those without an answer while something is being put right.</summary>
    private List<Issue> Answering(bool isAddition) => [.. isAddition ? State.OpenIssues : State.Raised];

    /// <summary>What we can do about an issue, as lines of what we then owe; words alone are something else that helps, done by the letter's day.</summary>
    private IEnumerable<OptionRemedy> LinesOf(Decision decision, DecisionTerms terms) =>
        decision.Remedies.Count > 0 ? decision.Remedies.Select(Complete)
        : decision.CanDo is { } words ? [new OptionRemedy(RemedyKind.Other, words, Money.Zero(terms.Currency), terms.DoneBy)]
        : [];

    /// <summary>A remedy in a decision says what is done, and why it is this where it costs something. Who pays for it is looked at when the letter is put together, since all is decided by then.</summary>
    private static OptionRemedy WithItsWhy(OptionRemedy remedy)
    {
        if (string.IsNullOrWhiteSpace(remedy.What) || remedy.Value.Minor < 0)
            throw new Refused("remedy", "Say what is done; its value is zero or more.");
        var whole = Whole(remedy with { What = remedy.What.Trim() });
        if (whole.Data?.Reason is null && whole.Kind != RemedyKind.Return && (whole.Value.Minor > 0 || (whole.Kind != RemedyKind.Other && RemedyTypes.Of(whole.Kind).Costs)))
            throw new Refused("why", $"Say why it is “{whole.What}”. The customer reads it.");
        return whole;
    }

    private static string? Given(string? text, int most) => string.IsNullOrWhiteSpace(text) ? null : Needed(text, "", "", most);

    private static string? Given(string? text, int most, string code) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim() is { } said && said.Length <= most ? said : throw new Refused(code, $"That is longer than {most} characters.");
}

/// <summary>What goes with a decision.</summary>
/// <param name="DoneBy">When the customer has what words alone say that we can do.</param>
/// <param name="AnswerBy">Until when it is held for their answer.</param>
/// <param name="CheckBackAt">When we propose to ask whether it is put right.</param>
/// <param name="OutsideRoute">Where the customer can go next, in the company's words; <c>null</c> when there is nowhere.</param>
/// <param name="Currency">The company's.</param>
public sealed record DecisionTerms(DateTimeOffset DoneBy, DateTimeOffset AnswerBy, DateTimeOffset CheckBackAt, string? OutsideRoute, string Currency)
{
    /// <summary>What the playbook that suits the case says that a law gives; <c>null</c> when there is none.</summary>
    public PlaybookTerms? Playbook { get; init; }

    /// <summary>The remedy laws that are switched on; nothing is asked by them without.</summary>
    public Laws.LawTerms? Laws { get; init; }
}
