using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Amends.Data;
using Amends.Data.Exports;
using Amends.Domain.Cases;
using Amends.Domain.Exports;
using Amends.Domain.People;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;

namespace Amends.Tests.Features.Exports;

/// <summary>Exports as tests ask for them, and their files as programs read them.</summary>
internal static class ExportFiles
{
    public const string Page = "/exports";

    /// <summary>Parts so small that a few rows are many pages, pieces and sheets, and that every page looks whether the file is still wanted.</summary>
    public static ExportSizes Small { get; } = ExportSizes.Usual with { Page = 2, Stretch = 3, Piece = 100, SheetRows = 3, Every = TimeSpan.Zero };

    /// <summary>What makes exports on this desk, in small parts.</summary>
    public static MakeExports Maker(this Desk desk, Func<long, Task>? before = null)
    {
        var maker = ActivatorUtilities.CreateInstance<MakeExports>(desk.App.Services);
        (maker.Sizes, maker.BeforePage) = (Small, before);
        return maker;
    }

    /// <summary>The form as it is sent.</summary>
    public static Dictionary<string, string> Form(string what, string from = "", string to = "", string format = "Csv", string category = "", string cases = "All") => new()
    {
        ["What"] = what, ["From"] = from, ["To"] = to, ["Category"] = category, ["Cases"] = cases, ["Format"] = format,
    };

    /// <summary>Asks for an export behind the pages; returns its id.</summary>
    public static Task<long> Ask(this Desk desk, Actor by, ExportOf what, ExportFormat format = ExportFormat.Csv) =>
        desk.Database.Write(unit => desk.Get<ExportDesk>().Add(unit, ExportAsker.Of(by), new ExportPlan(what, null, null, null, CasesIn.All, format)));

    /// <summary>The cells of a CSV file, its head first.</summary>
    public static List<string[]> Cells(string csv)
    {
        using var file = CsvReader.Create(new StringReader(csv), new CsvReaderOptions { HasHeader = false }, leaveOpen: false);
        var rows = new List<string[]>();
        while (file.Read())
            rows.Add([.. Enumerable.Range(0, file.FieldCount).Select(file.GetString)]);
        return rows;
    }

    /// <summary>The sheets of a workbook in their order: name, rows of cells. Reads as a program does: from the list of sheets along its relations.</summary>
    public static List<(string Name, List<string[]> Rows)> Sheets(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        XDocument Part(string path)
        {
            using var stream = zip.GetEntry(path)!.Open();
            return XDocument.Load(stream, LoadOptions.PreserveWhitespace);
        }

        var targets = Part("xl/_rels/workbook.xml.rels").Root!.Elements().ToDictionary(each => each.Attribute("Id")!.Value, each => "xl/" + each.Attribute("Target")!.Value);
        var types = Part("[Content_Types].xml").Root!.Elements().Select(each => each.Attribute("PartName")?.Value).ToList();
        return [.. Part("xl/workbook.xml").Descendants().Where(each => each.Name.LocalName == "sheet").Select(sheet =>
        {
            var path = targets[sheet.Attributes().Single(each => each.Name.LocalName == "id").Value];
            Assert.Contains("/" + path, types);
            return (sheet.Attribute("name")!.Value, Part(path).Descendants().Where(each => each.Name.LocalName == "row").Select(row => row.Elements().Select(cell => cell.Value).ToArray()).ToList());
        })];
    }

    /// <summary>Adds something that happened to a case, as the log has it.</summary>
    public static Task Happened(this Desk desk, long number, CaseEvent news) => desk.Database.Write(unit => unit.Run(
        "insert into events (case_number, seq, at, kind, body, sealed, hash) select @number, max(seq) + 1, @at, @kind, @body, '', @hash from events where case_number = @number",
        new { number, at = news.At.ToUnixTimeMilliseconds(), kind = CaseJson.NameOf(news.GetType()), body = CaseJson.Write(news), hash = new byte[] { 1 } }));

    /// <summary>Many messages of one case, each a kilobyte that does not pack well.</summary>
    public static Task ManyMessages(this Desk desk, long number, int count) => desk.Database.Write(unit => unit.Run(
        $"""
        insert into messages (case_number, at, direction, channel, author_name, subject, text)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < {count.ToString(CultureInfo.InvariantCulture)})
        select @number, 1772600000000 + i, 1, 1, 'Amara', 'Part ' || i, {(desk.Database.Dialect == "sqlite" ? "hex(randomblob(500))" : "(select string_agg(md5(n.i::text || j::text), '') from generate_series(1, 32) j)")} from n
        """, new { number }));
}
