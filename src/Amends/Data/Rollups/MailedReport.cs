using Amends.Domain.People;

namespace Amends.Data.Rollups;

/// <summary>A report that can come by mail. Each feature adds its own to the services.</summary>
/// <param name="Key">Its name; its page is <c>/reports/</c> and this where nothing else is said.</param>
/// <param name="Title">Its title.</param>
/// <param name="From">The role from which it is for.</param>
/// <param name="Days">Of how many days it can be, the usual number first.</param>
/// <param name="Make">Makes one.</param>
public sealed record MailedReport(string Key, string Title, Role From, IReadOnlyList<int> Days, Func<IServiceProvider, MailedAsked, CancellationToken, Task<MailedContent>> Make)
{
    /// <summary>The path of its page.</summary>
    public string Page { get; init; } = "/reports/" + Key;

    /// <summary>Whether it can be of one category alone.</summary>
    public bool HasCategory { get; init; }
}

/// <summary>What is asked of it.</summary>
/// <param name="Days">Of how many whole days, up to yesterday where the report counts by days.</param>
/// <param name="Category">Code of a category; <c>null</c> for all.</param>
/// <param name="Reader">Who gets it, and sees what they may see.</param>
/// <param name="Now">Now.</param>
public sealed record MailedAsked(int Days, string? Category, Actor Reader, DateTimeOffset Now);

/// <summary>What the mail holds.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Query">The query of its page.</param>
/// <param name="Lines">Its figures in words.</param>
/// <param name="Sheets">Its tables by code, a head first.</param>
public sealed record MailedContent(DateOnly From, DateOnly To, string Query, IReadOnlyList<MailedLine> Lines, IReadOnlyList<(string Code, IReadOnlyList<IReadOnlyList<object?>> Rows)> Sheets)
{
    /// <summary>What one should see first; <c>null</c> when nothing stands out.</summary>
    public string? Finding { get; init; }
}

/// <summary>A figure in words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Note">Of how many, and how it changed.</param>
public sealed record MailedLine(string Name, string Value, string Note);
