using System.Globalization;
using System.Text.Json;
using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Payments;
using Amends.Features.Shared;

namespace Amends.Features.Payments;

/// <summary>The payments of all cases as files and by mail, from the query of their page.</summary>
internal static class PaymentFile
{
    /// <summary>One list as CSV, or all three as a workbook.</summary>
    public static async Task<IResult> Export(string? show, HttpContext context, Database database, StoredSettings settings, TimeProvider clock)
    {
        var today = LocalDay.Of(clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone());
        return TableFile.Of(Tables(await Read(database, null, context.RequestAborted)), $"payments-{today:yyyy-MM-dd}", show, context);
    }

    /// <summary>By mail: what is on its way and what did not arrive as it is now, and what was seen in the days that are asked for.</summary>
    public static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var zone = (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone();
        var to = LocalDay.Of(asked.Now, zone);
        var from = to.AddDays(-asked.Days);
        var lists = await Read(given.GetRequiredService<Database>(), LocalDay.Begins(from, zone), ct);
        var waiting = lists[PaymentsShown.Waiting];
        return new(from, to, "show=waiting",
            [
                new("On their way", Texts.Count(waiting.Count, "refund"), waiting.Count == 0 ? "nobody waits" : $"{Sum(waiting)}; the oldest was asked for on {LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(waiting[0].RequestedAt), zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}"),
                new("Did not arrive", Texts.Count(lists[PaymentsShown.Failed].Count, "refund"), lists[PaymentsShown.Failed] is { Count: > 0 } failed ? $"{Sum(failed)} still owed" : "nothing is owed after it failed"),
                new("Seen in these days", Texts.Count(lists[PaymentsShown.Done].Count, "refund"), Sum(lists[PaymentsShown.Done])),
            ],
            Tables(lists)) { Finding = lists[PaymentsShown.Failed].Count > 0 ? "Money is still owed: it did not go out, or came back, and nobody has asked for it again." : null };
    }

    private static async Task<Dictionary<PaymentsShown, IReadOnlyList<PaymentRow>>> Read(Database database, DateTimeOffset? seenSince, CancellationToken ct)
    {
        var lists = new Dictionary<PaymentsShown, IReadOnlyList<PaymentRow>>();
        foreach (var shown in Enum.GetValues<PaymentsShown>())
            lists[shown] = await PaymentDesk.List(database, shown, ct, seenSince, PaymentDesk.MostInFile);
        return lists;
    }

    private static string Sum(IReadOnlyList<PaymentRow> rows) => string.Join(" and ", rows.GroupBy(row => row.Currency).OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => new Money(each.Sum(row => row.Minor), each.Key).ToString()));

    /// <summary>The lists by the names of the page: amounts in major units, moments in UTC.</summary>
    private static List<(string Code, IReadOnlyList<IReadOnlyList<object?>> Rows)> Tables(Dictionary<PaymentsShown, IReadOnlyList<PaymentRow>> lists) => [.. lists.Select(list => (JsonNamingPolicy.SnakeCaseLower.ConvertName(list.Key.ToString()), Rows(list.Value)))];

    private static IReadOnlyList<IReadOnlyList<object?>> Rows(IReadOnlyList<PaymentRow> rows) =>
    [
        ["case", "payment", "customer", "amount", "currency", "how_far", "by", "other_way", "original", "reference", "asked_for", "asked_by", "seen", "problem"],
        .. rows.Select(row => (IReadOnlyList<object?>)
        [
            row.CaseNumber, row.Id, row.Customer, row.Amount.Major, row.Currency, row is { How: PaymentState.Failed, SeenAt: not null } ? PaymentWords.CameBack : PaymentWords.Of(row.How), row.Provider == ByHand.Key ? "a transfer" : row.Provider, row.OtherRoute == 1 ? "yes" : "no",
            row.Original, row.Reference, Moment(row.RequestedAt), row.AskedBy, row.SeenAt is { } seen ? Moment(seen) : null, row.Problem,
        ]),
    ];

    private static string Moment(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
