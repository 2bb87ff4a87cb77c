namespace Amends.Jobs;

/// <summary>
/// Prolongs a lease for as long as the work under it takes. Leases are short, so that what a dead node held is free again
/// within seconds; work may be long. Whoever loses the lease all the same is stopped by its epoch, not by this.
/// </summary>
public sealed class Pulse : IAsyncDisposable
{
    /// <summary>How long a lease lasts without a sign of life.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beating;

    /// <summary>Begins to beat.</summary>
    /// <param name="prolong">Sets the lease's end to now and <see cref="Lease"/>, where its epoch is still ours. May fail: the next beat tries again.</param>
    public Pulse(Func<Task> prolong) => _beating = Task.Run(async () =>
    {
        using var beat = new PeriodicTimer(Beat);
        while (await beat.WaitForNextTickAsync(_stop.Token))
        {
            try
            {
                await prolong();
            }
            catch (Exception failure) when (failure is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
            {
                // the database is busy or away; the epoch guards what we write
            }
        }
    });

    /// <summary>The work is done, one way or the other.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
