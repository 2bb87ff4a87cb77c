using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Amends.Domain;
using Amends.Domain.Statistics;
using CsvHelper;

namespace Amends.Data.Rollups;

/// <summary>A report as files: one table as CSV (RFC 4180), all of it as a workbook (ECMA-376). Both hold the same cells; a share of fewer than ten is left empty but for how many they are.</summary>
public static partial class ReportFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", Packaged = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>The tables of a report by code, the figures first: a head, then rows of text, numbers and nothing.</summary>
    public static IReadOnlyList<(string Code, IReadOnlyList<IReadOnlyList<object?>> Rows)> Sheets(Report report)
    {
        var figures = new List<IReadOnlyList<object?>> { new[] { "figure", "name", "value", "unit", "hits", "of", "low", "high", "p90", "before", "from", "to", "definition" } };
        figures.AddRange(report.Figures.Select(figure => (IReadOnlyList<object?>)
        [
            figure.Code, figure.Name, figure.IsFew ? null : figure.Value, figure.Unit.ToString().ToLowerInvariant(), figure.IsFew ? null : figure.Hits, figure.Of, figure.IsFew ? null : figure.Interval?.Low, figure.IsFew ? null : figure.Interval?.High, figure.IsFew ? null : figure.P90, figure.Before,
            Day(report.Slice.From), Day(report.Slice.To), figure.Definition,
        ]));
        return [("figures", figures), .. report.Tables.Select(table => (table.Code, Flat(table)))];
    }

    /// <summary>One table as CSV; <c>null</c> when the report has none of that name.</summary>
    public static string? Csv(Report report, string? table)
    {
        var rows = Sheets(report).FirstOrDefault(sheet => sheet.Code == (table ?? "figures")).Rows;
        return rows is null ? null : Csv(rows);
    }

    /// <summary>Rows as CSV.</summary>
    public static string Csv(IReadOnlyList<IReadOnlyList<object?>> rows) => string.Concat(rows.Select(row => string.Join(',', row.Select(Quoted)) + "\r\n"));

    /// <summary>The rows of a file, its numbers as numbers; what only looks like one, such as the lot 007 or 1E5, stays a text.</summary>
    /// <param name="csv">A whole file (RFC 4180).</param>
    public static IReadOnlyList<IReadOnlyList<object?>> Rows(string csv)
    {
        using var file = CsvReader.Create(new StringReader(csv), new CsvReaderOptions { HasHeader = false }, leaveOpen: false);
        var rows = new List<IReadOnlyList<object?>>();
        while (file.Read())
            rows.Add([.. Enumerable.Range(0, file.FieldCount).Select(file.GetString).Select(cell => cell.Length == 0 ? null : IsNumber().IsMatch(cell) ? double.Parse(cell, CultureInfo.InvariantCulture) : (object?)cell)]);
        return rows;
    }

    /// <summary>All tables as a workbook, a sheet each.</summary>
    public static byte[] Workbook(Report report) => Workbook(Sheets(report));

    /// <summary>Tables as a workbook, a sheet each.</summary>
    public static byte[] Workbook(IReadOnlyList<(string Code, IReadOnlyList<IReadOnlyList<object?>> Rows)> sheets)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", xml =>
            {
                xml.WriteStartElement("Types", "http://schemas.openxmlformats.org/package/2006/content-types");
                Empty(xml, "Default", ("Extension", "rels"), ("ContentType", "application/vnd.openxmlformats-package.relationships+xml"));
                Empty(xml, "Override", ("PartName", "/xl/workbook.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"));
                for (var i = 1; i <= sheets.Count; i++)
                    Empty(xml, "Override", ("PartName", $"/xl/worksheets/sheet{i}.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"));
            });
            Part(zip, "_rels/.rels", xml =>
            {
                xml.WriteStartElement("Relationships", Packaged);
                Empty(xml, "Relationship", ("Id", "r1"), ("Type", Relations + "/officeDocument"), ("Target", "xl/workbook.xml"));
            });
            Part(zip, "xl/_rels/workbook.xml.rels", xml =>
            {
                xml.WriteStartElement("Relationships", Packaged);
                for (var i = 1; i <= sheets.Count; i++)
                    Empty(xml, "Relationship", ("Id", $"r{i}"), ("Type", Relations + "/worksheet"), ("Target", $"worksheets/sheet{i}.xml"));
            });
            Part(zip, "xl/workbook.xml", xml =>
            {
                xml.WriteStartElement("workbook", Main);
                xml.WriteStartElement("sheets", Main);
                for (var i = 1; i <= sheets.Count; i++)
                {
                    xml.WriteStartElement("sheet", Main);
                    xml.WriteAttributeString("name", sheets[i - 1].Code);
                    xml.WriteAttributeString("sheetId", i.ToString(CultureInfo.InvariantCulture));
                    xml.WriteAttributeString("r", "id", Relations, $"r{i}");
                    xml.WriteEndElement();
                }
            });
            for (var i = 1; i <= sheets.Count; i++)
                Part(zip, $"xl/worksheets/sheet{i}.xml", xml => Sheet(xml, sheets[i - 1].Rows));
        }

        return file.ToArray();
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$", RegexOptions.NonBacktracking)]
    private static partial Regex IsNumber();

    private static IReadOnlyList<IReadOnlyList<object?>> Flat(ReportTable table)
    {
        var shares = Enumerable.Range(0, table.Columns.Count).Where(i => table.Rows.Any(row => row.Cells[i] is Proportion)).ToHashSet();
        var rows = new List<IReadOnlyList<object?>> { table.Columns.SelectMany((column, i) => shares.Contains(i) ? new object?[] { column.Code, column.Code + "_hits", column.Code + "_of", column.Code + "_low", column.Code + "_high" } : [column.Code]).ToList() };
        rows.AddRange(table.Rows.Select(row => (IReadOnlyList<object?>)row.Cells.SelectMany((cell, i) => shares.Contains(i) ? OfShare(cell as Proportion?) : [Plain(cell)]).ToList()));
        return rows;
    }

    private static object?[] OfShare(Proportion? share) => share is not { } known ? new object?[5] : known.IsFew ? [null, null, (long)known.Of, null, null] : [known.Share, (long)known.Hits, (long)known.Of, known.Interval?.Low, known.Interval?.High];

    private static object? Plain(object? cell) => cell switch { DateOnly day => Day(day), TimeSpan span => (long)span.TotalMinutes, Money money => money.Major, _ => cell };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(object? cell) => cell switch { null => "", double number => number.ToString("0.######", CultureInfo.InvariantCulture), IFormattable other => other.ToString(null, CultureInfo.InvariantCulture), _ => cell.ToString() ?? "" };

    private static string Quoted(object? cell) => CsvCell.Of(Text(cell));

    private static void Sheet(XmlWriter xml, IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetData", Main);
        foreach (var row in rows)
        {
            xml.WriteStartElement("row", Main);
            foreach (var cell in row)
            {
                xml.WriteStartElement("c", Main);
                if (cell is string text)
                {
                    xml.WriteAttributeString("t", "inlineStr");
                    xml.WriteStartElement("is", Main);
                    xml.WriteElementString("t", Main, text);
                    xml.WriteEndElement();
                }
                else if (cell is not null)
                {
                    xml.WriteElementString("v", Main, Text(cell));
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }
    }

    private static void Part(ZipArchive zip, string path, Action<XmlWriter> write)
    {
        using var stream = zip.CreateEntry(path).Open();
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        xml.WriteStartDocument(standalone: true);
        write(xml);
        xml.WriteEndDocument();
    }

    private static void Empty(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
            xml.WriteAttributeString(attribute, value);
        xml.WriteEndElement();
    }
}
