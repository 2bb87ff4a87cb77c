using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Amends.Data;

/// <summary>
/// A workbook (ECMA-376) that is written from its first row to its last and never read again, so that no more than a row is in memory. The parts
/// that name the sheets come last; the format has no order of parts.
/// </summary>
public sealed partial class StreamedWorkbook : IDisposable
{
    /// <summary>The longest text that programs take in a cell, in UTF-16 units; a longer one is cut.</summary>
    public const int LongestText = 32_767;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", Packaged = "http://schemas.openxmlformats.org/package/2006/relationships";

    private readonly ZipArchive _zip;
    private readonly CompressionLevel _level;
    private readonly List<string> _names = [];
    private Stream? _part;
    private XmlWriter? _sheet;

    /// <param name="to">Where it goes; may be one that only goes on. It stays open.</param>
    /// <param name="level">How hard it is compressed.</param>
    public StreamedWorkbook(Stream to, CompressionLevel level = CompressionLevel.Optimal) => (_zip, _level) = (new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true), level);

    /// <summary>How many texts were cut.</summary>
    public int Cut { get; private set; }

    /// <summary>About how many characters the sheet has that is being written.</summary>
    public long SheetLength { get; private set; }

    /// <summary>Begins a sheet; the one before ends.</summary>
    /// <param name="name">Its name, of at most 31 characters.</param>
    public void Begin(string name)
    {
        End();
        _names.Add(name);
        (_part, SheetLength) = (_zip.CreateEntry($"xl/worksheets/sheet{_names.Count}.xml", _level).Open(), 0);
        _sheet = Document(_part);
        _sheet.WriteStartElement("worksheet", Main);
        _sheet.WriteStartElement("sheetData", Main);
    }

    /// <summary>Writes a row: texts, numbers and nothing.</summary>
    public void Row(IReadOnlyList<object?> cells)
    {
        var xml = _sheet ?? throw new InvalidOperationException("No sheet was begun.");
        xml.WriteStartElement("row", Main);
        foreach (var cell in cells)
        {
            xml.WriteStartElement("c", Main);
            if (cell is string text)
            {
                var shown = Escaped(Fitting(text));
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is", Main);
                xml.WriteStartElement("t", Main);
                if (shown.Length > 0 && (char.IsWhiteSpace(shown[0]) || char.IsWhiteSpace(shown[^1])))
                    xml.WriteAttributeString("xml", "space", "http://www.w3.org/XML/1998/namespace", "preserve");
                xml.WriteString(shown);
                xml.WriteEndElement();
                xml.WriteEndElement();
                SheetLength += shown.Length;
            }
            else if (cell is not null)
            {
                xml.WriteElementString("v", Main, Number(cell));
            }

            xml.WriteEndElement();
            SheetLength += 60;
        }

        xml.WriteEndElement();
    }

    /// <summary>Writes what names the sheets; nothing can be added afterwards.</summary>
    public void Dispose()
    {
        End();
        Part("[Content_Types].xml", xml =>
        {
            xml.WriteStartElement("Types", "http://schemas.openxmlformats.org/package/2006/content-types");
            Empty(xml, "Default", ("Extension", "rels"), ("ContentType", "application/vnd.openxmlformats-package.relationships+xml"));
            Empty(xml, "Override", ("PartName", "/xl/workbook.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"));
            for (var i = 1; i <= _names.Count; i++)
                Empty(xml, "Override", ("PartName", $"/xl/worksheets/sheet{i}.xml"), ("ContentType", "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"));
        });
        Part("_rels/.rels", xml =>
        {
            xml.WriteStartElement("Relationships", Packaged);
            Empty(xml, "Relationship", ("Id", "r1"), ("Type", Relations + "/officeDocument"), ("Target", "xl/workbook.xml"));
        });
        Part("xl/_rels/workbook.xml.rels", xml =>
        {
            xml.WriteStartElement("Relationships", Packaged);
            for (var i = 1; i <= _names.Count; i++)
                Empty(xml, "Relationship", ("Id", $"r{i}"), ("Type", Relations + "/worksheet"), ("Target", $"worksheets/sheet{i}.xml"));
        });
        Part("xl/workbook.xml", xml =>
        {
            xml.WriteStartElement("workbook", Main);
            xml.WriteStartElement("sheets", Main);
            for (var i = 1; i <= _names.Count; i++)
            {
                xml.WriteStartElement("sheet", Main);
                xml.WriteAttributeString("name", _names[i - 1]);
                xml.WriteAttributeString("sheetId", i.ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("r", "id", Relations, $"r{i}");
                xml.WriteEndElement();
            }
        });
        _zip.Dispose();
    }

    /// <summary>A number as it stands in a cell.</summary>
    public static string Number(object cell) => cell switch { double number => number.ToString("0.######", CultureInfo.InvariantCulture), IFormattable other => other.ToString(null, CultureInfo.InvariantCulture), _ => cell.ToString() ?? "" };

    private void End()
    {
        if (_sheet is null)
            return;
        _sheet.WriteEndDocument();
        _sheet.Dispose();
        _part!.Dispose();
        _sheet = null;
    }

    private string Fitting(string text)
    {
        if (text.Length <= LongestText)
            return text;
        Cut++;
        return text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
    }

    /// <summary>What XML cannot hold as <c>_x0007_</c>, and a text that looks like that so that it stays one (ECMA-376 part 1, 22.9.2.19); half of a pair becomes the sign for what cannot be shown.</summary>
    private static string Escaped(string text)
    {
        if (text.Contains("_x", StringComparison.Ordinal))
            text = LooksEscaped().Replace(text, "_x005F$0");
        StringBuilder? changed = null;
        for (var i = 0; i < text.Length; i++)
        {
            var pair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (pair || XmlConvert.IsXmlChar(text[i]))
            {
                changed?.Append(text, i, pair ? 2 : 1);
                i += pair ? 1 : 0;
                continue;
            }

            changed ??= new StringBuilder(text, 0, i, text.Length + 16);
            if (char.IsSurrogate(text[i]) || text[i] >= '\ufffe')
                changed.Append('\ufffd');
            else
                changed.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
        }

        return changed?.ToString() ?? text;
    }

    private void Part(string path, Action<XmlWriter> write)
    {
        using var stream = _zip.CreateEntry(path, _level).Open();
        using var xml = Document(stream);
        write(xml);
        xml.WriteEndDocument();
    }

    private static XmlWriter Document(Stream to)
    {
        var xml = XmlWriter.Create(to, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        xml.WriteStartDocument(standalone: true);
        return xml;
    }

    private static void Empty(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
            xml.WriteAttributeString(attribute, value);
        xml.WriteEndElement();
    }

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.NonBacktracking)]
    private static partial Regex LooksEscaped();
}
