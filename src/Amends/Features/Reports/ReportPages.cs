using System.Globalization;
using System.Text;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Reports;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Reports;

/// <summary>The reports that are read from the counts: pages, files, and the cases behind each figure.</summary>
public sealed class ReportPages(ReportBook book, CountedCases cases, EndedCases ended, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>A report; a filter that makes no sense is 422, with what was typed.</summary>
    public async Task<IResult> Show(ReportBook.Entry entry, ReportFilter filter, HttpContext context)
    {
        var (slice, errors) = filter.Read(await Today(context), entry.Days);
        var report = await book.Read(entry, slice, context.User.Actor(), context.RequestAborted);
        return Html.Show<ReportPage, ReportPage.View>(new(await frame.For(context), report, filter, errors), errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>A table as CSV, or all of them as a workbook.</summary>
    public async Task<IResult> File(ReportBook.Entry entry, ReportFilter filter, string? format, string? table, HttpContext context)
    {
        var (slice, errors) = filter.Read(await Today(context), entry.Days);
        if (errors.Count > 0)
            return await Show(entry, filter, context);
        var report = await book.Read(entry, slice, context.User.Actor(), context.RequestAborted);
        var name = $"{report.Key}-{report.Slice.From:yyyy-MM-dd}-to-{report.Slice.To:yyyy-MM-dd}";
        if (format == "xlsx")
            return TypedResults.File(ReportFile.Workbook(report), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
        return ReportFile.Csv(report, table) is { } csv ? TypedResults.File(Encoding.UTF8.GetBytes(csv), "text/csv; charset=utf-8", $"{name}-{table ?? "figures"}.csv") : TypedResults.NotFound();
    }

    /// <summary>The cases behind a figure. Steps are shown to whoever had the cases alone, what is counted by person only of a team, to managers.</summary>
    public async Task<IResult> Cases(CasesAsked asked, ReportFilter filter, HttpContext context)
    {
        var (slice, errors) = filter.Read(await Today(context));
        if (errors.Count > 0 || !Enum.TryParse<Measure>(asked.Measure ?? nameof(Measure.Opened), out var measure) || !Enum.IsDefined(measure))
            return TypedResults.NotFound();
        if (measure == Measure.Stepped && asked.Part != context.User.Actor().Id)
            return TypedResults.NotFound();
        TeamGroup? team = null;
        if (asked.Team is not null || Marks.IsOfPeople(measure))
        {
            if (!Marks.IsOfPeople(measure) || asked.Part is not null || context.User.Actor().Role < Role.Manager)
                return TypedResults.NotFound();
            var groups = await database.Read(TeamGroups.Read, context.RequestAborted);
            if ((asked.Team == TeamGroups.Everybody ? groups.All : groups.Find(asked.Team)) is not { } found)
                return TypedResults.NotFound();
            team = found;
        }

        var wanted = new CountedCases.Wanted(measure, asked.Part, asked.Least, asked.Most, slice) { Parts = team is { } people ? people.Has : asked.IsOneOf, Weekday = asked.Weekday, Without = asked.Others };
        var counted = measure == Measure.EndedBy ? await ended.Read(wanted, context.RequestAborted) : await cases.Read(wanted, context.RequestAborted);
        var of = string.Join(", ", new[] { ReportCasesPage.Days(slice.From, slice.To), slice.Category is { } code ? RecoveryReport.CategoryWords(code) : null, asked.Others.Count > 0 ? "all other categories" : null, asked.Weekday is { } day ? $"on a {day}" : null, team?.Name }.Where(part => part is not null));
        return Html.Show<ReportCasesPage, ReportCasesPage.View>(new(await frame.For(context), MeasureWords.Of(measure), of, counted));
    }

    private async Task<DateOnly> Today(HttpContext context) => LocalDay.Of(clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone());
}

/// <summary>Which marks a list of cases is about.</summary>
/// <param name="Measure">Name of the measure.</param>
/// <param name="Part">Which sort.</param>
/// <param name="Least">The lowest value.</param>
/// <param name="Most">The highest value.</param>
/// <param name="Team">Of which team's people, as <see cref="TeamGroups"/> names it.</param>
/// <param name="Parts">Which sorts, with commas between them.</param>
/// <param name="Weekday">On which day of the week.</param>
/// <param name="Without">Which categories are left out, with commas between them.</param>
public sealed record CasesAsked(string? Measure, long? Part, int? Least, int? Most, string? Team = null, string? Parts = null, DayOfWeek? Weekday = null, string? Without = null)
{
    private const int MostOthers = 100;

    /// <summary>Codes of categories that are left out.</summary>
    public IReadOnlyList<string> Others => Without is null ? [] : [.. Without.Split(',').Take(MostOthers).Select(code => code == Slice.NoCategory ? "" : code)];

    /// <summary>Whether a sort is one of several; <c>null</c> where none is named.</summary>
    public Func<long, bool>? IsOneOf => Parts is null ? null : Parts.Split(',').Select(part => long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sort) ? sort : long.MinValue).ToHashSet().Contains;
}

/// <summary>What was typed into the filter of a report.</summary>
/// <param name="From">The first day, ISO 8601.</param>
/// <param name="To">The last day, ISO 8601.</param>
/// <param name="Category">Code of a category, <see cref="Slice.NoCategory"/> for those that have none yet; empty for all.</param>
public sealed record ReportFilter(string? From, string? To, string? Category)
{
    private const int FirstYear = 2000, MostDays = 3660;

    /// <summary>The days and complaints that are meant, and what is wrong; the usual ones where something is.</summary>
    /// <param name="today">Today, of the company.</param>
    /// <param name="days">How many are usual.</param>
    public (Slice Slice, IReadOnlyDictionary<string, string> Errors) Read(DateOnly today, int days = ReportBook.UsualDays)
    {
        var (usual, errors) = (new Slice(today.AddDays(1 - days), today, null), new Dictionary<string, string>());
        var to = Day(To, "to", usual.To);
        var from = Day(From, "from", to.AddDays(1 - days));
        if (errors.Count == 0 && from > to)
            errors["from"] = "The first day is after the last one. Choose an earlier one.";
        else if (errors.Count == 0 && to.DayNumber - from.DayNumber >= MostDays)
            errors["from"] = "That is more than ten years. Choose a later first day.";
        var category = string.IsNullOrWhiteSpace(Category) ? null : Category.Trim();
        if (category is not null and not Slice.NoCategory && CategorySet.WordsOf(category) is null)
            errors["category"] = "Choose one of the categories.";
        return (errors.Count > 0 ? usual : new(from, to, category == Slice.NoCategory ? "" : category), errors);

        DateOnly Day(string? typed, string field, DateOnly otherwise)
        {
            if (string.IsNullOrWhiteSpace(typed))
                return otherwise;
            if (DateOnly.TryParseExact(typed.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= FirstYear && day.Year < 9000)
                return day;
            errors[field] = $"Choose a day from {FirstYear} on.";
            return otherwise;
        }
    }
}

/// <summary>Maps them.</summary>
public static class ReportEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportBook>().AddSingleton<CountedCases>().AddSingleton<EndedCases>().AddSingleton<ReportPages>();
        services.AddMailedReports();
    }

    /// <summary>A page and its files for each report, and the cases behind the figures.</summary>
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        foreach (var entry in ReportBook.All)
        {
            var policy = entry.From == Role.Agent ? Policies.Agent : Policies.Manager;
            app.MapGet("/reports/" + entry.Key, (string? from, string? to, string? category, HttpContext context, ReportPages pages) => pages.Show(entry, new(from, to, category), context)).RequireAuthorization(policy);
            app.MapGet($"/reports/{entry.Key}/export", (string? from, string? to, string? category, string? format, string? table, HttpContext context, ReportPages pages) => pages.File(entry, new(from, to, category), format, table, context)).RequireAuthorization(policy);
        }

        app.MapGet("/reports/cases", (string? measure, long? part, string? parts, DayOfWeek? weekday, int? least, int? most, string? team, string? from, string? to, string? category, string? without, HttpContext context, ReportPages pages) =>
            pages.Cases(new(measure, part, least, most, team, parts, weekday, without), new(from, to, category), context)).RequireAuthorization(Policies.Agent);
        app.MapGet("/reports/steps/cases", (int? least, int? most, string? from, string? to, string? category, HttpContext context, ReportPages pages) =>
            pages.Cases(new(nameof(Measure.Stepped), context.User.Actor().Id, least, most), new(from, to, category), context)).RequireAuthorization(Policies.Agent);
    }
}
