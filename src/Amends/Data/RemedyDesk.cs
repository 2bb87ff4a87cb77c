using System.Security.Cryptography;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Domain.Visits;
using Amends.Domain.Vouchers;
using Dapper;

namespace Amends.Data;

/// <summary>What remedies of different cases share, and no single case can guard: numbers of returns, windows for visits, codes of vouchers.</summary>
public static class RemedyDesk
{
    private const int VisitTurn = 2; // beside that of calls
    private const string TakenSql = "select from_at, to_at from visit_times where to_at > @now and not (case_number = @number and remedy_id = @id)";

    /// <summary>The next number of a return, in the unit of work that uses it: none is left out, and none is given twice.</summary>
    public static async Task<long> NextReturn(Unit unit) =>
        await unit.Value<long>("insert into return_numbers (id, last) values (1, 1) on conflict (id) do update set last = return_numbers.last + 1 returning last");

    /// <summary>A fresh code.</summary>
    public static string NewCode() => VoucherCode.Of(RandomNumberGenerator.GetBytes(VoucherCode.Chance));

    /// <summary>The windows that can be offered to this customer.</summary>
    public static Task<IReadOnlyList<VisitTime>> FreeVisits(Database database, Company company, VisitRules rules, DateTimeOffset now, long number, int id, CancellationToken ct = default) => database.Read(async connection =>
        VisitTimes.Free(company.Calendar(), rules, [.. (await connection.QueryAsync<Row>(TakenSql, new { now = now.ToUnixTimeMilliseconds(), number, id }))
            .Select(row => new VisitTime(DateTimeOffset.FromUnixTimeMilliseconds(row.FromAt), DateTimeOffset.FromUnixTimeMilliseconds(row.ToAt)))], now), ct);

    /// <summary>Which remedy a number on a parcel belongs to: ours, or the carrier's; <c>null</c> when it is neither.</summary>
    public static async Task<(long Number, int Id)?> FindReturn(Database database, string? typed, CancellationToken ct = default)
    {
        var (number, tracking) = (ReturnNumber.Clean(typed), typed?.Trim());
        var found = await database.Read(async connection => (await connection.QueryAsync<Place>(
            "select case_number, remedy_id from returns where number = @number or tracking = @tracking order by number desc limit 1", new { number, tracking })).FirstOrDefault(), ct);
        return found is null ? null : (found.CaseNumber, found.RemedyId);
    }

    /// <summary>The case of a code; <c>null</c> when there is none.</summary>
    public static async Task<long?> FindVoucher(Database database, string code, CancellationToken ct = default) =>
        await database.Read(connection => connection.ExecuteScalarAsync<long?>("select case_number from vouchers where code = @code", new { code }), ct);

    /// <summary>A change that is done is noted with what the company changed, so that outcomes show whether it helped; once.</summary>
    /// <param name="unit">The unit of work in which the remedy moved.</param>
    /// <param name="case">The case that was told.</param>
    /// <param name="number">Its number.</param>
    /// <param name="me">Who moved it.</param>
    /// <param name="now">Now.</param>
    public static async Task KeepChange(Unit unit, Case @case, long number, Actor me, DateTimeOffset now)
    {
        foreach (var id in @case.News.Select(news => news switch { RemedyMoved { Step: RemedyStep.Done } e => e.Id, RemedyDone e => e.Id, _ => 0 }).Distinct())
        {
            if (@case.State.Remedies.FirstOrDefault(each => each.Id == id) is { Kind: RemedyKind.Change } change && !(change.Moves.Any(move => move.Step == RemedyStep.Done) && @case.News.Any(news => news is RemedyMoved { Step: RemedyStep.Told })))
                await Improvements.Note(unit, number, change, me, now);
        }
    }

    /// <summary>Applies what a change of a case claims.</summary>
    /// <exception cref="Refused"><c>times_taken</c>: somebody else was faster; <c>out_of_stock</c>: nothing is left to send.</exception>
    internal static async Task Apply(Unit unit, long number, IReadOnlyList<Claim> claims)
    {
        foreach (var claim in claims)
        {
            switch (claim)
            {
                case TakeReturnNumber take:
                    if (await unit.Run(
                        """
                        insert into returns (number, case_number, remedy_id, tracking) values (@Number, @CaseNumber, @RemedyId, @Tracking)
                        on conflict (number) do update set tracking = excluded.tracking where returns.case_number = excluded.case_number and returns.remedy_id = excluded.remedy_id
                        """, new { take.Number, CaseNumber = number, take.RemedyId, take.Tracking }) == 0)
                        throw new Refused("number", $"The number {take.Number} was given to another return meanwhile. Try again.");
                    break;
                case TakeGoods take:
                    await ProductStock.Take(unit, number, take);
                    break;
                case HoldVisitTimes hold:
                    await Hold(unit, number, hold);
                    break;
                case KeepVoucher keep:
                    await unit.Run(
                        """
                        insert into vouchers (code, case_number, remedy_id, currency, face_minor, left_minor, expires_at) values (@Code, @number, @RemedyId, @Currency, @face, @left, @until)
                        on conflict (code) do update set left_minor = excluded.left_minor
                        """, new { keep.Code, number, keep.RemedyId, keep.Face.Currency, face = keep.Face.Minor, left = keep.Left.Minor, until = keep.ExpiresAt?.ToUnixTimeMilliseconds() });
                    break;
            }
        }
    }

    private static async Task Hold(Unit unit, long number, HoldVisitTimes hold)
    {
        await unit.Run("insert into call_turns (id, turn) values (@VisitTurn, 1) on conflict (id) do update set turn = call_turns.turn + 1", new { VisitTurn });
        await unit.Run("delete from visit_times where case_number = @number and remedy_id = @RemedyId", new { number, hold.RemedyId });
        foreach (var time in hold.Times)
        {
            var (from, to) = (time.From.ToUnixTimeMilliseconds(), time.To.ToUnixTimeMilliseconds());
            if (await unit.Run(
                """
                insert into visit_times (case_number, remedy_id, from_at, to_at)
                select @number, @RemedyId, @from, @to where (select count(*) from visit_times where from_at < @to and to_at > @from) < @AtOnce
                """, new { number, hold.RemedyId, from, to, hold.AtOnce }) == 0)
                throw new Refused("times_taken", "One of these times was just taken for another customer. Choose others, please.");
        }
    }

    private sealed class Row
    {
        public long FromAt { get; init; }
        public long ToAt { get; init; }
    }

    private sealed class Place
    {
        public long CaseNumber { get; init; }
        public int RemedyId { get; init; }
    }
}
