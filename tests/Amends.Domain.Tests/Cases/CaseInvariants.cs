// long: what must hold after anything that anybody tried is one list
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Customers;
using Amends.Domain.Deadlines;
using Amends.Domain.Handling;
using Amends.Domain.Issues;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Promises;
using Amends.Domain.Remedies;
using Amends.Domain.Signals;
using Amends.Domain.Returns;
using Amends.Domain.Visits;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>What holds for every case at every time (domain: invariants of the life cycle), whatever anybody tried.</summary>
internal static class CaseInvariants
{
    /// <summary>Throws where one does not hold.</summary>
    /// <param name="state">The case.</param>
    /// <param name="log">Everything that happened to it.</param>
    /// <param name="at">Now.</param>
    /// <param name="book">The presets and calendars from which its due dates were counted.</param>
    /// <param name="seen">Notes what decisions did; <c>null</c> where nobody counts it.</param>
    public static void Hold(CaseState state, List<CaseEvent> log, DateTimeOffset at, DeadlineBook book, HashSet<string>? seen = null)
    {
        OpenCasesHaveANextContact(state, at); // (i)
        NothingRestsPastItsPromise(state);
        WhoeverSpokeIsAnsweredInTime(state);
        ACallIsOwedOnceAndOnlyWhileTheCaseIsOpen(state);
        Assert.Equivalent(log.Aggregate(new CaseState(), (told, news) => told.After(news)), state, strict: true); // (ii)
        EveryDueDateIsCountedFromWhatWasStored(state, book); // (vi)
        WhatWasMissedStaysMissed(state, log, at);
        ConfirmedOnlyByTheCustomersAnswer(state, log); // (iii)
        NoOfferWithoutASummaryBefore(log); // (iv)
        NothingIsOwedAboveTheLimitUnapproved(state); // (v)
        EveryBrokenPromiseWasToldOnce(state, log);
        NothingEndsWhileSomethingIsOwed(state); // (viii)
        Assert.True(Enum.IsDefined(state.NextAction));
        WhatADecisionSaysIsOwed(state, seen);
        NobodyIsRefusedWithoutReasons(state, log); // (ix)
        NobodyPaysForWhatMayBeOurFault(state, log); // (x)
        NobodyIsRefusedOnTheSuspicionOfOne(log);
        NothingComesInPlaceOfAnotherWithoutAYes(state);
        NobodyIsAskedMoreOftenThanPlanned(state);
        OnlyAimsOfOurOwnStandStill(state);
        WhatMayBeDangerousIsLookedIntoBeforeTheEnd(state, log);
        NobodyIsThankedButWhoSaidYesAtOnce(state, log);
        NobodyWhoMayOnlyHearAnswers(log);
        SilenceDecidesNothing(state, log);
        WhoeverIsSentAwayWasTold(state, log);
        WhatTheySaidStands(state, log); // (vii), together with the texts
    }

    /// <summary>What is dear to look at after every step, once for the whole history.</summary>
    public static void HeldThroughout(List<CaseEvent> log) => WhatIsOwedIsWithinALimit(log); // (v)

    /// <summary>
    /// What the customer wants, what it means for them, and how they said what they need may be said anew: then the newest stands, and
    /// nothing empties it. What it replaced is in the history, which the case shows.
    /// </summary>
    private static void WhatTheySaidStands(CaseState state, List<CaseEvent> log)
    {
        Assert.Equal(log.OfType<WantedOutcomeHeard>().LastOrDefault(heard => heard.Outcome is not null)?.Outcome, state.WantedOutcome);
        Assert.Equal(log.Select(news => news switch { ImpactHeard heard => heard.Impact, SummaryWritten written => written.Impact, _ => null }).LastOrDefault(words => words is not null), state.Impact);
        Assert.Equal(log.OfType<SupportNeedsNoted>().LastOrDefault()?.Words, state.SupportWords);
    }

    private static void OnlyAimsOfOurOwnStandStill(CaseState state)
    {
        Assert.All(state.Duties.Where(duty => duty.PausedAt is not null || duty.PausedFor > TimeSpan.Zero), duty => Assert.True(duty.IsTarget));
        Assert.All(state.Duties.Where(duty => duty is { IsTarget: true, IsOpen: true, BreachedAt: null }), duty => Assert.Equal(state is { IsOpen: true, WaitsFor: WaitsFor.Customer }, duty.PausedAt is not null));
    }

    private static void WhatMayBeDangerousIsLookedIntoBeforeTheEnd(CaseState state, List<CaseEvent> log)
    {
        Assert.True(state.AtRisk != true || state.StopSale is not null);
        if (log is [.., DeliveryCompleted or CaseClosed { Reason: CloseReason.Deadlock or CloseReason.Withdrawn or CloseReason.OutsideDecision }] && state.AtRisk == true)
            Assert.True(state.StopSale is { IsOpen: false, Affected: not null });
        if (log is [.., DeliveryCompleted { Systemic: { WithoutLadder: null } }])
            Assert.True(state.Whys.Count(why => why.Stands) >= Case.FewestWhys);
    }

    private static void NobodyIsAskedMoreOftenThanPlanned(CaseState state)
    {
        if (state.CheckBack is not { } check)
            return;
        Assert.InRange(check.Attempts, 0, CheckBackPlan.MostAttempts);
        Assert.Equal(check.Attempts, check.Asked.Count);
        Assert.True(check.CallDueAt is null || state.Stage == CaseStage.CheckBack, "a call is due with the question while nobody is asked");
    }

    private static void NobodyIsThankedButWhoSaidYesAtOnce(CaseState state, List<CaseEvent> log)
    {
        Assert.Equal(state.ToldChanges.Count, state.ToldChanges.Select(told => told.ImprovementId).Distinct().Count());
        if (state.ToldChanges.Count > 0)
            Assert.Contains(log.TakeWhile(news => news is not Amends.Domain.Improvements.ChangeTold), news => news is CheckBackAnswered { Answer: CheckBackAnswer.Yes });
        if (state.FollowOn is not null)
            Assert.DoesNotContain(log.TakeWhile(news => news is not Amends.Domain.FollowOns.FollowOnSent), news => news is CheckBackAnswered { Answer: not CheckBackAnswer.Yes } or Amends.Domain.Referrals.CaseReferred);
    }

    private static void NobodyIsRefusedOnTheSuspicionOfOne(IReadOnlyList<CaseEvent> log)
    {
        foreach (var (refused, place) in log.Select((news, place) => (news, place)).Where(each => each.news is DecisionRecorded { OnSuspicion: true }))
        {
            var answer = Assert.IsType<SuspicionAnswered>(log.Take(place).Last(news => news is SuspicionRaised or SuspicionAnswered));
            Assert.True(answer.IsShared);
            Assert.NotEqual(answer.By.Id, log.Take(place).OfType<SuspicionRaised>().Last().By.Id);
            Assert.NotEqual(Finding.Upheld, ((DecisionRecorded)refused).Finding);
        }
    }

    private static void OpenCasesHaveANextContact(CaseState state, DateTimeOffset at)
    {
        if (!state.IsOpen)
            return;
        var next = Assert.IsType<NextContact>(state.NextContact);
        Assert.True(next.DueAt > next.MadeAt);
        Assert.True(next.MadeAt <= at);
        Assert.True(next.DueAt >= state.LastContactAt.GetValueOrDefault() || next.NeedsExplaining(at) || (next.Offer is { } offer && state.Offers[offer - 1].IsWithCustomer), $"{next} lies before the last contact, {state.LastContactAt:O}, and nobody counts it as missed");
        Assert.Single(state.Promises, promise => promise.IsOpen);
        if (state is { Stage: not CaseStage.CheckBack, NextContact.Call: null })
            Assert.True(next.DueAt <= Hours.LatestWord(next.MadeAt), $"{next.What}: {next.DueAt - next.MadeAt} without a word");
    }

    private static void NothingRestsPastItsPromise(CaseState state)
    {
        if (state.SnoozedUntil is { } until)
            Assert.True(state.IsOpen && state.NextContact is { MissedAt: null } next && until <= next.DueAt);
    }

    private static void WhoeverSpokeIsAnsweredInTime(CaseState state)
    {
        if (state.ReplyDueAt is { } due)
            Assert.True(state.IsOpen && state.WaitsForReply && due >= state.LastContactAt.GetValueOrDefault());
    }

    private static void ACallIsOwedOnceAndOnlyWhileTheCaseIsOpen(CaseState state)
    {
        Assert.InRange(state.CallBacks.Count(call => call.IsOpen), 0, state.IsOpen ? 1 : 0);
        if (state is { IsOpen: true, NextContact: { Call: { } id } promise })
            Assert.Equal((id, promise.DueAt), (state.CallBack!.Id, state.CallBack.To)); // what is promised is the call, at its time
    }

    private static void EveryDueDateIsCountedFromWhatWasStored(CaseState state, DeadlineBook book)
    {
        foreach (var duty in state.Duties)
        {
            var preset = Assert.Single(book.Presets, preset => (preset.Key, preset.Version) == (duty.Preset, duty.PresetVersion));
            var due = DueDates.Moment(duty.StartedAt, preset.Find(duty.Milestone)!, book.Calendar(duty.Calendar, duty.CalendarVersion)!, book.Rules);
            Assert.Equal(duty.Extensions.Count == 0 ? due : duty.Extensions[^1].To, duty.DueAt);
            Assert.All(duty.Extensions, extension => Assert.True(extension.MessageId > 0 && extension.Reason.Length > 0 && extension.At <= extension.From)); // without its notice there is none
        }
    }

    private static void WhatWasMissedStaysMissed(CaseState state, List<CaseEvent> log, DateTimeOffset at)
    {
        Assert.Equal(log.OfType<DutyBreached>().Count(), state.Duties.Count(duty => duty.IsLate)); // once each, and never erased
        foreach (var late in log.OfType<DutyMet>().Where(met => !met.InTime))
            Assert.Contains(log.OfType<DutyBreached>(), breached => breached.Id == late.Id);
        Assert.All(state.Duties.Where(duty => duty.MetAt > duty.MeetBy(at)), duty => Assert.True(duty.IsLate));
        Assert.All(state.Duties, duty => Assert.False(duty.BreachedAt < duty.DueAt && duty.Extensions.Count == 0));
        Assert.True(state.Duties.Count < 200 && at > default(DateTimeOffset)); // long histories stay short
    }

    private static void ConfirmedOnlyByTheCustomersAnswer(CaseState state, IEnumerable<CaseEvent> log)
    {
        if (state.CloseReason == CloseReason.Confirmed)
            Assert.Contains(log, news => news is CheckBackAnswered { Answer: CheckBackAnswer.Yes } answer && (answer.By.Kind == ActorKind.Customer || answer.Words is not null));
    }

    private static void NoOfferWithoutASummaryBefore(List<CaseEvent> log)
    {
        var offer = log.FindIndex(news => news is OfferSent);
        if (offer >= 0)
            Assert.Contains(log.Take(offer), news => news is SummarySent or SummaryConfirmed); // spoken counts
    }

    private static void EveryBrokenPromiseWasToldOnce(CaseState state, List<CaseEvent> log)
    {
        foreach (var kept in log.OfType<NextContactKept>().Where(kept => !kept.InTime))
            Assert.Single(log.OfType<NextContactMissed>(), missed => missed.Id == kept.Id);
        Assert.Equal(state.Promises.Count(promise => promise.MissedAt is not null), log.OfType<NextContactMissed>().Count());
    }

    /// <summary>
    /// Whenever something becomes owed, all that the case gives of its own accord, this included, is within what whoever put it together may
    /// give in a case, or within what a second person who agreed may. Counted from the limits, not from what the case says of itself.
    /// </summary>
    private static void WhatIsOwedIsWithinALimit(List<CaseEvent> log)
    {
        var limits = Authority.Of(AuthorityProfile.SmallTeam, "EUR");
        var state = new CaseState();
        foreach (var (news, i) in log.Select((news, i) => (news, i)))
        {
            state = state.After(news);
            if (news is not RemedyAdded { IsStatutory: false, Value.Minor: > 0 } || log.ElementAtOrDefault(i + 1) is RemedyAdded or SubstituteAgreed)
                continue;
            var came = log.Take(i).Last(each => each is OptionChosen or ChoiceChanged or DecisionAdded);
            var offer = state.Offers[(came switch { OptionChosen chosen => chosen.OfferId, ChoiceChanged changed => changed.OfferId, DecisionAdded added => added.OfferId, _ => 0 }) - 1];
            var onTop = came is ChoiceChanged ? state.Offers.Where(each => each is { IsAddition: true, SentAt: not null }).SelectMany(each => Enumerable.Range(each.FirstRemedyId!.Value, each.Options[0].Remedies.Count)).ToHashSet() : []; // it was counted when it came
            var owed = state.Remedies.Where(remedy => remedy is { IsStatutory: false, FailedAt: null, ReplacedAt: null } && !onTop.Contains(remedy.Id)).Sum(remedy => remedy.Value.Minor);
            var second = log.Take(i).OfType<OfferApproved>().LastOrDefault(approved => approved.Id == offer.Id)?.By;
            Assert.True(Within(offer.PreparedByRole) || (second is { Role: >= Role.Lead } && second.Id != offer.PreparedById && Within(second.Role)), $"{owed} is owed, which neither {offer.PreparedByRole} nor {second?.Role} may give");

            bool Within(Role role) => limits.Limits.Single(limit => limit.Role == role && limit.Kind is null).PerCase is not { } most || owed <= most;
        }
    }

    private static void NothingIsOwedAboveTheLimitUnapproved(CaseState state)
    {
        Assert.All(state.Offers, offer => Assert.True(offer.ApprovedById != offer.PreparedById, "somebody approved their own"));
        Assert.All(state.Payments, payment => Assert.True(payment.AuthorisedById != payment.RequestedById, "somebody agreed to their own payment"));
        Assert.All(state.Payments.Where(payment => payment.State == Payments.PaymentState.Confirmed), payment => Assert.True(payment.AuthorisedBy is not null && payment.Proof is not null));
        Assert.All(state.Payments.Where(payment => payment.State != Payments.PaymentState.Failed).GroupBy(payment => payment.RemedyId), payments => Assert.Single(payments));
        Assert.All(state.Offers.Where(offer => offer.RefusedAt is not null), offer => Assert.True(offer.SentAt is null && !string.IsNullOrWhiteSpace(offer.RefusedWhy)));
    }

    private static void WhatADecisionSaysIsOwed(CaseState state, HashSet<string>? seen)
    {
        foreach (var offer in state.Offers.Where(offer => offer.SentAt is not null))
            Assert.True(!offer.NeedsApproval || offer.ApprovedBy is not null, "it went out above a limit, and nobody agreed");
        foreach (var offer in state.Offers.Where(offer => offer is { IsDecision: true, ChosenId: not null }))
        {
            var owed = state.Remedies.Skip(offer.FirstRemedyId!.Value - 1).Take(offer.Options[0].Remedies.Count);
            Assert.Equal(offer.Options[0].Remedies.Select(remedy => (remedy.Kind, remedy.What, remedy.Value, remedy.Data, offer.ApprovedBy)), owed.Select(remedy => (remedy.Kind, remedy.What, remedy.Value, remedy.Data, remedy.ApprovedBy)));
            seen?.Add($"{(offer.IsAddition ? "added" : "accepted")}{(offer.Options[0].Value.Minor > 0 ? ", money" : "")}{(offer.ApprovedBy is null ? "" : ", agreed")}");
        }
    }

    private static void NobodyPaysForWhatMayBeOurFault(CaseState state, List<CaseEvent> log)
    {
        Assert.True(state.MayCharge || state.Remedies.All(remedy => remedy.CustomerCharge is null), "a charge on what is or may be our fault");
        Assert.All(log.OfType<RemedyAdded>().Where(added => added.CustomerCharge is not null), added => Assert.True(added.CustomerCharge!.Value.Minor > 0 && added.Kind != RemedyKind.Visit));
    }

    private static void NothingComesInPlaceOfAnotherWithoutAYes(CaseState state) =>
        Assert.All(state.Remedies.Where(remedy => remedy.Kind == RemedyKind.Substitute), remedy => Assert.True(remedy is { Consent: not null, Data.InsteadOf: not null }));

    private static void NobodyWhoMayOnlyHearAnswers(List<CaseEvent> log)
    {
        for (var i = 0; i < log.Count; i++)
        {
            if (log[i] is OptionChosen { By.Through: { } name } chosen)
                Assert.True(log.Take(i).LastOrDefault(news => news is RepresentativeNamed or RepresentativeEnded) is RepresentativeNamed { Who: { May: Mandate.Agree } who } && who.Name == name && who.SpeaksAt(chosen.At), "somebody answered who may only hear");
        }
    }

    private static void SilenceDecidesNothing(CaseState state, List<CaseEvent> log)
    {
        foreach (var missed in log.OfType<NextContactMissed>())
            Assert.DoesNotContain(log.OfType<NextContactPromised>(), promise => promise.Id == missed.Id && promise.Offer is { } id && state.Offers[id - 1] is { IsWithCustomer: true, UnansweredAt: null } && log.IndexOf(missed) == log.Count - 1);
        if (state is { EndedUnanswered: true, SentOffer: var offer })
            Assert.True(state.CloseReason == CloseReason.Unconfirmed && offer is { ChosenId: null, DeclinedAt: null, Reminders: [.., { IsLast: true }] });
    }

    private static void WhoeverIsSentAwayWasTold(CaseState state, List<CaseEvent> log)
    {
        foreach (var closed in log.OfType<CaseClosed>().Where(closed => closed.Reason is CloseReason.Withdrawn or CloseReason.Duplicate or CloseReason.OutOfScope || closed.Unanswered is not null))
            Assert.True(closed.Letter is { } letter ? log.OfType<WeSpoke>().Any(spoke => spoke.MessageId == letter) : !string.IsNullOrWhiteSpace(closed.Told));
        Assert.True(state.GoesOnIn is null || !state.IsOpen);
    }

    private static void NothingEndsWhileSomethingIsOwed(CaseState state)
    {
        if (state.CloseReason is { } reason and not CloseReason.Withdrawn)
            Assert.True(state.Remedies.All(remedy => !remedy.IsOpen), $"closed as {reason} with a remedy open");
    }

    private static void NobodyIsRefusedWithoutReasons(CaseState state, List<CaseEvent> log)
    {
        Assert.All(state.Issues.SelectMany(issue => issue.Decisions).Where(decision => decision.Finding != Finding.Upheld), decision => Assert.False(string.IsNullOrWhiteSpace(decision.Reasons) || (string.IsNullOrWhiteSpace(decision.CanDo) && decision.Remedies.Count == 0)));
        if (state.CloseReason == CloseReason.Deadlock)
            Assert.True(log.Exists(news => news is DecisionSent { OutsideRoute: not null } or LetterSent { OutsideRoute: not null }) && !state.OpenIssues.Any(), "a deadlock without a final decision");
        var first = log.FindIndex(news => news is DecisionRecorded);
        if (first >= 0)
            Assert.Contains(log.Take(first), news => news is SummarySent or SummaryConfirmed); // heard before judged
        if (log.Exists(news => news is SummaryWritten))
            Assert.NotEmpty(state.Raised);
    }

    /// <summary>What people said or wrote that the state holds for good; what replaces it stands beside it.</summary>
    public static HashSet<string?> Texts(CaseState state) =>
        new string?[] { state.Story, null }
            .Concat(state.Answers.Select(answer => answer.Words))
            .Concat(state.Lessons.Select(lesson => lesson.Words))
            .Concat(state.Whys.SelectMany(why => new[] { why.Words, why.Evidence, why.Reason }))
            .Concat(state.Summaries.SelectMany(summary => new[] { summary.Happened, summary.Matters, summary.Promised, summary.Words, summary.Correction, summary.Impact }))
            .Concat(state.Promises.SelectMany(promise => new[] { promise.What, promise.Reason, promise.WhyMissed }))
            .Concat(state.Offers.SelectMany(offer => offer.Options.SelectMany(option => new[] { option.Title, option.Why }).Concat(offer.Earlier.Select(choice => choice.Words)).Append(offer.Words).Append(offer.OneOptionReason).Append(offer.RefusedWhy).Append(offer.Evidence)))
            .Concat(state.Issues.SelectMany(issue => issue.Decisions.SelectMany(decision => new[] { decision.Reasons, decision.CanDo, decision.Evidence }.Concat(decision.Remedies.Select(remedy => remedy.What))).Append(issue.Words).Append(issue.Reason)))
            .Concat(state.Remedies.SelectMany(remedy => new[] { remedy.What, remedy.Note, remedy.Visit?.Diagnosis }.Concat(remedy.Moves.SelectMany(move => new[] { move.Note, move.Proof }))))
            .ToHashSet();
}
