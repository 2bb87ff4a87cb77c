using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Advice;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using Dapper;

namespace Amends.Features.Recovery;

/// <summary>What an option does to the margin of the order, in words. It advises and holds nothing up.</summary>
/// <param name="Signal">Green, amber or red.</param>
/// <param name="Words">The figures, and what they assume.</param>
public sealed record OfferAdvice(Signal Signal, string Words)
{
    /// <summary>The advice on each option of the newest offer, by its id; none when the case has no order.</summary>
    public static Task<IReadOnlyDictionary<int, OfferAdvice>> On(Database database, CasePage page, CancellationToken ct) => Of(database, page, page.State.Offer?.Options ?? [], ct);

    /// <summary>Why to think once more before options go out: one of them is a loss that is not expected to come back, beyond what the law gives; <c>null</c> when none is.</summary>
    /// <param name="database">Where.</param>
    /// <param name="page">The case.</param>
    /// <param name="options">As they would go out.</param>
    /// <param name="ct">The request's end.</param>
    public static async Task<string?> LossIn(Database database, CasePage page, IReadOnlyList<Option> options, CancellationToken ct)
    {
        List<Option> numbered = [.. options.Select((option, i) => option with { Id = i + 1 })];
        var advice = await Of(database, page, numbered, ct);
        var red = numbered.Where(option => option.Remedies.Any(remedy => remedy is { IsStatutory: false, Cost.Minor: > 0 }) && advice.GetValueOrDefault(option.Id)?.Signal == Signal.Red).ToList();
        return red.Count == 0 ? null : string.Join(" ", red.Select(option => $"“{option.Title.Trim()}” is a loss that is not expected to come back. {advice[option.Id].Words}"));
    }

    /// <summary>The advice on options that may not be prepared yet, by their ids; none when the case has no order.</summary>
    public static Task<IReadOnlyDictionary<int, OfferAdvice>> Of(Database database, CasePage page, IReadOnlyList<Option> options, CancellationToken ct) => database.Read(async connection =>
    {
        var (number, currency, year) = (page.Number, page.Company.Currency, page.Now.AddDays(-365).ToUnixTimeMilliseconds());
        var paid = await connection.ExecuteScalarAsync<long?>("select o.total_minor from cases c join orders o on o.id = c.order_id where c.number = @number and o.currency = @currency", new { number, currency });
        if (paid is not > 0)
            return (IReadOnlyDictionary<int, OfferAdvice>)new Dictionary<int, OfferAdvice>();
        var lastYear = await connection.ExecuteScalarAsync<long>("select coalesce(sum(total_minor), 0) from orders where customer_id = @customer and currency = @currency and placed_at >= @year", new { customer = page.State.CustomerId, currency, year });
        var books = await connection.ExecuteScalarAsync<string?>("select value from settings where name = 'books'") is { } stored
            ? System.Text.Json.JsonSerializer.Deserialize<BookSettings>(stored, System.Text.Json.JsonSerializerOptions.Web)! : new BookSettings();
        var share = books.CostShare / 100m;
        var before = page.State.Remedies.Where(remedy => remedy.FailedAt is null && remedy.ReplacedAt is null && remedy.Value.Currency == currency).ToList();
        return options.ToDictionary(option => option.Id, option =>
        {
            decimal Cost(RemedyKind kind, Money worth, RemedyData? data) => Margin.CostOf(kind, worth.Minor, share, data?.Cost is { } known && known.Currency == currency ? known.Minor : null);
            var cost = option.Remedies.Sum(remedy => Cost(remedy.Kind, remedy.Value, remedy.Data)) + before.Sum(remedy => Cost(remedy.Kind, remedy.Value, remedy.Data));
            var margin = new Margin(paid.Value, paid.Value * share, cost);
            var all = option.Value.Minor + before.Sum(remedy => remedy.Value.Minor);
            Money Of(decimal minor) => new((long)decimal.Round(minor, 0, MidpointRounding.ToEven), currency);
            var words = $"The order of {Of(paid.Value)} leaves {Of(margin.Net)}: goods cost {books.CostShare.ToString(CultureInfo.InvariantCulture)} % of their price, and this costs us {Of(cost)}"
                + (option.Remedies.Any(remedy => remedy.Kind is RemedyKind.Voucher or RemedyKind.Credit) ? $" if {Margin.Redeemed:0%} of vouchers are used, in place of sales at full price" : "") + "."
                + (Margin.IsTooMuch(all, paid.Value) ? $" All together is {Of(all)}, more than one and a half times what they paid." : "");
            return new OfferAdvice(margin.Signal(lastYear * (1 - share), Margin.Stays), words);
        });
    }, ct);
}
