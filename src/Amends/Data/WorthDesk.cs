using System.Collections.Concurrent;
using System.Text.Json;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Worth;
using Dapper;

namespace Amends.Data;

/// <summary>What customers are worth, and what is at stake in a case.</summary>
public sealed class WorthDesk(Database database, StoredSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10); // own figures are of years
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10); // should what another node wrote not be heard
    private (IReadOnlyDictionary<string, OwnFigure?> Own, long Changes, long At)? _own;
    private KeptBook? _book;
    private readonly ConcurrentDictionary<int, (WorthOfOrders Of, long Changes, long At)> _orders = [];

    /// <summary>SQL for what a customer ordered until <c>@at</c>, with the customer's id in place of the braces.</summary>
    internal static string HistoryOf(string customer, string until) =>
        $"(select count(*) from orders h where h.customer_id = {customer} and h.currency = @currency and h.placed_at <= {until}) as orders, (select coalesce(sum(h.total_minor), 0) from orders h where h.customer_id = {customer} and h.currency = @currency and h.placed_at <= {until}) as total, (select coalesce(min(h.placed_at), 0) from orders h where h.customer_id = {customer} and h.currency = @currency and h.placed_at <= {until}) as first";

    /// <summary>All assumptions as they count now; kept while nothing is written.</summary>
    public async Task<AssumptionBook> Book(CancellationToken ct = default)
    {
        var (changes, at) = (database.Changes, clock.GetTimestamp());
        if (_book is { } known && known.Changes == changes && clock.GetElapsedTime(known.At) < Longest)
            return known.Book;
        var company = await settings.Company(ct);
        var book = await database.Read(async connection =>
        {
            var books = await connection.ExecuteScalarAsync<string?>("select value from settings where name = 'books'") is { } stored ? JsonSerializer.Deserialize<BookSettings>(stored, JsonSerializerOptions.Web)! : new BookSettings();
            var (margin, written) = (1 - books.CostShare / 100.0, await AssumptionBook.Written(connection));
            if (_own is not { } kept || IsOld(kept.Changes, kept.At))
                _own = kept = (await OwnFigures.Count(connection, new ReportCounts(connection, database), company.Currency, 1 - margin, new AssumptionBook([.. written.Select(each => new Held(each, null))], margin).Minor(AssumptionBook.LabourHour, company.Currency), clock.GetUtcNow(), company.Zone()), database.Changes, clock.GetTimestamp());
            return new AssumptionBook([.. written.Select(each => new Held(each, kept.Own.GetValueOrDefault(each.Key)))], margin);
        }, ct);
        _book = new(book, changes, at);
        return book;
    }

    /// <summary>Own figures are counted anew when somebody asks for them next.</summary>
    public void Forget()
    {
        (_own, _book) = (null, null);
        _orders.Clear();
    }

    /// <summary>What loyal customers brought, and who bought again beside those alike: figures of two years, counted every ten minutes at the most.</summary>
    /// <param name="days">Over how many days the report goes.</param>
    /// <param name="ct">The request's end.</param>
    internal async Task<WorthOfOrders> OfOrders(int days, CancellationToken ct)
    {
        if (_orders.TryGetValue(days, out var kept) && !IsOld(kept.Changes, kept.At))
            return kept.Of;
        var (company, now) = (await settings.Company(ct), clock.GetUtcNow());
        var from = LocalDay.Begins(LocalDay.Of(now, company.Zone()).AddDays(1 - days), company.Zone());
        var of = await database.Read(async connection => new WorthOfOrders(await LoyalFacts.Read(connection, company.Currency, now), await BoughtFacts.Read(connection, database, company.Currency, company.Zone(), from, now)), ct);
        _orders[days] = (of, database.Changes, clock.GetTimestamp());
        return of;
    }

    private bool IsOld(long changes, long at) => changes != database.Changes && clock.GetElapsedTime(at) > Fresh;

    /// <summary>What a customer is worth now; <c>null</c> when no order of theirs is known.</summary>
    public async Task<CustomerWorth?> Of(long customer, AssumptionBook book, CancellationToken ct)
    {
        var (company, now) = (await settings.Company(ct), clock.GetUtcNow());
        return book.WorthOf(await History(customer, now, company.Currency, ct), now);
    }

    /// <summary>What is at stake in a case, as it was when it came.</summary>
    /// <param name="state">The case.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<Stake> StakeOf(CaseState state, CancellationToken ct)
    {
        var (company, book) = (await settings.Company(ct), await Book(ct));
        var history = await History(state.CustomerId, state.OpenedAt, company.Currency, ct);
        return new(book, book.WorthOf(history, state.OpenedAt), book.RiskOf(history, state.OpenedAt, company.Currency), company.Currency);
    }

    private Task<OrderHistory> History(long customer, DateTimeOffset at, string currency, CancellationToken ct) => database.Read(async connection =>
        (await connection.QuerySingleAsync<HistoryRow>($"select {HistoryOf("@customer", "@until")}", new { customer, until = at.ToUnixTimeMilliseconds(), currency })).Read(), ct);

    /// <summary>The assumptions, and when they were read.</summary>
    private sealed record KeptBook(AssumptionBook Book, long Changes, long At);

    /// <summary>A row with what was ordered.</summary>
    internal sealed class HistoryRow
    {
        public long Orders { get; init; }
        public long Total { get; init; }
        public long First { get; init; }

        public OrderHistory Read() => new((int)Orders, Total, DateTimeOffset.FromUnixTimeMilliseconds(First));
    }
}

/// <summary>What is counted of customers and their orders alone.</summary>
/// <param name="Loyal">Of loyal ones.</param>
/// <param name="Bought">Who bought again.</param>
internal sealed record WorthOfOrders(LoyalFacts Loyal, BoughtFacts Bought);

/// <summary>What is at stake in a case, and what that rests on.</summary>
/// <param name="Book">The assumptions.</param>
/// <param name="Worth">What the customer is worth; <c>null</c> when no order is known.</param>
/// <param name="Risk">The risk.</param>
/// <param name="Currency">The company's.</param>
public sealed record Stake(AssumptionBook Book, CustomerWorth? Worth, CaseRisk Risk, string Currency)
{
    /// <summary>The keys that it rests on.</summary>
    public static readonly IReadOnlyList<string> RestsOn = [AssumptionBook.LeaveUnresolved, AssumptionBook.LeaveResolved, AssumptionBook.Retention, AssumptionBook.Discount, AssumptionBook.Acquisition, AssumptionBook.Told, AssumptionBook.KeptAway];

    /// <summary>An amount.</summary>
    public Money Of(long minor) => new(minor, Currency);
}
