using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Domain.Statistics;

namespace Amends.Domain.Outcomes;

/// <summary>
/// What customers said beside the one question, over a stretch of time: each case once, by its newest answer. Whoever said nothing is in
/// no share; how many they are stands beside it.
/// </summary>
public sealed class SurveyTally
{
    private readonly Dictionary<long, CheckBackAnswered> _answers = [];
    private readonly HashSet<long> _silent = [], _waived = [];

    /// <summary>Counts what happened, oldest first.</summary>
    public static SurveyTally Of(IEnumerable<(long Number, CaseEvent News)> history)
    {
        var tally = new SurveyTally();
        foreach (var (number, news) in history)
            tally.Count(number, news);
        return tally;
    }

    /// <summary>Cases with an answer to the one question.</summary>
    public int Answered => _answers.Count;

    /// <summary>Cases in which we asked and heard nothing.</summary>
    public int Silent => _silent.Count;

    /// <summary>Cases whose customer wanted no follow-up; they were not asked.</summary>
    public int Waived => _waived.Count;

    /// <summary>Answered, of those who were asked.</summary>
    public Proportion Response => new(Answered, Answered + Silent);

    /// <summary>Answered at least one of the further questions, of those who answered the first.</summary>
    public Proportion SaidMore => new(_answers.Values.Count(each => each.Survey is not null), Answered);

    /// <summary>Taken seriously and not rushed: 4 or 5 of 5, of those who said.</summary>
    public Proportion Heard => Of(survey => survey.Heard, heard => heard >= 4);

    /// <summary>The customer effort score in its version of seven steps: 5, 6 or 7, of those who said.</summary>
    public Proportion Ease => Of(survey => survey.Ease, ease => ease >= 5);

    /// <summary>The mean of the customer effort score, 1 to 7; <c>null</c> when nobody said.</summary>
    public double? MeanEase => Surveys.Select(survey => survey.Ease).OfType<int>().DefaultIfEmpty().Average() is > 0 and var mean ? mean : null;

    /// <summary>Would come back, of those who said yes, perhaps or no.</summary>
    public Proportion Return => Of(survey => (int?)survey.Return, back => back == (int)WouldReturn.Yes);

    /// <summary>So many say that about the outcome, of all who compared it with what they wanted.</summary>
    public Proportion Met(OutcomeMet met) => Of(survey => (int?)survey.Met, each => each == (int)met);

    /// <summary>The cases with an answer, and how easy they found it where they said.</summary>
    public IReadOnlyDictionary<long, int?> EaseByCase => _answers.ToDictionary(each => each.Key, each => each.Value.Survey?.Ease);

    private IEnumerable<Survey> Surveys => _answers.Values.Select(each => each.Survey).OfType<Survey>();

    private Proportion Of(Func<Survey, int?> answer, Func<int, bool> holds)
    {
        var said = Surveys.Select(answer).OfType<int>().ToList();
        return new(said.Count(holds), said.Count);
    }

    private void Count(long number, CaseEvent news)
    {
        switch (news)
        {
            case CheckBackAnswered answered:
                _answers[number] = answered;
                _silent.Remove(number);
                _waived.Remove(number);
                break;
            case CaseClosed { Reason: CloseReason.Unconfirmed, Unanswered: null } closed when !_answers.ContainsKey(number):
                (closed.By.Kind == ActorKind.Amends ? _silent : _waived).Add(number);
                break;
        }
    }
}
