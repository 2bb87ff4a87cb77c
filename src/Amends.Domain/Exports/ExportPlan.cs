using System.Globalization;
using Amends.Domain.People;

namespace Amends.Domain.Exports;

/// <summary>What is wanted in a file: which rows, of which days, in which form.</summary>
/// <param name="What">Which rows.</param>
/// <param name="From">The first day by the company's clock; <c>null</c> from the beginning.</param>
/// <param name="To">The last day; <c>null</c> until now.</param>
/// <param name="Category">Code of a category, with all that belongs to it; <c>null</c> for all.</param>
/// <param name="Cases">Which cases, where the rows are cases.</param>
/// <param name="Format">The form of the file.</param>
public sealed record ExportPlan(ExportOf What, DateOnly? From, DateOnly? To, string? Category, CasesIn Cases, ExportFormat Format)
{
    /// <summary>How many one person, or one program, can have in the making at a time.</summary>
    public const int MostAtATime = 2;

    /// <summary>How long a file is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const int FirstYear = 2000;

    /// <summary>From which role on such rows may be taken away. The log holds everything that anybody did, so it is the owner's.</summary>
    public static Role Needs(ExportOf what) => what == ExportOf.Events ? Role.Owner : Role.Manager;

    /// <summary>Whether such rows belong to cases, so that a category can be chosen.</summary>
    public static bool HasCategory(ExportOf what) => what is not (ExportOf.Ledger or ExportOf.Orders);

    /// <summary>The name of the file, such as <c>messages-2026-01-01-to-2026-03-31.csv</c>.</summary>
    public string FileName => $"{What.ToString().ToLowerInvariant()}{(From is null && To is null ? "" : From is null ? $"-to-{Day(To)}" : To is null ? $"-from-{Day(From)}" : $"-{Day(From)}-to-{Day(To)}")}.{(Format == ExportFormat.Csv ? "csv" : "xlsx")}";

    /// <summary>Refuses what cannot be made, or not for this person.</summary>
    /// <param name="role">Of whoever asks.</param>
    /// <returns>The plan itself.</returns>
    /// <exception cref="Refused">There are no such rows or no such form, the days are none, they may not have it, or a choice does not go with the rows.</exception>
    public ExportPlan MustBeFor(Role role)
    {
        if (!Enum.IsDefined(What))
            throw new Refused("what", "Choose what the file should hold.");
        if (!Enum.IsDefined(Format))
            throw new Refused("format", "Choose a CSV file or a workbook.");
        if (role < Needs(What))
            throw new Refused("role", $"Such a file is for the role {Needs(What).ToString().ToLowerInvariant()}{(Needs(What) == Role.Owner ? "" : " and above")}. Ask somebody who has it.");
        if (From is { Year: < FirstYear } || To is { Year: < FirstYear or > 9000 })
            throw new Refused(From is { Year: < FirstYear } ? "from" : "to", $"Choose a day from {FirstYear} on, or leave it empty.");
        if (From > To)
            throw new Refused("from", "The first day is after the last one. Change one of them.");
        if (Category is not null && !HasCategory(What))
            throw new Refused("category", "Orders and the books have no category. Choose all.");
        if (!Enum.IsDefined(Cases) || (Cases != CasesIn.All && What != ExportOf.Cases))
            throw new Refused("cases", "Open or closed can be chosen for cases only. Choose all.");
        return this;
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Which rows a file holds.</summary>
public enum ExportOf
{
    /// <summary>Cases, a row each.</summary>
    Cases = 1,

    /// <summary>What was said: mails, notes, calls.</summary>
    Messages,

    /// <summary>The log: everything that happened to cases.</summary>
    Events,

    /// <summary>The lines of the books.</summary>
    Ledger,

    /// <summary>Orders.</summary>
    Orders,

    /// <summary>What customers were told to hear by when, and what became of it.</summary>
    Promises,

    /// <summary>What customers answered when they were asked whether it is put right.</summary>
    Answers,
}

/// <summary>Which cases.</summary>
public enum CasesIn
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those that are open.</summary>
    Open,

    /// <summary>Those that are closed.</summary>
    Closed,
}

/// <summary>The form of a file.</summary>
public enum ExportFormat
{
    /// <summary>CSV (RFC 4180).</summary>
    Csv = 1,

    /// <summary>A workbook (ECMA-376).</summary>
    Workbook,
}

/// <summary>Where an export stands.</summary>
public enum ExportState
{
    /// <summary>It was asked for.</summary>
    Waiting = 1,

    /// <summary>It is being made.</summary>
    Running,

    /// <summary>The file can be fetched.</summary>
    Done,

    /// <summary>Somebody stopped it; there is no file.</summary>
    Cancelled,

    /// <summary>It could not be made; there is no file.</summary>
    Failed,

    /// <summary>The file is gone: its time was over, or somebody removed it.</summary>
    Removed,
}
