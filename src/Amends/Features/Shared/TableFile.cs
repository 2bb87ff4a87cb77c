using System.Text;
using Amends.Data.Rollups;

namespace Amends.Features.Shared;

/// <summary>A table as a file: CSV, or the same cells as a workbook where the address says <c>format=xlsx</c>.</summary>
internal static class TableFile
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The answer.</summary>
    /// <param name="csv">The table as CSV (RFC 4180), its head first.</param>
    /// <param name="name">Name of the file without an ending.</param>
    /// <param name="context">The request.</param>
    public static IResult Of(string csv, string name, HttpContext context) => context.Request.Query["format"] == "xlsx"
        ? TypedResults.File(ReportFile.Workbook([("table", ReportFile.Rows(csv))]), Workbook, name + ".xlsx")
        : TypedResults.File(Encoding.UTF8.GetBytes(csv), "text/csv; charset=utf-8", name + ".csv");

    /// <summary>Several tables: all of them as a workbook, a sheet each, or one as CSV; 404 where there is none of that name.</summary>
    /// <param name="tables">The tables by code, a head first.</param>
    /// <param name="name">Name of the file without an ending.</param>
    /// <param name="table">Which one as CSV; the first when nothing is asked for.</param>
    /// <param name="context">The request.</param>
    public static IResult Of(IReadOnlyList<(string Code, IReadOnlyList<IReadOnlyList<object?>> Rows)> tables, string name, string? table, HttpContext context)
    {
        if (context.Request.Query["format"] == "xlsx")
            return TypedResults.File(ReportFile.Workbook(tables), Workbook, name + ".xlsx");
        var (code, rows) = tables.FirstOrDefault(each => each.Code == (table ?? tables[0].Code));
        return rows is null ? TypedResults.NotFound() : TypedResults.File(Encoding.UTF8.GetBytes(ReportFile.Csv(rows)), "text/csv; charset=utf-8", $"{name}-{code}.csv");
    }
}
