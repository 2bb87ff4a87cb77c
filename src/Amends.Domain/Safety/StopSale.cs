namespace Amends.Domain.Safety;

/// <summary>Somebody may be in danger: whether what they bought is sold on, and who else has it.</summary>
/// <param name="AskedAt">Since when a lead is asked.</param>
public sealed record StopSale(DateTimeOffset AskedAt)
{
    /// <summary>When somebody answered.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Who answered.</summary>
    public string? By { get; init; }

    /// <summary>Whether it is sold no more.</summary>
    public bool? IsStopped { get; init; }

    /// <summary>What was done, or why it is sold on.</summary>
    public string? Words { get; init; }

    /// <summary>The product that it is about; empty for none in particular.</summary>
    public string Product { get; init; } = "";

    /// <summary>The lot; empty for all of them.</summary>
    public string Lot { get; init; } = "";

    /// <summary>Who else has it, as somebody counted; <c>null</c> until somebody did.</summary>
    public Affected? Affected { get; init; }

    /// <summary>Whether nobody has said yes or no yet.</summary>
    public bool IsOpen => AnsweredAt is null;
}

/// <summary>Who else has a product or lot, from the orders as they were then.</summary>
/// <param name="At">When somebody counted.</param>
/// <param name="By">Who.</param>
/// <param name="Product">The product.</param>
/// <param name="Lot">The lot; empty for all.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="Customers">Of how many customers, the case's own aside.</param>
public sealed record Affected(DateTimeOffset At, string By, string Product, string Lot, int Orders, int Customers);
