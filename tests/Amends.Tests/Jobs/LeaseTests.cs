using System.Collections.Concurrent;
using Amends.Data;
using Amends.Jobs;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Jobs;

/// <summary>Who slept through a lease changes nothing; nobody else waits longer than the lease.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_lease_is_held_by_one_and_taken_over_after_its_end_with_a_higher_epoch(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (one, two) = (new Leases(desk.Database, desk.Clock), new Leases(desk.Database, desk.Clock));

        Assert.Equal(1, await one.Take("mail", Minute));
        Assert.Null(await two.Take("mail", Minute));
        Assert.Equal(1, await one.Take("mail", Minute)); // extended
        desk.Clock.Now += 2 * Minute;
        Assert.Equal(2, await two.Take("mail", Minute));
        Assert.Null(await one.Take("mail", Minute));
        await one.Release("mail", 1); // of the past: it frees nothing
        Assert.Null(await one.Take("mail", Minute));
        await two.Release("mail", 2);
        desk.Clock.Now += TimeSpan.FromMilliseconds(1);
        Assert.Equal(3, await one.Take("mail", Minute));
        desk.Clock.Now += 2 * Minute;
        Assert.Equal(4, await one.Take("mail", Minute)); // somebody may have had it meanwhile
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Of_many_who_reach_for_a_lease_one_gets_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        for (var round = 1; round <= 5; round++)
        {
            var got = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new Leases(desk.Database, desk.Clock).Take("mail", Minute))));
            Assert.Equal(round, Assert.Single(got, epoch => epoch is not null));
            desk.Clock.Now += 2 * Minute;
        }
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_job_whose_lease_was_lost_cannot_be_finished_or_failed(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var queue = desk.Get<JobQueue>();
        await desk.Database.Write(unit => JobQueue.Add(unit, new Job { Name = "x", Body = "{}", DueAt = 0, Dedupe = "once" }));
        await desk.Database.Write(unit => JobQueue.Add(unit, new Job { Name = "x", Body = "{}", DueAt = 0, Dedupe = "once" }));

        var slept = Assert.Single(await queue.Claim(10, default));
        Assert.Empty(await queue.Claim(10, default));
        desk.Clock.Now += 3 * Minute;
        var taken = Assert.Single(await queue.Claim(10, default));
        Assert.Equal(slept.Epoch + 1, taken.Epoch);

        Assert.False(await queue.Finish(slept));
        await queue.Fail(slept, "too late");
        Assert.Empty(await queue.Claim(10, default)); // the lease still stands
        Assert.Equal(0, await desk.Value<long>("select count(*) from jobs where error is not null"));
        Assert.True(await queue.Finish(taken));
        Assert.Equal(0, await desk.Value<long>("select count(*) from jobs"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task When_the_program_ends_meanwhile_the_job_has_not_failed_and_its_pauses_stay_short(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var queue = desk.Get<JobQueue>();
        await desk.Database.Write(unit => JobQueue.Add(unit, new Job { Name = "x", Body = "{}", DueAt = 0 }));
        for (var death = 0; death < 12; death++)
        {
            var claimed = Assert.Single(await queue.Claim(10, default));
            Assert.Equal((1, death), (claimed.Tries, claimed.Deaths));
            desk.Clock.Now += Minute;
        }

        var job = Assert.Single(await queue.Claim(10, default));
        await queue.Fail(job, "no");
        desk.Clock.Now += TimeSpan.FromSeconds(5);
        Assert.Equal(2, Assert.Single(await queue.Claim(10, default)).Tries);
        for (var death = 0; death < JobQueue.MostDeaths; death++)
        {
            desk.Clock.Now += Minute;
            job = Assert.Single(await queue.Claim(10, default));
        }

        await queue.Fail(job, "it ends the program"); // that is no chance
        desk.Clock.Now += TimeSpan.FromDays(1);
        Assert.Empty(await queue.Claim(10, default));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Workers_side_by_side_never_hold_the_same_job(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var queue = desk.Get<JobQueue>();
        await desk.Database.Write(async unit =>
        {
            for (var i = 0; i < 60; i++)
                await JobQueue.Add(unit, new Job { Name = "x", Body = "{}", DueAt = 0 });
        });
        var held = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (await queue.Claim(4, default) is { Count: > 0 } jobs)
                jobs.ForEach(job => held.Add(job.Id));
        })));
        Assert.Equal(60, held.Count);
        Assert.Equal(60, held.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_job_that_keeps_failing_comes_back_later_each_time_and_stays_for_people_in_the_end(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var queue = desk.Get<JobQueue>();
        await desk.Database.Write(unit => JobQueue.Add(unit, new Job { Name = "x", Body = "{}", DueAt = 0 }));
        var pauses = new List<TimeSpan>();
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var before = desk.Clock.Now;
            var job = Assert.Single(await queue.Claim(1, default));
            await queue.Fail(job, "Broken");
            if (await desk.Value<long?>("select failed_at from jobs") is not null)
                break;
            desk.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(await desk.Value<long>("select due_at from jobs"));
            pauses.Add(desk.Clock.Now - before);
        }

        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(11, pauses.Count);
        desk.Clock.Now += TimeSpan.FromDays(30);
        Assert.Empty(await queue.Claim(1, default));
        Assert.Equal("Broken", await desk.Value<string>("select error from jobs"));
    }
}
