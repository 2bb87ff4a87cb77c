using Amends.Jobs;

namespace Amends.Data.Rollups;

/// <summary>Counts for reports what happened since the last round.</summary>
public sealed class CountReports(ReportReader reader, LoopHealth health, ILogger<CountReports> log) : Loop(TimeSpan.FromSeconds(2), health, log)
{
    /// <inheritdoc/>
    public override Task<bool> RunOnce(CancellationToken ct) => reader.Step(ct);
}
