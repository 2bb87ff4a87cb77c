using System.Collections.Concurrent;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Tests.Channels.Email;
using Dapper;

namespace Amends.Tests.Storage;

/// <summary>Units of work that share a transaction, and those that share a commit.</summary>
public sealed class WriteTogetherTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Many_who_write_and_wait_for_one_another_leave_something_to_read_with(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => desk.Database.Write(async unit =>
        {
            await MoneyDesk.TakeTurn(unit); // all want the same row
            await desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from people"));
        }))));
        Assert.Equal(60, await desk.Value<long>("select turn from money_turns"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Units_side_by_side_each_get_their_own_answers_and_are_kept_together(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var after = 0;
        Func<Unit, Task> Work(int i) => async unit =>
        {
            await unit.SetAside("customers.id");
            var customer = await Customers.Add(unit, $"c{i}@customer.example", $"Customer {i}", null, desk.Clock.Now);
            for (var n = 0; n <= i % 3; n++) // not all of them ask equally often
                Assert.Equal($"Customer {i}", await unit.Value<string>("select name from customers where id = @Id", new { customer.Id }));
            Assert.Equal(1, await unit.Run("update customers set phone = @i where id = @Id", new { customer.Id, i = $"{i}" }));
            Assert.Equal(2, await unit.Run("insert into settings (name, value) values (@name, '1')", new[] { new { name = $"a{i}" }, new { name = $"b{i}" } }));
            unit.AfterCommit(() => Interlocked.Increment(ref after));
        };

        Assert.True(await desk.Database.WriteTogether([.. Enumerable.Range(0, 20).Select(Work)]));
        Assert.Equal(20, after);
        Assert.Equal(20, await desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from customers where name = 'Customer ' || phone")));
        Assert.Equal(40, await desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from settings where value = '1'")));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Rows_that_travel_together_each_have_their_own_values(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Database.Write(unit => unit.Run(desk.Database.Translate("create table kept_rows (id bigint primary key, text text, number bigint, bytes {blob}, twice bigint)")));
        Func<Unit, Task> Work(int i) => async unit =>
        {
            for (var n = 0; n < 1 + i % 7; n++)
                await unit.Put("insert into kept_rows (id, text, number, bytes, twice) values (@id, @text, @number, @bytes, @id + @id) on conflict do nothing",
                    new { id = (long)(100 * i + n), text = n % 2 == 0 ? $"{i}'s {n}" : null, number = n % 3 == 0 ? (long?)null : n, bytes = n % 2 == 1 ? new byte[] { 0, (byte)i } : null });
            if (i % 2 == 0) // not all of them ask meanwhile, and it is seen what was put before
                Assert.Equal(1 + i % 7, await unit.Value<long>("select count(*) from kept_rows where id >= @from and id < @from + 100", new { from = 100L * i }));
            await unit.Put("insert into kept_rows (id, text, number, bytes, twice) values (@id, @text, @number, @bytes, @id + @id) on conflict do nothing",
                new { id = 100L * i, text = (string?)"there already", number = (long?)1, bytes = (byte[]?)null });
        };

        Assert.True(await desk.Database.WriteTogether([.. Enumerable.Range(0, 20).Select(Work)]));
        var rows = await desk.Database.Read(async connection => (await connection.QueryAsync<(long Id, string? Text, long? Number, byte[]? Bytes, long Twice)>("select id, text, number, bytes, twice from kept_rows order by id")).ToList());
        Assert.Equal(Enumerable.Range(0, 20).Sum(i => 1 + i % 7), rows.Count);
        foreach (var (id, text, number, bytes, twice) in rows)
        {
            var (i, n) = (id / 100, id % 100);
            Assert.Equal((n % 2 == 0 ? $"{i}'s {n}" : null, n % 3 == 0 ? null : n, 2 * id), (text, number, twice));
            Assert.Equal(n % 2 == 1 ? [0, (byte)i] : null, bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Rows_of_units_side_by_side_get_ids_of_their_own_that_go_on_from_those_before(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var before = (await desk.Database.Write(unit => Customers.Add(unit, "first@customer.example", "First", null, desk.Clock.Now))).Id;
        var ids = new ConcurrentDictionary<int, long>();
        Func<Unit, Task> Work(int i) => async unit =>
        {
            var announced = i % 2 == 0 ? await unit.NewId("customers.id") : (long?)null;
            await unit.Value<long>("select count(*) from customers"); // the others go on meanwhile
            ids[i] = await unit.Insert("customers.id", "name, since, created_at, text_key", "@name, 0, 0, @key", new { name = $"Customer {i}", key = new byte[] { 1 } }, announced);
            Assert.True(announced is null || announced == ids[i]);
        };

        Assert.True(await desk.Database.WriteTogether([.. Enumerable.Range(0, 20).Select(Work)]));
        Assert.False(await desk.Database.WriteTogether([Work(20)])); // alone it gains nothing
        Assert.Equal(20, ids.Values.Distinct().Count());
        Assert.All(ids.Values, id => Assert.True(id > before));
        Assert.Equal(ids.OrderBy(each => each.Value).Select(each => $"Customer {each.Key}"), await desk.Rows<string>("select name from customers where id > @before order by id", new { before }));
        Assert.True((await desk.Database.Write(unit => Customers.Add(unit, "last@customer.example", "Last", null, desk.Clock.Now))).Id > ids.Values.Max());
    }

    [Theory]
    [InlineData("postgres", "throws")]
    [InlineData("postgres", "breaks a rule of the database")]
    [InlineData("postgres", "changes no row where it had to")]
    [InlineData("sqlite", "throws")]
    [InlineData("sqlite", "breaks a rule of the database")]
    [InlineData("sqlite", "changes no row where it had to")]
    public async Task One_that_fails_undoes_all(string kind, string how)
    {
        await using var desk = await Desk.Start(kind);
        Func<Unit, Task> good = async unit =>
        {
            await unit.Put("insert into settings (name, value) values (@name, 'x')", new { name = Guid.NewGuid().ToString() });
            await unit.Value<long>("select 1");
            unit.AfterCommit(() => Assert.Fail("It was not kept."));
        };
        Func<Unit, Task> bad = async unit =>
        {
            await unit.Value<long>("select 1");
            if (how == "throws")
                throw new InvalidOperationException();
            if (how == "breaks a rule of the database")
                await unit.Put("insert into settings (name, value) values ('a', null)", new { });
            else
                await unit.Put("update settings set value = 'y' where name = @name", new { name = "nobody" }, () => new LeaseLost());
        };

        Assert.False(await desk.Database.WriteTogether([good, good, bad, good]));
        Assert.Equal(0, await desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from settings where value = 'x'")));
    }

    [Fact]
    public async Task What_fails_after_the_commit_stops_nobody_else()
    {
        await using var desk = await Desk.Start();
        await Assert.ThrowsAsync<InvalidOperationException>(() => desk.Database.Write(async unit =>
        {
            await unit.Put("insert into settings (name, value) values ('kept', 'x')", new { });
            unit.AfterCommit(() => throw new InvalidOperationException());
        }));
        await desk.Database.Write(unit => unit.Put("insert into settings (name, value) values ('next', 'x')", new { })).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(2, await desk.Value<long>("select count(*) from settings where value = 'x'"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_is_put_last_is_kept_with_its_unit_or_not_at_all(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var all = Enumerable.Range(0, 20).Select(i => desk.Database.Write(async unit =>
        {
            await SearchIndex.Add(unit, i, 0, $"word{i}");
            if (i == 7)
                throw new InvalidOperationException();
        })).ToList();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(all));
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i != 7).Select(i => (long)i), (await desk.Rows<long>("select case_number from search")).Order());
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Of_many_small_units_at_a_time_only_the_one_that_fails_hears_of_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var all = Enumerable.Range(0, 100).Select(i => desk.Database.WriteSoon(unit => unit.Put("insert into settings (name, value) values (@name, @value)", new { name = $"{i}", value = i == 50 ? null : "x" }))).ToList();
        var failed = await Task.WhenAll(all.Select(async task =>
        {
            try
            {
                await task;
                return false;
            }
            catch (Exception)
            {
                return true;
            }
        }));
        Assert.Equal(50, Array.IndexOf(failed, true));
        Assert.Equal(1, failed.Count(each => each));
        Assert.Equal(99, await desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from settings where value = 'x'")));
    }
}
