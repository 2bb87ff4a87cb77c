namespace Amends.Features.CustomerFiles;

/// <summary>A customer in the list.</summary>
public sealed class CustomerRow : Data.CareRow
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public string? Phone { get; init; }
    public string? Place { get; init; }
    public string? Address { get; init; }
    public string? Language { get; init; }
    public long? MergedInto { get; init; }
    public long? SupportAgreedAt { get; init; }
    public long Since { get; init; }
    public long Spent { get; init; }
    public string? Currency { get; init; }
    public int Orders { get; init; }
    public int Open { get; init; }
    public int Cases { get; init; }
    public int Praise { get; init; }

    /// <summary>Since when they want no letters of thanks, Unix milliseconds.</summary>
    public long? LettersOffAt { get; init; }
}

/// <summary>An order.</summary>
public sealed class OrderRow
{
    public string Number { get; init; } = "";
    public long PlacedAt { get; init; }
    public long TotalMinor { get; init; }
    public string Currency { get; init; } = "";
    public string Product { get; init; } = "";
    public string Carrier { get; init; } = "";
    public string Status { get; init; } = "";
}

/// <summary>A case of the customer.</summary>
public sealed class CustomerCaseRow
{
    public long Number { get; init; }
    public string Subject { get; init; } = "";
    public int Kind { get; init; }
    public int Stage { get; init; }
    public int Step { get; init; }
    public int? CloseReason { get; init; }
    public long OpenedAt { get; init; }
    public string? Owner { get; init; }
}

/// <summary>A thank-you of theirs.</summary>
public sealed class ThanksRow
{
    public long Number { get; init; }
    public string Preview { get; init; } = "";
    public long OpenedAt { get; init; }
}
