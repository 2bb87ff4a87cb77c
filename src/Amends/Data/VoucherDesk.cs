using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Vouchers;
using Dapper;

namespace Amends.Data;

/// <summary>Vouchers and credit across cases: what we owe on them, and using one.</summary>
public sealed class VoucherDesk(Database database, CaseStore cases)
{
    /// <summary>The most that a list shows.</summary>
    public const int Most = 500;

    /// <summary>What we owe on codes, by currency: how many, and how much is left.</summary>
    public Task<IReadOnlyList<(long Count, Money Left)>> Owed(CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<(long, Money)>)
        [.. (await connection.QueryAsync<(string Currency, long Count, long LeftMinor)>("select currency, count(*), cast(sum(left_minor) as bigint) from vouchers where left_minor > 0 group by currency order by currency"))
            .Select(row => (row.Count, new Money(row.LeftMinor, row.Currency)))], ct);

    /// <summary>Codes on which something is left, the newest case first.</summary>
    public Task<IReadOnlyList<OwedVoucher>> List(CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<OwedVoucher>)
        [.. (await connection.QueryAsync<Row>(
            """
            select v.code, v.case_number, v.remedy_id, v.currency, v.face_minor, v.left_minor, v.expires_at, u.name as customer from vouchers v join cases c on c.number = v.case_number join customers u on u.id = c.customer_id
            where v.left_minor > 0 order by v.case_number desc, v.code limit @Most
            """, new { Most })).Select(Of)], ct);

    /// <summary>A code; <c>null</c> when there is none.</summary>
    public async Task<OwedVoucher?> Find(string? typed, CancellationToken ct = default)
    {
        var code = VoucherCode.Clean(typed);
        var row = code is null ? null : await database.Read(connection => connection.QuerySingleOrDefaultAsync<Row>(
            """
            select v.code, v.case_number, v.remedy_id, v.currency, v.face_minor, v.left_minor, v.expires_at, u.name as customer from vouchers v join cases c on c.number = v.case_number join customers u on u.id = c.customer_id
            where v.code = @code
            """, new { code }), ct);
        return row is null ? null : Of(row);
    }

    /// <summary>Pays with a code, in a unit of work; returns what is left.</summary>
    /// <exception cref="Refused"><c>code</c> with a slip in it or that nobody has; else as <see cref="Case.UseVoucher"/>.</exception>
    public async Task<(long Number, Money Left)> Use(Unit unit, string? typed, Money amount, string? reference, Actor by, DateTimeOffset now)
    {
        if (VoucherCode.Clean(typed) is not { } code)
            throw new Refused("code", string.IsNullOrWhiteSpace(typed) ? "Type the code." : "This is no code of ours: a character is wrong, missing, or in the wrong place. Read it once more.");
        if (await unit.Value<long?>("select case_number from vouchers where code = @code", new { code }) is not { } number)
            throw new Refused("code", "There is no such code.");
        var state = await cases.ChangeIn(unit, number, (@case, _) =>
        {
            @case.UseVoucher(code, amount, reference, by, now);
            return Task.CompletedTask;
        });
        return (number, state!.Remedies.First(remedy => remedy.Voucher?.Code == code).Voucher!.Left);
    }

    private static OwedVoucher Of(Row row) => new(row.Code, row.CaseNumber, row.RemedyId, row.Customer, new Money(row.FaceMinor, row.Currency), new Money(row.LeftMinor, row.Currency), row.ExpiresAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);

    private sealed class Row
    {
        public string Code { get; init; } = "";
        public long CaseNumber { get; init; }
        public int RemedyId { get; init; }
        public string Currency { get; init; } = "";
        public long FaceMinor { get; init; }
        public long LeftMinor { get; init; }
        public long? ExpiresAt { get; init; }
        public string Customer { get; init; } = "";
    }
}

/// <summary>A code, and what is left on it.</summary>
public sealed record OwedVoucher(string Code, long CaseNumber, int RemedyId, string Customer, Money Face, Money Left, DateTimeOffset? ExpiresAt);
