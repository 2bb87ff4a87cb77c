using Amends.Data;

namespace Amends.Features.Api.Writes;

/// <summary>Asking on: answers to the questions of the bank, why upon why down to what can be changed, and issues that were raised by mistake.</summary>
public sealed class AskingWrites(CaseWrite write)
{
    private const int MostAnswers = 50, LongestLine = 500;

    /// <summary>Writes down what the customer answered to questions.</summary>
    public Task<IResult> Answer(long number, HttpContext context) => write.Do<AnswerQuestions>(number, context, asked =>
    {
        var answers = Checked.List("answers", asked.Value.Answers, MostAnswers).Select((answer, i) =>
        {
            var code = Checked.Needed($"answers[{i}].code", answer.Code, 60);
            return (Code: code, Question: asked.Company.Content.QuestionOf(code) ?? throw new BadField($"answers[{i}].code", "There is no such question."), Words: Checked.Needed($"answers[{i}].words", answer.Words, 2000));
        }).ToList();
        if (answers.Count == 0)
            throw new BadField("answers", "Send one answer at least.");
        return work =>
        {
            foreach (var (code, question, words) in answers)
                work.Case.Answer(code, question, words, work.By, work.Now);
        };
    });

    /// <summary>Adds a step to the ladder of whys. A person is never a cause, unless whoever sends it says that the word is none's name.</summary>
    public Task<IResult> Why(long number, HttpContext context) => write.Send<AskWhy>(number, context, asked =>
    {
        var said = asked.Value;
        var (why, evidence) = (Checked.Needed("why", said.Why, LongestLine), Checked.Text("evidence", said.Evidence, 1000));
        return async work =>
        {
            if (!said.Anyway)
                Domain.Listening.Why.MustNameNobody(why, await work.Unit.List<string>("select name from people order by id"));
            work.Case.AskWhy(why, said.Under, evidence, said.CanChange, work.By, work.Now);
        };
    }, state => new WhyStep(number, state.Stage, [.. state.Whys.Where(each => each.Stands).Select(each => each.Id)]));

    /// <summary>Takes back a step that turned out to be wrong.</summary>
    public Task<IResult> TakeBackWhy(long number, int id, HttpContext context) => write.Do<GiveReason>(number, context, asked =>
    {
        var reason = Checked.Needed("reason", asked.Value.Reason, LongestLine);
        return work => work.Case.TakeBackWhy(id, reason, work.By, work.Now);
    }, state => new WhyStep(number, state.Stage, [.. state.Whys.Where(each => each.Stands).Select(each => each.Id)]));

    /// <summary>Takes an issue out, or puts it together with another one.</summary>
    public Task<IResult> WithdrawIssue(long number, int id, HttpContext context) => write.Do<WithdrawIssue>(number, context, asked =>
    {
        var reason = Checked.Needed("reason", asked.Value.Reason, LongestLine);
        return work => work.Case.WithdrawIssue(id, reason, asked.Value.Into, work.By, work.Now);
    }, state => new IssuesStep(number, state.Stage, [.. state.Raised.Select(issue => issue.Id)]));
}

/// <summary>What the customer answered.</summary>
public sealed record AnswerQuestions(IReadOnlyList<AskedAnswer?>? Answers);

/// <summary>An answer to a question of the bank, by its code, in their words.</summary>
public sealed record AskedAnswer(string? Code, string? Words);

/// <summary>A step of the ladder of whys.</summary>
public sealed record AskWhy
{
    /// <summary>Because…</summary>
    public string? Why { get; init; }

    /// <summary>The step that it explains; what happened itself when left out.</summary>
    public int? Under { get; init; }

    /// <summary>How you know.</summary>
    public string? Evidence { get; init; }

    /// <summary>You can change this.</summary>
    public bool CanChange { get; init; }

    /// <summary>A word in it reads like a colleague's name, and is none.</summary>
    public bool Anyway { get; init; }
}

/// <summary>Why.</summary>
public sealed record GiveReason(string? Reason);

/// <summary>Why an issue is taken out, and the one that it is part of, if it is.</summary>
public sealed record WithdrawIssue(string? Reason, int? Into = null);

/// <summary>The steps of the ladder that stand.</summary>
public sealed record WhyStep(long Number, Domain.Cases.CaseStage State, IReadOnlyList<int> Whys);

/// <summary>The issues that stand.</summary>
public sealed record IssuesStep(long Number, Domain.Cases.CaseStage State, IReadOnlyList<int> Issues);
