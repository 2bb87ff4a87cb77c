using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Payments;
using Dapper;

namespace Amends.Data;

/// <summary>Payments of all cases beside each other: a row each, written in the transaction of the change that it follows from.</summary>
public static class PaymentDesk
{
    private const int Most = 200;

    /// <summary>The most rows of a file.</summary>
    public const int MostInFile = 50_000;

    /// <summary>Payments, those on their way the oldest first, the others the newest first.</summary>
    /// <param name="database">Where they are.</param>
    /// <param name="shown">Which.</param>
    /// <param name="ct">The request's end.</param>
    /// <param name="seenSince">Of those that were seen only those seen since then; all when left out.</param>
    /// <param name="most">How many at the most.</param>
    public static Task<IReadOnlyList<PaymentRow>> List(Database database, PaymentsShown shown, CancellationToken ct, DateTimeOffset? seenSince = null, int most = Most) => database.Read(async connection =>
    {
        var (where, order) = shown switch
        {
            PaymentsShown.Waiting => ("p.state in (1, 2, 3)", "p.requested_at, p.case_number, p.id"),
            PaymentsShown.Failed => ("p.state = 5 and not exists (select 1 from payments later where later.case_number = p.case_number and later.remedy_id = p.remedy_id and later.id > p.id)", "p.requested_at desc, p.case_number desc, p.id desc"),
            _ => ($"p.state = 4{(seenSince is null ? "" : " and p.seen_at >= @since")}", "p.requested_at desc, p.case_number desc, p.id desc"),
        };
        return (IReadOnlyList<PaymentRow>)(await connection.QueryAsync<PaymentRow>(
            $"""
            select p.case_number, p.id, p.state, p.minor, p.currency, p.provider, p.other_route, p.original, p.reference, p.requested_at, p.problem, p.seen_at, u.name as customer, who.name as asked_by
            from payments p join cases c on c.number = p.case_number join customers u on u.id = c.customer_id left join people who on who.id = p.requested_by
            where {where} order by {order} limit @most
            """, new { most, since = (seenSince ?? DateTimeOffset.UnixEpoch).ToUnixTimeMilliseconds() })).AsList();
    }, ct);

    /// <summary>Where a payment is that a provider calls so; <c>null</c> when none is called so.</summary>
    public static async Task<(long Number, int Id)?> Find(Database database, string provider, string reference, CancellationToken ct) =>
        await database.Read(async connection => (await connection.QueryAsync<PaymentRow>("select case_number, id from payments where provider = @provider and reference = @reference order by case_number desc limit 1", new { provider, reference })).FirstOrDefault(), ct)
            is { } row ? (row.CaseNumber, row.Id) : null;

    /// <summary>Takes payments that were seen at a provider some time ago and not looked at lately, the longest unseen first; they count as looked at.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="provider">Whose.</param>
    /// <param name="since">Only what was seen after it.</param>
    /// <param name="before">Only what was not looked at after it.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="now">Now.</param>
    public static Task<List<PaymentRow>> TakeSeen(Unit unit, string provider, DateTimeOffset since, DateTimeOffset before, int most, DateTimeOffset now) => unit.List<PaymentRow>(
        """
        update payments set looked_at = @now where state = 4 and (case_number, id) in (
            select case_number, id from payments where provider = @provider and state = 4 and seen_at > @since and coalesce(looked_at, seen_at) < @before order by coalesce(looked_at, seen_at), case_number, id limit @most)
        returning case_number, id, reference
        """, new { now = now.ToUnixTimeMilliseconds(), provider, since = since.ToUnixTimeMilliseconds(), before = before.ToUnixTimeMilliseconds(), most });

    /// <summary>Whether a provider tells this for the first time; what it told before <paramref name="forget"/> is forgotten.</summary>
    public static async Task<bool> IsNews(Unit unit, string provider, string id, DateTimeOffset now, TimeSpan forget)
    {
        await unit.Run("delete from provider_events where at < @before", new { before = (now - forget).ToUnixTimeMilliseconds() });
        return await unit.Run("insert into provider_events (provider, id, at) values (@provider, @id, @at) on conflict do nothing", new { provider, id, at = now.ToUnixTimeMilliseconds() }) == 1;
    }

    /// <summary>Writes the rows of the payments that a change touched.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="number">The case.</param>
    /// <param name="before">The case before.</param>
    /// <param name="after">The case now.</param>
    internal static async Task Write(Unit unit, long number, CaseState before, CaseState after)
    {
        if (ReferenceEquals(before.Payments, after.Payments))
            return;
        foreach (var payment in after.Payments.Except(before.Payments))
            await unit.Put(
                """
                insert into payments (case_number, id, remedy_id, state, minor, currency, provider, other_route, original, reference, requested_at, requested_by, problem, seen_at)
                values (@number, @Id, @RemedyId, @State, @Minor, @Currency, @Provider, @OtherRoute, @Original, @Reference, @At, @By, @Problem, @Seen)
                on conflict (case_number, id) do update set state = excluded.state, reference = excluded.reference, problem = excluded.problem, seen_at = coalesce(excluded.seen_at, payments.seen_at)
                """, Row(number, payment));
    }

    private static object Row(long number, Payment payment) => new
    {
        number, payment.Id, payment.RemedyId, State = (int)payment.State, payment.Amount.Minor, payment.Amount.Currency, payment.Provider, OtherRoute = payment.IsOtherRoute ? 1 : 0, payment.Original, payment.Reference,
        At = payment.RequestedAt.ToUnixTimeMilliseconds(), By = payment.RequestedById, Seen = payment.SeenAt?.ToUnixTimeMilliseconds(), Problem = payment.State == PaymentState.Failed ? payment.Problem : null,
    };
}

/// <summary>Which payments a list shows.</summary>
public enum PaymentsShown
{
    /// <summary>On their way, whoever they wait for.</summary>
    Waiting,

    /// <summary>Those that did not go out, and whose refund is still owed.</summary>
    Failed,

    /// <summary>Those that were seen.</summary>
    Done,
}

/// <summary>A payment in a list.</summary>
public sealed class PaymentRow
{
    public long CaseNumber { get; init; }
    public int Id { get; init; }
    public int State { get; init; }
    public long Minor { get; init; }
    public string Currency { get; init; } = "";
    public string Provider { get; init; } = "";
    public int OtherRoute { get; init; }
    public string? Original { get; init; }
    public string? Reference { get; init; }
    public long RequestedAt { get; init; }
    public string? Problem { get; init; }

    /// <summary>When it was seen; with a state of failed the money came back after that.</summary>
    public long? SeenAt { get; init; }
    public string Customer { get; init; } = "";
    public string? AskedBy { get; init; }

    /// <summary>How far it is.</summary>
    public PaymentState How => (PaymentState)State;

    /// <summary>How much.</summary>
    public Money Amount => new(Minor, Currency);
}
