using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Regulatory;

namespace Amends.Data.Regulatory;

/// <summary>A tally as figures and tables. Bands are there for periods of the old form alone; each of them says whether its text was read.</summary>
internal static class ComplaintsReturn
{
    private static readonly ReportColumn[] Found = [new("closed", "Closed"), new("upheld", "Upheld"), new("rejected", "Rejected"), new("not_decided", "No finding")];
    private static readonly ReportColumn[] Moved = [new("at_start", "Outstanding at start"), new("opened", "Opened"), .. Found, new("at_end", "Outstanding at end")];

    /// <summary>The report.</summary>
    /// <param name="tally">The counts.</param>
    /// <param name="detail">Products and money.</param>
    /// <param name="handling">Measures of handling.</param>
    internal static Report Of(Tally tally, Detail detail, ReportTable handling)
    {
        var period = tally.Period;
        var (closed, upheld, rejected) = (tally.Closed(), tally.Closed(ComplaintOutcome.Upheld), tally.Closed(ComplaintOutcome.Rejected));
        string Cases(ComplaintCount count, ComplaintOutcome? outcome = null, WeekBand? week = null, QuickBand? quick = null, string? product = null, string? category = null) => new ComplaintsAsked(count, period, week, quick, outcome, product, category).Query;
        ReportRow Band(string words, WeekBand? week, QuickBand? quick) => new([words, tally.Closed(null, week, quick), tally.Closed(ComplaintOutcome.Upheld, week, quick), tally.Closed(ComplaintOutcome.Rejected, week, quick), tally.Closed(ComplaintOutcome.NotDecided, week, quick)], Cases(ComplaintCount.Closed, null, week, quick));
        var tables = new List<ReportTable>();
        if (FcaReturn.FormOf(period) == ReturnForm.Old)
        {
            tables.Add(new("bands", "Closed by how long it took, in weeks", "From the day of receipt to the final response or the acceptance. These bands are those of an older text of DISP 1.10.2R, which was read.", [new("band", "Took"), .. Found],
                [Band("Up to 4 weeks", WeekBand.UpToFour, null), Band("Over 4, up to 8 weeks", WeekBand.FourToEight, null), Band("Over 8 weeks", WeekBand.OverEight, null)]) { Width = 6 });
            tables.Add(new("bands_days", "Closed by how long it took, in business days and weeks", "The same complaints in the bands that the newer form is said to have. That text was not read: look at the form before you use them.", [new("band", "Took"), .. Found],
                [Band("Up to 3 business days", null, QuickBand.ThreeBusinessDays), Band("Later, up to 8 weeks", null, QuickBand.UpToEightWeeks), Band("Over 8 weeks", null, QuickBand.OverEightWeeks)]) { Width = 6 });
        }

        tables.Add(new("outcomes", "Outcomes", "Of the closed ones. The share is of those with a finding; who has none needs a decision before you hand the figures in.", [new("outcome", "Outcome"), new("closed", "Closed"), new("percent", "Per cent of those with a finding")],
            [
                new(["Upheld, in all or in part", upheld, Percent(upheld, upheld + rejected)], Cases(ComplaintCount.Closed, ComplaintOutcome.Upheld)),
                new(["Rejected, with or without goodwill", rejected, Percent(rejected, upheld + rejected)], Cases(ComplaintCount.Closed, ComplaintOutcome.Rejected)),
                new(["No finding written down", tally.Closed(ComplaintOutcome.NotDecided), null], Cases(ComplaintCount.Closed, ComplaintOutcome.NotDecided)),
            ]) { Width = 6 });
        tables.Add(new("redress", "Redress paid", "Money that left us in these days, refunds among it, less what came back, as the books have it. Currencies are never added up. Vouchers, goods and work are not in it.", [new("complaints", "On complaints that are"), new("currency", "Currency"), new("paid", "Paid"), new("paid_minor", "In minor units")],
            [.. detail.Redress.GroupBy(each => (each.Outcome, each.Currency)).OrderBy(each => ((int)each.Key.Outcome + 2) % 3).ThenBy(each => each.Key.Currency, StringComparer.Ordinal).Select(each => (each.Key, Minor: each.Sum(one => one.Minor)))
                .Select(each => new ReportRow([OutcomeWords(each.Key.Outcome), each.Key.Currency, new Money(each.Minor, each.Key.Currency), each.Minor], Cases(ComplaintCount.Redress, each.Key.Outcome)))]) { Width = 6 });
        tables.Add(new("main_causes", "By main cause", "The category that counts on the case: a complaint about several things counts once.", [new("category", "Main cause"), .. Moved], [.. tally.Causes.Select(part => new ReportRow([CauseWords(part.Category), .. Cells(part)], Cases(Widest(part), category: part.Category)))]));
        tables.Add(new("products", "By product", "The product of the case’s order. Put yours under the headings of the form; they are not here.", [new("product", "Product"), .. Moved], [.. detail.Products.Select(part => new ReportRow([ProductWords(part.Product), .. Cells(part)], Cases(Widest(part), product: part.Product)))]));
        tables.Add(new("products_main_causes", "By product and main cause", "Both together.", [new("product", "Product"), new("category", "Main cause"), .. Moved],
            [.. detail.Parts.Select(part => new ReportRow([ProductWords(part.Product), CauseWords(part.Category), .. Cells(part)], Cases(Widest(part), product: part.Product, category: part.Category)))]));
        tables.Add(new("redress_parts", "Redress by product and main cause", "The money of above.", [new("product", "Product"), new("category", "Main cause"), new("currency", "Currency"), new("paid", "Paid"), new("paid_minor", "In minor units")],
            [.. detail.Redress.GroupBy(each => (each.Product, each.Category, each.Currency)).Select(each => (each.Key, Minor: each.Sum(one => one.Minor))).Where(each => each.Minor != 0).OrderByDescending(each => each.Minor).ThenBy(each => each.Key.ToString(), StringComparer.Ordinal)
                .Select(each => new ReportRow([ProductWords(each.Key.Product), CauseWords(each.Key.Category), each.Key.Currency, new Money(each.Minor, each.Key.Currency), each.Minor], Cases(ComplaintCount.Redress, product: each.Key.Product, category: each.Key.Category)))]));
        tables.Add(handling);
        return new("regulatory", "Regulatory counts", "What do regulators and standards ask us to count?", new Slice(period.From, period.To, null),
            [
                Figure.OfCount("outstanding_start", "Outstanding at start", "Complaints that came before the first day and were neither answered finally nor accepted by then.", tally.AtStart, cases: Cases(ComplaintCount.OutstandingAtStart)),
                Figure.OfCount("opened", "Opened", "Complaints that came in these days.", tally.CameIn, cases: Cases(ComplaintCount.Opened)),
                Figure.OfCount("closed", "Closed", "Complaints of which in these days our final response went out, or the customer accepted or took it back; whichever came first.", closed, cases: Cases(ComplaintCount.Closed)),
                Figure.OfCount("upheld", "Upheld", "Closed complaints that we found justified in all or in part.", upheld, cases: Cases(ComplaintCount.Closed, ComplaintOutcome.Upheld)),
                Figure.OfCount("outstanding_end", "Outstanding at end", "Outstanding at start and opened, less closed.", tally.AtEnd, cases: Cases(ComplaintCount.OutstandingAtEnd)),
                Figure.OfCount("ended_alone", "Closed here alone", "Of the outstanding ones, those that are closed in Amends with neither a final response nor an acceptance on record: send one, or they stay outstanding.", tally.EndedAlone, cases: Cases(ComplaintCount.EndedAlone)),
                Figure.OfCount("support_needed", "With a need of support", "Opened complaints whose customer told us of something that they need, such as large print or more time. It is no count of vulnerable customers: Amends keeps needs, not a label.", tally.Support, cases: Cases(ComplaintCount.Support)),
            ], tables)
        {
            Finding = tally.IsNil ? "Nil: no complaint was outstanding at the start, none came, and none was closed." : null,
        };
    }

    private static object?[] Cells(Part part) => [part.AtStart, part.Opened, part.Closed, part.Upheld, part.Rejected, part.NotDecided, part.AtEnd];

    private static ComplaintCount Widest(Part part) => part switch { { Opened: > 0 } => ComplaintCount.Opened, { Closed: > 0 } => ComplaintCount.Closed, _ => ComplaintCount.OutstandingAtStart };

    private static double? Percent(long part, long of) => of == 0 ? null : Math.Round(100.0 * part / of, 1);

    private static string ProductWords(string product) => product.Length == 0 ? "No order known" : product;

    private static string CauseWords(string category) => category.Length == 0 ? "No category yet" : CategorySet.WordsOf(category) ?? category;

    /// <summary>"upheld", "rejected", or that nothing was found.</summary>
    internal static string OutcomeWords(ComplaintOutcome outcome) => outcome switch { ComplaintOutcome.Upheld => "upheld", ComplaintOutcome.Rejected => "rejected (goodwill)", _ => "without a finding" };
}
