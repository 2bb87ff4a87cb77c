using Amends.Data;
using Amends.Domain.Deadlines;
using Amends.Domain.People;
using Amends.Jobs;

namespace Amends.Features.Promises;

/// <summary>A duty of a rule comes due soon: its owner hears so while there is time; the leads, while nobody owns the case.</summary>
public sealed class RemindOfDuty(Database database, StoredSettings settings, TimeProvider clock) : IReact<DutyDueSoon>
{
    /// <inheritdoc/>
    public async Task React(long number, DutyDueSoon news, Job job, CancellationToken ct)
    {
        var day = Letters.LegalWords.LastDay(news.DueAt, (await settings.Company(ct)).Zone());
        await database.Write(unit => Notices.TellOwner(unit, number, $"{nameof(RemindOfDuty)}:{job.Id}", $"{news.Title} by {day}.", clock.GetUtcNow()), ct);
    }
}

/// <summary>A duty was missed: its owner hears so, and so do the leads, unless it was only an aim of our own.</summary>
public sealed class TellOfBreach(Database database, StoredSettings settings, TimeProvider clock) : IReact<DutyBreached>
{
    /// <inheritdoc/>
    public async Task React(long number, DutyBreached news, Job job, CancellationToken ct)
    {
        if (news.IsTarget)
            return;
        var text = $"Missed: {news.Title} was due by {Letters.LegalWords.LastDay(news.DueAt, (await settings.Company(ct)).Zone())}. Do it now; it stays in the history as late.";
        await database.Write(async unit =>
        {
            await Notices.TellAll(unit, Role.Lead, number, $"{nameof(TellOfBreach)}:{job.Id}", text, clock.GetUtcNow());
            await Notices.TellOwner(unit, number, $"{nameof(TellOfBreach)}:{job.Id}", text, clock.GetUtcNow());
        }, ct);
    }
}
