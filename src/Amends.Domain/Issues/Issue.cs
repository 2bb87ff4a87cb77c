using Amends.Domain.Offers;

namespace Amends.Domain.Issues;

/// <summary>One of the things that went wrong, as the customer raised it. A complaint may hold several, and each gets an answer.</summary>
/// <param name="Id">Counts up within the case, from 1.</param>
/// <param name="Words">In a line.</param>
/// <param name="RaisedAt">When it was written down.</param>
/// <param name="RaisedBy">By whom: the customer, or whoever heard it.</param>
public sealed record Issue(int Id, string Words, DateTimeOffset RaisedAt, string RaisedBy)
{
    /// <summary>When it was taken out because it was raised by mistake; it stays in the list, and so does why.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>The issue that it is part of, where it was put together with another one.</summary>
    public int? MergedInto { get; init; }

    /// <summary>Why it was taken out.</summary>
    public string? Reason { get; init; }

    /// <summary>What was decided on it, oldest first; only the newest counts.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>When the customer was told the newest decision.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Whether it waits, or waited, for an answer of its own.</summary>
    public bool Counts => WithdrawnAt is null;

    /// <summary>The decision that counts.</summary>
    public Decision? Decision => Decisions.Count == 0 ? null : Decisions[^1];
}

/// <summary>What we found about an issue, and why. It is a property of the answer, never a state of the case.</summary>
/// <param name="Finding">Whether it is justified.</param>
/// <param name="Reasons">Why, for the customer; never empty unless all of it is upheld.</param>
/// <param name="CanDo">What we can do all the same, in words for the customer; <c>null</c> where the remedies say it.</param>
/// <param name="Evidence">What it rests on, in a line, for us.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
public sealed record Decision(Finding Finding, string? Reasons, string? CanDo, string? Evidence, DateTimeOffset At, string By)
{
    /// <summary>What we can do, as remedies with their worth and date; none where words alone say it. Their reason is why it is this.</summary>
    public IReadOnlyList<OptionRemedy> Remedies { get; init; } = [];

    /// <summary>Whether it says what we can do, in words or as remedies.</summary>
    public bool SaysWhatWeDo => CanDo is not null || Remedies.Count > 0;
}

/// <summary>How far an issue is justified.</summary>
public enum Finding
{
    /// <summary>It is.</summary>
    Upheld = 1,

    /// <summary>A part of it is.</summary>
    PartlyUpheld,

    /// <summary>It is not; the customer gets the reasons, what we can do, and where to go next.</summary>
    NotUpheld,
}
