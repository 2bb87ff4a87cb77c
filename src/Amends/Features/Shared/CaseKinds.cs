using Amends.Domain;
using Amends.Domain.Cases;

namespace Amends.Features.Shared;

/// <summary>What somebody wrote to us for, as it is chosen when a case begins.</summary>
public static class CaseKinds
{
    /// <summary>The value of a field and its words.</summary>
    public static IReadOnlyList<(string Value, string Words)> All { get; } =
    [
        ("Complaint", "A complaint"), ("Question", "A question"), ("Request", "A request"), ("Idea", "An idea"), ("Praise", "Thanks"), ("Other", "Something else"),
    ];

    /// <summary>What customers choose from.</summary>
    public static IReadOnlyList<(string Value, string Words)> ForCustomers { get; } =
    [
        ("Complaint", "Something went wrong"), ("Question", "A question"), ("Praise", "Thanks"), ("Idea", "An idea"),
    ];

    /// <summary>The kind that a field holds; a complaint when it is empty, since none may be overlooked.</summary>
    /// <exception cref="Refused"><c>kind</c> when there is no such kind.</exception>
    public static CaseKind Read(string? value) => string.IsNullOrWhiteSpace(value) ? CaseKind.Complaint
        : All.Any(kind => kind.Value == value) ? Enum.Parse<CaseKind>(value) : throw new Refused("kind", "Choose what it is.");
}
