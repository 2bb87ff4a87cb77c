namespace Amends.Data;

/// <summary>Whether and what may follow a case that the customer says is put right.</summary>
public sealed record FollowOnSettings
{
    /// <summary>Thank-you letters may be written. Off until somebody wants them.</summary>
    public bool IsOn { get; init; }

    /// <summary>Where a recommendation can be left, https; empty when none is asked for.</summary>
    public string ReviewUrl { get; init; } = "";

    /// <summary>A letter may carry a code for a friend.</summary>
    public bool HasCodes { get; init; }
}
