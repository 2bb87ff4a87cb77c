using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Dapper;

namespace Amends.Features.Api;

/// <summary>Calls that we owe, the times that are free, and booking one.</summary>
public sealed class Calls(Database database, CaseStore cases, StoredSettings settings, DoOnce once, TimeProvider clock)
{
    private const int Most = 500;

    /// <summary>The calls that are owed, by time.</summary>
    public Task<CallListAnswer> All(CancellationToken ct) => database.Read(async connection =>
        new CallListAnswer([.. (await connection.QueryAsync<(long Number, string State)>("select number, state from cases where call_at is not null order by call_at, number limit @Most", new { Most }))
            .Select(row => (row.Number, State: CaseJson.State(row.State))).Where(row => row.State.CallBack is not null)
            .Select(row => Of(row.Number, row.State))]), ct);

    /// <summary>The times at which a call can be booked now.</summary>
    public async Task<CallTimesAnswer> Free(CancellationToken ct) =>
        new([.. (await CallDesk.Free(database, await settings.Company(ct), clock.GetUtcNow(), ct: ct)).Select(time => new CallTimeAnswer(time.From, time.To))]);

    /// <summary>Books a call for a case, or moves the one that is agreed.</summary>
    public async Task<IResult> Book(long number, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<BookCall>(context.Request);
        var from = Checked.Moment("from", asked.From, clock.GetUtcNow()) ?? throw new BadField("from", "Say when: one of the times that are free.");
        if (asked.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw new BadField("time_zone", "Name a time zone such as Europe/London.");
        var company = await settings.Company(context.RequestAborted);
        var rules = company.Calls.Rules();
        return await once.Run(context, body, async (unit, by, now) =>
            await cases.ChangeIn(unit, number, (@case, _) =>
            {
                @case.BookCall(asked.Phone, new CallTime(from, from + rules.Length), asked.TimeZone, rules, by, company.Calendar(), now);
                return Task.CompletedTask;
            }) is { } state ? new Written(StatusCodes.Status201Created, $"/api/v1/cases/{number}", Of(number, state)) : null);
    }

    /// <summary>Calls it off.</summary>
    public async Task<IResult> CallOff(long number, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<CallOff>(context.Request);
        var company = await settings.Company(context.RequestAborted);
        return await once.Run(context, body, async (unit, by, now) =>
            await cases.ChangeIn(unit, number, (@case, _) =>
            {
                @case.CallOff(asked.Why, by, company.Calendar(), now);
                return Task.CompletedTask;
            }) is null ? null : new Written(StatusCodes.Status201Created, $"/api/v1/cases/{number}", new CalledOffAnswer(number)));
    }

    /// <summary>The call of a case.</summary>
    internal static CallAnswer Of(long number, CaseState state)
    {
        var call = state.CallBack!;
        return new(number, new(state.CustomerId, state.CustomerName), state.OwnerId is { } owner ? new(owner, state.OwnerName ?? "") : null, call.Phone, call.From, call.To, call.Reason, call.Attempts, call.MissedAt);
    }
}

/// <summary>Books a call.</summary>
/// <param name="Phone">The number to call.</param>
/// <param name="From">One of the free times.</param>
/// <param name="TimeZone">The customer's, for the letter; the company's when left out.</param>
public sealed record BookCall(string? Phone, DateTimeOffset? From, string? TimeZone = null);

/// <summary>Calls it off.</summary>
public sealed record CallOff(string? Why = null);

/// <summary>The calls that are owed.</summary>
public sealed record CallListAnswer(IReadOnlyList<CallAnswer> Items);

/// <summary>A call that is owed: from, and until when at the latest.</summary>
public sealed record CallAnswer(long Case, Named Customer, Named? Owner, string Phone, DateTimeOffset From, DateTimeOffset To, CallReason Reason, int Attempts, DateTimeOffset? MissedAt);

/// <summary>The free times.</summary>
public sealed record CallTimesAnswer(IReadOnlyList<CallTimeAnswer> Items);

/// <summary>A free time.</summary>
public sealed record CallTimeAnswer(DateTimeOffset From, DateTimeOffset To);

/// <summary>It was called off.</summary>
public sealed record CalledOffAnswer(long Case);
