using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Visits;

/// <summary>The customer has windows to choose from.</summary>
public sealed record VisitOffered(DateTimeOffset At, Actor By, int Id, IReadOnlyList<VisitTime> Times, [property: Words] string? Address, int Sequence) : CaseEvent(At, By);

/// <summary>A window is agreed.</summary>
public sealed record VisitBooked(DateTimeOffset At, Actor By, int Id, DateTimeOffset From, DateTimeOffset To, [property: Words] string Address, int Sequence, [property: Words] string? Words = null) : CaseEvent(At, By);

/// <summary>Somebody was there, and did it.</summary>
public sealed record VisitDone(DateTimeOffset At, Actor By, int Id, [property: Words] string Diagnosis, string? Parts, string? Technician) : CaseEvent(At, By);

/// <summary>The customer says that it was done.</summary>
public sealed record VisitSignedOff(DateTimeOffset At, Actor By, int Id, Channel Via, [property: Words] string? Words) : CaseEvent(At, By);

/// <summary>It did not take place.</summary>
public sealed record VisitMissed(DateTimeOffset At, Actor By, int Id, VisitMiss Whose, [property: Words] string? Note, int Sequence) : CaseEvent(At, By);
