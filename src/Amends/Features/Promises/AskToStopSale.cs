using Amends.Data;
using Amends.Domain.People;
using Amends.Domain.Safety;
using Amends.Jobs;

namespace Amends.Features.Promises;

/// <summary>Somebody may be in danger: leads and managers are asked at once whether it is sold on.</summary>
public sealed class AskToStopSale(Database database, TimeProvider clock) : IReact<StopSaleAsked>
{
    /// <inheritdoc/>
    public async Task React(long number, StopSaleAsked news, Job job, CancellationToken ct)
    {
        var (product, lot) = await AffectedOrders.Of(database, number, ct);
        var what = product.Length == 0 ? "what this is about" : lot.Length == 0 ? product : $"{product}, lot {lot}";
        await database.Write(unit => Notices.TellAll(unit, Role.Lead, number, $"{nameof(AskToStopSale)}:{job.Id}", $"Somebody may be in danger. Stop selling {what}? Say yes or no under Safety, on the case.", clock.GetUtcNow()), ct);
    }
}
