using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>Opening a case the same way from every channel: what we know of the customer decides what it needs, and the team's setting whose it is. A complaint goes to the team that answers for what it seems to be about.</summary>
public static class Intake
{
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
        var customer = wanted.NewCustomer is { NewKey: { } key } added ? new Facts { Id = added.Id, Name = added.Name, TextKey = key } : await Read(unit, wanted.CustomerId);
        var tone = wanted.By.Kind == ActorKind.Customer ? wanted.Tone ?? cases.Ear.ToneOf(wanted.Story) : null; // what one of us wrote down is not their tone
        var rota = wanted.Owner is null ? wanted.Rota ?? await Rota.Read(unit, wanted.At) : null;
        var team = wanted.Kind == CaseKind.Complaint ? rota?.Teams.For($"{wanted.Subject}\n{wanted.Story}") : null;
        var owner = wanted.Owner ?? (company.AssignAtOnce ? rota?.Next(isHard: tone?.Level >= UpsetLevel.Upset, team?.Id) : null);
        var opening = new Opening(wanted.Channel, wanted.Kind, wanted.Subject, wanted.Story, customer.Id, customer.Name, owner,
            HighValue: customer.Spent >= company.HighValueMinor, Repeat: customer.Complaints > 0, Source: wanted.Source, Care: customer.Care, Tone: tone, RingsForValue: customer.Spent >= (company.Calls.RingAboveMinor ?? company.HighValueMinor)) { Follows = wanted.Follows, MayGoOn = wanted.MayGoOn, Team = team };

        var @case = Case.Open(opening, wanted.By, company.Calendar(), wanted.At, company.Replies.Times());
        await cases.FollowDuties(@case);
        var opened = await cases.OpenIn(unit, @case, async number =>
        {
            await CaseLetters.Apply(unit, number, @case.Claims);
            await SearchIndex.Add(unit, number, 0, $"{number}\n{wanted.Subject}\n{customer.Name}");
            if (firstMessage is not null)
                await Conversation.Add(unit, number, firstMessage(number) with { IsFirst = true });
            if (also is not null)
                await also(@case, number);
        }, customer.TextKey);
        if (wanted.Follows is { } earlier)
        {
            await cases.ChangeIn(unit, earlier, (before, _) =>
            {
                before.NoteFollowing(opened, wanted.By, wanted.At);
                return Task.CompletedTask;
            });
        }

        return opened;
    }

    private static async Task<Facts> Read(Unit unit, long id)
    {
        while (true)
        {
            var facts = await unit.One<Facts>(
                $"""
                select c.id, c.name, c.text_key, c.merged_into, c.preferred_name, c.preferred_channel, c.support, c.support_words, c.representative,
                    (select coalesce(sum(total_minor), 0) from orders o where o.customer_id = c.id) as spent,
                    (select count(*) from cases k where k.customer_id = c.id and k.kind = 1) as complaints
                from customers c where c.id = @id{Customers.Held(unit)}
                """, new { id }) ?? throw new Domain.Refused("customer", "There is no such customer.");
            if (facts.MergedInto is not { } next)
                return facts;
            id = next;
        }
    }

    private sealed class Facts : CareRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public long? MergedInto { get; init; }
        public byte[] TextKey { get; init; } = [];
        public long Spent { get; init; }
        public long Complaints { get; init; }
    }
}

/// <summary>A case to open.</summary>
public sealed record NewCase(Channel Channel, CaseKind Kind, string Subject, string Story, long CustomerId, Actor By, DateTimeOffset At, Actor? Owner = null)
{
    /// <summary>The customer, when they were added in the same unit of work: nothing of them is asked again.</summary>
    public FoundCustomer NewCustomer { get; init; }

    /// <summary>How upset the customer's words are, when the caller has heard them before the unit of work, so that nobody waits for it.</summary>
    public Tone? Tone { get; init; }

    /// <summary>Where exactly it came from, for ways in that are not ours.</summary>
    public Source? Source { get; init; }

    /// <summary>The earlier case of the same customer that it follows.</summary>
    public long? Follows { get; init; }

    /// <summary>Somebody says later whether it is the same matter as that one.</summary>
    public bool MayGoOn { get; init; }

    /// <summary>Whose turn it is, when the caller has read that for several cases.</summary>
    public Rota? Rota { get; init; }
}
