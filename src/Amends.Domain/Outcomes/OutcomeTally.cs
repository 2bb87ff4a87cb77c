using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Domain.Promises;
using Amends.Domain.Remedies;
using Amends.Domain.Statistics;

namespace Amends.Domain.Outcomes;

/// <summary>What came of a stretch of time: how customers answered, which promises were kept, what it was put down to.</summary>
public sealed class OutcomeTally
{
    private readonly Dictionary<long, Ending> _endings = [];
    private readonly Dictionary<long, int> _scores = [];
    private readonly Dictionary<long, string> _causes = [];
    private int _kept, _missed;

    /// <summary>Counts what happened, oldest first.</summary>
    public static OutcomeTally Of(IEnumerable<(long Number, CaseEvent News)> history)
    {
        var tally = new OutcomeTally();
        foreach (var (number, news) in history)
            tally.Count(number, news);
        return tally;
    }

    /// <summary>Whether a promise was kept in time (<c>true</c>) or missed; <c>null</c> for anything else. When the customer acted first, nothing was due any more.</summary>
    public static bool? PromiseKept(CaseEvent news) => news switch
    {
        NextContactKept { InTime: true, By.Kind: not ActorKind.Customer } => true,
        NextContactMissed => false,
        _ => null,
    };

    /// <summary>How a case ended for the customer by this; <c>null</c> when it says nothing of that.</summary>
    public static Ending? EndingOf(CaseEvent news) => news switch
    {
        CheckBackAnswered answered => answered.Answer switch { CheckBackAnswer.Yes => Ending.PutRight, CheckBackAnswer.Partly => Ending.Partly, _ => Ending.NotPutRight },
        CaseClosed { Reason: CloseReason.Unconfirmed } closed => closed.By.Kind == ActorKind.Amends || closed.Unanswered is not null ? Ending.NoAnswer : Ending.NoNeed,
        CaseClosed { Reason: CloseReason.Deadlock } => Ending.NoAgreement,
        _ => null,
    };

    /// <summary>How many complaints ended so; each case counts once, by its newest answer.</summary>
    public int Ended(Ending ending) => _endings.Values.Count(each => each == ending);

    /// <summary>All that ended or were answered.</summary>
    public int All => _endings.Count;

    /// <summary>Put right, of those with an answer.</summary>
    public Proportion Recovered => new(Ended(Ending.PutRight), Ended(Ending.PutRight) + Ended(Ending.Partly) + Ended(Ending.NotPutRight));

    /// <summary>Put right, of all that ended: the lower bound, in which silence counts against us.</summary>
    public Proportion RecoveredOfAll => new(Ended(Ending.PutRight), All);

    /// <summary>Promises kept in time, of those that were kept or missed.</summary>
    public Proportion Promises => new(_kept, _kept + _missed);

    /// <summary>Ratings of 4 or 5, of those that were given.</summary>
    public Proportion Satisfied => new(_scores.Values.Count(score => score >= 4), _scores.Count);

    /// <summary>What complaints were put down to that were delivered or ended without: code and number of cases, each by what was found last, the most frequent first.</summary>
    public IReadOnlyList<(string Cause, int Cases)> Causes => [.. _causes.Values.CountBy(cause => cause).Select(cause => (cause.Key, cause.Value)).OrderByDescending(cause => cause.Value).ThenBy(cause => cause.Key)];

    private void Count(long number, CaseEvent news)
    {
        if (news is DeliveryCompleted { Cause: var found })
            _causes[number] = found;
        else if (news is CaseClosed { Cause: { } cause })
            _causes[number] = cause;
        if (EndingOf(news) is { } ending)
            _endings[number] = ending;
        if (news is CheckBackAnswered { Score: { } score })
            _scores[number] = score;
        if (PromiseKept(news) is { } kept)
            _ = kept ? _kept++ : _missed++;
    }
}
