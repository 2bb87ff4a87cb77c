using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Customers;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Dapper;

namespace Amends.Tests.Features.CustomerFiles;

/// <summary>Two customers become one and two again, in the store, on both databases.</summary>
public sealed class MergeTests
{
    private static CustomerMerges Merges(Desk desk) => desk.Get<CustomerMerges>();

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Everything_of_the_one_who_joins_follows_and_goes_back_when_it_is_taken_back(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var open = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");
        var twin = await desk.Complain("A Okafor", "Also the second one", "That one, too.");
        var (stays, joins) = (await desk.AddCustomer("Amara Okafor"), await desk.AddCustomer("A Okafor"));
        await desk.Database.Write(async unit =>
        {
            await unit.Run("update customers set phone = '0113 496 0142', place = 'Leeds', since = 5 where id = @Id", new { joins.Id });
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) values (@Id, 'A-1', 'A-1', 7, 500, 'EUR')", new { joins.Id });
            await unit.Run("insert into money_given (case_number, offer_id, person_id, customer_id, kind, minor, currency, statutory, chosen, at, month_at) values (@twin, 1, @me, @Id, 1, 4000, 'EUR', 0, 1, @at, 0)", new { twin, me = jo.Id, joins.Id, at = desk.Clock.Now.ToUnixTimeMilliseconds() });
        });
        var link = await desk.Database.Write(unit => CustomerLinks.Issue(unit, twin, desk.Clock.Now));
        desk.Clock.Now = desk.Clock.Now.AddMinutes(1);

        foreach (var (into, from, code) in new[] { (stays.Id, stays.Id, "same_customer"), (stays.Id, 99_999L, "customer") })
            Assert.Equal(code, (await Assert.ThrowsAsync<Refused>(() => desk.Database.Write(unit => Merges(desk).Merge(unit, into, from, "One person.", jo, desk.Clock.Now)))).Code);
        Assert.Equal("why", (await Assert.ThrowsAsync<Refused>(() => desk.Database.Write(unit => Merges(desk).Merge(unit, stays.Id, joins.Id, " ", jo, desk.Clock.Now)))).Code);
        var before = await Counts(desk);
        await Assert.ThrowsAsync<InvalidOperationException>(() => desk.Database.Write<long>(async unit =>
        {
            await Merges(desk).Merge(unit, stays.Id, joins.Id, "The same number.", jo, desk.Clock.Now);
            throw new InvalidOperationException("the machine stops here");
        }));
        Assert.Equal(before, await Counts(desk)); // all or nothing
        Assert.Equal(joins.Id, (await desk.Cases.Find(twin))!.CustomerId);

        var merge = await desk.Database.Write(unit => Merges(desk).Merge(unit, stays.Id, joins.Id, "The same number.", jo, desk.Clock.Now));
        Assert.Equal((stays.Id, "Amara Okafor"), ((await desk.Cases.Find(twin))!.CustomerId, (await desk.Cases.Find(twin))!.CustomerName));
        Assert.Equal(stays.Id, await desk.Value<long>("select customer_id from orders where number = 'A-1'"));
        var company = new Company();
        var (_, given) = await MoneyDesk.PowerOf(desk.Database, company, jo, stays.Id, open, desk.Clock.Now);
        Assert.Equal(4000, Assert.Single(given!).Value.Customer); // limits count together
        Assert.Equal(("0113 496 0142", "Leeds", 5L), await desk.Database.Read(connection => connection.QuerySingleAsync<(string, string, long)>("select phone, place, since from customers where id = @Id", new { stays.Id })));
        Assert.Equal(2, await desk.Value<long>("select count(*) from events where kind = 'customers_merged'")); // both open cases are told
        Assert.Equal(stays.Id, (await desk.Database.Write(unit => Customers.Find(unit, "a.okafor@customer.example")))!.Value.Id);
        Assert.Equal(stays.Id, (await desk.Database.Write(unit => Customers.Current(unit, joins.Id)))!.Value.Id);
        var again = await Assert.ThrowsAsync<Refused>(() => desk.Database.Write(unit => Merges(desk).Merge(unit, stays.Id, joins.Id, "Again.", jo, desk.Clock.Now)));
        Assert.Equal("merged", again.Code);
        Assert.Contains("belongs to Amara Okafor", again.Message);
        var late = await desk.Database.Write(unit => Intake.Open(unit, desk.Cases, company, new NewCase(Channel.Phone, CaseKind.Complaint, "New", "New words", joins.Id, jo, desk.Clock.Now))); // by the old id
        Assert.Equal(stays.Id, (await desk.Cases.Find(late))!.CustomerId);
        Assert.True(await CustomerLinks.Works(desk.Database, link, desk.Clock.Now));
        var since = await desk.Database.Write(unit => CustomerLinks.Issue(unit, twin, desk.Clock.Now));

        Assert.Equal(joins.Id, await desk.Database.Write(unit => Merges(desk).TakeBack(unit, merge, "Two sisters.", jo, desk.Clock.Now)));
        Assert.Equal((joins.Id, "A Okafor"), ((await desk.Cases.Find(twin))!.CustomerId, (await desk.Cases.Find(twin))!.CustomerName));
        Assert.Equal(stays.Id, (await desk.Cases.Find(late))!.CustomerId); // what is new stays
        Assert.Equal(joins.Id, await desk.Value<long>("select customer_id from orders where number = 'A-1'"));
        Assert.Equal(joins.Id, await desk.Value<long>("select customer_id from money_given"));
        Assert.Null(await desk.Value<string?>("select phone from customers where id = @Id", new { stays.Id }));
        Assert.True(await CustomerLinks.Works(desk.Database, link, desk.Clock.Now)); // it went to them before
        Assert.False(await CustomerLinks.Works(desk.Database, since, desk.Clock.Now)); // this one may have gone to the other
        Assert.Equal("undone", (await Assert.ThrowsAsync<Refused>(() => desk.Database.Write(unit => Merges(desk).TakeBack(unit, merge, "Again.", jo, desk.Clock.Now)))).Code);
        Assert.Null(await desk.Database.Write(unit => Merges(desk).TakeBack(unit, 4711, "No such.", jo, desk.Clock.Now)));
        Assert.Empty(await LikelyDuplicates.Find(desk.Database, stays.Id)); // they are known to be two
        await Holds(desk);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Who_came_with_a_code_counts_for_whoever_sent_them_is_now_and_goes_back_with_a_merge_that_is_taken_back(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var (kept, joins, friend, twin) = (await desk.AddCustomer("Amara Okafor"), await desk.AddCustomer("A Okafor"), await desk.AddCustomer("Finn Moe"), await desk.AddCustomer("F Moe"));
        async Task<string> Letter(string customer, long id)
        {
            var number = await desk.Complain(customer, "It leaks", "It leaks.");
            return await desk.Database.Write(async unit =>
            {
                var code = await FollowOnDesk.NewCode(unit);
                await FollowOnDesk.Keep(unit, number, id, false, code, FollowOnDesk.NewToken(), desk.Clock.Now);
                return code;
            });
        }

        Task<bool> Came(long customer, string code) => desk.Database.Write(unit => FollowOnDesk.CameBy(unit, customer, code, SentBy.Asked, desk.Clock.Now));
        Task<long> Join(long into, long from) => desk.Database.Write(unit => Merges(desk).Merge(unit, into, from, "One person.", jo, desk.Clock.Now));
        Task<long?> Part(long merge) => desk.Database.Write(unit => Merges(desk).TakeBack(unit, merge, "Two people.", jo, desk.Clock.Now));
        async Task<(long, long)> Counted() => ((await FollowOnDesk.Of(desk.Database, kept.Id)).Came, (await FollowOnDesk.Of(desk.Database, joins.Id)).Came);
        async Task<(int Referrals, int Orders, string Newest)> Report() =>
            await FollowOnCounts.Read(desk.Database, 30, desk.Clock.Now, default) is var counts ? (counts.Referrals, counts.ReferralOrders, string.Join(", ", counts.Newest.Select(letter => $"{letter.Customer} {letter.Came}"))) : default;

        var (first, second) = (await Letter("Amara Okafor", kept.Id), await Letter("A Okafor", joins.Id));
        desk.Clock.Now = desk.Clock.Now.AddMinutes(1);
        Assert.True(await Came(friend.Id, second));
        desk.Clock.Now = desk.Clock.Now.AddMinutes(1);
        Assert.True(await Came(twin.Id, first));
        Assert.True(await Came(joins.Id, first)); // who turns out to be the same as the one who sent them
        await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) values (@Id, 'F-1', 'F-1', @at, 500, 'EUR')", new { twin.Id, at = desk.Clock.Now.ToUnixTimeMilliseconds() }));
        Assert.Equal((2L, 1L), await Counted());
        Assert.Equal((3, 1, "A Okafor 1, Amara Okafor 2"), await Report());

        var one = await Join(kept.Id, joins.Id);
        Assert.Equal((2L, 0L), await Counted()); // both friends, and nobody sends themselves
        Assert.Equal((2, 1, "Amara Okafor 1, Amara Okafor 1"), await Report());
        Assert.Null((await FollowOnDesk.Of(desk.Database, kept.Id)).SentBy);
        Assert.False(await Came(joins.Id, second)); // their own, by either id
        var two = await Join(friend.Id, twin.Id);
        Assert.Equal((1L, 0L), await Counted()); // one friend, by the first code
        Assert.Equal((1, 1, "Amara Okafor 1, Amara Okafor 0"), await Report()); // and their order, whichever id it came under
        Assert.Equal(second, (await FollowOnDesk.Of(desk.Database, friend.Id)).SentBy);

        await Part(one);
        Assert.Equal((1L, 1L), await Counted()); // who joined came with the first code, and is somebody else again
        await Part(two);
        Assert.Equal((2L, 1L), await Counted());
        Assert.Equal((3, 1, "A Okafor 1, Amara Okafor 2"), await Report());
        Assert.Equal(first, (await FollowOnDesk.Of(desk.Database, joins.Id)).SentBy);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Two_who_join_each_other_at_once_become_one_and_what_comes_in_meanwhile_is_with_them(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        for (var round = 0; round < 5; round++)
        {
            var (one, two) = (await desk.AddCustomer($"One {round}"), await desk.AddCustomer($"Two {round}"));
            await desk.Complain($"One {round}", "It leaks", "It leaks.");
            await desk.Complain($"Two {round}", "It drips", "It drips.");
            var tries = new[] { (one.Id, two.Id), (two.Id, one.Id) }.Select(pair => Task.Run(async () =>
            {
                try
                {
                    await desk.Database.Write(unit => Merges(desk).Merge(unit, pair.Item1, pair.Item2, "One person.", jo, desk.Clock.Now));
                    return true;
                }
                catch (Refused refused)
                {
                    Assert.Equal("merged", refused.Code);
                    return false;
                }
            }));
            var incoming = Enumerable.Range(0, 6).Select(i => Task.Run(() => desk.Database.Write(async unit => // who writes meanwhile is found by their address
            {
                var (id, _) = await Customers.FindOrAdd(unit, i % 2 == 0 ? $"one.{round}@customer.example" : $"two.{round}@customer.example", "", null, desk.Clock.Now);
                return await Intake.Open(unit, desk.Cases, new Company { AssignAtOnce = false }, new NewCase(Channel.Mail, CaseKind.Complaint, "Meanwhile", "Meanwhile.", id, jo, desk.Clock.Now));
            }))).ToList();
            Assert.Single(await Task.WhenAll(tries), done => done);
            await Task.WhenAll(incoming);
            Assert.Equal(2 + incoming.Count, await desk.Value<long>("select count(*) from cases c join customers u on u.id = c.customer_id where u.merged_into is null and u.id in (@a, @b)", new { a = one.Id, b = two.Id }));
        }

        await Holds(desk);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Random_merges_and_splits_lose_nothing_and_everything_is_where_it_belongs(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var chance = new Random(7);
        var (homes, parents, merges) = (new Dictionary<string, long>(), new Dictionary<long, long>(), new List<(long Merge, long From)>());
        var customers = new List<long>();
        for (var i = 0; i < 6; i++)
            customers.Add((await desk.AddCustomer($"Person {i}")).Id);
        foreach (var id in customers.ToList())
            await New(id);
        long Root(long id) => parents.TryGetValue(id, out var up) ? Root(up) : id;

        for (var step = 0; step < 60; step++)
        {
            desk.Clock.Now = desk.Clock.Now.AddMinutes(1);
            var (one, two) = (customers[chance.Next(customers.Count)], customers[chance.Next(customers.Count)]);
            switch (chance.Next(5))
            {
                case 0 or 1 when Root(one) == one && Root(two) == two && one != two:
                    merges.Add((await desk.Database.Write(unit => Merges(desk).Merge(unit, one, two, "One person.", jo, desk.Clock.Now)), two));
                    parents[two] = one;
                    break;
                case 2 when merges.Count > 0:
                    var undone = merges[chance.Next(merges.Count)];
                    Assert.Equal(undone.From, await desk.Database.Write(unit => Merges(desk).TakeBack(unit, undone.Merge, "Two.", jo, desk.Clock.Now)));
                    merges.Remove(undone);
                    parents.Remove(undone.From);
                    break;
                case 3:
                    await New(Root(one));
                    break;
                case 4 when homes.Keys.Where(key => key[0] == 'c' && Root(homes[key]) == Root(one)).ToList() is { Count: > 0 } theirs:
                    var key = theirs[chance.Next(theirs.Count)];
                    var number = long.Parse(key[1..]);
                    var address = homes.Keys.FirstOrDefault(each => each[0] == 'a' && Root(homes[each]) == Root(one));
                    var fresh = await desk.Database.Write(unit => Merges(desk).MoveOut(unit, Root(one), [number], address is null ? [] : [address[1..]], $"Somebody {step}", "Not theirs.", jo, desk.Clock.Now));
                    (homes[key], homes["o" + (await OrderOf(number))]) = (fresh, fresh);
                    if (address is not null)
                        homes[address] = fresh;
                    customers.Add(fresh);
                    break;
            }

            if (step % 10 == 9)
                await AllAreHome();
        }

        foreach (var (merge, from) in merges.OrderBy(_ => chance.Next()).ToList())
        {
            await desk.Database.Write(unit => Merges(desk).TakeBack(unit, merge, "Two.", jo, desk.Clock.Now));
            parents.Remove(from);
        }

        await AllAreHome();
        Assert.Equal(homes.Count(home => home.Key[0] == 'c'), await desk.Value<long>("select count(*) from cases"));
        await Holds(desk);

        async Task New(long id)
        {
            var (number, address) = await desk.Database.Write(async unit =>
            {
                var order = await unit.Insert("orders.id", "customer_id, number, number_key, placed_at, total_minor, currency", "@id, @text, @text, 1, 100, 'EUR'", new { id, text = Guid.NewGuid().ToString() });
                var opened = await Intake.Open(unit, desk.Cases, new Company { AssignAtOnce = false }, new NewCase(Channel.Phone, CaseKind.Complaint, "It leaks", "It leaks.", id, jo, desk.Clock.Now));
                await unit.Run("update cases set order_id = @order where number = @opened", new { order, opened });
                var text = $"{opened}@customer.example";
                await Customers.AddAddress(unit, id, text);
                await unit.Run("insert into money_given (case_number, offer_id, person_id, customer_id, kind, minor, currency, statutory, chosen, at, month_at) values (@opened, 1, 1, @id, 1, 100, 'EUR', 0, 1, 1, 0)", new { opened, id });
                return (opened, text);
            });
            (homes["c" + number], homes["a" + address], homes["o" + await OrderOf(number)]) = (id, id, id);
        }

        Task<long> OrderOf(long number) => desk.Value<long>("select order_id from cases where number = @number", new { number });

        async Task AllAreHome()
        {
            foreach (var (key, home) in homes)
            {
                var sql = key[0] switch { 'c' => "select customer_id from cases where number = cast(@text as bigint)", 'o' => "select customer_id from orders where id = cast(@text as bigint)", _ => "select customer_id from customer_addresses where address = @text" };
                Assert.True(Root(home) == await desk.Value<long>(sql, new { text = key[1..] }), $"{key} is not with {Root(home)}");
            }
        }
    }

    /// <summary>What must hold whatever was joined and parted: no row belongs to somebody who joined another, every case knows whose it is, money counts for whose case it is, and the chains are whole.</summary>
    private static async Task Holds(Desk desk)
    {
        foreach (var table in new[] { "cases", "orders", "customer_addresses", "money_given" })
            Assert.Equal(0, await desk.Value<long>($"select count(*) from {table} t join customers u on u.id = t.customer_id where u.merged_into is not null"));
        Assert.Equal(0, await desk.Value<long>("select count(*) from money_given g join cases c on c.number = g.case_number where c.customer_id <> g.customer_id"));
        var rows = await desk.Database.Read(async connection => (await connection.QueryAsync<(long Number, long CustomerId, string State)>("select number, customer_id, state from cases")).AsList());
        foreach (var (number, customer, state) in rows)
        {
            Assert.Equal(customer, CaseJson.State(state).CustomerId);
            var events = await desk.Database.Read(async connection => (await connection.QueryAsync<(string Kind, string Body)>("select kind, body from events where case_number = @number order by seq", new { number })).AsList());
            Assert.Equal(CaseJson.Write(events.Aggregate(new CaseState(), (told, each) => told.After(CaseJson.Event(each.Kind, each.Body)))), state);
        }

        await using var snapshot = await Snapshot.Take(desk.Database);
        Assert.Equal(rows.Count, (await VerifyChains.Run(snapshot, sentence => Assert.Fail(sentence))).Cases);
    }

    private static async Task<string> Counts(Desk desk) => string.Join(',', await Task.WhenAll(new[] { "cases", "orders", "customer_addresses", "customers", "customer_merges", "customer_merge_items", "customer_log", "events" }
        .Select(table => desk.Value<long>($"select count(*) from {table}"))));
}
