using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Advice;
using Amends.Domain.Offers;
using Dapper;

namespace Amends.Features.Recovery;

/// <summary>What an option does to the margin of the order, in words. It advises and holds nothing up.</summary>
/// <param name="Signal">Green, amber or red.</param>
/// <param name="Words">The figures, and what they assume.</param>
public sealed record OfferAdvice(Signal Signal, string Words)
{
    /// <summary>The advice on each option of the newest offer, by its id; none when the case has no order.</summary>
    public static Task<IReadOnlyDictionary<int, OfferAdvice>> On(Database database, CasePage page, CancellationToken ct) => Of(database, page, page.State.Offer?.Options ?? [], ct);

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
            var cost = option.Remedies.Sum(remedy => Margin.CostOf(remedy.Kind, remedy.Value.Minor, share)) + before.Sum(remedy => Margin.CostOf(remedy.Kind, remedy.Value.Minor, share));
            var margin = new Margin(paid.Value, paid.Value * share, cost);
            var all = option.Value.Minor + before.Sum(remedy => remedy.Value.Minor);
            Money Of(decimal minor) => new((long)decimal.Round(minor, 0, MidpointRounding.ToEven), currency);
            var words = $"The order of {Of(paid.Value)} leaves {Of(margin.Net)}: goods cost {books.CostShare.ToString(CultureInfo.InvariantCulture)} % of their price, and this costs us {Of(cost)}"
                + (option.Remedies.Any(remedy => remedy.Kind is Domain.Remedies.RemedyKind.Voucher or Domain.Remedies.RemedyKind.Credit) ? $" if {Margin.Redeemed:0%} of vouchers are used, in place of sales at full price" : "") + "."
                + (Margin.IsTooMuch(all, paid.Value) ? $" All together is {Of(all)}, more than one and a half times what they paid." : "");
            return new OfferAdvice(margin.Signal(lastYear * (1 - share), Margin.Stays), words);
        });
    }, ct);
}
