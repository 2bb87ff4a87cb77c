using Amends.Domain.CheckBacks;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Domain.Outcomes;

/// <summary>
/// What customers said beside the one question, over a stretch of time: each case once, by its newest answer. Whoever said nothing is in
/// no share; how many they are stands beside it.
/// </summary>
/// <param name="replies">How many answered, said nothing, or wanted no question.</param>
/// <param name="said">How often each value was said on each scale.</param>
public sealed class SurveyTally(IReadOnlyDictionary<Reply, long> replies, IEnumerable<(Scale Scale, int Value, long Count)> said)
{
    private readonly ILookup<Scale, (int Value, long Count)> _said = said.ToLookup(each => each.Scale, each => (each.Value, each.Count));

    /// <summary>Cases with an answer to the one question.</summary>
    public int Answered => (int)replies.GetValueOrDefault(Reply.Answered);

    /// <summary>Cases in which we asked and heard nothing.</summary>
    public int Silent => (int)replies.GetValueOrDefault(Reply.Silent);

    /// <summary>Cases whose customer wanted no follow-up; they were not asked.</summary>
    public int Waived => (int)replies.GetValueOrDefault(Reply.Waived);

    /// <summary>Answered, of those who were asked.</summary>
    public Proportion Response => new(Answered, Answered + Silent);

    /// <summary>Answered at least one of the further questions, of those who answered the first.</summary>
    public Proportion SaidMore => new(Of(Scale.More, _ => true).Hits, Answered);

    /// <summary>Taken seriously and not rushed: 4 or 5 of 5, of those who said.</summary>
    public Proportion Heard => Of(Scale.Heard, heard => heard >= 4);

    /// <summary>The customer effort score in its version of seven steps: 5, 6 or 7, of those who said.</summary>
    public Proportion Ease => Of(Scale.Ease, ease => ease >= 5);

    /// <summary>The mean of the customer effort score, 1 to 7; <c>null</c> when nobody said.</summary>
    public double? MeanEase => Ease.Of == 0 ? null : (double)_said[Scale.Ease].Sum(each => each.Value * each.Count) / Ease.Of;

    /// <summary>Would come back, of those who said yes, perhaps or no.</summary>
    public Proportion Return => Of(Scale.Return, back => back == (int)WouldReturn.Yes);

    /// <summary>So many say that about the outcome, of all who compared it with what they wanted.</summary>
    public Proportion Met(OutcomeMet met) => Of(Scale.Met, each => each == (int)met);

    private Proportion Of(Scale scale, Func<int, bool> holds) => new((int)_said[scale].Where(each => holds(each.Value)).Sum(each => each.Count), (int)_said[scale].Sum(each => each.Count));
}
