using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Jobs;

namespace Amends.Features.Promises;

/// <summary>A case was escalated, by a missed promise or for another reason: the leads hear why.</summary>
public sealed class TellLead(Database database, TimeProvider clock) : IReact<CaseEscalated>
{
    /// <inheritdoc/>
    public Task React(long number, CaseEscalated news, Job job, CancellationToken ct) => database.Write(
        unit => Notices.TellAll(unit, Role.Lead, number, $"{nameof(TellLead)}:{job.Id}", news.Reason, clock.GetUtcNow()), ct);
}
