using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Letters;

namespace Amends.Features.Api.Writes;

/// <summary>What is justified, issue by issue; and how a case ends.</summary>
public sealed class DecisionWrites(CaseWrite write, CaseStore cases, PlaybookDesk playbooks, LawDesk laws, Dispatch dispatch)
{
    private const int MostIssues = 50;

    /// <summary>Decides on issues, and sends the decision letter when asked to, unless a second person has to agree first.</summary>
    public async Task<IResult> Decide(long number, HttpContext context)
    {
        var (asked, body) = await write.Read<DecideIssues>(context);
        var (said, company) = (asked.Value, asked.Company);
        var decisions = Checked.List("issues", said.Issues, MostIssues).Select((issue, i) => issue.Read(company, asked.Now, $"issues[{i}]")).ToList();
        if (decisions.Count == 0 && !said.Send)
            throw new BadField("issues", "Say what you found about at least one of them.");
        if (!said.Send && (said.DoneBy ?? said.AnswerBy ?? said.CheckBackAt) is not null)
            throw new BadField("send", "The dates go with the letter. Send it, or leave them out.");
        var answerBy = asked.AnswerBy("answer_by", said.AnswerBy);
        if (await cases.Find(number, context.RequestAborted) is not { } found)
            return TypedResults.NotFound();
        var playbook = (await playbooks.For(number, found, company, asked.Now, context.RequestAborted)).Playbook;
        var terms = company.Terms(asked.Moment("done_by", said.DoneBy) ?? answerBy, answerBy, asked.CheckBack("check_back_at", said.CheckBackAt), playbook);
        return await write.Run(number, context, body, company, async work =>
        {
            foreach (var (issue, finding, reasons, canDo, evidence, onSuspicion, remedies) in decisions)
                work.Case.Decide(issue, finding, reasons, canDo, evidence, work.By, work.Now, onSuspicion, remedies);
            if (said.Send)
                await dispatch.Decision(work, terms with { Laws = await laws.In(work.Unit, number) });
        }, state => new DecisionStep(number, state.Stage, Told(state), [.. state.OpenIssues.Select(issue => issue.Id)])
        {
            Offer = state.Offer is { IsDecision: true } ? OfferStep.Of(number, state) : null,
        });
    }

    /// <summary>Ends a case for a reason that people may end it for.</summary>
    public Task<IResult> Close(long number, HttpContext context) => write.Send<CloseCase>(number, context, asked =>
    {
        var (reason, told) = (asked.Value.Reason, asked.Value.Customer);
        if (reason is not (CloseReason.Answered or CloseReason.Withdrawn or CloseReason.Duplicate or CloseReason.OutOfScope or CloseReason.Deadlock or CloseReason.Unconfirmed))
            throw new BadField("reason", "Say why it ends: answered, withdrawn, duplicate, out_of_scope, deadlock, or unconfirmed when they did not answer what was offered. The customer's own yes goes to check-back/answer.");
        var saysWhy = reason is not (CloseReason.Answered or CloseReason.Unconfirmed);
        var why = saysWhy ? Checked.Needed("why", asked.Value.Why, 2000) : Checked.Text("why", asked.Value.Why, 2000);
        if (!saysWhy && why is not null)
            throw new BadField("why", "This needs no reason. Leave it out.");
        var tells = reason is CloseReason.Unconfirmed or CloseReason.Withdrawn or CloseReason.Duplicate or CloseReason.OutOfScope;
        if ((reason == CloseReason.Duplicate) != (asked.Value.GoesOnIn is not null))
            throw new BadField("goes_on_in", reason == CloseReason.Duplicate ? "Name the case in which it goes on." : "Only a duplicate goes on in another case. Leave it out.");
        var (letter, otherwise) = (Checked.Text("customer.letter", told?.Letter, 10_000), Checked.Text("customer.told", told?.Told, 500));
        if (tells != (letter is not null || otherwise is not null) || (letter is not null && otherwise is not null))
            throw new BadField("customer", tells ? "Say how the customer is told: letter with its text, or told with how they know already or why they cannot be told." : "Nobody is told with this. Leave it out.");
        var cause = Checked.Cause("cause", asked.Value.Cause, asked.Company);
        if (cause is not null && reason is CloseReason.Answered or CloseReason.Duplicate)
            throw new BadField("cause", "What is answered or goes on in another case has no cause of its own. Leave it out.");
        var chance = Random.Shared.NextDouble(); // outside the verb, which may run twice
        return async work =>
        {
            if (reason == CloseReason.Unconfirmed)
                work.Case.CloseUnanswered(await dispatch.Tell(work, letter is not null, letter, otherwise), cause, work.By, work.Now);
            else if (reason == CloseReason.Answered)
                work.Case.CloseAsAnswered(chance, work.By, work.Now);
            else if (reason == CloseReason.Deadlock)
                work.Case.DeclareDeadlock(why!, work.By, work.Now, cause);
            else
                await End(work, reason.Value, why!, cause, asked.Value.GoesOnIn, () => dispatch.Tell(work, letter is not null, letter, otherwise));
        };
    });

    /// <summary>The same matter goes on, with a fresh promise. A case that is open stays as it is.</summary>
    public Task<IResult> Reopen(long number, HttpContext context) => write.Do<ReopenCase>(number, context, asked =>
    {
        var why = Checked.Needed("why", asked.Value.Why, 2000);
        return work => work.Case.Reopen(why, work.By, work.Calendar, work.Now);
    });

    /// <summary>Whether the old matter goes on.</summary>
    public Task<IResult> Continue(long number, HttpContext context) => write.Send<ContinueCase>(number, context, asked =>
    {
        var (goesOn, told) = (asked.Value.GoesOn ?? throw new BadField("goes_on", "Say true when the old matter goes on, or false when it is a new one."), asked.Value.Customer);
        var (letter, otherwise) = (Checked.Text("customer.letter", told?.Letter, 10_000), Checked.Text("customer.told", told?.Told, 500));
        if (goesOn != (letter is not null || otherwise is not null) || (letter is not null && otherwise is not null))
            throw new BadField("customer", goesOn ? "Say how the customer is told: letter with its text, or told with how they know already." : "Nobody is told with this. Leave it out.");
        return async work =>
        {
            if (goesOn)
                await Continuation.GoOn(work, cases, () => dispatch.Tell(work, letter is not null, letter, otherwise));
            else
                work.Case.FindNew(work.By, work.Now);
        };
    });

    /// <summary>It ends without being put right. Chance draws a share of them for a second look, the same as on the page.</summary>
    private async Task End(Work work, CloseReason reason, string why, string? cause, long? goesOnIn, Func<Task<Domain.Cases.Told>> tell)
    {
        var into = reason == CloseReason.Duplicate ? await OtherCases.Named(work.Unit, work.Number, goesOnIn) : null;
        var told = await tell();
        work.Case.Withdraw(reason, why, told, work.By, work.Now, SecondLook.ChanceOf($"case:{work.Number}:{work.Case.State.Reopened}"), into, cause);
        if (into is not null)
            await OtherCases.Join(work.Unit, cases, into, work.Number, work.By, work.Now);
    }

    private static IReadOnlyList<int> Told(CaseState state) => [.. state.Raised.Where(issue => issue.ToldAt is not null).Select(issue => issue.Id)];
}

/// <summary>Findings on issues, and the letter that says them.</summary>
public sealed record DecideIssues
{
    public IReadOnlyList<AskedDecision?>? Issues { get; init; }

    /// <summary>Whether the letter goes out now; every issue has an answer by then.</summary>
    public bool Send { get; init; }

    /// <summary>When they have what you can do; as answer_by when left out.</summary>
    public DateTimeOffset? DoneBy { get; init; }

    /// <summary>Until when it is held for their answer; three days when left out.</summary>
    public DateTimeOffset? AnswerBy { get; init; }

    /// <summary>When we propose to ask whether it is put right; in a week when left out.</summary>
    public DateTimeOffset? CheckBackAt { get; init; }
}

/// <summary>What was found about an issue.</summary>
public sealed record AskedDecision
{
    public int? IssueId { get; init; }

    /// <summary>upheld, partly_upheld or not_upheld.</summary>
    public Finding? Finding { get; init; }

    /// <summary>Why, for the customer; needed unless it is upheld.</summary>
    public string? Reasons { get; init; }

    /// <summary>What you can do all the same, for the customer; needed unless it is upheld.</summary>
    public string? CanDo { get; init; }

    /// <summary>What it rests on, for you.</summary>
    public string? Evidence { get; init; }

    /// <summary>It rests on a suspicion that this is made up: a second person shares it first.</summary>
    public bool OnSuspicion { get; init; }

    /// <summary>What you can do as remedies, each with its worth, its day and, as reason, why it is this; needed unless it is upheld and can_do is left out.</summary>
    public IReadOnlyList<AskedRemedy?>? Remedies { get; init; }

    internal (int Issue, Finding Finding, string? Reasons, string? CanDo, string? Evidence, bool OnSuspicion, IReadOnlyList<OptionRemedy> Remedies) Read(Company company, DateTimeOffset now, string at) => (
        IssueId ?? throw new BadField($"{at}.issue_id", "Say which issue."), Checked.Chosen($"{at}.finding", Finding, "Say what you found: upheld, partly_upheld or not_upheld."),
        Checked.Text($"{at}.reasons", Reasons, 4000), Checked.Text($"{at}.can_do", CanDo, 1000), Checked.Text($"{at}.evidence", Evidence, 500), OnSuspicion,
        [.. Checked.List($"{at}.remedies", Remedies, Case.MostRemediesOfADecision).SelectMany((remedy, i) => remedy.Read(company, now, $"{at}.remedies[{i}]", withReason: true).WithReturn())]);
}

/// <summary>Where the issues stand.</summary>
/// <param name="Number">The case.</param>
/// <param name="State">Its stage.</param>
/// <param name="Told">The issues whose decision the customer has.</param>
/// <param name="Open">The issues that still need an answer.</param>
public sealed record DecisionStep(long Number, CaseStage State, IReadOnlyList<int> Told, IReadOnlyList<int> Open)
{
    /// <summary>The letter, which goes as an offer of one option: whether a second person must agree before it is sent, and by when they answer; <c>null</c> while nothing was put together.</summary>
    public OfferStep? Offer { get; init; }
}

/// <summary>Why a case ends.</summary>
/// <param name="Reason">How it ends.</param>
/// <param name="Why">Why, in words.</param>
/// <param name="Customer">How the customer is told.</param>
/// <param name="Cause">What caused it; unknown when left out.</param>
/// <param name="GoesOnIn">The case in which a duplicate goes on.</param>
public sealed record CloseCase(CloseReason? Reason, string? Why = null, ToldCustomer? Customer = null, string? Cause = null, long? GoesOnIn = null);

/// <summary>How the customer is told that it ends: one of the two.</summary>
/// <param name="Letter">The text of a letter that goes out now.</param>
/// <param name="Told">How they know already, or why they cannot be told.</param>
public sealed record ToldCustomer(string? Letter = null, string? Told = null);

/// <summary>Why a case goes on.</summary>
public sealed record ReopenCase(string? Why);

/// <summary>Whether the matter of the case before goes on.</summary>
/// <param name="GoesOn">true: the old case opens again, and this one ends in it. false: it is a new matter.</param>
/// <param name="Customer">How the customer is told that the old one goes on.</param>
public sealed record ContinueCase(bool? GoesOn, ToldCustomer? Customer = null);
