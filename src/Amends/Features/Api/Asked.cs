using Amends.Domain.Cases;

namespace Amends.Features.Api;

/// <summary>A case to open.</summary>
public sealed record OpenCase
{
    public AskedCustomer? Customer { get; init; }

    /// <summary>What happened, in the customer's own words.</summary>
    public string? Story { get; init; }

    /// <summary>A line; taken from the story when there is none.</summary>
    public string? Subject { get; init; }

    /// <summary>What would put it right, when the customer said so.</summary>
    public string? WantedOutcome { get; init; }

    /// <summary>What it means for the customer, in their words.</summary>
    public string? Impact { get; init; }

    /// <summary>Where exactly it came from, for a text message, a network or a review site.</summary>
    public SourceAnswer? Source { get; init; }
    public CaseKind Kind { get; init; } = CaseKind.Complaint;

    /// <summary>The closed case of the same customer that it follows.</summary>
    public long? Follows { get; init; }

    /// <summary>How it reached you.</summary>
    public Channel Channel { get; init; } = Channel.Api;

    /// <summary>Whether the customer gets our usual first mail, when we have an address.</summary>
    public bool Acknowledge { get; init; } = true;
}

/// <summary>Whose it is: somebody we know by <c>id</c>, or a name with an address or a number.</summary>
public sealed record AskedCustomer
{
    public long? Id { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
}

/// <summary>Something to say.</summary>
public sealed record WriteMessage
{
    /// <summary>A mail to the customer, or a note for the team.</summary>
    public MessageKind? Kind { get; init; }
    public string? Text { get; init; }
}

/// <summary>To whom something is said.</summary>
public enum MessageKind
{
    /// <summary>To the customer, by mail.</summary>
    Reply = 1,

    /// <summary>To the team.</summary>
    Note,
}
