using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Payments;
using Dapper;

namespace Amends.Data;

/// <summary>Payments of all cases beside each other: a row each, written in the transaction of the change that it follows from.</summary>
public static class PaymentDesk
{
    private const int Most = 200;

    /// <summary>Payments, those on their way the oldest first, the others the newest first.</summary>
    public static Task<IReadOnlyList<PaymentRow>> List(Database database, PaymentsShown shown, CancellationToken ct) => database.Read(async connection =>
    {
        var (where, order) = shown switch
        {
            PaymentsShown.Waiting => ("p.state in (1, 2, 3)", "p.requested_at, p.case_number, p.id"),
            PaymentsShown.Failed => ("p.state = 5 and not exists (select 1 from payments later where later.case_number = p.case_number and later.remedy_id = p.remedy_id and later.id > p.id)", "p.requested_at desc, p.case_number desc, p.id desc"),
            _ => ("p.state = 4", "p.requested_at desc, p.case_number desc, p.id desc"),
        };
        return (IReadOnlyList<PaymentRow>)(await connection.QueryAsync<PaymentRow>(
            $"""
            select p.case_number, p.id, p.state, p.minor, p.currency, p.provider, p.other_route, p.original, p.reference, p.requested_at, p.problem, u.name as customer, who.name as asked_by
            from payments p join cases c on c.number = p.case_number join customers u on u.id = c.customer_id left join people who on who.id = p.requested_by
            where {where} order by {order} limit {Most}
            """)).AsList();
    }, ct);

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
                insert into payments (case_number, id, remedy_id, state, minor, currency, provider, other_route, original, reference, requested_at, requested_by, problem)
                values (@number, @Id, @RemedyId, @State, @Minor, @Currency, @Provider, @OtherRoute, @Original, @Reference, @At, @By, @Problem)
                on conflict (case_number, id) do update set state = excluded.state, reference = excluded.reference, problem = excluded.problem
                """, Row(number, payment));
    }

    private static object Row(long number, Payment payment) => new
    {
        number, payment.Id, payment.RemedyId, State = (int)payment.State, payment.Amount.Minor, payment.Amount.Currency, payment.Provider, OtherRoute = payment.IsOtherRoute ? 1 : 0, payment.Original, payment.Reference,
        At = payment.RequestedAt.ToUnixTimeMilliseconds(), By = payment.RequestedById, Problem = payment.State == PaymentState.Failed ? payment.Problem : null,
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
    public string Customer { get; init; } = "";
    public string? AskedBy { get; init; }

    /// <summary>How far it is.</summary>
    public PaymentState How => (PaymentState)State;

    /// <summary>How much.</summary>
    public Money Amount => new(Minor, Currency);
}
