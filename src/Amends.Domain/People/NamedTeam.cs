namespace Amends.Domain.People;

/// <summary>A team as it was called at that time.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, as customers read it.</param>
public sealed record NamedTeam(long Id, string Name);
