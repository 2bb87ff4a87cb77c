using Amends.Domain.Calendars;
using Amends.Domain.CheckBacks;
using Amends.Domain.Contents;
using Amends.Domain.Issues;
using Amends.Domain.Laws;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;

namespace Amends.Domain.Cases;

/// <summary>Options for the customer, and what the customer makes of them (T4, T7, T8; guards G2 and G3).</summary>
public sealed partial class Case
{
    /// <summary>Open time after which an offer may go without the required confirmation, the summary on top of it.</summary>
    public static readonly TimeSpan ConfirmationWait = TimeSpan.FromHours(24);

    /// <summary>
    /// Puts options together (G2): two or more, or the one that the customer asked for, or one with a reason; each with its why.
    /// An option above the limit of who prepares it waits for a second person.
    /// </summary>
    /// <param name="draft">The options and their dates.</param>
    /// <param name="by">Who prepares it.</param>
    /// <param name="at">Now.</param>
    /// <param name="power">The limits that hold; those of a small team without them.</param>
    /// <param name="laws">The remedy laws that are switched on, and what they ask about; nothing is asked of the options by them without.</param>
    /// <exception cref="Refused"><c>listen_first</c> without a summary; <c>law</c> when the law gives something and nobody says which; <c>problem</c> as <see cref="ApplyLaws"/>; <c>options</c> when there are too few; <c>why</c> when one lacks its reason; <c>evidence</c> when it says not what it rests on; <c>statutory_minimum</c> when what a law gives is missing; <c>keeps_why</c> when nothing comes back of what is worth much, and nobody says why.</exception>
    public void PrepareOffer(Draft draft, Actor by, DateTimeOffset at, Power? power = null, LawTerms? laws = null)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        if (State.Summary is not { CorrectedAt: null })
            throw new Refused("listen_first", "Listen first: write down what you understood before you offer anything.");
        MustBeIn(CaseStage.Working, CaseStage.Offered);
        if (draft.Options.Count == 0 || draft.Options.Any(option => option.Remedies.Count == 0))
            throw new Refused("options", "Offer at least one way to put it right, and say what is done.");
        if (draft.Options.Any(option => string.IsNullOrWhiteSpace(option.Title) || string.IsNullOrWhiteSpace(option.Why)))
            throw new Refused("why", "Give every option a title and a line that says why it suits this customer.");
        if (draft.Options is [{ IsAsWanted: false }] && string.IsNullOrWhiteSpace(draft.OneOptionReason))
            throw new Refused("options", "Offer two or more options, or exactly what the customer asked for, or say why there is only one.");
        if (draft.Options.SelectMany(option => option.Remedies).Any(remedy => remedy.Value.Minor < 0 || string.IsNullOrWhiteSpace(remedy.What)))
            throw new Refused("remedy", "Say what is done in each option; its value is zero or more.");
        if (draft.AnswerBy <= at || draft.CheckBackAt <= at)
            throw new Refused("offer_in_the_past", "Give the customer time: choose later dates.");

        var issues = (draft.Issues ?? State.Raised.Select(issue => issue.Id)).Distinct().Order().ToList();
        if (issues.Any(id => State.Raised.All(issue => issue.Id != id)) || (issues.Count == 0 && State.Raised.Any()))
            throw new Refused("issues", "Say which of the issues these options answer.");

        ApplyLaws(laws, by, at);
        var options = draft.Options.Select((option, i) => option with { Id = i + 1, Remedies = [.. option.Remedies.Select(remedy => Grounded(Complete(remedy), laws).Costed(power?.CostShare))] }).ToList();
        MustHoldMinimum(Beside(laws, draft.Playbook), options, issues);
        MustHoldLaw(laws, options, issues, at);
        if (draft.Returns is { } rule && options.FirstOrDefault(option => rule.Lacks(option) is not null) is { } kept)
            throw new Refused("keeps_why", $"“{kept.Title.Trim()}” is worth more than {rule.Above}: what they have comes back first. Choose how, or say why they keep it.");
        var (above, alone) = Weighed(options, draft.Evidence, by, power ??= Power.Of(options), draft.Playbook?.NoQuestionsUpTo);
        Tell(new OfferPrepared(at, by, State.Offers.Count + 1, options, draft.OneOptionReason?.Trim(), draft.AnswerBy, draft.CheckBackAt, above.Count > 0, issues, Under: power.Authority.RoleOf(by), GivenAlone: alone, Evidence: Given(draft.Evidence, 500)));
        if (above.Count > 0)
            Tell(new ApprovalAsked(at, by, State.Offers.Count, above));
        if (draft.Playbook is { IsUsed: true } used)
            Tell(new PlaybookUsed(at, by, used.Key, used.Version, used.Title, State.Offers.Count));
        foreach (var policy in draft.Policies ?? [])
            Tell(new PolicyUsed(at, by, policy.Key, policy.Version, policy.Edition, policy.Title, policy.Beyond, State.Offers.Count));
    }

    /// <summary>Sends the options (T4), or the decision that was prepared. The summary must be sent before or with it, and confirmed where that is required.</summary>
    /// <param name="id">The newest offer's.</param>
    /// <param name="by">Who sends it.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">Now.</param>
    /// <param name="power">The limits that hold over all cases; nothing but budgets is looked at without them.</param>
    public void SendOffer(int id, Actor by, Calendar calendar, DateTimeOffset at, Power? power = null)
    {
        MustBeOneOfUs(by);
        var offer = OfferOf(State.Offer, id);
        if (offer.SentAt is not null)
            return;
        if (offer.IsDecision)
        {
            TellDecision(offer, by, calendar, at, power);
            return;
        }

        MustBeIn(CaseStage.Working, CaseStage.Offered);
        MustBeApproved(offer, at);
        MustHaveAsked(by, calendar, at);
        PutToCustomer(offer, by, calendar, at, power);
    }

    /// <summary>The options are with the customer now: what they may cost is set aside, and what we found was said with them.</summary>
    private void PutToCustomer(Offer offer, Actor by, Calendar calendar, DateTimeOffset at, Power? power)
    {
        foreach (var remedy in offer.Options.SelectMany(option => option.Remedies))
            MustNotCharge(remedy);
        Tell(new OfferSent(at, by, offer.Id));
        Reserve(State.Offer!, calendar, at, power);
        if (State.Raised.Where(issue => offer.Issues.Contains(issue.Id) && issue is { Decision: not null, ToldAt: null }).Select(issue => issue.Id).ToList() is { Count: > 0 } decided)
            Tell(new DecisionSent(at, by, decided, null));
        Kept(by, at);
        PromiseUntilAnswer(offer.Id, "whether the options suit you, or what else would help", offer.AnswerBy, by, calendar, at);
    }

    /// <summary>The customer chooses (T7): the remedies of that option become what we owe.</summary>
    public void Choose(int offerId, int optionId, Channel via, string? words, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeCustomersWord(by, words, via, at);
        var offer = OfferOf(State.SentOffer, offerId);
        if (offer.ChosenId == optionId)
            return;
        MustBeWithCustomer(offer);
        if (offer.Options.FirstOrDefault(option => option.Id == optionId) is not { } option)
            throw new Refused("option", "Please choose one of the options.");

        Tell(new OptionChosen(at, by, offerId, optionId, via, words));
        Owe(offer, option, via, words, by, at);
        Grant(offer, option, calendar, at);
        var settled = State.CheckBack is { Answer: null } check && (check.Waived || (check.Wished && check.DueAt > at));
        if (!settled)
            Tell(new CheckBackAgreed(at, by, offer.CheckBackAt, State.CheckBack?.Manner ?? (State.PreferredChannel == Customers.PreferredChannel.Phone ? CheckBackManner.Phone : CheckBackManner.Mail)));
        Kept(by, at);
        PromiseDelivery(option, by, calendar, at);
    }

    /// <summary>
    /// The customer changes their mind: another option of the same offer, as long as nothing of the first has begun. What they had chosen is
    /// owed no more, and its money is given no more; what is more than it was is looked at against the budgets again.
    /// </summary>
    /// <param name="offerId">The newest offer's.</param>
    /// <param name="optionId">The option that they want now.</param>
    /// <param name="via">How they said so.</param>
    /// <param name="words">Their words; needed when one of us writes them down.</param>
    /// <param name="by">The customer, or one of us who quotes them.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>not_chosen</c> before anything was chosen; <c>begun</c> when something has begun; <c>option</c> when there is no such option.</exception>
    public void ChangeChoice(int offerId, int optionId, Channel via, string? words, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeCustomersWord(by, words, via, at);
        var offer = OfferOf(State.SentOffer, offerId);
        if (offer.ChosenId == optionId)
            return;
        if (offer.ChosenId is null)
            throw new Refused("not_chosen", "Nothing is chosen yet. Please choose one of the options.");
        if (offer.Options.FirstOrDefault(option => option.Id == optionId) is not { } option)
            throw new Refused("option", "Please choose one of the options.");
        if (!State.MayChangeChoice)
            throw new Refused("begun", "Something of it has begun already, so it cannot simply be changed. Tell us what would help, and we find a way together.");

        var was = offer.Options.First(each => each.Id == offer.ChosenId);
        Tell(new ChoiceChanged(at, by, offerId, optionId, [.. State.Chosen.Select(remedy => remedy.Id)], via, Given(words, 10_000, "words")));
        Owe(offer, option, via, words, by, at);
        Grant(offer, option, calendar, at, looksAgain: option.Value > was.Value);
        Kept(by, at);
        PromiseDelivery(option, by, calendar, at);
    }

    /// <summary>The remedies of what was chosen become what we owe.</summary>
    private void Owe(Offer offer, Option option, Channel via, string? words, Actor by, DateTimeOffset at)
    {
        foreach (var remedy in option.Remedies)
        {
            Tell(new RemedyAdded(at, by, State.Remedies.Count + 1, remedy.Kind, remedy.What, remedy.Value, remedy.DueAt, offer.ApprovedBy, remedy.IsStatutory, remedy.Data, State.MayCharge ? remedy.CustomerCharge : null, remedy.Law));
            if (remedy.Kind == RemedyKind.Substitute)
                Tell(new SubstituteAgreed(at, by, State.Remedies.Count, via, words)); // choosing it, with what it takes the place of in view, is the consent
        }
    }

    private void PromiseDelivery(Option option, Actor by, Calendar calendar, DateTimeOffset at)
    {
        var last = option.Remedies.Max(remedy => remedy.DueAt);
        if (last > calendar.LatestWord(at))
            MakePromise("how far we are with what you chose", calendar.LatestWord(at), by, calendar, at);
        else
            MakePromise("that what you chose is done, or what is still missing", last > at ? last : calendar.After(at, FirstContactWithin), by, calendar, at);
    }

    /// <summary>The customer wants none of them and says why (T8). Back to work, with a fresh promise.</summary>
    public void Decline(int offerId, Channel via, string words, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeCustomersWord(by, words, via, at);
        var offer = OfferOf(State.SentOffer, offerId);
        MustBeWithCustomer(offer);
        Tell(new OfferDeclined(at, by, offerId, via, Needed(words, "words", "Tell us in a sentence what would help instead.")));
        _claims.Add(new FreeMoney());
        Kept(by, at);
        MakePromise(offer.IsDecision ? "what we think now, after what you told us" : "other options, after what you told us", calendar.After(calendar.NextOpen(at), FirstContactWithin), by, calendar, at);
        if (State.Declines >= 2)
            TellLead("The customer declined twice.", Actor.Amends, at);
    }

    /// <summary>The summary goes before or with what we offer, and is confirmed where that is required.</summary>
    private void MustHaveAsked(Actor by, Calendar calendar, DateTimeOffset at)
    {
        SendSummary(by, at); // one mail and one page may carry both
        if (State.NeedsConfirmation && State.Summary is { ConfirmedAt: null, SentAt: { } sent } && calendar.Between(sent, at) < ConfirmationWait)
            throw new Refused("confirm_first", "Ask the customer first whether we understood: by phone now, or wait for the answer (24 open hours at the most).");
    }

    private Offer OfferOf(Offer? newest, int id)
    {
        MustBeOpen();
        return newest?.Id == id ? newest : throw new Refused("offer_changed", "The offer has changed since. Please read the new one.");
    }

    private static void MustBeWithCustomer(Offer offer)
    {
        if (!offer.IsWithCustomer)
            throw new Refused("offer_answered", "This offer is already answered.");
    }

    /// <summary>What an agent puts into the offer builder.</summary>
    /// <param name="Options">The options; their ids are given by the case.</param>
    /// <param name="OneOptionReason">Why there is only one.</param>
    /// <param name="AnswerBy">Until when they are held.</param>
    /// <param name="CheckBackAt">When we propose to ask whether it is put right.</param>
    /// <param name="Issues">The issues that they answer; <c>null</c> for all. What is left out needs an answer of its own before the case can end.</param>
    /// <param name="Evidence">What it rests on: a photo, an order, a tracking number.</param>
    /// <param name="Playbook">What the playbook that suits the case asks; <c>null</c> when there is none.</param>
    /// <param name="Returns">The rule on what comes back; <c>null</c> when there is none.</param>
    /// <param name="Policies">The rules that the options follow or go beyond.</param>
    public sealed record Draft(IReadOnlyList<Option> Options, string? OneOptionReason, DateTimeOffset AnswerBy, DateTimeOffset CheckBackAt, IReadOnlyList<int>? Issues = null, string? Evidence = null, PlaybookTerms? Playbook = null, ReturnRule? Returns = null, IReadOnlyList<PolicyTerms>? Policies = null);
}
