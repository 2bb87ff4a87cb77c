using Amends.Data;
using Amends.Domain.Promises;
using Amends.Jobs;

namespace Amends.Features.Promises;

/// <summary>A promise comes due soon: its owner hears so while there is time; the leads, while nobody owns the case.</summary>
public sealed class RemindOwner(Database database, StoredSettings settings, TimeProvider clock) : IReact<NextContactDueSoon>
{
    /// <inheritdoc/>
    public async Task React(long number, NextContactDueSoon news, Job job, CancellationToken ct)
    {
        var due = TimeZoneInfo.ConvertTime(news.DueAt, (await settings.Company(ct)).Zone());
        await database.Write(unit => Notices.TellOwner(unit, number, $"{nameof(RemindOwner)}:{job.Id}", $"The customer hears from us by {due:HH:mm}, as promised.", clock.GetUtcNow()), ct);
    }
}
