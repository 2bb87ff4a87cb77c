namespace Amends.Domain.Regulatory;

/// <summary>A rule by which complaints are counted, in a sentence of our own.</summary>
/// <param name="Words">The rule.</param>
/// <param name="Source">Where it was read, with its date; <c>null</c> where it is general knowledge, or our own reading.</param>
public sealed record CountingRule(string Words, string? Source)
{
    /// <summary>The rules of the counts, those with a source first. Sources: domain research, section 2.5 (S7, S12 to S15).</summary>
    public static IReadOnlyList<CountingRule> All { get; } =
    [
        new("A complaint is closed when our final response went out or the customer indicated acceptance, whichever came first. Opened again later, it stays closed in the count.", "FCA Handbook DISP 1.5, 2007 view"),
        new("Upheld in part counts as upheld; one issue that is upheld makes the complaint upheld.", "FCA Handbook DISP 1.5, 2007 view"),
        new("Rejected with a payment in goodwill counts as rejected.", "FCA Handbook DISP 1.5, 2007 view"),
        new("A complaint about several things counts once, under its main cause: the category that counts on its case.", "FCA Handbook DISP 1.5, 2007 view"),
        new("Closed within four weeks, in four to eight weeks, and later: bands of an older text. The day of receipt is day 0, so that eight weeks end with the 56th day after it.", "DISP 1.10.2R as an older text of it was read; complaints return form"),
        new("Three business days end at the close of business on the third business day after the day of receipt.", "FCA Handbook DISP 1.5 (handbook.fca.org.uk)"),
        new("A nil return says plainly that there was nothing to report.", "DISP 1.10.2R; DISP 1 Annex 1AA, view of 27 February 2024"),
        new("The consolidated return replaces the form of DISP 1 Annex 1R from the half-year of 1 January to 30 June 2027 on.", "FCA PS25/19, December 2025"),
        new("Closed within three business days, within eight weeks, and later: bands that the newer form is said to have.", null),
        new("The headings for products and causes in the form: they are not here. Put your products and categories under them yourself.", null),
        new("Acceptance is that the customer chose what we offered or said that it is put right. One whom we heard no more from has not accepted.", null),
        new("A complaint that the customer took back counts as closed on that day. What goes on in another case, or was not ours, is not counted.", null),
        new("Redress is money that left us, refunds among it, on the day on which the books have it; what came back is taken off. Vouchers, goods and work are not in it.", null),
    ];
}
