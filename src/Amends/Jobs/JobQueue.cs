using Amends.Data;

namespace Amends.Jobs;

/// <summary>
/// The durable queue in the database. A claim sets a lease and raises the job's epoch; only the claim with the newest
/// epoch can finish it, so a worker that slept too long changes nothing.
/// </summary>
public sealed class JobQueue(Database database, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private const int MostTries = 12; // the pauses add up to about a day

    /// <summary>How often the program may end while a job runs before it counts as the job's doing.</summary>
    public const int MostDeaths = 50;

    /// <summary>Queues a job in the caller's unit of work. A job whose dedupe key is known is not queued again.</summary>
    public static Task Add(Unit unit, Job job) => unit.Put(
        "insert into jobs (name, case_number, body, dedupe, due_at) values (@Name, @CaseNumber, @Body, @Dedupe, @DueAt) on conflict do nothing", job);

    /// <summary>Claims due jobs, oldest first; nobody else gets them while the lease lasts.</summary>
    public Task<List<Job>> Claim(int most, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return database.Write(unit => unit.List<Job>(
            $"""
            update jobs set lease_until = @until, epoch = epoch + 1 where id in (
                select id from jobs where due_at <= @now and lease_until < @now and failed_at is null order by due_at, id limit @most{database.SkipLocked})
            returning id, name, case_number, body, dedupe, due_at, epoch, tries + 1 as tries
            """, new { now = now.ToUnixTimeMilliseconds(), until = (now + Pulse.Lease).ToUnixTimeMilliseconds(), most }), ct);
    }

    /// <summary>Keeps claimed jobs ours while they run; a finished one, or one that somebody else has by now, is left as it is.</summary>
    public Task Prolong(IReadOnlyCollection<Job> jobs)
    {
        var until = (clock.GetUtcNow() + Pulse.Lease).ToUnixTimeMilliseconds();
        return database.Write(unit => unit.Run("update jobs set lease_until = @until where id = @Id and epoch = @Epoch and lease_until > 0", jobs.Select(job => new { job.Id, job.Epoch, until })));
    }

    /// <summary>The job is done and goes; <c>false</c> when somebody else holds it by now.</summary>
    public async Task<bool> Finish(Job job) =>
        await database.Write(unit => unit.Run("delete from jobs where id = @Id and epoch = @Epoch", job)) == 1;

    /// <summary>The job failed: it comes again after a doubling pause, or stays for people to see after the last try.</summary>
    public Task Fail(Job job, string error)
    {
        var now = clock.GetUtcNow();
        var pause = FirstPause * Math.Pow(2, Math.Min(job.Tries - 1, 13));
        return database.Write(unit => unit.Run(
            "update jobs set tries = tries + 1, lease_until = 0, due_at = @due, failed_at = @failed, error = @error where id = @Id and epoch = @Epoch",
            new
            {
                job.Id, job.Epoch, error, due = (now + pause).ToUnixTimeMilliseconds(),
                failed = job.Tries >= MostTries || job.Deaths > MostDeaths ? now.ToUnixTimeMilliseconds() : (long?)null,
            }));
    }
}
