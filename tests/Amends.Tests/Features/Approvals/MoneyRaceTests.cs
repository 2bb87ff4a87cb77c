using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Servers;

namespace Amends.Tests.Features.Approvals;

/// <summary>Many people give and approve at the same moment on two desks with one database: nothing is approved twice or by its own preparer, no budget is overspent, the books sum to zero.</summary>
public sealed class MoneyRaceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_desks_on_one_database_never_approve_twice_or_overspend()
    {
        var address = await PostgresServer.CreateDatabase();
        await using var one = await Desk.On(address);
        await using var two = await Desk.On(address);
        var race = await MoneyRace.On(one, two);
        var (rounds, offers) = (Asked("AMENDS_RACE_ROUNDS", 3), Asked("AMENDS_RACE_OFFERS", 12)); // bin/campaign money asks for more
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var round = 0; round < rounds && race.Wrong.Count == 0; round++)
            await race.Round(offers, budget: offers * 2500);
        output.WriteLine($"{race}; {watch.Elapsed.TotalSeconds:0} s");
        Assert.Equal([], race.Wrong);
        Assert.True(race is { Approved: > 0, Sent: > 0, OverBudget: > 0, OwnRefused: > 0 }, race.ToString()); // otherwise nothing was raced for
        await using var snapshot = await Snapshot.Take(one.Database);
        var wrong = new List<string>();
        Assert.True(await VerifyLedger.Run(snapshot, wrong.Add) > 0);
        Assert.Empty(wrong);
    }

    private static int Asked(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var asked) ? asked : otherwise;
}

/// <summary>One race after the other, and what came of them.</summary>
public sealed class MoneyRace
{
    private static readonly Company Company = new();
    private readonly Desk[] _desks;
    private Actor[] _agents = [];
    private Actor[] _leads = [];
    private int _round;

    private MoneyRace(Desk[] desks) => _desks = desks;

    public List<string> Wrong { get; } = [];
    public int Approved { get; private set; }
    public int Sent { get; private set; }
    public int OverBudget { get; private set; }
    public int OwnRefused { get; private set; }

    public static async Task<MoneyRace> On(params Desk[] desks)
    {
        var race = new MoneyRace(desks);
        race._agents = [await desks[0].AddPerson("Jo", Role.Agent), await desks[0].AddPerson("Hanna", Role.Agent)];
        race._leads = [await desks[0].AddPerson("Lea", Role.Lead), await desks[0].AddPerson("Lou", Role.Lead)];
        return race;
    }

    /// <summary>So many offers of 60 euros are approved by everybody at once, those who prepared them included, and sent at once; a month of its own has room for some of them.</summary>
    public async Task Round(int offers, long budget)
    {
        var desk = _desks[0];
        desk.Clock.Now = new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero).AddMonths(_round++ * 4 % 9600); // so that no customer's or person's limit is in the way
        foreach (var other in _desks)
            other.Clock.Now = desk.Clock.Now;
        var month = new DateTimeOffset(desk.Clock.Now.Year, desk.Clock.Now.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        await desk.Database.Write(unit => unit.Run("insert into budgets (kind, minor) values (0, @budget) on conflict (kind) do update set minor = excluded.minor", new { budget }));
        var cases = new List<(long Number, Actor By)>();
        for (var i = 0; i < offers; i++)
        {
            var by = i % 3 == 0 ? _leads[i % 2] : _agents[i % 2]; // a lead's own, too
            var number = await LimitTests.Understood(desk, by, $"Customer {_round}-{i}");
            await desk.Cases.Change(number, @case =>
            {
                @case.PrepareOffer(LimitTests.Draft(desk, 60), by, desk.Clock.Now);
                @case.AskApproval(1, by, desk.Clock.Now);
            });
            cases.Add((number, by));
        }

        var approvals = await Task.WhenAll(cases.SelectMany(each => _leads.Append(each.By).Distinct().Select((who, i) => Try(each.Number, _desks[i % _desks.Length],
            async (@case, unit, now) => @case.ApproveOffer(1, who, now, await MoneyDesk.PowerIn(unit, Company, who, @case.State.CustomerId, each.Number, now))))));
        OwnRefused += approvals.Count(code => code == "second_person");
        var sent = await Task.WhenAll(cases.Select((each, i) => Try(each.Number, _desks[i % _desks.Length], (@case, _, now) =>
        {
            @case.SendOffer(1, each.By, Company.Calendar(), now);
            @case.Choose(1, 1, Channel.Phone, "Yes.", each.By, Company.Calendar(), now);
            return Task.CompletedTask;
        })));
        OverBudget += sent.Count(code => code == "budget");
        if (approvals.Concat(sent).FirstOrDefault(code => code is not ("" or "second_person" or "budget")) is { } strange)
            Wrong.Add($"Round {_round}: somebody was told {strange}.");

        foreach (var (number, by) in cases)
        {
            var (state, events) = ((await desk.Cases.Find(number))!, await desk.Database.Read(connection => Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "select count(*) from events where case_number = @number and kind = 'offer_approved'", new { number })));
            if (events != 1)
                Wrong.Add($"Round {_round}: case {number} was approved {events} times.");
            if (state.Offer!.ApprovedById == by.Id)
                Wrong.Add($"Round {_round}: {by.Name} approved their own offer in case {number}.");
            Approved += (int)events;
            Sent += state.Offer.SentAt is null ? 0 : 1;
        }

        var given = await desk.Database.Read(connection => Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "select coalesce(sum(minor), 0) from money_given where month_at = @month", new { month }));
        if (given > budget || given != sent.Count(code => code == "") * 6000)
            Wrong.Add($"Round {_round}: {given} was given of {budget}.");
    }

    public override string ToString() => $"{_round} rounds, {Approved} approved once, {OwnRefused} own approvals refused, {Sent} sent, {OverBudget} refused for the budget, {Wrong.Count} wrong";

    private static async Task<string> Try(long number, Desk desk, Func<Case, Unit, DateTimeOffset, Task> verb)
    {
        try
        {
            await Task.Yield();
            await desk.Cases.Change(number, (@case, unit) => verb(@case, unit, desk.Clock.Now));
            return "";
        }
        catch (Refused no)
        {
            return no.Code;
        }
    }
}
