using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Jobs;

namespace Amends.Features.Approvals;

/// <summary>Something waits for a second person: those who may decide are told.</summary>
public sealed class TellApprovers(Database database, TimeProvider clock) : IReact<ApprovalAsked>
{
    /// <inheritdoc/>
    public Task React(long number, ApprovalAsked news, Job job, CancellationToken ct) => database.Write(unit => unit.Put(
        """
        insert into notices (person_id, case_number, dedupe, text, at)
        select id, @number, @dedupe || ':' || id, @text, @at from people where active = 1 and role >= @role and id <> @by on conflict do nothing
        """, new { number, dedupe = $"{nameof(TellApprovers)}:{job.Id}", text = $"{news.By.Name} asks for your agreement to what a customer is to get", at = clock.GetUtcNow().ToUnixTimeMilliseconds(), role = (int)Role.Lead, by = news.By.Id }), ct);
}

/// <summary>A second person agreed: whoever has the case sends it.</summary>
public sealed class TellApproved(Database database, TimeProvider clock) : IReact<OfferApproved>
{
    /// <inheritdoc/>
    public Task React(long number, OfferApproved news, Job job, CancellationToken ct) => database.Write(
        unit => Notices.TellOwner(unit, number, $"{nameof(TellApproved)}:{job.Id}", $"{news.By.Name} agreed to what you put together. Send it within 48 hours.", clock.GetUtcNow()), ct);
}

/// <summary>A second person said no: whoever has the case hears why, in words to pass on.</summary>
public sealed class TellRefused(Database database, TimeProvider clock) : IReact<OfferRefused>
{
    /// <inheritdoc/>
    public Task React(long number, OfferRefused news, Job job, CancellationToken ct) => database.Write(
        unit => Notices.TellOwner(unit, number, $"{nameof(TellRefused)}:{job.Id}", $"{news.By.Name} did not agree to what you put together: {news.Why}", clock.GetUtcNow()), ct);
}

/// <summary>What was agreed to did not go out in time.</summary>
public sealed class TellLapsed(Database database, TimeProvider clock) : IReact<ApprovalLapsed>
{
    /// <inheritdoc/>
    public Task React(long number, ApprovalLapsed news, Job job, CancellationToken ct) => database.Write(
        unit => Notices.TellOwner(unit, number, $"{nameof(TellLapsed)}:{job.Id}", "The agreement to what you put together is older than 48 hours and holds no longer. Somebody is asked again.", clock.GetUtcNow()), ct);
}
