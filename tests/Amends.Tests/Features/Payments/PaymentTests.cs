using System.Collections.Concurrent;
using System.Net;
using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Payments;
using Amends.Domain.People;
using Amends.Jobs;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Approvals;
using Microsoft.Extensions.DependencyInjection;

namespace Amends.Tests.Features.Payments;

/// <summary>Refunds by hand, and by a provider that stalls, pays twice, and says what is not so.</summary>
public sealed class PaymentTests
{
    private static readonly Company Company = new();

    [Fact]
    public async Task A_refund_that_is_transferred_by_hand_is_done_when_somebody_confirms_it_with_proof()
    {
        await using var desk = await Desk.Start();
        var (number, jo) = await Owed(desk);
        var browser = await desk.SignIn(jo);
        await browser.Send($"/cases/{number}/payments", $"/cases/{number}/payments", new() { ["Remedy"] = "1" });
        await browser.Send($"/cases/{number}/payments", $"/cases/{number}/payments", new() { ["Remedy"] = "1" }); // twice is once
        await desk.RunDue();
        Assert.Equal(1, await desk.Value<long>("select count(*) from notices where text like 'Please transfer %20 to Amara Okafor%'"));
        var bare = await browser.Send($"/cases/{number}/payments", $"/cases/{number}/payments/1/confirmation", new() { ["proof"] = " " });
        Assert.Contains("Say what was seen", (await bare.Tree()).Words("[role=alert]"));
        await browser.Send($"/cases/{number}/payments", $"/cases/{number}/payments/1/confirmation", new() { ["proof"] = "Statement 44, line 3" });

        var state = (await desk.Cases.Find(number))!;
        Assert.Equal(PaymentState.Confirmed, Assert.Single(state.Payments).State);
        Assert.NotNull(state.Remedies[0].DoneAt);
        Assert.Equal(4, await desk.Value<long>("select count(*) from ledger_lines"));
    }

    [Fact]
    public async Task What_goes_another_way_than_they_paid_is_agreed_to_by_somebody_else()
    {
        await using var desk = await Desk.Start();
        var (number, jo) = await Owed(desk, Role.Lead);
        var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        var browser = await desk.SignIn(jo);
        await browser.Send($"/cases/{number}/payments", $"/cases/{number}/payments", new() { ["Remedy"] = "1", ["OtherRoute"] = "on" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send("/profile", $"/cases/{number}/payments/1/authorisation")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send("/profile", $"/cases/{number}/payments/1/confirmation", new() { ["proof"] = "I did it" })).StatusCode);
        Assert.Equal(PaymentState.Requested, (await desk.Cases.Find(number))!.Payments[0].State);
        await lea.Send($"/cases/{number}/payments", $"/cases/{number}/payments/1/authorisation");
        Assert.Equal(PaymentState.Authorised, (await desk.Cases.Find(number))!.Payments[0].State);
    }

    [Theory]
    [InlineData(Trick.None, PaymentState.Confirmed, 1, null)]
    [InlineData(Trick.StallsBefore, PaymentState.Confirmed, 1, null)]
    [InlineData(Trick.StallsAfter, PaymentState.Confirmed, 1, null)]
    [InlineData(Trick.SaysFailedAndPays, PaymentState.Confirmed, 1, null)]
    [InlineData(Trick.SaysPaidAndDoesNot, PaymentState.Failed, 0, "on no statement")]
    [InlineData(Trick.PaysTwice, PaymentState.Confirmed, 2, "it went out 2 times")]
    [InlineData(Trick.PaysLess, PaymentState.Confirmed, 1, "instead of")]
    [InlineData(Trick.Refuses, PaymentState.Failed, 0, "closed account")]
    public async Task Whatever_the_provider_does_is_found_on_its_statement(Trick trick, PaymentState ends, int effects, string? told)
    {
        var provider = new Trickster { Next = _ => trick };
        await using var desk = await Desk.Start(change: (_, builder) => builder.Services.AddSingleton<IPayRefunds>(provider));
        await desk.AddPerson("Lea", Role.Lead);
        var (number, jo) = await Owed(desk);
        await desk.Cases.Change(number, @case => @case.RequestPayment(1, provider.Name, false, jo, desk.Clock.Now));
        await RunOn(desk, 12);

        var state = (await desk.Cases.Find(number))!;
        Assert.Equal(ends, state.Payments[0].State);
        Assert.Equal(ends == PaymentState.Confirmed, state.Remedies[0].DoneAt is not null);
        Assert.Equal(effects, (await provider.Find(new PayOrder(Payment.KeyOf(number, 1), default, number, 0), default)).Count);
        Assert.Equal(told is null ? 0 : 1, await desk.Value<long>("select count(*) from events where kind = 'case_escalated'"));
        if (told is not null)
            Assert.Equal(1, await desk.Value<long>("select count(*) from events where kind = 'case_escalated' and body like @told", new { told = $"%{told}%" }));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task However_often_the_program_dies_around_a_payout_each_key_has_one_effect(string kind)
    {
        const int Payments = 12;
        var chance = new Random(7);
        var provider = new Trickster { Next = tries => tries < 4 ? (Trick)chance.Next(1, 3) : Trick.None }; // dies before or after the money went, up to four times a key
        await using var desk = await Desk.Start(kind, change: (_, builder) => builder.Services.AddSingleton<IPayRefunds>(provider));
        var jo = await desk.AddPerson("Jo", Role.Owner);
        var numbers = new List<long>();
        for (var i = 0; i < Payments; i++)
        {
            var number = await Owe(desk, jo, $"Customer {i}");
            await desk.Cases.Change(number, @case => @case.RequestPayment(1, provider.Name, false, jo, desk.Clock.Now));
            numbers.Add(number);
        }

        await RunOn(desk, 12, again: true);
        foreach (var number in numbers)
        {
            Assert.Single(await provider.Find(new PayOrder(Payment.KeyOf(number, 1), default, number, 0), default));
            Assert.Equal(PaymentState.Confirmed, (await desk.Cases.Find(number))!.Payments[0].State);
        }

        Assert.True(provider.Died >= Payments, $"died {provider.Died} times");
        Assert.Equal(0, await desk.Value<long>("select sum(minor) from ledger_lines"));
        Assert.Equal(Payments * 4, await desk.Value<long>("select count(*) from ledger_lines"));
    }

    /// <summary>Hours pass, and the queue tries again; where asked for, what was finished runs a second time.</summary>
    internal static async Task RunOn(Desk desk, int hours, bool again = false)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            await desk.RunDue();
            if (again && hour == hours - 2)
                await Again(desk);
            desk.Clock.Now += TimeSpan.FromHours(1);
        }
    }

    /// <summary>Everything that payments led to is to be done once more.</summary>
    internal static Task Again(Desk desk) => desk.Database.Write(unit => unit.Run(
        """
        insert into jobs (name, case_number, body, dedupe, due_at)
        select case kind when 'payment_authorised' then 'Amends.Features.Payments.PayOut' else 'Amends.Features.Payments.SeePayment' end, case_number, body, 'again:' || id, 0 from events where kind in ('payment_authorised', 'payment_sent')
        """));

    private static async Task<(long Number, Actor Jo)> Owed(Desk desk, Role role = Role.Agent)
    {
        var jo = await desk.AddPerson("Jo", role);
        return (await Owe(desk, jo, "Amara Okafor"), jo);
    }

    internal static async Task<long> Owe(Desk desk, Actor jo, string customer)
    {
        var number = await LimitTests.Understood(desk, jo, customer);
        await LimitTests.Give(desk, number, jo, 20);
        await desk.Cases.Change(number, @case => @case.Choose(1, 1, Channel.Phone, "Yes.", jo, Company.Calendar(), desk.Clock.Now));
        return number;
    }

    /// <summary>What the provider does this time.</summary>
    public enum Trick
    {
        None,
        StallsBefore,
        StallsAfter,
        SaysFailedAndPays,
        SaysPaidAndDoesNot,
        PaysTwice,
        PaysLess,
        Refuses,
    }

    /// <summary>A provider that cannot be trusted, with a statement that can.</summary>
    private sealed class Trickster : IPayRefunds
    {
        private readonly ConcurrentDictionary<string, List<PaidOut>> _statement = [];
        private readonly ConcurrentDictionary<string, int> _asked = [];

        public required Func<int, Trick> Next { get; init; }
        public int Died { get; private set; }
        public string Name => "trickster";

        public Task<PayAnswer> Pay(PayOrder order, CancellationToken ct)
        {
            var tries = _asked.AddOrUpdate(order.Key, 0, (_, before) => before + 1);
            var trick = Next(tries);
            if (trick is Trick.StallsBefore or Trick.StallsAfter && tries < 4)
            {
                Died++;
                if (trick == Trick.StallsAfter)
                    Effect(order, order.Amount);
                throw new TimeoutException("no answer");
            }

            if (trick == Trick.Refuses)
                return Task.FromResult(new PayAnswer(PayOutcome.Failed, Problem: "closed account"));
            if (trick != Trick.SaysPaidAndDoesNot)
                Effect(order, trick == Trick.PaysLess ? new(order.Amount.Minor - 100, order.Amount.Currency) : order.Amount);
            if (trick == Trick.PaysTwice)
                _statement[order.Key].Add(new($"{order.Key}-b", order.Amount));
            return Task.FromResult(trick == Trick.SaysFailedAndPays ? new PayAnswer(PayOutcome.Failed, Problem: "no") : new PayAnswer(PayOutcome.Sent, $"{order.Key}-a"));
        }

        public Task<IReadOnlyList<PaidOut>> Find(PayOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<PaidOut>>([.. _statement.GetValueOrDefault(order.Key, [])]);

        public Task<string?> WhyReturned(PayOrder order, string? reference, CancellationToken ct) => Task.FromResult<string?>(null);

        /// <summary>Once a key.</summary>
        private void Effect(PayOrder order, Domain.Money amount) => _statement.GetOrAdd(order.Key, _ => [new($"{order.Key}-a", amount)]);
    }
}
