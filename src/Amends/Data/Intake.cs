using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>Opening a case the same way from every channel: what we know of the customer decides what it needs, and the team's setting whose it is.</summary>
public static class Intake
{
    /// <summary>Open cases of one person beyond which nobody counts.</summary>
    private const int FullDesk = 60;

    /// <summary>Opens a case for a customer with its first message; returns its number.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="cases">Where it is stored.</param>
    /// <param name="company">Whose desk this is.</param>
    /// <param name="wanted">The case.</param>
    /// <param name="firstMessage">What the customer said, for a case of this number.</param>
    /// <param name="also">What else happens to the case at once, such as its acknowledgement; it has this number.</param>
    /// <exception cref="Domain.Refused">There is no such customer.</exception>
    public static async Task<long> Open(Unit unit, CaseStore cases, Company company, NewCase wanted, Func<long, NewMessage>? firstMessage = null, Func<Case, long, Task>? also = null)
    {
        var customer = wanted.NewCustomer is { NewKey: { } key } added ? new Facts { Name = added.Name, TextKey = key } : await unit.One<Facts>(
            """
            select c.name, c.text_key, (select coalesce(sum(total_minor), 0) from orders o where o.customer_id = c.id) as spent,
                (select count(*) from cases k where k.customer_id = c.id and k.kind = 1) as complaints
            from customers c where c.id = @CustomerId
            """, wanted) ?? throw new Domain.Refused("customer", "There is no such customer.");
        var owner = wanted.Owner ?? (company.AssignAtOnce ? await LeastLoaded(unit) : null);
        var opening = new Opening(wanted.Channel, wanted.Kind, wanted.Subject, wanted.Story, wanted.CustomerId, customer.Name, owner,
            HighValue: customer.Spent >= company.HighValueMinor, Repeat: customer.Complaints > 0);

        var @case = Case.Open(opening, wanted.By, company.Calendar(), wanted.At);
        return await cases.OpenIn(unit, @case, async number =>
        {
            await SearchIndex.Add(unit, number, 0, $"{number}\n{wanted.Subject}\n{customer.Name}");
            if (firstMessage is not null)
                await Conversation.Add(unit, number, firstMessage(number));
            if (also is not null)
                await also(@case, number);
        }, customer.TextKey);
    }

    /// <summary>
    /// The available agent with the fewest open cases; a lead or owner when there is no agent; nobody when nobody is available.
    /// Among people who all have a full desk it is whose newest case is oldest, so that counting has an end.
    /// </summary>
    public static async Task<Actor?> LeastLoaded(Unit unit) =>
        await unit.One<Free>(
            $"""
            select p.id, p.name, p.role from people p
            where p.active = 1 and p.available = 1 and p.role >= 1
            order by case when p.role = 1 then 0 else p.role end,
                (select count(*) from (select 1 from cases c where c.owner_id = p.id and c.closed_at is null limit {FullDesk}) as counted),
                (select coalesce(max(c.number), 0) from cases c where c.owner_id = p.id and c.owner_id > 0), p.id
            limit 1
            """) is { } free ? Actor.Person(free.Id, free.Name, (Role)free.Role) : null;

    private sealed class Facts
    {
        public string Name { get; init; } = "";
        public byte[] TextKey { get; init; } = [];
        public long Spent { get; init; }
        public long Complaints { get; init; }
    }

    private sealed class Free
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Role { get; init; }
    }
}

/// <summary>A case to open.</summary>
public sealed record NewCase(Channel Channel, CaseKind Kind, string Subject, string Story, long CustomerId, Actor By, DateTimeOffset At, Actor? Owner = null)
{
    /// <summary>The customer, when they were added in the same unit of work: nothing of them is asked again.</summary>
    public FoundCustomer NewCustomer { get; init; }
}
