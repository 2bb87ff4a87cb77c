namespace Amends.Domain.Listening;

/// <summary>A note as it was first written.</summary>
/// <param name="Id">The message that holds its first words.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="WrittenAt">When.</param>
public sealed record WrittenNote(long Id, long AuthorId, DateTimeOffset WrittenAt)
{
    /// <summary>How long its writer may put it right; what stood before stays readable all the same.</summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(15);

    /// <summary>Whether it is fixed: from then on corrections are added to it.</summary>
    public bool IsFixed(DateTimeOffset at) => at >= WrittenAt + OpenFor;
}

/// <summary>That a note holds somebody's exact words.</summary>
/// <param name="SaidBy">Who said it.</param>
/// <param name="SaidAt">When they said it.</param>
public sealed record Quote(string SaidBy, DateTimeOffset SaidAt);
