using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Customers;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Statistics;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features;
using Amends.Tests.Features.Approvals;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Storage;

/// <summary>
/// Pages that read what is kept of each case say what the cases, the log and the orders say, asked anew by queries that know nothing of it:
/// through a random little history of complaints, orders and joined customers, whatever is counted by then; on both databases.
/// </summary>
public sealed class KeptPagesTests
{
    private const int Rounds = 60, RoundsOnPostgres = 24; // where each takes most of a second
    private static readonly string[] People = ["Amara Okafor", "Ben Ito", "Cleo Marsh", "Dov Adler"];

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task They_are_the_same_at_any_time_whatever_waits(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea, seed) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead), Random.Shared.Next());
        var (random, seen, company) = (new Random(seed), new Seen(), new Company());
        try
        {
            var merges = new CustomerMerges(desk.Database, desk.Cases);
            var (numbers, joined) = (new List<long>(), new List<long>());
            foreach (var (name, isQuiet) in new[] { ("Ezra Lund", true), ("Fay Moor", false) }) // so that there is something to see of each kind
            {
                for (var days = 30; isQuiet && days > 0; days -= 10)
                    await Ordered(name, $"Q-{days}", -days);
                numbers.Add(await LimitTests.Understood(desk, jo, name));
                await desk.Cases.Change(numbers[^1], @case => @case.Categorise("DEL.late", true, jo, desk.Clock.Now));
                await LimitTests.Prepare(desk, numbers[^1], jo, 200);
                desk.Clock.Now += TimeSpan.FromHours(2);
                await Approve(numbers[^1]);
                if (isQuiet)
                    await desk.Cases.Change(numbers[^1], @case => @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without("They wrote it themselves."), jo, desk.Clock.Now));
                else
                    await desk.Cases.Change(numbers[^1], async (@case, unit) => @case.SendOffer(1, jo, company.Calendar(), desk.Clock.Now, await MoneyDesk.PowerIn(unit, company, jo, @case.State.CustomerId, numbers[^1], desk.Clock.Now)));
                await MustBeTrue(desk, company, seen, name);
            }

            await PutRight(numbers[^1]);
            desk.Clock.Now += TimeSpan.FromDays(40);
            await Ordered("Fay Moor", "Q-1", -1);
            await MustBeTrue(desk, company, seen, "the beginning");
            numbers.Clear();
            for (var round = 0; round < (kind == "postgres" ? RoundsOnPostgres : Rounds); round++)
            {
                desk.Clock.Now += TimeSpan.FromMinutes(random.Next(60, 6 * 24 * 60));
                if (random.Next(3) == 0)
                    await desk.Get<ReportReader>().CatchUp();
                else if (random.Next(2) == 0)
                    await desk.Get<ReportReader>().Step(most: 1 + random.Next(3));
                try
                {
                    await Something(random.Next(12));
                }
                catch (Refused)
                {
                    // anybody tries anything
                }

                await MustBeTrue(desk, company, seen, $"round {round}");
            }

            await desk.Get<ReportReader>().CatchUp();
            await MustBeTrue(desk, company, seen, "the end");
            await MustBeTrueOfOrders(desk);
            Assert.True(seen is { Quiet: > 0, Again: > 0, Waited: > 0, Chosen: > 0, SomeWait: > 0, NothingWaits: > 0 }, $"this history proves little: {seen}");

            async Task Something(int what)
            {
                var name = People[random.Next(People.Length)];
                var number = numbers.Count == 0 ? 0 : numbers[random.Next(numbers.Count)];
                switch (what)
                {
                    case < 3:
                        numbers.Add(await LimitTests.Understood(desk, jo, name));
                        await desk.Cases.Change(numbers[^1], @case => @case.Categorise("DEL.late", true, jo, desk.Clock.Now));
                        if (random.Next(2) == 0)
                            await LimitTests.Give(desk, numbers[^1], jo, 1 + random.Next(20));
                        else
                            await LimitTests.Prepare(desk, numbers[^1], jo, 200);
                        break;
                    case 3:
                        await Approve(number);
                        break;
                    case 4:
                        await desk.Cases.Change(number, @case => @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without("They wrote it themselves."), jo, desk.Clock.Now));
                        break;
                    case 5 or 6 when number > 0:
                        await PutRight(number);
                        break;
                    case 7 when random.Next(3) == 0:
                        await desk.Cases.Change(number, @case => @case.Reopen("They changed their mind.", lea, company.Calendar(), desk.Clock.Now));
                        break;
                    case 8:
                        var (into, from) = ((await desk.AddCustomer(name)).Id, (await desk.AddCustomer(People[random.Next(People.Length)])).Id);
                        joined.Add(await desk.Database.Write(unit => merges.Merge(unit, into, from, "One person.", jo, desk.Clock.Now)));
                        break;
                    case 9 when joined.Count > 0:
                        await desk.Database.Write(unit => merges.TakeBack(unit, joined[random.Next(joined.Count)], "Two people.", jo, desk.Clock.Now));
                        break;
                    default:
                        for (var i = random.Next(1, 4); i > 0; i--) // new ones, and such that are known and get another date or another customer
                            await Ordered(name, $"N-{random.Next(40)}", random.Next(-120, 3));
                        break;
                }
            }

            Task Ordered(string name, string number, int days) => desk.Database.Write(unit =>
                Orders.Put(unit, new Order(number, $"{name.Replace(' ', '.').ToLowerInvariant()}@customer.example", name, "", "", desk.Clock.Now.AddDays(days), new Money(100, "EUR"), "", "", "", ""), desk.Clock.Now));

            Task Approve(long number) => desk.Cases.Change(number, async (@case, unit) =>
                @case.ApproveOffer(@case.State.Offer?.Id ?? 1, lea, desk.Clock.Now, await MoneyDesk.PowerIn(unit, company, lea, @case.State.CustomerId, number, desk.Clock.Now)));

            async Task PutRight(long number)
            {
                var state = (await desk.Cases.Find(number))!;
                var complaint = new Complaint(desk, jo, Actor.Customer(state.CustomerId, state.CustomerName), number);
                await desk.Cases.Change(number, @case => @case.Choose(@case.State.Offer?.Id ?? 1, 1, Channel.Phone, "Yes.", jo, company.Calendar(), desk.Clock.Now));
                await complaint.Deliver();
                await desk.Cases.Change(number, @case => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
            }
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"new Random({seed}) on {kind}: {e.Message}", e);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            throw new Xunit.Sdk.XunitException($"new Random({seed}) on {kind}: {e.Message}");
        }
    }

    private static async Task MustBeTrue(Desk desk, Company company, Seen seen, string when)
    {
        var now = desk.Clock.Now;
        if (await desk.Value<long>("select count(*) from report_due") > 0)
            seen.SomeWait++;
        else
            seen.NothingWaits++;
        var quiet = (await desk.Rows<DormantCustomer>(
            """
            select k.customer_id as id, k.number, k.opened_at, count(*) as orders, min(o.placed_at) as first_at, max(o.placed_at) as last_at from cases k join orders o on o.customer_id = k.customer_id
            where k.kind = 1 and k.opened_at > @since and k.number = (select max(n.number) from cases n where n.customer_id = k.customer_id and n.kind = 1) and not exists (select 1 from cases n where n.customer_id = k.customer_id and n.kind = 1 and n.closed_at is null)
            group by k.customer_id, k.number, k.opened_at having max(o.placed_at) <= k.opened_at
            """, new { since = (now - Neglected.Since).ToUnixTimeMilliseconds() }))
            .Where(row => Dormancy.IsDormant(row.Orders, At(row.FirstAt), At(row.LastAt), At(row.OpenedAt), now)).ToList();
        Assert.Equal(quiet.Select(Words).Order(), (await Neglected.Find(desk.Database, company.Calendar(), now)).Dormant.Select(Words).Order());
        seen.Quiet += quiet.Count;

        var span = new { from = now.AddDays(-90).ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds() };
        async Task<Proportion> Again(string which) => new(
            (int)await desk.Value<long>($"select count(*) from cases c where c.kind = 1 and {which} and c.closed_at >= @from and c.closed_at <= @now and exists (select 1 from orders o where o.customer_id = c.customer_id and o.placed_at > c.closed_at)", span),
            (int)await desk.Value<long>($"select count(*) from cases c where c.kind = 1 and {which} and c.closed_at >= @from and c.closed_at <= @now", span));
        var (yes, other) = (await Again("c.close_reason = 1"), await Again("c.close_reason <> 1"));
        var counts = await FollowOnCounts.Read(desk.Database, 90, now, default);
        Assert.True((yes, other) == (counts.AfterYes, counts.AfterOther), $"{when}: {yes} and {other}, not {counts.AfterYes} and {counts.AfterOther}");
        seen.Again += yes.Hits;

        var told = await Decided(desk, company, span.from);
        var tallies = (await new ApprovalFigures(desk.Database).Read(90, company, now, default)).Select(tally => $"{tally.Role} {tally.Sent} {tally.Asked} {tally.Unchanged} {tally.AskedAndSent} {string.Join(' ', tally.Waits.Order())}").ToList();
        Assert.True(told.SequenceEqual(tallies), $"{when}: {string.Join("; ", told)}, not {string.Join("; ", tallies)}");
        seen.Waited += told.Count(words => words.Contains(':', StringComparison.Ordinal));

        var chosen = await desk.Value<long>("select count(*) from cases c where c.kind = 1 and c.category is not null and c.stage >= 4 and c.opened_at > @from and exists (select 1 from events e where e.case_number = c.number and e.kind = 'option_chosen')", span);
        Assert.Equal(chosen, (await desk.Get<ConsistencyQuery>().Read(90, "EUR", now, default)).Sum(row => row.Spread.Count));
        seen.Chosen += chosen;

        static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
        static string Words(DormantCustomer row) => $"{row.Id} {row.Number} {row.OpenedAt} {row.Orders} {row.FirstAt} {row.LastAt}";
    }

    /// <summary>How offers were decided, from all of the log in one go.</summary>
    private static async Task<List<string>> Decided(Desk desk, Company company, long since)
    {
        var offers = new Dictionary<(long, int), (Role Role, DateTimeOffset? Asked, DateTimeOffset? Answered, bool Agreed, bool Sent)>();
        foreach (var (number, name, body) in await desk.Rows<(long, string, string)>("select case_number, kind, body from events where at >= @since order by case_number, seq", new { since }))
        {
            var news = CaseJson.Event(name, body);
            var id = news switch { ApprovalAsked e => e.Id, OfferApproved e => e.Id, OfferRefused e => e.Id, OfferSent e => e.Id, DecisionAdded e => e.OfferId, _ => 0 };
            if (news is OfferPrepared prepared && prepared.Options.Any(option => option.Value.Minor > 0))
                offers[(number, prepared.Id)] = (prepared.Under ?? prepared.By.Role, null, null, false, false);
            else if (offers.TryGetValue((number, id), out var was))
                offers[(number, id)] = news switch { ApprovalAsked => was with { Asked = was.Asked ?? news.At }, OfferApproved => was with { Answered = was.Answered ?? news.At, Agreed = true }, OfferRefused => was with { Answered = was.Answered ?? news.At }, _ => was with { Sent = true } };
        }

        return [.. offers.Values.GroupBy(offer => offer.Role).OrderBy(group => group.Key).Select(group =>
            $"{group.Key} {group.Count(offer => offer.Sent)} {group.Count(offer => offer.Asked is not null)} {group.Count(offer => offer is { Asked: not null, Agreed: true })} {group.Count(offer => offer is { Asked: not null, Sent: true })} {string.Join(' ', group.Where(offer => offer is { Asked: not null, Answered: not null }).Select(offer => company.Calendar().Between(offer.Asked!.Value, offer.Answered!.Value)).Order())}")];
    }

    /// <summary>With nothing waiting, who bought again is what the orders say.</summary>
    private static async Task MustBeTrueOfOrders(Desk desk)
    {
        var days = StayedReport.FollowedDays * 86_400_000L;
        Assert.Equal(
            await desk.Rows<(long, long)>($"select f.case_number, case when exists (select 1 from orders o where o.customer_id = f.customer_id and o.placed_at > f.closed_at and o.placed_at <= f.closed_at + {days}) then 1 else 0 end from case_facts f where f.is_complaint = 1 and f.closed_at is not null order by f.case_number"),
            await desk.Rows<(long, long)>($"select f.case_number, case when f.ordered_at <= f.closed_at + {days} then 1 else 0 end from case_facts f where f.is_complaint = 1 and f.closed_at is not null order by f.case_number"));
        var soon = await desk.Value<long>($"select count(*) from case_facts f where f.is_complaint = 1 and f.closed_at is not null and exists (select 1 from orders o where o.customer_id = f.customer_id and o.placed_at > f.closed_at and o.placed_at <= f.closed_at + {days})");
        foreach (var sums in new[] { "grain = 1", "grain = 2 and category = '*'", "grain = 2 and category <> '*'" })
            Assert.Equal(soon, await desk.Value<long>($"select cast(coalesce(sum(n), 0) as bigint) from report_counts where measure = {(int)Domain.Reports.Measure.BoughtAgain} and bucket = 1 and {sums}"));
        var window = new { from = Domain.Calendars.LocalDay.Begins(Domain.Calendars.LocalDay.Of(desk.Clock.Now, new Company().Zone()).AddDays(-364), new Company().Zone()).ToUnixTimeMilliseconds(), to = desk.Clock.Now.AddDays(-StayedReport.FollowedDays).ToUnixTimeMilliseconds() };
        var figure = (await desk.Get<ReportBook>().Read(ReportBook.All.Single(entry => entry.Key == "stayed"), null, null, default)).Figures[0];
        Assert.Equal(await desk.Value<long>("select count(*) from cases c where c.kind = 1 and c.closed_at >= @from and c.closed_at < @to", window), figure.Of);
        Assert.Equal(0, await desk.Value<long>("select count(*) from case_facts f join cases c on c.number = f.case_number where f.customer_id <> c.customer_id or coalesce(f.closed_at, 0) <> coalesce(c.closed_at, 0)"));
    }

    /// <summary>How often there was anything to compare.</summary>
    private sealed class Seen
    {
        public long Quiet { get; set; }
        public long Again { get; set; }
        public long Waited { get; set; }
        public long Chosen { get; set; }
        public long SomeWait { get; set; }
        public long NothingWaits { get; set; }

        public override string ToString() => $"{Quiet} quiet, {Again} again, {Waited} waited, {Chosen} chosen, {SomeWait} times something waited, {NothingWaits} times nothing";
    }
}
