namespace Amends.Web;

/// <summary>Gives the memory back that only the start needed, once, when nobody is likely to wait for it any more.</summary>
public sealed class AfterStart : BackgroundService
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        await Task.Delay(Later, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ct.IsCancellationRequested)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
