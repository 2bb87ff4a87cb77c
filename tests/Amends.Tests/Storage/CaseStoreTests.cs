using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Jobs;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;
using Amends.Tests.Servers;
using Amends.Web;

namespace Amends.Tests.Storage;

public sealed class CaseStoreTests
{
    private const int Changers = 24;

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Changes_that_race_are_all_applied_once(string kind)
    {
        var url = kind == "postgres" ? await PostgresServer.CreateDatabase() : null;
        await using var desk = await Desk.On(url);
        await using var other = Database.Open(url ?? "sqlite:" + Path.Combine(desk.Get<Surroundings>().Data, "other.db"));
        CaseStore[] nodes = [desk.Cases, url is null ? desk.Cases : new CaseStore(other, new LiveSignals(other), new JobSignal(), desk.Get<DeadlineDesk>(), Ear.Shipped)]; // SQLite is for one node
        var complaint = await Complaint.Open(desk);
        var before = await desk.Value<long>("select count(*) from events");

        await Task.WhenAll(Enumerable.Range(0, Changers).Select(i => Task.Run(() => nodes[i % 2].Change(complaint.Number, async (@case, unit) =>
            @case.Note(await Conversation.Add(unit, complaint.Number, new NewMessage(Direction.Note, Channel.Page, "Jo", $"note {i}", desk.Clock.Now)), complaint.Jo, desk.Clock.Now)))));

        Assert.Equal(before + Changers, await desk.Value<long>("select count(*) from events"));
        Assert.Equal(Changers, await desk.Value<long>("select count(distinct text) from messages where direction = 3"));
        Assert.Equal(before + Changers, await desk.Value<long>("select chain_length from cases"));
        Assert.Equal(before + Changers, await desk.Value<long>("select max(seq) from events"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_verb_sees_what_the_faster_one_did(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(async () =>
        {
            try
            {
                await desk.Cases.Change(complaint.Number, @case => @case.Choose(1, i + 1, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
                return "chosen";
            }
            catch (Refused no)
            {
                return no.Message;
            }
        })));

        Assert.Single(answers, "chosen");
        Assert.Equal(1, await desk.Value<long>("select count(*) from events where kind = 'option_chosen'"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_unit_that_fails_rolls_back_alone_though_others_share_its_commit(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var gate = new ManualResetEventSlim();
        var told = 0;
        Task Set(string name, Func<Unit, Task>? then = null) => Task.Run(() => desk.Database.Write(async unit =>
        {
            await unit.Run("insert into settings (name, value) values (@name, 'x')", new { name });
            unit.AfterCommit(() => Interlocked.Increment(ref told));
            if (then is not null)
                await then(unit);
        }));
        var first = Set("a", _ => { gate.Wait(); return Task.CompletedTask; }); // while it works, the others gather
        var second = Set("b");
        var thrown = Set("c", _ => throw new InvalidOperationException("no"));
        var broken = Set("d", unit => unit.Run("insert into settings (name, value) values ('d', 'twice')"));
        var last = Set("e");
        gate.Set();

        await Task.WhenAll(first, second, last);
        await Assert.ThrowsAsync<InvalidOperationException>(() => thrown);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => broken);
        Assert.Equal(["a", "b", "e"], await desk.Rows<string>("select name from settings where value = 'x' order by name"));
        Assert.Equal(3, told);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_is_refused_leaves_nothing_behind(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        var before = await Tables.Dump(desk.Database, ("sqlite_sequence", "seq"));
        await Assert.ThrowsAsync<Refused>(() => desk.Cases.Change(complaint.Number, async (@case, unit) =>
        {
            await Conversation.Add(unit, complaint.Number, new NewMessage(Direction.In, Channel.Page, "Amara", "lost", desk.Clock.Now));
            @case.BeginListening(complaint.Jo, desk.Clock.Now);
            @case.SendSummary(complaint.Jo, desk.Clock.Now);
        }));
        Assert.Empty(Tables.Differences(before, await Tables.Dump(desk.Database, ("sqlite_sequence", "seq"))));
        Assert.Null(await desk.Cases.Change(9999, _ => { }));
    }
}
