using System.Globalization;

namespace Amends.Domain.Regulatory;

/// <summary>The days that a return, or a data set, for a regulator is about.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public sealed record ReportingPeriod(DateOnly From, DateOnly To)
{
    private const int FirstYear = 2000, LastYear = 8999;

    /// <summary>A half of a calendar year: January to June, or July to December.</summary>
    /// <param name="year">The year.</param>
    /// <param name="half">1 or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such half.</exception>
    public static ReportingPeriod Half(int year, int half) => half switch
    {
        1 => new(new(year, 1, 1), new(year, 6, 30)),
        2 => new(new(year, 7, 1), new(year, 12, 31)),
        _ => throw new ArgumentOutOfRangeException(nameof(half), half, "A year has two halves."),
    };

    /// <summary>The half-year in which a day lies.</summary>
    public static ReportingPeriod HalfOf(DateOnly day) => Half(day.Year, day.Month <= 6 ? 1 : 2);

    /// <summary>The last half-year that was over before a day.</summary>
    public static ReportingPeriod LastOver(DateOnly today) => HalfOf(HalfOf(today).From.AddDays(-1));

    /// <summary>The half-year that one most likely asks for: the last one while its data may still be handed in (<see cref="HandInBy"/>), else the one that runs.</summary>
    public static ReportingPeriod Usual(DateOnly today) => LastOver(today) is var last && today <= last.HandInBy ? last : HalfOf(today);

    /// <summary>A half-year by its code, such as <c>2026-2</c>; <c>null</c> for any other text.</summary>
    public static ReportingPeriod? OfCode(string? code) =>
        code is { Length: 6 } && code[4] == '-' && code[5] is '1' or '2' && int.TryParse(code.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= FirstYear and <= LastYear ? Half(year, code[5] - '0') : null;

    /// <summary>Whether it is exactly one half of a calendar year.</summary>
    public bool IsHalfYear => this == HalfOf(From);

    /// <summary>Its code, such as <c>2026-2</c>; <c>null</c> where it is no half-year.</summary>
    public string? Code => IsHalfYear ? string.Create(CultureInfo.InvariantCulture, $"{From.Year:0000}-{(From.Month == 1 ? 1 : 2)}") : null;

    /// <summary>The last day of the two months after it, within which ASIC takes the data of a half-year (domain research, section 2.5, source S17).</summary>
    public DateOnly HandInBy => To.AddDays(1).AddMonths(2).AddDays(-1);

    /// <summary>Whether it is over on a day.</summary>
    public bool IsOver(DateOnly today) => To < today;

    /// <summary>As people say it.</summary>
    public override string ToString() => IsHalfYear
        ? string.Create(CultureInfo.InvariantCulture, $"{(From.Month == 1 ? "January to June" : "July to December")} {From.Year}")
        : string.Create(CultureInfo.InvariantCulture, $"{From:d MMMM yyyy} to {To:d MMMM yyyy}");
}
