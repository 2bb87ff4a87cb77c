namespace Amends.Domain.People;

/// <summary>Who did something to a case: one of us, the customer, Amends itself at a set time, or a program that was given a token.</summary>
/// <param name="Kind">Which of the four.</param>
/// <param name="Id">The person's, customer's or token's id; 0 for Amends.</param>
/// <param name="Name">The name at that time, as the timeline shows it.</param>
/// <param name="Role">The role that one of us acted in.</param>
public sealed record Actor(ActorKind Kind, long Id, string Name, Role Role = Role.Reader)
{
    /// <summary>The program by which one of us acted, as its token is named; <c>null</c> for a person who did it with their own hands.</summary>
    public string? Program { get; init; }

    /// <summary>Who spoke in the customer's place: their representative's name; <c>null</c> when they spoke themselves.</summary>
    public string? Through { get; init; }

    /// <summary>Amends itself: a timer or a rule.</summary>
    public static Actor Amends { get; } = new(ActorKind.Amends, 0, "Amends");

    /// <summary>One of us.</summary>
    public static Actor Person(long id, string name, Role role) => new(ActorKind.Person, id, name, role);

    /// <summary>The customer, by mail or on the customer's own pages.</summary>
    public static Actor Customer(long id, string name) => new(ActorKind.Customer, id, name);

    /// <summary>A program, by the name that its token was given.</summary>
    public static Actor Integration(long id, string name) => new(ActorKind.Integration, id, name);
}

/// <summary>The four who can act on a case.</summary>
public enum ActorKind
{
    /// <summary>A timer or a rule.</summary>
    Amends,

    /// <summary>One of us.</summary>
    Person,

    /// <summary>The customer.</summary>
    Customer,

    /// <summary>A program, through the interface.</summary>
    Integration,
}
