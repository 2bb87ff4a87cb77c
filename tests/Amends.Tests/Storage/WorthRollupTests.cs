using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features;
using Measure = Amends.Domain.Reports.Measure;

namespace Amends.Tests.Storage;

/// <summary>What is kept of worth and cost follows complaints, orders, books, work and joined customers, in whatever order they come, on both databases.</summary>
public sealed class WorthRollupTests
{
    private const int Turns = 70, Customers = 5;

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_sums_of_worth_equal_a_slow_recount_whatever_came_before_or_after_the_end(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Manager), await desk.AddPerson("Lea", Role.Lead));
        var (seed, numbers, orders, late) = (Random.Shared.Next(), new List<long>(), 0, 0);
        try
        {
            var (random, joined, reader) = (new Random(seed), (Into: 0L, Merge: 0L), desk.Get<ReportReader>());
            for (var turn = 0; turn < Turns; turn++)
            {
                desk.Clock.Now += TimeSpan.FromHours(random.Next(1, 200));
                var (who, now, some) = ($"Customer {random.Next(Customers)}", desk.Clock.Now, numbers.Count == 0 ? 0 : numbers[random.Next(numbers.Count)]);
                switch (some == 0 ? 0 : turn < 14 ? turn % 2 * 3 : random.Next(10))
                {
                    case 0 or 1 or 2:
                        numbers.Add(await Play(desk, who, jo, lea, random, (turn + random.Next(2)) % 5));
                        break;
                    case 3 or 4: // before the complaints, between or after them; known ones come again with another total
                        await desk.Database.Write(unit => Orders.Put(unit, new($"W-{random.Next(12)}", $"customer.{random.Next(Customers)}@customer.example", "", "", "", now.AddDays(random.Next(-500, 20)), new(random.Next(1, 90_000), random.Next(6) == 0 ? "SEK" : "EUR"), "Kettle", "", "", ""), now));
                        orders++;
                        break;
                    case 5:
                        await desk.Database.Write(unit => CaseCosts.Add(unit, some, (CostKind)random.Next(1, 5), random.Next(1, 90), new(random.Next(1, 5_000), "EUR"), "A parcel", now));
                        if (random.Next(3) == 0 && await desk.Value<long?>("select max(id) from case_costs where case_number = @some", new { some }) is { } line)
                            await desk.Database.Write(unit => CaseCosts.TakeBack(unit, some, line));
                        break;
                    case 6:
                        await CaseCosts.Sign(desk.Database, jo.Id, some, now, TimeZoneInfo.Utc);
                        await CaseCosts.Sign(desk.Database, jo.Id, some, now.AddMinutes(3), TimeZoneInfo.Utc);
                        break;
                    case 7: // the end is taken back, and sometimes comes again
                        await desk.Cases.Change(some, @case => @case.Reopen("Not yet.", lea, new Company().Calendar(), now));
                        late++;
                        break;
                    case 8:
                        if (await desk.Value<long?>("select min(o.id) from orders o join cases c on c.customer_id = o.customer_id where c.number = @some", new { some }) is { } about)
                            await desk.Database.Write(async unit => await LawDesk.About(unit, some, $"{about}"));
                        break;
                    case 9 when joined.Merge > 0:
                        await desk.Database.Write(unit => desk.Get<CustomerMerges>().TakeBack(unit, joined.Merge, "Two after all.", lea, now));
                        joined = default;
                        break;
                    case 9:
                        var (into, from) = ((await desk.AddCustomer("Customer 0")).Id, (await desk.AddCustomer("Customer 1")).Id);
                        if (into != from)
                            joined = (into, await desk.Database.Write(unit => desk.Get<CustomerMerges>().Merge(unit, into, from, "One person.", lea, now)));
                        break;
                }

                if (random.Next(3) == 0)
                    await reader.Step(most: 1 + random.Next(9));
            }

            await reader.CatchUp();
            await MustEqual(desk, "after the history");
            Assert.Superset(new HashSet<Measure>([Measure.WorthEnded, Measure.WorthRevenue, Measure.WorthSpent, Measure.WorthCostly, Measure.WorthAgain, Measure.RemedyAnswered, Measure.Keeping, Measure.EndedBy]),
                (await desk.Rows<int>("select distinct measure from report_counts")).Select(each => (Measure)each).ToHashSet()); // otherwise this proves little
            await reader.Forget();
            await reader.Step(most: 3);
            await reader.CatchUp();
            await MustEqual(desk, "counted anew");
            await desk.Get<StoredSettings>().Set(new Company { TimeZone = "Asia/Tokyo", Currency = "SEK" });
            await reader.CatchUp();
            await MustEqual(desk, "in another zone and currency");
            Assert.Equal(await desk.Value<long>("select count(*) from worth_facts where ending > 0"), await desk.Value<long>("select count(*) from cases where kind = 1 and closed_at is not null and close_reason in (1, 2, 7, 8)"));
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"new Random({seed}) on {kind}, {numbers.Count} complaints, {orders} orders, {late} ends taken back: {e.Message}", e);
        }
    }

    internal static async Task MustEqual(Desk desk, string when)
    {
        var (right, stored) = (Words(await WorthRecount.Cells(desk)), Words((await desk.Rows<Row>("select measure, grain, span, category, part, bucket, n from report_counts where measure between 30 and 36 or measure = 38"))
            .ToDictionary(row => new Cell((Measure)row.Measure, row.Grain, row.Span, row.Category, row.Part, row.Bucket), row => row.N)));
        Assert.True(right.SequenceEqual(stored), $"{when}: right is {string.Join("; ", right.Except(stored).Take(6))}, stored is {string.Join("; ", stored.Except(right).Take(6))}");
    }

    /// <summary>A complaint from its beginning to one of its ends.</summary>
    private static async Task<long> Play(Desk desk, string who, Actor jo, Actor lea, Random random, int way)
    {
        var (calendar, number) = (new Company().Calendar(), await desk.Complain(who, "Broken kettle", "It leaks.", random.Next(3) switch { 0 => lea, 1 => null, _ => jo }));
        await desk.Cases.Change(number, @case =>
        {
            @case.BeginListening(jo, desk.Clock.Now);
            @case.HearWantedOutcome("My money back", jo, desk.Clock.Now);
            @case.CheckSafety(false, jo, desk.Clock.Now);
            @case.Categorise(new[] { "DEL.late", "PRD.quality", "SRV.slow" }[random.Next(3)], confirmed: true, jo, desk.Clock.Now);
            @case.WriteSummary("The kettle leaks", "Tea in the morning", "Options", jo, desk.Clock.Now);
            @case.ConfirmSummary(1, Channel.Phone, "Yes.", jo, desk.Clock.Now);
        });
        if (way == 4) // no agreement
        {
            await desk.Cases.Change(number, @case =>
            {
                @case.Decide(1, Finding.NotUpheld, "It was filled above the mark.", "A descaler", "The photo", jo, desk.Clock.Now);
                @case.SendDecision(new DecisionTerms(desk.Clock.Now.AddDays(2), desk.Clock.Now.AddDays(3), desk.Clock.Now.AddDays(7), "You can ask the Retail Ombudsman.", "EUR"), jo, calendar, desk.Clock.Now);
                @case.DeclareDeadlock("They want all of it.", lea, desk.Clock.Now.AddHours(2));
            });
            return number;
        }

        await desk.Cases.Change(number, @case =>
        {
            OptionRemedy Remedy(RemedyKind kind, string what, long euros, RemedyData? data = null) => new(kind, what, new Money(euros * 100, "EUR"), desk.Clock.Now.AddDays(2)) { Data = data };
            @case.PrepareOffer(new Case.Draft([new(0, "Money", "You wanted it.", [Remedy(RemedyKind.Refund, "Money back", 20), Remedy(RemedyKind.Other, "A cup", 9, random.Next(2) == 0 ? new RemedyData { Cost = new Money(400, "EUR") } : null)], true)], null, desk.Clock.Now.AddDays(3), desk.Clock.Now.AddDays(7)), jo, desk.Clock.Now);
            @case.SendOffer(1, jo, calendar, desk.Clock.Now);
            @case.Choose(1, 1, Channel.Phone, "Yes.", jo, calendar, desk.Clock.Now);
            if (way == 3) // something fails, and the customer says no in the end
                @case.FailRemedy(2, "The cup broke.", jo, calendar, desk.Clock.Now);
        });
        if (way == 3 || random.Next(4) == 0)
            return number; // still open
        desk.Clock.Now += TimeSpan.FromHours(random.Next(1, 300)); // promises are missed meanwhile
        await desk.RunDue();
        await desk.Cases.Change(number, @case =>
        {
            foreach (var remedy in @case.State.Remedies.Where(remedy => remedy.IsOpen).ToList())
                @case.FinishRemedy(remedy.Id, null, jo, desk.Clock.Now);
            @case.CompleteDelivery(random.Next(3) == 0 ? "service" : null, desk.Clock.Now.AddHours(1), jo, calendar, desk.Clock.Now);
            if (way == 2)
                @case.WaiveCheckBack(Channel.Phone, "No need.", jo, desk.Clock.Now);
            else
                @case.AnswerCheckBack(random.Next(3) == 0 ? CheckBackAnswer.No : CheckBackAnswer.Yes, 4, Channel.Phone, "Thanks.", jo, calendar, desk.Clock.Now, new Survey(Return: random.Next(2) == 0 ? WouldReturn.Yes : WouldReturn.No));
        });
        return number;
    }

    private static List<string> Words(Dictionary<Cell, long> cells) => [.. cells.Where(cell => cell.Value != 0).Select(cell => $"{cell.Key} = {cell.Value}").Order(StringComparer.Ordinal)];

    private sealed class Row
    {
        public int Measure { get; init; }
        public int Grain { get; init; }
        public int Span { get; init; }
        public string Category { get; init; } = "";
        public long Part { get; init; }
        public int Bucket { get; init; }
        public long N { get; init; }
    }
}
