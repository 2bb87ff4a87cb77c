namespace Amends.Features.Cases;

/// <summary>What a draft will be.</summary>
public enum DraftKind
{
    /// <summary>A mail to the customer.</summary>
    Reply = 1,

    /// <summary>A note for the team.</summary>
    Note,
}
