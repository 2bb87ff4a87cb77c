namespace Amends.Jobs;

/// <summary>Runs what is due, a few jobs at a time. Any number of nodes may do so.</summary>
public sealed class Worker : Loop
{
    private const int Most = 20;

    private readonly JobQueue _queue;
    private readonly Reactions _reactions;
    private readonly ILogger<Worker> _log;

    /// <param name="queue">Where the jobs are.</param>
    /// <param name="reactions">What runs them.</param>
    /// <param name="signal">Rings when there is work.</param>
    /// <param name="health">Where trouble shows.</param>
    /// <param name="log">Names of what failed, never its content.</param>
    public Worker(JobQueue queue, Reactions reactions, JobSignal signal, LoopHealth health, ILogger<Worker> log) : base(TimeSpan.FromSeconds(2), health, log)
    {
        (_queue, _reactions, _log) = (queue, reactions, log);
        signal.Rang += Ring;
    }

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var jobs = await _queue.Claim(Most, ct);
        await using var pulse = jobs.Count == 0 ? null : new Pulse(() => _queue.Prolong(jobs));
        foreach (var job in jobs)
        {
            try
            {
                if (job.Deaths > JobQueue.MostDeaths)
                    throw new InvalidOperationException($"The program ended {job.Deaths} times while this ran.");
                await _reactions.Run(job, ct);
                await _queue.Finish(job);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                LogFailure(_log, job.Name, job.Id, job.Tries, Fault.Of(failure), null);
                await _queue.Fail(job, failure.GetType().Name);
            }
        }

        return jobs.Count == Most;
    }

    private static readonly Action<ILogger, string, long, int, string, Exception?> LogFailure =
        LoggerMessage.Define<string, long, int, string>(LogLevel.Warning, new EventId(2, "JobFailed"), "{Reaction} failed (job {Job}, try {Try}): {Failure}");
}
