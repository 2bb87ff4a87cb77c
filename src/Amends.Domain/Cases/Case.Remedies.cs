using Amends.Domain.Calendars;
using Amends.Domain.CheckBacks;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>Doing what was chosen (T10, T11; guard G4).</summary>
public sealed partial class Case
{
    /// <summary>The cause that is recorded when nobody knows it yet. It is counted.</summary>
    public const string UnknownCause = "unknown";

    /// <summary>This line is done, whatever steps lay between; also one that was left when another failed. Doing it twice changes nothing.</summary>
    /// <exception cref="Refused"><c>steps</c> for a visit or a return, which is done only by its own steps; <c>waiting</c> and <c>consent</c> as <see cref="AdvanceRemedy"/>.</exception>
    public void FinishRemedy(int id, string? note, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var remedy = RemedyOf(id);
        if (!remedy.IsOpen)
            return;
        if (remedy.Type.Gated.FirstOrDefault(gate => remedy.Type.IsAfter(gate, remedy.Step)) is var gate && gate != default)
            throw new Refused("steps", $"“{remedy.What}” is not there yet. Next: {RemedyTypes.NameOf(remedy.Next!.Value).ToLowerInvariant()}.");
        MustBeFree(remedy);
        MustNotBePaid(remedy);
        FreeVisit(remedy);
        TakeGoods(remedy, note);
        Tell(new RemedyDone(at, by, id, string.IsNullOrWhiteSpace(note) ? null : note.Trim()));
    }

    /// <summary>One step further, or some at once; never back. With the step that its kind is done at, it is done.</summary>
    /// <param name="id">The remedy.</param>
    /// <param name="step">The step that it reached.</param>
    /// <param name="note">What to know about it.</param>
    /// <param name="proof">What shows it: a number of a transfer or a parcel.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>step</c> when it does not come next on this way; <c>gate</c> where the step has a page of its own; <c>waiting</c> for a parcel; <c>consent</c> for a substitute.</exception>
    public void AdvanceRemedy(int id, RemedyStep step, string? note, string? proof, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var remedy = RemedyOf(id);
        if (remedy.Step == step)
            return;
        if (!remedy.IsOpen)
            throw new Refused("remedy", "This line is already settled.");
        if (!remedy.Type.IsAfter(step, remedy.Step))
            throw new Refused("step", $"“{remedy.What}” cannot go there from here.");
        if (remedy.Type.Gated.Any(gate => remedy.Type.IsAfter(gate, remedy.Step) && !remedy.Type.IsAfter(gate, step)))
            throw new Refused("gate", $"“{remedy.What}” needs more than a tick here. Open it, and fill in what is asked.");
        MustBeFree(remedy);
        MustNotBePaid(remedy);
        Reach(remedy, step, Given(note, 1000, "note"), Given(proof, 200, "proof"), by, at);
    }

    /// <summary>It waits for nothing, and nobody is sent what they did not agree to.</summary>
    private static void MustBeFree(Remedy remedy)
    {
        if (remedy.IsWaiting)
            throw new Refused("waiting", $"“{remedy.What}” waits for the parcel. It is due when the parcel is seen; or let it go now, with a reason.");
        if (remedy is { Kind: RemedyKind.Substitute, Consent: null })
            throw new Refused("consent", $"“{remedy.What}” is not what they ordered. Record first that they agree to it, in their words.");
    }

    /// <summary>The first step of something that is sent takes it from what is there.</summary>
    private void TakeGoods(Remedy remedy, string? note)
    {
        if (remedy is { Kind: RemedyKind.Replacement or RemedyKind.Substitute, Step: null })
            _claims.Add(new TakeGoods(remedy.Kind, remedy.What, !string.IsNullOrWhiteSpace(note)));
    }

    private void Reach(Remedy remedy, RemedyStep step, string? note, string? proof, Actor by, DateTimeOffset at)
    {
        TakeGoods(remedy, note ?? proof);
        Tell(new RemedyMoved(at, by, remedy.Id, step, note, proof));
        if (step == remedy.Type.DoneAt || remedy.Type.IsAfter(step, remedy.Type.DoneAt))
            Tell(new RemedyDone(at, by, remedy.Id, note ?? proof));
    }

    /// <summary>The customer agrees to a substitute: by themselves, or as one of us quotes them.</summary>
    public void AgreeToSubstitute(int id, Channel via, string? words, Actor by, DateTimeOffset at)
    {
        MustBeCustomersWord(by, words, via, at);
        if (RemedyInWork(id, RemedyKind.Substitute).Consent is null)
            Tell(new SubstituteAgreed(at, by, id, via, Given(words, 1000, "words")));
    }

    private Remedy RemedyInWork(int id, RemedyKind kind)
    {
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var remedy = RemedyOf(id);
        if (remedy.Kind != kind)
            throw new Refused("remedy", $"“{remedy.What}” is of another kind.");
        if (!remedy.IsOpen && remedy.LapsedAt is null)
            throw new Refused("remedy", "This line is already settled.");
        return remedy;
    }

    /// <summary>What a kind must know before it is offered, and that nobody pays for what may be our fault.</summary>
    /// <exception cref="Refused"><c>charge</c>; or the code of the field that is missing.</exception>
    private OptionRemedy Complete(OptionRemedy remedy)
    {
        MustNotCharge(remedy);
        return Whole(remedy);
    }

    /// <summary>What a kind must know, whoever pays.</summary>
    private static OptionRemedy Whole(OptionRemedy remedy)
    {
        if (remedy.CustomerCharge is { Minor: < 0 })
            throw new Refused("charge", "A charge is zero or more.");
        if (!RemedyTypes.All.Any(type => type.Kind == remedy.Kind))
            throw new Refused("kind", "Choose what kind of remedy it is.");
        var full = remedy with { Data = remedy.Data?.Trimmed(), CustomerCharge = remedy.CustomerCharge is { Minor: 0 } ? null : remedy.CustomerCharge };
        var type = RemedyTypes.Of(full.Kind);
        foreach (var need in type.Needs)
        {
            if (need == RemedyNeed.Amount ? full.Value.Minor <= 0 : full.Data?.Has(need) != true)
                throw new Refused(CodeOf(need), $"{type.Name}: {Asked(need)}");
        }

        if (full is { Kind: RemedyKind.Visit, CustomerCharge: not null })
            throw new Refused("charge", "A visit costs the customer nothing. Take the charge out.");
        if (full.Data is { ValidUntil: { } until } && until <= full.DueAt)
            throw new Refused("valid_until", "It would lapse before they have it. Choose a later day.");
        return full;
    }

    private void MustNotCharge(OptionRemedy remedy)
    {
        if (remedy.CustomerCharge is { Minor: > 0 } charge && !State.MayCharge)
            throw new Refused("charge", $"{charge} cannot be charged to the customer: the fault is ours, or nobody has decided yet whose it is. Take the charge out.");
    }

    /// <summary>What may be our fault after all is charged to nobody.</summary>
    private void DropCharges(Actor by, DateTimeOffset at)
    {
        if (State.MayCharge)
            return;
        foreach (var remedy in State.Remedies.Where(remedy => remedy.CustomerCharge is not null).ToList())
            Tell(new ChargeDropped(at, by, remedy.Id));
    }

    private static string CodeOf(RemedyNeed need) => need switch
    {
        RemedyNeed.Amount => "amount",
        RemedyNeed.InsteadOf => "instead_of",
        RemedyNeed.ValidUntil => "valid_until",
        RemedyNeed.PaymentReference => "payment_reference",
        _ => need.ToString().ToLowerInvariant(),
    };

    private static string Asked(RemedyNeed need) => need switch
    {
        RemedyNeed.Amount => "say how much.",
        RemedyNeed.InsteadOf => "say what it takes the place of, so that they know what they agree to.",
        RemedyNeed.Reason => "give the reason. The customer reads it.",
        RemedyNeed.Alternatives => "say what else there is for them, and where they can go.",
        _ => "fill in what is asked.",
    };

    /// <summary>It did not work (T11): back to work, the lead is told, and the customer hears from us soon.</summary>
    /// <param name="id">The line.</param>
    /// <param name="note">What went wrong.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">Now.</param>
    /// <param name="power">The limits that hold; how much it was is not looked at without them.</param>
    /// <exception cref="Refused"><c>second_person</c> when they gave it themselves, it is above their limit, and a colleague is there to say so.</exception>
    public void FailRemedy(int id, string note, Actor by, Calendar calendar, DateTimeOffset at, Power? power = null)
    {
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Delivering);
        var remedy = RemedyOf(id);
        if (!remedy.IsOpen)
            throw new Refused("remedy", "This line is already settled.");
        MustNotReverseOwn(remedy, by, power?.Authority);
        Tell(new RemedyFailed(at, by, id, Needed(note, "note", "Say what went wrong.")));
        FreeVisit(remedy);
        _claims.Add(new TakeBackMoney(remedy.Kind, remedy.Cost));
        TellLead($"A remedy failed: {remedy.What}{(State.Failures > 1 ? $". What we did has failed them {(State.Failures == 2 ? "twice" : $"{State.Failures} times")} now." : "")}", Actor.Amends, at);
        Kept(by, at);
        MakePromise("what went wrong, and how we put it right now", calendar.After(calendar.NextOpen(at), FirstContactWithin), by, calendar, at);
    }

    /// <summary>Two people know of what is given and taken back above a limit: whoever gave it does not say alone that it was not given.</summary>
    private void MustNotReverseOwn(Remedy remedy, Actor by, Authority? authority)
    {
        if (authority is null || authority.Others is { Count: 0 } || authority.TwoAbove(authority.RoleOf(by)) is not { } most || remedy.Cost.Currency != most.Currency || remedy.Cost.Minor <= most.Minor)
            return;
        if (State.Offers.Any(offer => offer.PreparedById == by.Id && offer is { ChosenId: { } chosen, FirstRemedyId: { } first } && remedy.Id >= first && remedy.Id < first + offer.Options.First(option => option.Id == chosen).Remedies.Count))
            throw new Refused("second_person", $"You gave this yourself, and it is more than {most}: a colleague records that it did not work, so that two people know. Ask one now; you can tell the customer meanwhile.");
    }

    /// <summary>All lines are done (T10, G4): next we ask the customer, unless they need no follow-up. The cause defaults to <see cref="UnknownCause"/>.</summary>
    /// <exception cref="Refused"><c>remedies_open</c> while a line is not done, <c>issues_open</c> while an issue has no answer; <c>stop_sale</c>, <c>affected</c> or <c>whys</c> while danger or a cause in how we work was not looked into; <c>check_back_too_far</c> when they did not agree to be asked so late.</exception>
    public void CompleteDelivery(string? cause, DateTimeOffset? checkBackAt, Actor by, Calendar calendar, DateTimeOffset at, SystemicCause? systemic = null)
    {
        MustBeIn(CaseStage.Delivering);
        MustBeOneOfUs(by);
        MustOweNothing();
        if (State.OpenIssues.ToList() is { Count: > 0 } issues)
            throw new Refused("issues_open", $"This still needs an answer: {Listed(issues)}. Decide it and send the decision; it adds to what was chosen.");

        if (checkBackAt > calendar.LatestWord(at) && !(checkBackAt <= State.CheckBack?.DueAt.AddMinutes(1))) // forms know no seconds
            throw new Refused("check_back_too_far", $"They did not agree to be asked so late. Choose a day within {Texts.Count(calendar.LongestSilence.Days, "day")}, or note first the day that they wish.");
        MustBeSafe();
        systemic = systemic is null ? null : new SystemicCause(Given(systemic.WithoutLadder, 1000, "without_ladder"));
        MustHaveAskedWhy(systemic);

        Tell(new DeliveryCompleted(at, by, string.IsNullOrWhiteSpace(cause) ? UnknownCause : cause.Trim(), systemic));
        Kept(by, at);
        if (State.CheckBack is { Waived: true })
        {
            Tell(new CaseClosed(at, by, CloseReason.Unconfirmed, "The customer needs no follow-up."));
            return;
        }

        var agreed = checkBackAt ?? State.CheckBack?.DueAt ?? at;
        var due = agreed > at ? agreed : calendar.After(calendar.NextOpen(at), FirstContactWithin);
        if (due != State.CheckBack?.DueAt)
            Tell(new CheckBackAgreed(at, by, due, State.CheckBack?.Manner ?? CheckBackManner.Mail));
        MakePromise("whether it is really put right for you", calendar.After(due, FirstContactWithin), by, calendar, at);
    }

    private Remedy RemedyOf(int id) => State.Remedies.FirstOrDefault(remedy => remedy.Id == id) ?? throw new Refused("remedy", "There is no such line.");
}
