namespace Amends.Jobs;

/// <summary>
/// Something that is done again and again for as long as the program runs. A round that throws is logged and tried again
/// after a pause; readiness shows loops that fail or hang.
/// </summary>
public abstract class Loop(TimeSpan pause, LoopHealth health, ILogger log) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _bell = new(0, 1);

    /// <summary>One round. Returns whether there may be more to do at once.</summary>
    public abstract Task<bool> RunOnce(CancellationToken ct);

    /// <summary>Starts the next round now instead of after the pause.</summary>
    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // it is ringing already
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        await Task.Yield();
        var name = GetType().Name;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                health.Began(name);
                var more = await RunOnce(ct);
                health.Worked(name);
                if (!more)
                    await _bell.WaitAsync(pause, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                health.Failed(name, failure.Message);
                LogFailure(log, name, Fault.Of(failure), null);
                await Task.Delay(AfterFailure, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static readonly Action<ILogger, string, string, Exception?> LogFailure =
        LoggerMessage.Define<string, string>(LogLevel.Error, new EventId(1, "LoopFailed"), "{Loop} failed and tries again: {Failure}");
}
