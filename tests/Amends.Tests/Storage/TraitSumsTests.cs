using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Causes;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features;

namespace Amends.Tests.Storage;

/// <summary>The sums of what orders and complaints share are what counting the rows gives: whatever changed, in odd pieces, killed in between, and counted anew, on both databases.</summary>
public sealed class TraitSumsTests
{
    private static readonly string[] Products = ["Kettle", "Sofa", ""], Lots = ["L-1", "L-2", ""], Carriers = ["Swift", "North\"line", ""], Suppliers = ["Kestrel", ""], Sites = ["Leeds", "Ghent", ""];
    private static readonly string[] Codes = ["OTH", "PRD.fails_early", "DEL.late"];

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Sums_of_orders_and_complaints_equal_a_count_of_their_rows(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Get<StoredSettings>().Set(new Company { TimeZone = "America/Sao_Paulo" }); // its clock was changed until 2019
        var (jo, seed) = (await desk.AddPerson("Jo", Role.Agent), Random.Shared.Next());
        var random = new Random(seed);
        var (numbers, orders, killed, lines) = (new List<long>(), 0, 0, 0L);
        string Any(string[] values) => values[random.Next(values.Length)];
        Task Book(Unit unit, long number, int account, long minor) => unit.Run(
            "insert into ledger_lines (number, entry, kind, booked_on, at, case_number, remedy_id, remedy_kind, account, account_code, cost_centre, minor, currency, tax_points, tax_minor, order_ref, payment_ref, approved_by, law, hash) values (@line, @line, 1, '2026-01-01', 0, @number, 1, 1, @account, '', '', @minor, 'EUR', 0, 0, '', '', '', '', @hash)",
            new { line = ++lines, number, account, minor, hash = Array.Empty<byte>() });
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 12; i++)
            {
                var which = random.Next(3) == 0 && orders > 0 ? random.Next(orders) : orders++;
                var order = new Order($"A-{which}", $"c{which % 7}@customer.example", "Somebody", "", "", new DateTimeOffset(2018, 9, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(300 * 1440)), new Money(1000, "EUR"), Any(Products), Any(Lots), Any(Carriers), "sent") { Supplier = Any(Suppliers), Site = Any(Sites) };
                await desk.Database.Write(unit => Orders.Put(unit, order, desk.Clock.Now));
            }

            for (var i = 0; i < 4; i++)
                numbers.Add(await desk.Complain($"Customer {random.Next(5)}", "It leaks", "It leaks.", jo));
            foreach (var number in numbers)
            {
                try
                {
                    await desk.Cases.Change(number, @case =>
                    {
                        if (random.Next(2) == 0)
                            @case.Categorise(Any(Codes), random.Next(2) == 0, jo, desk.Clock.Now);
                        if (random.Next(5) == 0)
                            @case.Withdraw(random.Next(2) == 0 ? CloseReason.Withdrawn : CloseReason.OutOfScope, "They took it back.", Told.Without("They said so."), jo, desk.Clock.Now, cause: random.Next(2) == 0 ? "unknown" : "product");
                    });
                    await desk.Database.Write(async unit =>
                    {
                        await unit.Run("update cases set order_id = (select max(id) from orders where id <= @most) where number = @number", new { most = 1 + random.Next(orders), number });
                        await unit.Run("update cases set severity = @severity where number = @number", new { severity = 1 + random.Next(2), number });
                        if (random.Next(3) == 0)
                            await Book(unit, number, 1 + random.Next(3), random.Next(5000));

                        await unit.Run("insert into report_due (case_number) values (@number)", new { number }); // as a save leaves it
                    });
                }
                catch (Refused)
                {
                    // it was closed before
                }
            }

            var reader = new ReportReader(desk.Database, desk.Get<StoredSettings>());
            await reader.Step(most: 1 + random.Next(9));
            await Assert.ThrowsAsync<TimeoutException>(() => reader.Step(most: 3, before: _ => throw new TimeoutException("killed before the commit")));
            killed++;
            await reader.CatchUp();
            await MustEqual(desk, $"round {round} of new Random({seed}) on {kind}");
            await RegulatoryRecount.MustEqual(desk, $"round {round} of new Random({seed}) on {kind}");
        }

        Assert.Equal(5, killed);
        var whole = await desk.Complain("Customer 1", "It leaks", "It leaks.", jo); // random ones seldom have all of it
        await desk.Cases.Change(whole, @case =>
        {
            @case.Categorise("OTH", false, jo, desk.Clock.Now);
            @case.Categorise("DEL.late", true, jo, desk.Clock.Now);
            @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without("They said so."), jo, desk.Clock.Now, cause: "product");
        });
        await desk.Database.Write(async unit =>
        {
            await Book(unit, whole, (int)Amends.Domain.Ledger.Account.Cash, -1200); // what was paid
            await unit.Run("insert into report_due (case_number) values (@whole)", new { whole });
        });
        await desk.Get<ReportReader>().CatchUp();
        await MustEqual(desk, $"with a whole one, new Random({seed}) on {kind}");
        Assert.Superset(Enum.GetValues<Trait>().ToHashSet(), (await desk.Rows<int>("select distinct trait from trait_counts")).Select(each => (Trait)each).ToHashSet());
        var before = await Stored(desk);
        await desk.Get<ReportReader>().Forget();
        await desk.Get<ReportReader>().Step(most: 2);
        await desk.Database.Write(unit => Orders.Put(unit, new Order("B-1", "late@customer.example", "", "", "", desk.Clock.Now, new Money(1000, "EUR"), "Kettle", "L-1", "", "sent"), desk.Clock.Now)); // while everything is counted anew
        await desk.Get<ReportReader>().CatchUp();
        await MustEqual(desk, $"counted anew, new Random({seed}) on {kind}");
        Assert.NotEqual(before, await Stored(desk));

        await desk.Get<StoredSettings>().Set(new Company { TimeZone = "Asia/Tokyo" });
        await desk.Get<ReportReader>().CatchUp();
        await MustEqual(desk, $"in another zone, new Random({seed}) on {kind}");
        await RegulatoryRecount.MustEqual(desk, $"in another zone, new Random({seed}) on {kind}");
        Assert.Superset(Enumerable.Range(1, 2).Append(5).ToHashSet(), (await desk.Rows<int>("select distinct what from regulatory_counts")).ToHashSet());
    }

    [Fact]
    public void The_day_of_a_moment_in_SQL_is_that_of_the_clock_through_all_changes_of_it()
    {
        foreach (var name in new[] { "America/Sao_Paulo", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Etc/UTC" })
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
            var (first, last) = (new DateTimeOffset(2009, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
            var sql = "select " + TraitSums.DaySql("@at", zone, first.ToUnixTimeMilliseconds(), last.ToUnixTimeMilliseconds());
            var random = new Random(7);
            var moments = Enumerable.Range(0, 400).Select(_ => first.AddMinutes(random.Next((int)(last - first).TotalMinutes)));
            for (var day = first; day < last; day = day.AddDays(1))
            {
                if (zone.GetUtcOffset(day) != zone.GetUtcOffset(day.AddDays(1)))
                    moments = moments.Concat(Enumerable.Range(0, 96).Select(quarter => day.AddMinutes(15 * quarter))); // around every change
            }

            foreach (var at in moments)
                Assert.Equal(LocalDay.Of(at, zone).DayNumber, Dapper.SqlMapper.ExecuteScalar<int>(connection, sql, new { at = at.ToUnixTimeMilliseconds() }));
        }
    }

    /// <summary>Counts the rows by hand, without what is kept.</summary>
    private static async Task MustEqual(Desk desk, string when)
    {
        var zone = (await desk.Get<StoredSettings>().Company()).Zone();
        int Day(long at) => LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).DayNumber;
        var counted = new List<(string Cell, long N)>();
        var (weight, cost) = (0L, 0L);
        void Count(int what, Trait trait, int day, string within, string value, long n = 1)
        {
            counted.Add(($"{what} {trait} 1 {within} {day} {value}", n));
            counted.Add(($"{what} {trait} 2 {within} {Cell.MonthOf(day)} {value}", n));
            if (what != 2 || trait is < Trait.Category or > Trait.Place)
                return;
            Count(3, trait, day, within, value, weight);
            Count(4, trait, day, within, value, cost);
        }

        void CountOrder(int what, int day, OrderRow row)
        {
            foreach (var (trait, value) in new[] { (Trait.Product, row.Product), (Trait.Lot, row.Lot), (Trait.Carrier, row.Carrier), (Trait.Supplier, row.Supplier), (Trait.Place, row.Site) }.Where(each => what == 2 || each.Item2 is { Length: > 0 }))
                Count(what, trait, day, "", value ?? "");
            if (row.Carrier is { Length: > 0 } carrier)
                Count(what, Trait.CarrierGoods, day, carrier, $"{row.Product}\u001f{row.Lot}");
            if (row.Supplier is { Length: > 0 } supplier)
                Count(what, Trait.SupplierGoods, day, supplier, $"{row.Product}\u001f{row.Lot}");
        }

        foreach (var row in await desk.Rows<OrderRow>("select placed_at, product, lot, carrier, supplier, site from orders"))
        {
            Count(1, Trait.All, Day(row.PlacedAt!.Value), "", "");
            CountOrder(1, Day(row.PlacedAt.Value), row);
        }

        foreach (var row in await desk.Rows<CaseRow>("select c.opened_at, c.closed_at, c.close_reason, c.goes_on_in, c.category, c.cause, c.first_category, c.confirmed_category, o.placed_at, o.product, o.lot, o.carrier, o.supplier, o.site, c.severity, (select cast(coalesce(sum(minor), 0) as bigint) from ledger_lines l where l.case_number = c.number and l.account = 1 and l.currency = 'EUR') as cost from cases c left join orders o on o.id = c.order_id where c.kind = 1"))
        {
            (weight, cost) = (row.Severity == 2 ? 3 : 1, row.Cost);
            if (row.CloseReason is not (4 or 5))
                Count(2, Trait.Came, Day(row.OpenedAt), row.Category ?? "", row.Product ?? "");
            if (row.GoesOnIn is not null)
                continue;
            var day = Day(row.PlacedAt ?? row.OpenedAt);
            Count(2, Trait.All, day, "", "");
            Count(2, Trait.Category, day, "", row.Category ?? "");
            Count(2, Trait.Cause, day, "", row.Cause ?? "");
            CountOrder(2, day, row);
            if (row is { FirstCategory: { } first, ConfirmedCategory: { } confirmed })
                Count(2, Trait.FirstAndConfirmed, day, first, confirmed);
            if (row.Carrier is { Length: > 0 } carrier)
                Count(2, Trait.CarrierCategory, day, carrier, row.Category ?? "");
            if (row.Supplier is { Length: > 0 } supplier)
                Count(2, Trait.SupplierCategory, day, supplier, row.Category ?? "");
            if (row is { ClosedAt: { } ended, Cause: { } cause })
                Count(2, Trait.EndedFor, Day(ended), "", cause);
        }

        var all = counted.GroupBy(each => each.Cell, each => each.N).Select(cell => (cell.Key, Sum: cell.Sum())).Where(cell => cell.Sum != 0).Select(cell => $"{cell.Key} = {cell.Sum}").Order(StringComparer.Ordinal).ToList();
        var kept = await Stored(desk);
        Assert.True(all.SequenceEqual(kept), $"{when}: {string.Join("; ", all.Except(kept).Take(5))} against {string.Join("; ", kept.Except(all).Take(5))}");
    }

    private static async Task<List<string>> Stored(Desk desk) => [.. (await desk.Rows<CountRow>("select what, trait, grain, within, span, value, n from trait_counts")).Select(row => $"{row.What} {(Trait)row.Trait} {row.Grain} {row.Within} {row.Span} {row.Value} = {row.N}").Order(StringComparer.Ordinal)];

    private class OrderRow
    {
        public long? PlacedAt { get; init; }
        public string? Product { get; init; }
        public string? Lot { get; init; }
        public string? Carrier { get; init; }
        public string? Supplier { get; init; }
        public string? Site { get; init; }
    }

    private sealed class CaseRow : OrderRow
    {
        public int Severity { get; init; }
        public long Cost { get; init; }
        public long OpenedAt { get; init; }
        public long? ClosedAt { get; init; }
        public int? CloseReason { get; init; }
        public long? GoesOnIn { get; init; }
        public string? Category { get; init; }
        public string? Cause { get; init; }
        public string? FirstCategory { get; init; }
        public string? ConfirmedCategory { get; init; }
    }

    private sealed class CountRow
    {
        public int What { get; init; }
        public int Trait { get; init; }
        public int Grain { get; init; }
        public string Within { get; init; } = "";
        public int Span { get; init; }
        public string Value { get; init; } = "";
        public long N { get; init; }
    }
}
