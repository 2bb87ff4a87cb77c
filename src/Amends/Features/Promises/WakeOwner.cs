using Amends.Data;
using Amends.Domain.Handling;
using Amends.Domain.People;
using Amends.Jobs;

namespace Amends.Features.Promises;

/// <summary>A case that rested is back by itself: its owner hears so.</summary>
public sealed class WakeOwner(Database database, TimeProvider clock) : IReact<CaseWoke>
{
    /// <inheritdoc/>
    public Task React(long number, CaseWoke news, Job job, CancellationToken ct) => news.By.Kind == ActorKind.Person ? Task.CompletedTask : database.Write(
        unit => Notices.TellOwner(unit, number, $"{nameof(WakeOwner)}:{job.Id}", "It rested until now. Take it up again.", clock.GetUtcNow()), ct);
}

/// <summary>Nobody answered in time what the customer wrote: the owner hears so, and the leads.</summary>
public sealed class TellOfReply(Database database, TimeProvider clock) : IReact<ReplyOverdue>
{
    /// <inheritdoc/>
    public Task React(long number, ReplyOverdue news, Job job, CancellationToken ct) => database.Write(async unit =>
    {
        var (key, at) = ($"{nameof(TellOfReply)}:{job.Id}", clock.GetUtcNow());
        await Notices.TellOwner(unit, number, key, "The customer wrote and nobody has answered in time. Answer now.", at);
        await Notices.TellAll(unit, Role.Lead, number, key, "The customer wrote and nobody has answered in time.", at);
    }, ct);
}
