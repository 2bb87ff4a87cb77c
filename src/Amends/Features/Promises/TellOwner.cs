using Amends.Data;
using Amends.Domain.Promises;
using Amends.Jobs;

namespace Amends.Features.Promises;

/// <summary>A promise was missed: its owner hears so. The leads hear of it by the escalation that comes with it.</summary>
public sealed class TellOwner(Database database, TimeProvider clock) : IReact<NextContactMissed>
{
    /// <inheritdoc/>
    public Task React(long number, NextContactMissed news, Job job, CancellationToken ct) => database.Write(
        unit => Notices.TellOwner(unit, number, $"{nameof(TellOwner)}:{job.Id}", "The time that we promised has passed. Contact the customer now, and say sorry for that, too.", clock.GetUtcNow()), ct);
}
