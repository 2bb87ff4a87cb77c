using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Signals;

/// <summary>One of us thinks that a claim is made up. Alone they refuse nothing because of it: a second person shares it first, or does not.</summary>
/// <param name="Words">What it rests on.</param>
/// <param name="RaisedBy">Whose it is.</param>
/// <param name="RaisedById">Their id.</param>
/// <param name="RaisedAt">When.</param>
public sealed record Suspicion(string Words, string RaisedBy, long RaisedById, DateTimeOffset RaisedAt)
{
    /// <summary>Whether the second person shares it; <c>null</c> while nobody has answered.</summary>
    public bool? IsShared { get; init; }

    /// <summary>The second person.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>What they say.</summary>
    public string? Answer { get; init; }
}

/// <summary>Somebody thinks that a claim is made up, and a second person is asked.</summary>
public sealed record SuspicionRaised(DateTimeOffset At, Actor By, [property: Words] string Words) : CaseEvent(At, By);

/// <summary>The second person shares it, or does not.</summary>
public sealed record SuspicionAnswered(DateTimeOffset At, Actor By, bool IsShared, [property: Words] string Words) : CaseEvent(At, By);
