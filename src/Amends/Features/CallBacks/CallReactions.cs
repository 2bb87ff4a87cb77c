using Amends.Data;
using Amends.Domain.CallBacks;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Jobs;
using Amends.Letters;

namespace Amends.Features.CallBacks;

/// <summary>A call was agreed: the customer gets it in writing, and the owner hears of it.</summary>
public sealed class ConfirmCall(CallPost post) : IReact<CallBooked>
{
    /// <inheritdoc/>
    public Task React(long number, CallBooked news, Job job, CancellationToken ct) => news.Reason != CallReason.Booked ? Task.CompletedTask : post.Send(number, news.Id, job,
        (company, state, call, at) => call is { IsOpen: true, Sequence: 0 } ? CallLetter.Agreed(company, number, state, call, at) : null,
        news.By.Kind == ActorKind.Person ? null : (state, zone) => $"{state.CustomerName} wants a call: {When.Long(news.From, news.At, zone)}, on {news.Phone}", ct);
}

/// <summary>A call got another time. After an attempt the letter that tells of the attempt says so.</summary>
public sealed class ConfirmMovedCall(CallPost post) : IReact<CallMoved>
{
    /// <inheritdoc/>
    public Task React(long number, CallMoved news, Job job, CancellationToken ct) => news.Reason != CallReason.Booked ? Task.CompletedTask : post.Send(number, news.Id, job,
        (company, state, call, at) => call.IsOpen && call.Sequence == news.Sequence ? CallLetter.Agreed(company, number, state, call, at) : null,
        news.By.Kind == ActorKind.Person ? null : (state, zone) => $"{state.CustomerName} wants the call at another time: {When.Long(news.From, news.At, zone)}, on {news.Phone}", ct);
}

/// <summary>We rang in vain: the customer hears that we tried, when we try again, and how to choose another time.</summary>
public sealed class TellOfAttempt(CallPost post) : IReact<CallTried>
{
    /// <inheritdoc/>
    public Task React(long number, CallTried news, Job job, CancellationToken ct) => news.Outcome is not (CallOutcome.NoAnswer or CallOutcome.WrongNumber) ? Task.CompletedTask : post.Send(number, news.Id, job,
        (company, state, call, _) => call.TriedAt == news.At ? CallLetter.NotReached(company, number, state, call, news.Outcome, news.At) : null, null, ct);
}

/// <summary>A call that was still to come does not take place: the customer's calendar follows, and the owner hears of it.</summary>
public sealed class ConfirmCallEnded(CallPost post) : IReact<CallEnded>
{
    /// <inheritdoc/>
    public Task React(long number, CallEnded news, Job job, CancellationToken ct) => news.How is not (CallEnd.CalledOff or CallEnd.CaseClosed) ? Task.CompletedTask : post.Send(number, news.Id, job,
        (company, state, call, at) => call is { Reason: not CallReason.TheyRang } && call.From > news.At && state.CallBack is null ? CallLetter.CalledOff(company, number, state, call, at) : null,
        news is { How: CallEnd.CalledOff, By.Kind: not ActorKind.Person } ? (state, _) => $"{state.CustomerName} needs no call any more{(news.Why is { } why ? $": {why}" : "")}" : null, ct);
}

/// <summary>It is time to call: the owner is told, or the colleague who stands in for them on that day; while nobody owns the case, everybody who handles cases.</summary>
public sealed class TellCaller(Database database, CaseStore cases, TimeProvider clock) : IReact<CallDue>
{
    /// <inheritdoc/>
    public async Task React(long number, CallDue news, Job job, CancellationToken ct)
    {
        if (await cases.Find(number, ct) is not { CallBack: { } call } state || call.Id != news.Id)
            return;
        var words = $"It is time to call {state.CustomerName} on {call.Phone}.{(call.Attempts > 0 ? $" {(call.Attempts == 1 ? "Nobody answered the first time." : $"Nobody answered {call.Attempts} times.")}" : "")}";
        await database.Write(async unit =>
        {
            if (state.OwnerId is not { } owner)
                await Notices.TellAll(unit, Role.Agent, number, job.Dedupe!, words, clock.GetUtcNow());
            else if (await ShiftSwaps.StandInFor(unit, owner, news.At) is { } other)
                await Notices.Tell(unit, other, number, job.Dedupe!, $"{words} You stand in for {state.OwnerName}.", clock.GetUtcNow());
            else
                await Notices.Tell(unit, owner, number, job.Dedupe!, words, clock.GetUtcNow());
        }, ct);
    }
}

/// <summary>They rang in vain: the owner hears when.</summary>
public sealed class TellOfRinging(Database database, StoredSettings settings, TimeProvider clock) : IReact<TheyRang>
{
    /// <inheritdoc/>
    public async Task React(long number, TheyRang news, Job job, CancellationToken ct)
    {
        var zone = (await settings.Company(ct)).Zone();
        await database.Write(unit => Notices.TellOwner(unit, number, job.Dedupe!, $"They rang {When.Long(news.RangAt, news.At, zone)} from {news.Phone}, and nobody answered. Ring back.", clock.GetUtcNow()), ct);
    }
}
