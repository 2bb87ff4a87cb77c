using Amends.Data;
using Amends.Domain.Safety;
using Amends.Jobs;

namespace Amends.Features.Alerts;

/// <summary>Somebody may be in danger: nobody waits for the clock.</summary>
public sealed class LookAtDanger(AlertDesk desk) : IReact<StopSaleAsked>
{
    /// <inheritdoc/>
    public Task React(long number, StopSaleAsked news, Job job, CancellationToken ct) => desk.Look(ct);
}
