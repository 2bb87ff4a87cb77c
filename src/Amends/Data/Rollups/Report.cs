using Amends.Domain;
using Amends.Domain.Statistics;

namespace Amends.Data.Rollups;

/// <summary>An answered question: figures with what they mean, and tables, from which page, files and JSON are made alike.</summary>
/// <param name="Key">Its name in addresses.</param>
/// <param name="Title">Its title.</param>
/// <param name="Question">What it answers, in a sentence.</param>
/// <param name="Slice">Which days and complaints.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Tables">The tables.</param>
public sealed record Report(string Key, string Title, string Question, Slice Slice, IReadOnlyList<Figure> Figures, IReadOnlyList<ReportTable> Tables)
{
    /// <summary>What one should see first, in a sentence; <c>null</c> when nothing stands out.</summary>
    public string? Finding { get; init; }

    /// <summary>What its money is in.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>How many changes of cases are not counted yet.</summary>
    public long Waiting { get; init; }
}

/// <summary>What a figure is measured in.</summary>
public enum FigureUnit
{
    /// <summary>A share from 0 to 1.</summary>
    Share = 1,

    /// <summary>Minutes, the median; 90 of 100 took no longer than <see cref="Figure.P90"/>.</summary>
    Minutes,

    /// <summary>A number of things.</summary>
    Count,

    /// <summary>A mean on a scale.</summary>
    Mean,

    /// <summary>Minor units of the company's currency for each.</summary>
    Money,

    /// <summary>A score from -1 to 1, shown times a hundred.</summary>
    Points,
}

/// <summary>One figure.</summary>
/// <param name="Code">Its name in files and JSON.</param>
/// <param name="Name">Its name.</param>
/// <param name="Definition">What it means, in one sentence.</param>
/// <param name="Unit">What it is measured in.</param>
/// <param name="Value">The figure; <c>null</c> of nothing.</param>
/// <param name="Of">Of how many.</param>
public sealed record Figure(string Code, string Name, string Definition, FigureUnit Unit, double? Value, long Of)
{
    /// <summary>How many did, of a share.</summary>
    public long? Hits { get; init; }

    /// <summary>The 95 % interval of a share (Wilson) or of a score.</summary>
    public Interval? Interval { get; init; }

    /// <summary>Nine of ten took no longer, minutes.</summary>
    public long? P90 { get; init; }

    /// <summary>The same of as many days before.</summary>
    public double? Before { get; init; }

    /// <summary>The difference to the days before is more than chance; only then it is coloured.</summary>
    public bool IsClear { get; init; }

    /// <summary>Whether more of it is better; <c>null</c> when neither is.</summary>
    public bool? MoreIsBetter { get; init; }

    /// <summary>Which cases it counts, as the query of <c>/reports/cases</c>; <c>null</c> when it counts none.</summary>
    public string? Cases { get; init; }

    /// <summary>Too few to lean on: shown with that warning, and never beside another one.</summary>
    public bool IsFew => Unit != FigureUnit.Count && Of < Proportion.Few;

    /// <summary>A share, beside the days before.</summary>
    public static Figure OfShare(string code, string name, string definition, Proportion now, Proportion? before = null, bool? moreIsBetter = null, string? cases = null) => new(code, name, definition, FigureUnit.Share, now.Share, now.Of)
    {
        Hits = now.Hits, Interval = now.Interval, Before = before is { IsFew: false } was ? was.Share : null, MoreIsBetter = moreIsBetter, Cases = cases,
        IsClear = before is { IsFew: false } were && !now.IsFew && now.Minus(were) is { IsClear: true },
    };

    /// <summary>How long something takes.</summary>
    public static Figure OfTime(string code, string name, string definition, MinuteHistogram now, MinuteHistogram? before = null, string? cases = null) =>
        new(code, name, definition, FigureUnit.Minutes, now.Median, now.Count) { P90 = now.P90, Before = before is { Count: >= Proportion.Few } ? before.Median : null, MoreIsBetter = false, Cases = cases };

    /// <summary>A net promoter score, beside the days before.</summary>
    public static Figure OfScore(string code, string name, string definition, NetPromoterScore now, NetPromoterScore before, string? cases = null) => new(code, name, definition, FigureUnit.Points, now.Score, now.Answers)
    {
        Interval = now.Interval, Before = before.IsFew ? null : before.Score, MoreIsBetter = true, Cases = cases,
        IsClear = now is { IsFew: false, Interval: { } mine } && before is { IsFew: false, Interval: { } theirs } && (mine.Low > theirs.High || mine.High < theirs.Low),
    };

    /// <summary>How many there are.</summary>
    public static Figure OfCount(string code, string name, string definition, long now, long? before = null, string? cases = null) =>
        new(code, name, definition, FigureUnit.Count, now, now) { Before = before, Cases = cases };
}

/// <summary>A table, drawn as a picture where it says how.</summary>
/// <param name="Code">Its name in files and JSON.</param>
/// <param name="Title">Its title.</param>
/// <param name="Definition">What it shows, in a sentence.</param>
/// <param name="Columns">Its columns; the first names the row.</param>
/// <param name="Rows">Its rows.</param>
public sealed record ReportTable(string Code, string Title, string Definition, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows)
{
    /// <summary>How it is drawn; <c>null</c> when it stands for itself.</summary>
    public ChartKind? Chart { get; init; }

    /// <summary>How wide it is on a page: of twelve columns.</summary>
    public int Width { get; init; } = 12;

    /// <summary>The columns that are drawn, by code.</summary>
    public IReadOnlyList<string> Drawn { get; init; } = [];
}

/// <summary>A column.</summary>
/// <param name="Code">Its name in files and JSON.</param>
/// <param name="Words">Its head.</param>
public sealed record ReportColumn(string Code, string Words);

/// <summary>
/// A row. A cell is a <see cref="string"/>, a <see cref="DateOnly"/>, a <see cref="long"/>, a <see cref="Proportion"/>, a <see cref="TimeSpan"/>, a <see cref="Money"/>, or nothing.
/// </summary>
/// <param name="Cells">As many as there are columns.</param>
/// <param name="Cases">Which cases it counts, as the query of <c>/reports/cases</c>.</param>
public sealed record ReportRow(IReadOnlyList<object?> Cells, string? Cases = null)
{
    /// <summary>The page that the row is about, where that is not a list of cases.</summary>
    public string? Page { get; init; }

    /// <summary>Which cases each cell counts, where they are not the same for the whole row; as many as there are cells, <c>null</c> for a cell that counts none.</summary>
    public IReadOnlyList<string?> CellCases { get; init; } = [];
}

/// <summary>How a table is drawn.</summary>
public enum ChartKind
{
    /// <summary>Numbers on top of each other, a bar for each row.</summary>
    Bars = 1,

    /// <summary>Shares or times along the rows, a line for each column.</summary>
    Lines,

    /// <summary>One number a row, drawn beside its name.</summary>
    Rows,
}
