namespace Amends.Domain.Improvements;

/// <summary>How far an improvement is.</summary>
public enum ImprovementState
{
    /// <summary>Somebody says what is wrong and what would change it.</summary>
    Proposed = 1,

    /// <summary>A manager decided that it is done; it has an owner and a day.</summary>
    Agreed,

    /// <summary>Its owner is at it.</summary>
    InProgress,

    /// <summary>It holds since a day.</summary>
    Done,

    /// <summary>What comes after it is counted.</summary>
    Watching,

    /// <summary>Fewer complaints since, and that is no chance.</summary>
    Effective,

    /// <summary>It did not help, or not enough.</summary>
    NotEffective,

    /// <summary>A manager decided against it.</summary>
    Declined,
}

/// <summary>What happened to an improvement.</summary>
public enum ImprovementMove
{
    /// <summary>It was proposed.</summary>
    Proposed = 1,

    /// <summary>Its words, owner, day, cost or measure changed.</summary>
    Changed,

    /// <summary>A manager agreed.</summary>
    Agreed,

    /// <summary>A manager said no.</summary>
    Declined,

    /// <summary>Work on it began.</summary>
    Started,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It is watched.</summary>
    Watched,

    /// <summary>The count shows that it helped.</summary>
    ShownEffective,

    /// <summary>It did not help.</summary>
    FoundNotEffective,

    /// <summary>It goes on.</summary>
    Reopened,

    /// <summary>A case shows the problem.</summary>
    CaseAdded,

    /// <summary>A case does not show it after all.</summary>
    CaseRemoved,

    /// <summary>A step of the ladder of whys.</summary>
    WhyAdded,

    /// <summary>A step was wrong.</summary>
    WhyTakenBack,

    /// <summary>A customer was told what changed because of them.</summary>
    CustomerTold,
}
