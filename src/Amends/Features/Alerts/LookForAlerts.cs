using Amends.Data;
using Amends.Jobs;

namespace Amends.Features.Alerts;

/// <summary>Looks every hour for what stands out among complaints; leads are told once of each.</summary>
public sealed class LookForAlerts(AlertDesk desk, LoopHealth health, ILogger<LookForAlerts> log) : Loop(TimeSpan.FromHours(1), health, log)
{
    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        await desk.Look(ct);
        return false;
    }
}
