using Amends.Domain.Handling;

namespace Amends.Domain.Customers;

/// <summary>How somebody wants to hear from us.</summary>
public enum PreferredChannel
{
    /// <summary>A call.</summary>
    Phone = 1,

    /// <summary>A mail.</summary>
    Mail,

    /// <summary>A letter on paper.</summary>
    Letter,
}

/// <summary>What a customer told us once, so that no case asks it again: each new case begins with it.</summary>
public sealed record Care
{
    /// <summary>What they want to be called; <c>null</c> for their name.</summary>
    public string? PreferredName { get; init; }

    /// <summary>How they want to hear from us; <c>null</c> when they did not say.</summary>
    public PreferredChannel? Channel { get; init; }

    /// <summary>What they need from us, kept because they agreed to that.</summary>
    public IReadOnlyList<SupportNeed> Needs { get; init; } = [];

    /// <summary>The same in their words.</summary>
    public string? NeedsWords { get; init; }

    /// <summary>Who speaks for them.</summary>
    public Representative? Representative { get; init; }

    /// <summary>There is nothing to begin with.</summary>
    public bool IsEmpty => this is { PreferredName: null, Channel: null, Needs.Count: 0, Representative: null };
}
