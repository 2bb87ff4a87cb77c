using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Features.Shared;
using Amends.Letters;

namespace Amends.Features.Api.Writes;

/// <summary>Doing what was chosen, and the customer's answer whether it is put right.</summary>
public sealed class DeliveryWrites(CaseWrite write, Dispatch dispatch)
{
    /// <summary>A line is one step further, or done; a voucher gets its code, a letter goes out.</summary>
    public Task<IResult> Step(long number, int id, HttpContext context) => write.Send<TakeStep>(number, context, asked =>
    {
        var said = asked.Value;
        var (note, proof, letter) = (Checked.Text("note", said.Note, 1000), Checked.Text("proof", said.Proof, 200), Checked.Text("letter", said.Letter, 10_000));
        if ((said.Done ? 1 : 0) + (said.Step is null ? 0 : 1) + (letter is null ? 0 : 1) != 1)
            throw new BadField("body", "Send one of step, done and letter.");
        if (letter is not null && (note ?? proof) is not null)
            throw new BadField("letter", "A letter stands by itself: leave note and proof out.");
        if (said.Done && proof is not null)
            throw new BadField("proof", "Say with note what shows that it is done, or send the step that was reached.");
        var step = said.Step is null ? default : Checked.Chosen("step", said.Step, "Say which step it has reached.");
        return async work =>
        {
            var (@case, by, now) = (work.Case, work.By, work.Now);
            if (letter is not null)
                await dispatch.Remedy(work, id, letter);
            else if (said.Done)
                @case.FinishRemedy(id, note, by, now);
            else if (step == RemedyStep.Issued && @case.State.Remedies.FirstOrDefault(each => each.Id == id) is { Kind: RemedyKind.Voucher or RemedyKind.Credit, Value.Minor: > 0 })
                @case.IssueVoucher(id, RemedyDesk.NewCode(), null, by, now);
            else
                @case.AdvanceRemedy(id, step, note, proof, by, now);
            await RemedyDesk.KeepChange(work.Unit, @case, number, by, now);
        };
    }, state => RemedyLine.Of(number, id, state));

    /// <summary>A line did not work: back to work, and a lead is told.</summary>
    public Task<IResult> Fail(long number, int id, HttpContext context) => write.Send<FailStep>(number, context, asked =>
    {
        var note = Checked.Needed("note", asked.Value.Note, 1000);
        return async work => work.Case.FailRemedy(id, note, work.By, work.Calendar, work.Now, await work.Power());
    }, state => RemedyLine.Of(number, id, state));

    /// <summary>A line is handed to a colleague or to somebody outside, or back to whoever has the case.</summary>
    public Task<IResult> Hand(long number, int id, HttpContext context) => write.Send<HandLine>(number, context, asked =>
    {
        var (person, outside) = (asked.Value.PersonId, Checked.Text("outside", asked.Value.Outside, RemedyOwner.LongestName));
        if (person is not null && outside is not null)
            throw new BadField("outside", "Send person_id or outside, not both.");
        return async work => work.Case.HandRemedy(id, person is { } colleague
            ? new RemedyOwner(colleague, (await Colleagues.Find(work.Unit, colleague))?.Name ?? throw new Refused("owner", "Nobody of this id handles cases."))
            : outside is null ? null : new RemedyOwner(null, outside), work.By, work.Now);
    }, state => RemedyLine.Of(number, id, state));

    /// <summary>Everything is done: the cause, and when we ask.</summary>
    public Task<IResult> Complete(long number, HttpContext context) => write.Do<CompleteDelivery>(number, context, asked =>
    {
        var cause = Checked.Cause("cause", asked.Value.Cause, asked.Company);
        var checkBack = asked.Moment("check_back_at", asked.Value.CheckBackAt);
        var learned = Checked.Text("learned", asked.Value.Learned, 500);
        var without = Checked.Text("without_ladder", asked.Value.WithoutLadder, 1000);
        if (without is not null && !asked.Value.Systemic)
            throw new BadField("without_ladder", "Only a cause that lies in how you work needs the ladder of whys. Leave this out.");
        var systemic = asked.Value.Systemic ? new SystemicCause(without) : null;
        return work =>
        {
            if (learned is not null)
                work.Case.Learn(learned, work.By, work.Now);
            work.Case.CompleteDelivery(cause, checkBack, work.By, work.Calendar, work.Now, systemic);
        };
    });

    /// <summary>The customer's own answer, quoted; or that they need no follow-up.</summary>
    public Task<IResult> Answer(long number, HttpContext context) => write.Do<AnswerCheckBack>(number, context, asked =>
    {
        var said = asked.Value;
        var (via, words) = Quoted.Of(said.Via, said.Words);
        var answer = Checked.Chosen("answer", said.Answer, "Say whether it is put right: yes, partly, no, or no_need.");
        if (answer == CheckBackSaid.NoNeed)
        {
            return said.Score is null && said.Survey is null
                ? work => work.Case.WaiveCheckBack(via, words, Quoted.Speaker(work, said.ByRepresentative), work.Now)
                : throw new BadField("answer", "Who needs no follow-up answers nothing else. Leave score and survey out.");
        }

        var survey = said.Survey is { } sent ? new Survey(sent.Heard, sent.Ease, sent.Met, sent.Return, sent.Told, sent.Recommend) : null;
        return work => work.Case.AnswerCheckBack((CheckBackAnswer)answer, said.Score, via, words, Quoted.Speaker(work, said.ByRepresentative), work.Calendar, work.Now, survey);
    });
}

/// <summary>What became of a line: one of <c>step</c>, <c>done</c> and <c>letter</c>.</summary>
public sealed record TakeStep
{
    /// <summary>The step that it reached, one of its kind's.</summary>
    public RemedyStep? Step { get; init; }

    /// <summary>It is done, whatever steps lay between.</summary>
    public bool Done { get; init; }

    /// <summary>The words of an apology, an explanation or the reasons; they go to the customer.</summary>
    public string? Letter { get; init; }

    /// <summary>What to know about it.</summary>
    public string? Note { get; init; }

    /// <summary>What shows it: the number of a transfer or a parcel.</summary>
    public string? Proof { get; init; }
}

/// <summary>What went wrong.</summary>
public sealed record FailStep(string? Note);

/// <summary>Whose a line is from now on; with neither it is left to whoever has the case.</summary>
/// <param name="PersonId">A colleague.</param>
/// <param name="Outside">Somebody outside, such as a carrier.</param>
public sealed record HandLine(long? PersonId = null, string? Outside = null);

/// <summary>Everything is done.</summary>
public sealed record CompleteDelivery
{
    /// <summary>The code of the cause; unknown when left out.</summary>
    public string? Cause { get; init; }

    /// <summary>The cause lies in how you work, and comes again until something changes: the ladder of whys has two steps, or without_ladder says why not.</summary>
    public bool Systemic { get; init; }
    public string? WithoutLadder { get; init; }

    /// <summary>What we learned from it, in a line of at most 500 characters.</summary>
    public string? Learned { get; init; }

    /// <summary>When we ask; as agreed with the customer when left out.</summary>
    public DateTimeOffset? CheckBackAt { get; init; }
}

/// <summary>What the customer said.</summary>
public sealed record AnswerCheckBack
{
    /// <summary>yes, partly, no, or no_need.</summary>
    public CheckBackSaid? Answer { get; init; }

    /// <summary>1 to 5.</summary>
    public int? Score { get; init; }
    public Channel? Via { get; init; }
    public string? Words { get; init; }

    /// <summary>Whoever acts for the customer said it.</summary>
    public bool ByRepresentative { get; init; }
    public AskedSurvey? Survey { get; init; }
}

/// <summary>What they told beside the one question.</summary>
/// <param name="Heard">1 to 5: taken seriously, and not rushed.</param>
/// <param name="Ease">1 to 7: how easy we made it.</param>
/// <param name="Met">The outcome beside what they wanted.</param>
/// <param name="Return">Whether they would come back.</param>
public sealed record AskedSurvey(int? Heard = null, int? Ease = null, OutcomeMet? Met = null, WouldReturn? Return = null, int? Told = null, int? Recommend = null);

/// <summary>The answers to the check-back.</summary>
public enum CheckBackSaid
{
    /// <summary>It is put right.</summary>
    Yes = CheckBackAnswer.Yes,

    /// <summary>Some of it.</summary>
    Partly = CheckBackAnswer.Partly,

    /// <summary>It is not.</summary>
    No = CheckBackAnswer.No,

    /// <summary>They need no follow-up.</summary>
    NoNeed,
}

/// <summary>Where a line stands.</summary>
/// <param name="Number">The case.</param>
/// <param name="State">Its stage.</param>
/// <param name="RemedyId">The line.</param>
/// <param name="Step">The last step that it reached.</param>
/// <param name="DoneAt">When nothing of it was owed any more.</param>
/// <param name="FailedAt">When it did not work.</param>
/// <param name="StillOwed">How many lines are still owed.</param>
public sealed record RemedyLine(long Number, CaseStage State, int RemedyId, RemedyStep? Step, DateTimeOffset? DoneAt, DateTimeOffset? FailedAt, int StillOwed)
{
    /// <summary>A line of a case.</summary>
    internal static RemedyLine Of(long number, int id, CaseState state)
    {
        var remedy = state.Remedies.First(each => each.Id == id);
        return new(number, state.Stage, id, remedy.Step, remedy.DoneAt, remedy.FailedAt, state.Remedies.Count(each => each.IsOpen));
    }
}
