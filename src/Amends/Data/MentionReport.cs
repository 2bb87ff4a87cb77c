using System.Globalization;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data;

/// <summary>What was said in public in some days: answered or not, how soon, and whether they rate otherwise after.</summary>
/// <param name="Span">Which days, by when it was said.</param>
public sealed record MentionReport(CauseSpan Span)
{
    /// <summary>The sites, those with the most first.</summary>
    public required IReadOnlyList<MentionSite> Sites { get; init; }

    /// <summary>All sites together.</summary>
    public required MentionSite All { get; init; }

    /// <summary>Ratings before and after, of those of which both are known: how many have each pair of stars.</summary>
    public required IReadOnlyDictionary<(int Before, int After), int> Pairs { get; init; }

    /// <summary>Whether they rose or fell.</summary>
    public required SignedRank Change { get; init; }

    /// <summary>Counts them.</summary>
    public static Task<MentionReport> Read(Database database, CauseSpan span, CancellationToken ct) => database.Read(async connection =>
    {
        var rows = (await connection.QueryAsync<Row>("select site, said_at, answered_at, rating_before, rating_after, case_number from mentions where said_at >= @from and said_at <= @to", new { from = span.From.ToUnixTimeMilliseconds(), to = span.To.ToUnixTimeMilliseconds() })).AsList();
        var pairs = rows.Where(row => row is { RatingBefore: not null, RatingAfter: not null }).Select(row => (Before: row.RatingBefore!.Value, After: row.RatingAfter!.Value)).ToList();
        return new MentionReport(span)
        {
            All = Of("", rows), Sites = [.. rows.GroupBy(row => row.Site).Select(site => Of(site.Key, [.. site])).OrderByDescending(site => site.Answered.Of).ThenBy(site => site.Site, StringComparer.Ordinal)],
            Pairs = pairs.CountBy(pair => pair).ToDictionary(), Change = SignedRank.Of(pairs.Select(pair => (long)(pair.After - pair.Before))),
        };
    }, ct);

    /// <summary>The sites as CSV (RFC 4180).</summary>
    public string Csv()
    {
        var lines = new List<string> { "from,to,site,mentions,answered,answered_share,linked,median_minutes,rated_twice,rose,fell" };
        lines.AddRange(Sites.Append(All with { Site = "all" }).Select(site => string.Join(',', Day(Span.FirstDay), Day(Span.LastDay), CsvCell.Of(site.Site), Number(site.Answered.Of), Number(site.Answered.Hits), site.Answered.IsFew ? "" : Number(site.Answered.Share),
            Number(site.Linked), site.Minutes is { IsFew: false } spread ? Number(Math.Round(spread.Median)) : "", Number(site.Twice), Number(site.Rose), Number(site.Fell))));
        return string.Join("\r\n", lines) + "\r\n";
    }

    private static MentionSite Of(string site, IReadOnlyList<Row> rows) => new(site, new(rows.Count(row => row.AnsweredAt is not null), rows.Count), rows.Count(row => row.CaseNumber is not null),
        Spread.Of(rows.Where(row => row.AnsweredAt is not null).Select(row => (row.AnsweredAt!.Value - row.SaidAt) / 60_000)),
        rows.Count(row => row is { RatingBefore: not null, RatingAfter: not null }), rows.Count(row => row.RatingAfter > row.RatingBefore), rows.Count(row => row.RatingAfter < row.RatingBefore));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(double? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    private sealed class Row
    {
        public string Site { get; init; } = "";
        public long SaidAt { get; init; }
        public long? AnsweredAt { get; init; }
        public int? RatingBefore { get; init; }
        public int? RatingAfter { get; init; }
        public long? CaseNumber { get; init; }
    }
}

/// <summary>A site.</summary>
/// <param name="Site">Its name.</param>
/// <param name="Answered">Those that were answered, of all.</param>
/// <param name="Linked">Those with a case.</param>
/// <param name="Minutes">Minutes by the calendar from what they wrote to our answer there; <c>null</c> of none.</param>
/// <param name="Twice">Those with a rating before and after.</param>
/// <param name="Rose">Of these, higher after.</param>
/// <param name="Fell">Of these, lower after.</param>
public sealed record MentionSite(string Site, Proportion Answered, int Linked, Spread? Minutes, int Twice, int Rose, int Fell);
