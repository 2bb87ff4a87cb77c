namespace Amends.Jobs;

/// <summary>Tells this node's worker that there is work, so that nobody waits for the next look at the queue.</summary>
public sealed class JobSignal
{
    /// <summary>Somebody queued a job.</summary>
    public event Action? Rang;

    /// <summary>Says so.</summary>
    public void Ring() => Rang?.Invoke();
}
