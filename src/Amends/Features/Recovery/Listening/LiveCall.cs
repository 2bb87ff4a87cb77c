using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Letters;

namespace Amends.Features.Recovery.Listening;

/// <summary>Writes down a whole call in one unit of work, by the verbs of the single steps: either all of it counts, or nothing does and the form says why.</summary>
/// <param name="cases">The cases.</param>
/// <param name="outbox">For what goes out in writing.</param>
/// <param name="playbooks">For what they ask of the options.</param>
/// <param name="laws">For what laws ask of them.</param>
public sealed class LiveCall(CaseStore cases, Outbox outbox, PlaybookDesk playbooks, LawDesk laws)
{
    /// <summary>A call about a case that is there; <c>false</c> when there is none.</summary>
    public async Task<bool> About(Unit unit, long number, LiveTyped typed, Company company, Actor me, DateTimeOffset now) => await cases.ChangeIn(unit, number, async (@case, inside) =>
    {
        Must(typed);
        var message = await Conversation.Add(inside, number, new NewMessage(Direction.Call, Channel.Phone, me.Name, typed["Story"], now) { AuthorId = me.Id });
        if (typed["Who"] == "them")
            @case.Hear(message, Channel.Phone, me, company.Calendar(), now);
        @case.Speak(message, Channel.Phone, me, now);
        @case.ReachCall(me, now);
        await Tell(inside, @case, number, message, typed, company, me, now);
    }) is not null;

    /// <summary>A call of somebody who has no case yet; its number.</summary>
    public async Task<long> Open(Unit unit, LiveTyped typed, Company company, Actor me, DateTimeOffset now)
    {
        if (typed["Name"].Length == 0)
            throw new Refused("name", "Who is it? A first name is enough.");
        if (typed["Email"].Length > 0 && !System.Net.Mail.MailAddress.TryCreate(typed["Email"], out _))
            throw new Refused("email", "This is not a mail address.");
        var kind = CaseKinds.Read(typed["Kind"]);
        if (kind != CaseKind.Complaint && (typed.HasSummary || typed.HasOptions))
            throw new Refused("kind", "What you read back and the options go with a complaint. Mark it as one, or leave them out.");
        Must(typed);
        var customer = await Customers.FindOrAdd(unit, typed["Email"], typed["Name"], typed["Phone"].Length > 0 ? typed["Phone"] : null, now);
        var message = await unit.NewId("messages.id");
        var number = await Intake.Open(unit, cases, company, new NewCase(Channel.Phone, kind, "", typed["Story"], customer.Id, me, now, me),
            _ => new NewMessage(Direction.Call, Channel.Phone, me.Name, typed["Story"], now) { AuthorId = me.Id, Id = message });
        await cases.ChangeIn(unit, number, async (@case, inside) =>
        {
            @case.BeginListening(me, now);
            await Tell(inside, @case, number, message, typed, company, me, now);
            if (typed["Email"].Length > 0)
                @case.Acknowledge(await outbox.Queue(inside, company, number, Acknowledgement.For(company, number, @case.State), me, now), now);
        });
        return number;
    }

    private static void Must(LiveTyped typed)
    {
        if (typed["Story"].Length == 0)
            throw new Refused("story", "Write down what they tell you, in their words.");
        if (typed["Next"].Length == 0 && typed["CallAt"].Length == 0 && typed.Chosen is not ("1" or "2"))
            throw new Refused("promise", "Agree with them when they hear from you next, and what about.");
    }

    private async Task Tell(Unit unit, Case @case, long number, long message, LiveTyped typed, Company company, Actor me, DateTimeOffset now)
    {
        var calendar = company.Calendar();
        await new TalkTyped(typed["Who"] != "us", typed["Minutes"], typed["Talk"], typed["Theirs"], typed["Ours"]).Log(unit, @case, number, message, me, now);
        if (typed["OutcomeAsked"] == "on" || typed["Outcome"].Length > 0)
            @case.HearWantedOutcome(typed["Outcome"], me, now);
        if (typed["AtRisk"] is "yes" or "no")
            @case.CheckSafety(typed["AtRisk"] == "yes", me, now);
        if (typed["Impact"].Length > 0)
            @case.HearImpact(typed["Impact"], me, now);
        AskedFields.Tell(@case, AskedFields.Of(typed.Fields), company, me, now);
        if (@case.State.Kind == CaseKind.Complaint && @case.State.Stage is CaseStage.Received or CaseStage.Listening or CaseStage.Working or CaseStage.Offered)
        {
            ReadBack(@case, typed, me, now);
            if (typed.HasOptions)
                await Options(unit, @case, number, typed, company, me, now);
        }

        if (typed["Next"].Length > 0)
            @case.KeepPromise(typed["Next"], LocalTime.Parse(typed["NextAt"], company.Zone(), "promise_in_the_past"), me, calendar, now);
        if (LiveTyped.Call(typed["CallAt"], typed["CallAt"].Length == 0 ? [] : await CallDesk.FreeIn(unit, company, now, number)) is { } time)
            @case.BookCall(typed["Phone"], time, null, company.Calls.Rules(), me, calendar, now);
    }

    /// <summary>What was read back becomes the summary, and their quoted yes confirms it. One that says the same is not written twice.</summary>
    private static void ReadBack(Case @case, LiveTyped typed, Actor me, DateTimeOffset now)
    {
        if (!typed.HasSummary && !typed.HasOptions)
            return;
        var isSame = @case.State.Summary is { CorrectedAt: null } before && before.Happened == typed["Happened"] && before.Matters == typed["Matters"] && (before.Impact ?? "") == typed["Impact"];
        if (!isSame)
            @case.WriteSummary(typed["Happened"], typed["Matters"], typed["Next"].Length > 0 ? typed["Next"] : "What we agreed on the phone", me, now, typed["Impact"]);
        if (typed["Confirmed"].Length > 0)
            @case.ConfirmSummary(@case.State.Summary!.Version, Channel.Phone, typed["Confirmed"], me, now);
    }

    private async Task Options(Unit unit, Case @case, long number, LiveTyped typed, Company company, Actor me, DateTimeOffset now)
    {
        var calendar = company.Calendar();
        var power = await MoneyDesk.PowerIn(unit, company, me, @case.State.CustomerId, number, now);
        var playbook = (await playbooks.For(number, @case.State, company, now)).Playbook;
        @case.PrepareOffer(typed.Draft(company, now) with { Playbook = playbook is null ? null : PlaybookDesk.Terms(playbook, company, null) }, me, now, power,
            await laws.In(unit, number, typed.Bought.Read(@case.State.Category?.Code)) with { HasChosen = typed.Chosen is "1" or "2" });
        var offer = @case.State.Offer!;
        switch (typed.Chosen)
        {
            case "1" or "2":
                @case.OfferAloud(offer.Id, Channel.Phone, me, calendar, now, power);
                @case.Choose(offer.Id, typed.Chosen == "1" ? 1 : 2, Channel.Phone, typed["ChosenWords"], me, calendar, now);
                @case.AgreeCheckBack(offer.CheckBackAt, typed["CheckBackManner"] == "Phone" ? CheckBackManner.Phone : CheckBackManner.Mail, me, now);
                break;
            case "none":
                @case.OfferAloud(offer.Id, Channel.Phone, me, calendar, now, power);
                @case.Decline(offer.Id, Channel.Phone, typed["ChosenWords"], me, calendar, now);
                break;
            case "later" when offer.NeedsApproval:
                break; // prepared; it goes out when a second person has agreed
            case "later":
                @case.SendOffer(offer.Id, me, calendar, now, power);
                @case.Speak(await outbox.Queue(unit, company, number, NoBlank.Checked(OfferLetter.For(company, number, @case.State, me.Name), @case.State), me, now), Channel.Mail, me, now);
                break;
            default:
                throw new Refused("chosen", "Say what they chose, or that they want the options in writing.");
        }
    }
}
