namespace Amends.Domain.Remedies;

/// <summary>Whose a line is that is not left to whoever has the case.</summary>
/// <param name="PersonId">A colleague; <c>null</c> for somebody outside, such as a carrier.</param>
/// <param name="Name">Their name.</param>
public sealed record RemedyOwner(long? PersonId, string Name)
{
    /// <summary>How long a name may be.</summary>
    public const int LongestName = 120;
}
