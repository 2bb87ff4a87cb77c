using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Contents;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Letters;

namespace Amends.Features.Api.Writes;

/// <summary>Options for the customer, a second person where one is needed, and what the customer makes of them.</summary>
public sealed class OfferWrites(CaseWrite write, CaseStore cases, PlaybookDesk playbooks, LawDesk laws, Dispatch dispatch, Database database)
{
    private const int MostOptions = 5, MostRemedies = 10, MostPolicies = 20, LongestReason = 500, LongestLetter = 10_000;

    /// <summary>Puts options together, and sends them unless a second person has to agree first.</summary>
    public async Task<IResult> Prepare(long number, HttpContext context)
    {
        var (asked, body) = await write.Read<PrepareOffer>(context);
        var (said, company) = (asked.Value, asked.Company);
        var options = Checked.List("options", said.Options, MostOptions).Select((option, i) => Read(asked, option, $"options[{i}]")).ToList();
        var reason = Checked.Text("one_option_reason", said.OneOptionReason, LongestReason);
        var evidence = Checked.Text("evidence", said.Evidence, LongestReason);
        var issues = Checked.Few("issues", said.Issues, 50);
        if (await cases.Find(number, context.RequestAborted) is not { } found)
            return TypedResults.NotFound();
        var (playbook, order) = await playbooks.For(number, found, company, asked.Now, context.RequestAborted);
        var draft = new Case.Draft(options, reason, asked.AnswerBy("answer_by", said.AnswerBy), asked.CheckBack("check_back_at", said.CheckBackAt), issues, evidence,
            playbook is null ? null : PlaybookDesk.Terms(playbook, company, Checked.Text("playbook", said.Playbook, 80)),
            company.Remedies.Returns(company.Currency, order),
            [.. (said.Policies ?? []).Take(MostPolicies).Select((policy, i) => PolicyTerms.Of(company.Content.Of(ContentKind.Policy).FirstOrDefault(each => each.Key == policy?.Key)
                ?? throw new BadField($"policies[{i}].key", "There is no such policy, or it does not hold today."), policy!.Beyond)).Distinct()]);
        await Improvements.MustStand(database, options.SelectMany(option => option.Remedies), context.RequestAborted);
        company.Content.MustSuit(options.SelectMany(option => option.Remedies), found.Category?.Code);
        return await write.Run(number, context, body, company, async work =>
        {
            work.Case.PrepareOffer(draft, work.By, work.Now, await work.Power(), await laws.In(work.Unit, number, said.Problem?.Read()));
            if (said.Send && work.Case.State.Offer is { NeedsApproval: false } offer)
                await dispatch.Offer(work, offer.Id);
        }, state => OfferStep.Of(number, state));
    }

    /// <summary>Sends what was prepared, or agreed to since.</summary>
    public Task<IResult> SendOffer(long number, int id, HttpContext context) => write.Send<Nothing>(number, context, _ => work => dispatch.Offer(work, id), state => OfferStep.Of(number, state));

    /// <summary>A second person is asked, though none is needed by the limits, or once more.</summary>
    public Task<IResult> Ask(long number, int id, HttpContext context) => write.Do<Nothing>(number, context, _ => work => work.Case.AskApproval(id, work.By, work.Now), state => OfferStep.Of(number, state));

    /// <summary>A second person agrees.</summary>
    public Task<IResult> Approve(long number, int id, HttpContext context) => write.Send<Nothing>(number, context,
        _ => async work => work.Case.ApproveOffer(id, work.By, work.Now, await work.Power()), state => OfferStep.Of(number, state));

    /// <summary>A second person does not agree, and says why.</summary>
    public Task<IResult> Refuse(long number, int id, HttpContext context) => write.Send<RefuseOffer>(number, context, asked =>
    {
        var why = Checked.Needed("why", asked.Value.Why, LongestReason);
        return async work => work.Case.RefuseOffer(id, why, work.By, work.Now, await work.Power());
    }, state => OfferStep.Of(number, state));

    /// <summary>The customer chose, or changed their mind while nothing had begun.</summary>
    public Task<IResult> Choose(long number, HttpContext context) => write.Do<RecordChoice>(number, context, asked =>
    {
        var (via, words) = Quoted.Of(asked.Value.Via, asked.Value.Words);
        var offer = asked.Value.OfferId ?? throw new BadField("offer_id", "Say which offer they chose from.");
        var option = asked.Value.OptionId ?? throw new BadField("option_id", "Say which option they chose.");
        return work =>
        {
            if (work.Case.State.MayChangeChoice)
                work.Case.ChangeChoice(offer, option, via, words, Quoted.Speaker(work, asked.Value.ByRepresentative), work.Calendar, work.Now);
            else
                work.Case.Choose(offer, option, via, words, Quoted.Speaker(work, asked.Value.ByRepresentative), work.Calendar, work.Now);
        };
    });

    /// <summary>The customer is asked once more, when the time to answer has passed.</summary>
    public Task<IResult> Remind(long number, int id, HttpContext context) => write.Send<RemindOffer>(number, context, asked =>
    {
        var said = asked.Value;
        var (text, words) = (Checked.Text("text", said.Text, LongestLetter), Checked.Text("said", said.Said, 1000));
        if ((said.Via, text, words) is not ((Channel.Mail, not null, null) or (Channel.Phone, null, not null)))
            throw new BadField("via", "Say mail with the text of the letter, or phone with said: what came of the call.");
        return async work =>
        {
            if (work.Case.State.SentOffer?.Id != id)
                throw new Refused("offer_changed", "The offer has changed since. Please read the new one.");
            await (said.Via == Channel.Mail ? dispatch.Reminder(work, text) : Dispatch.ReminderCall(work, words));
        };
    });

    /// <summary>The customer wants none of them.</summary>
    public Task<IResult> Decline(long number, HttpContext context) => write.Do<DeclineOffer>(number, context, asked =>
    {
        var (via, words) = Quoted.Of(asked.Value.Via, asked.Value.Words);
        var offer = asked.Value.OfferId ?? throw new BadField("offer_id", "Say which offer they declined.");
        return work => work.Case.Decline(offer, via, words, Quoted.Speaker(work, asked.Value.ByRepresentative), work.Calendar, work.Now);
    });

    private static Option Read(Asked<PrepareOffer> asked, AskedOption option, string at)
    {
        var remedies = Checked.List(at + ".remedies", option.Remedies, MostRemedies).Select((remedy, i) => remedy.Read(asked.Company, asked.Now, $"{at}.remedies[{i}]")).ToList();
        if (remedies.Count == 0)
            throw new BadField(at + ".remedies", "Say what is done.");
        var title = Checked.Needed(at + ".title", option.Title, 200);
        var hasReturn = remedies.Any(remedy => remedy.Kind == Domain.Remedies.RemedyKind.Return);
        return new Option(0, title, Checked.Needed(at + ".why", option.Why, 1000), [.. remedies.SelectMany(remedy => hasReturn ? [remedy] : remedy.WithReturn())], option.AsWanted);
    }
}

/// <summary>A body with nothing in it: <c>{}</c>.</summary>
public sealed record Nothing;

/// <summary>Options to put to the customer: two or more, or the one that they asked for, or one with a reason.</summary>
public sealed record PrepareOffer
{
    public IReadOnlyList<AskedOption?>? Options { get; init; }

    /// <summary>Why there is only one.</summary>
    public string? OneOptionReason { get; init; }

    /// <summary>What it rests on: a photo, an order, a tracking number.</summary>
    public string? Evidence { get; init; }

    /// <summary>The issues that they answer; all of them when left out.</summary>
    public IReadOnlyList<int>? Issues { get; init; }

    /// <summary>Until when they are held; three days when left out.</summary>
    public DateTimeOffset? AnswerBy { get; init; }

    /// <summary>When we propose to ask whether it is put right; in a week when left out.</summary>
    public DateTimeOffset? CheckBackAt { get; init; }

    /// <summary>What is wrong with what was bought; what the case knows already when left out.</summary>
    public AskedProblem? Problem { get; init; }

    /// <summary>The playbook and version that they began from, such as late.1; it is kept with the case.</summary>
    public string? Playbook { get; init; }

    /// <summary>The policies that they follow or go beyond; kept with the case.</summary>
    public IReadOnlyList<AskedPolicy?>? Policies { get; init; }

    /// <summary>Whether they go out at once, where nobody has to agree first.</summary>
    public bool Send { get; init; } = true;
}

/// <summary>A policy that options rest on.</summary>
public sealed record AskedPolicy
{
    /// <summary>Such as policy.returns.</summary>
    public string? Key { get; init; }

    /// <summary>They give more than the rule does.</summary>
    public bool Beyond { get; init; }
}

/// <summary>What is wrong with what was bought: what laws give hangs on it. Asked where a remedy law is on, the case has an order, and its category does not say.</summary>
public sealed record AskedProblem
{
    /// <summary>faulty, not_as_described, late, lost, unavailable, service, change_of_mind or none.</summary>
    public Domain.Laws.Problem? What { get; init; }

    /// <summary>They would not have bought it, had they known.</summary>
    public bool? Major { get; init; }

    /// <summary>The day on which they got it.</summary>
    public DateOnly? HadSince { get; init; }

    /// <summary>The day that it was promised for.</summary>
    public DateOnly? PromisedFor { get; init; }

    internal Domain.Laws.NamedProblem Read() => new(Checked.Chosen("problem.what", What, "Say what is wrong, such as faulty."), Major, HadSince, PromisedFor);
}

/// <summary>One way to put it right.</summary>
public sealed record AskedOption
{
    public string? Title { get; init; }

    /// <summary>Why it suits this customer, who reads it.</summary>
    public string? Why { get; init; }

    /// <summary>Exactly what they asked for.</summary>
    public bool AsWanted { get; init; }
    public IReadOnlyList<AskedRemedy?>? Remedies { get; init; }
}

/// <summary>Why not, in words that can be passed on to the customer.</summary>
public sealed record RefuseOffer(string? Why);

/// <summary>What the customer chose, or whoever acts for them.</summary>
public sealed record RecordChoice(int? OfferId, int? OptionId, Channel? Via, string? Words, bool ByRepresentative = false);

/// <summary>That the customer, or whoever acts for them, wants none of them, and what would help.</summary>
public sealed record DeclineOffer(int? OfferId, Channel? Via, string? Words, bool ByRepresentative = false);

/// <summary>Where an offer stands.</summary>
/// <param name="Number">The case.</param>
/// <param name="State">Its stage.</param>
/// <param name="OfferId">The newest offer.</param>
/// <param name="Options">The ids of its options, in their order.</param>
/// <param name="AwaitsApproval">A second person must say yes or no.</param>
/// <param name="WhyApproval">Why.</param>
/// <param name="ApprovedAt">When somebody agreed.</param>
/// <param name="RefusedAt">When somebody did not.</param>
/// <param name="SentAt">When it went to the customer.</param>
/// <param name="AnswerBy">Until when it is held.</param>
public sealed record OfferStep(
    long Number, CaseStage State, int OfferId, IReadOnlyList<int> Options, bool AwaitsApproval, IReadOnlyList<ApprovalReason> WhyApproval, DateTimeOffset? ApprovedAt, DateTimeOffset? RefusedAt, DateTimeOffset? SentAt, DateTimeOffset AnswerBy)
{
    /// <summary>The newest offer of a case.</summary>
    internal static OfferStep Of(long number, CaseState state)
    {
        var offer = state.Offer!;
        return new(number, state.Stage, offer.Id, [.. offer.Options.Select(option => option.Id)], offer.AwaitsApproval, offer.WhyApproval, offer.ApprovedAt, offer.RefusedAt, offer.SentAt, offer.AnswerBy);
    }
}

/// <summary>A reminder.</summary>
/// <param name="Via">mail or phone.</param>
/// <param name="Text">The letter; with mail.</param>
/// <param name="Said">What came of the call; with phone.</param>
public sealed record RemindOffer(Channel? Via, string? Text = null, string? Said = null);
