using System.Globalization;
using Amends.Domain.Exports;
using Amends.Domain.People;

namespace Amends.Data.Exports;

/// <summary>Who asks for exports: one of us, also through a program, or a program that acts for nobody.</summary>
/// <param name="PersonId">Whose it is.</param>
/// <param name="TokenId">Whose it is, when it is a program's own.</param>
/// <param name="Name">As it is shown.</param>
/// <param name="Role">What they may see; a program of its own counts as a manager, whom its scopes hold back.</param>
public sealed record ExportAsker(long? PersonId, long? TokenId, string Name, Role Role)
{
    /// <summary>Whether they see everybody's.</summary>
    public bool SeesAll => PersonId is not null && Role >= Role.Owner;

    /// <summary>By who acts.</summary>
    public static ExportAsker Of(Actor actor) => actor.Kind == ActorKind.Person ? new(actor.Id, null, actor.Program is { } program ? $"{actor.Name} (by {program})" : actor.Name, actor.Role) : new(null, actor.Id, actor.Name, Role.Manager);
}

/// <summary>An export that somebody asked for.</summary>
public sealed class AskedExport
{
    /// <summary>Its id.</summary>
    public long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public long? PersonId { get; init; }

    /// <summary>Whose it is, when it is a program's own.</summary>
    public long? TokenId { get; init; }

    /// <summary>Who asked.</summary>
    public string ByName { get; init; } = "";

    /// <summary>An <see cref="ExportOf"/>.</summary>
    public int What { get; init; }

    /// <summary>The first day, ISO 8601; <c>null</c> from the beginning.</summary>
    public string? FromDay { get; init; }

    /// <summary>The last day.</summary>
    public string? ToDay { get; init; }

    /// <summary>Code of a category.</summary>
    public string? Category { get; init; }

    /// <summary>A <see cref="Domain.Exports.CasesIn"/>.</summary>
    public int CasesIn { get; init; }

    /// <summary>An <see cref="ExportFormat"/>.</summary>
    public int Format { get; init; }

    /// <summary>Where it stands.</summary>
    public ExportState State { get; init; }

    /// <summary>Rows that are written.</summary>
    public long RowCount { get; init; }

    /// <summary>Rows that were counted before.</summary>
    public long? Total { get; init; }

    /// <summary>Bytes of the file so far.</summary>
    public long ByteCount { get; init; }

    /// <summary>What its reader must know.</summary>
    public string Note { get; init; } = "";

    /// <summary>When it was asked for, Unix milliseconds.</summary>
    public long AskedAt { get; init; }

    /// <summary>When it was begun last, Unix milliseconds.</summary>
    public long? BegunAt { get; init; }

    /// <summary>When it ended, Unix milliseconds.</summary>
    public long? EndedAt { get; init; }

    /// <summary>How often it was begun.</summary>
    public long Epoch { get; init; }

    /// <summary>How often it failed.</summary>
    public int Tries { get; init; }

    /// <summary>What was asked for.</summary>
    public ExportPlan Plan => new((ExportOf)What, DayOf(FromDay), DayOf(ToDay), Category, (CasesIn)CasesIn, (ExportFormat)Format);

    /// <summary>How far it is.</summary>
    /// <param name="now">Now.</param>
    public ExportProgress Progress(DateTimeOffset now) => new(RowCount, Total, BegunAt is { } begun ? now - DateTimeOffset.FromUnixTimeMilliseconds(begun) : TimeSpan.Zero);

    /// <summary>When the file goes by itself; <c>null</c> while there is none.</summary>
    public DateTimeOffset? GoesAt => State == ExportState.Done && EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) + ExportPlan.Kept : null;

    /// <summary>Whether it waits or is made.</summary>
    public bool IsOpen => State is ExportState.Waiting or ExportState.Running;

    /// <summary>The media type of the file.</summary>
    public string MediaType => (ExportFormat)Format == ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static DateOnly? DayOf(string? day) => day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
