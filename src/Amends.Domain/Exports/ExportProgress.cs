namespace Amends.Domain.Exports;

/// <summary>How far an export is.</summary>
/// <param name="Rows">Rows that are written.</param>
/// <param name="Total">Rows that were counted before; <c>null</c> while they are counted.</param>
/// <param name="Since">How long it has been going on.</param>
public readonly record struct ExportProgress(long Rows, long? Total, TimeSpan Since)
{
    private const int FewestRows = 100;

    /// <summary>Whole per cent, never 100 before the end; <c>null</c> while nothing is known.</summary>
    public int? Percent => Total is not { } total ? null : total <= 0 ? 0 : (int)Math.Clamp(Rows * 100 / total, 0, 99);

    /// <summary>How long it may still take at the pace so far; <c>null</c> before a pace can be told.</summary>
    public TimeSpan? Left => Total is { } total && Rows >= FewestRows && Since > TimeSpan.Zero ? Since * ((double)Math.Max(0, total - Rows) / Rows) : null;
}
