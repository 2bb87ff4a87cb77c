using Amends.Data.Regulatory;
using Amends.Data.Rollups;

namespace Amends.Features.Api;

/// <summary>Counts for regulators, for programs.</summary>
public sealed class ReadRegulatory(RegulatoryDesk desk)
{
    /// <summary>The counts of a half-year, or of some days; of the usual half-year without.</summary>
    /// <param name="period">A half-year, such as <c>2026-2</c>.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="ct">The request's end.</param>
    /// <exception cref="BadField">There are no such days.</exception>
    public async Task<RegulatoryAnswer> Read(string? period, string? from, string? to, CancellationToken ct)
    {
        var (days, errors) = new PeriodAsked(period, from, to).Read(await desk.Today(ct));
        if (errors.FirstOrDefault() is { Key: { } field } wrong)
            throw new BadField(field, wrong.Value);
        var counts = await desk.Read(days, ct);
        return new(days.From, days.To, days.Code, counts.Form.ToString().ToLowerInvariant(), [.. counts.Notices], counts.Report.Finding is not null, counts.Rows, counts.Report.Waiting, [.. counts.Report.Figures.Select(ReadReports.Of)],
            [.. ReportFile.Sheets(counts.Report).Skip(1).Select(sheet => new TableAnswer(sheet.Code, [.. sheet.Rows[0].Select(cell => $"{cell}")], [.. sheet.Rows.Skip(1)]))]);
    }
}

/// <summary>Counts for regulators. The form is old, consolidated or neither; money is in minor units beside the amount.</summary>
public sealed record RegulatoryAnswer(DateOnly From, DateOnly To, string? HalfYear, string Form, IReadOnlyList<string> Notices, bool IsNil, long Complaints, long Waiting, IReadOnlyList<FigureAnswer> Figures, IReadOnlyList<TableAnswer> Tables);
