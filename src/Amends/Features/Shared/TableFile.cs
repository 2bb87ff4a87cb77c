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
}
