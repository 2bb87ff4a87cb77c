using Amends.Domain.Listening;

namespace Amends.Domain.Cases;

/// <summary>What we heard beside the story, and how far we asked on.</summary>
public sealed partial record CaseState
{
    /// <summary>What it means for the customer, in their words.</summary>
    public string? Impact { get; init; }

    /// <summary>Where on their way with us it went wrong.</summary>
    public JourneyStage? Journey { get; init; }

    /// <summary>All categories that it was given, oldest first.</summary>
    public IReadOnlyList<Categorised> Categories { get; init; } = [];

    /// <summary>What was asked of the question bank, oldest first.</summary>
    public IReadOnlyList<Answered> Answers { get; init; } = [];

    /// <summary>The ladder of whys, those that were taken back included.</summary>
    public IReadOnlyList<Why> Whys { get; init; } = [];

    /// <summary>What we learned from it, oldest first.</summary>
    public IReadOnlyList<Lesson> Lessons { get; init; } = [];

    /// <summary>The calls that were logged.</summary>
    public IReadOnlyList<SpokenCall> Calls { get; init; } = [];

    /// <summary>Where exactly it came from, for ways in that are not ours.</summary>
    public Source? Source { get; init; }

    /// <summary>What it looked like at first.</summary>
    public Categorised? FirstImpression => Categories.FirstOrDefault(each => !each.Confirmed);

    /// <summary>What it turned out to be.</summary>
    public Categorised? ConfirmedCategory => Categories.LastOrDefault(each => each.Confirmed);

    /// <summary>The category that counts now: the confirmed one, or else the newest impression.</summary>
    public Categorised? Category => ConfirmedCategory ?? Categories.LastOrDefault();

    /// <summary>The steps of the ladder that stand and that nothing stands under: where it ends at the moment.</summary>
    public IEnumerable<Why> LastWhys => Whys.Where(why => why.Stands && !Whys.Any(other => other.Stands && other.Under == why.Id));

    /// <summary>The newest answer to a question; <c>null</c> when it was not asked.</summary>
    public Answered? AnswerTo(string code) => Answers.LastOrDefault(answer => answer.Code == code);
}
