using Amends.Data;
using Amends.Domain.Offers;
using Amends.Jobs;

namespace Amends.Features.Promises;

/// <summary>The time to answer an offer passed without a word: its owner hears so. It is no missed promise, so no lead does.</summary>
public sealed class TellOfSilence(Database database, TimeProvider clock) : IReact<OfferUnanswered>
{
    /// <inheritdoc/>
    public Task React(long number, OfferUnanswered news, Job job, CancellationToken ct) => database.Write(unit => Notices.TellOwner(unit, number, $"{nameof(TellOfSilence)}:{job.Id}",
        news.Reminders == 0 ? "They did not answer what we offered, and the time for it has passed. Ask them once more; a reminder is drafted."
            : $"They did not answer the {(news.Reminders == 1 ? "reminder" : "last reminder")}. Ask once more or, after the last one, close the case for now.", clock.GetUtcNow()), ct);
}
