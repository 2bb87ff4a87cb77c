using System.Globalization;
using System.Text;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Amends.Letters;

/// <summary>Something to be set on paper: pages of A4 with text that can be searched and copied.</summary>
/// <param name="Title">The heading, and the document's title.</param>
/// <param name="Footer">A line at the foot of each page.</param>
/// <param name="Blocks">What stands on it, in order.</param>
public sealed record Paper(string Title, string Footer, IReadOnlyList<PaperBlock> Blocks)
{
    private const double Margin = 56, Body = 10, Heading = 12, Head = 15, Small = 7.5, Leading = 1.4;
    private const char Missing = '\u25A1'; // a white square, which says that something stood here
    private const int MostNamed = 12;

    private static readonly Lock One = new(); // the library's caches of fonts are shared

    /// <summary>The document as PDF. Letters that cannot be set are shown as white squares, and a line at the end says which, and that the mail has them.</summary>
    public byte[] ToPdf()
    {
        lock (One)
        {
            PaperFont.Use();
            using var document = new PdfDocument();
            document.Info.Title = Title;
            document.Info.Creator = "Amends";
            var unset = new SortedSet<int>();
            var desk = new Desk(document);
            desk.Write(Settable(Title, unset), Font(Head, true), 10);
            foreach (var block in Blocks)
                desk.Write(Settable(block.Text, unset), Font(block.IsHeading ? Heading : Body, block.IsHeading), block.IsHeading ? 4 : 8);
            if (unset.Count > 0)
                desk.Write($"This copy cannot show {(unset.Count == 1 ? "one letter" : $"{unset.Count} letters")} ({string.Join(", ", unset.Take(MostNamed).Select(letter => $"U+{letter:X4}"))}{(unset.Count > MostNamed ? " …" : "")}); a white square stands in its place. The message itself has it.", Font(Small, false), 0);
            desk.End();
            var footer = Settable(Footer, []);
            for (var i = 0; i < document.PageCount; i++)
            {
                using var page = XGraphics.FromPdfPage(document.Pages[i]);
                page.DrawString($"{footer} · {i + 1} / {document.PageCount}", Font(Small, false), XBrushes.DimGray, new XPoint(Margin, document.Pages[i].Height.Point - (Margin / 2)));
            }

            using var bytes = new MemoryStream();
            document.Save(bytes, false);
            return bytes.ToArray();
        }
    }

    private static XFont Font(double size, bool bold) => new(PaperFont.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular, new XPdfFontOptions(PdfFontEncoding.Unicode));

    private static string Settable(string text, SortedSet<int> unset)
    {
        var settable = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormC).ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' || (rune.Value is not '\t' && PaperFont.Has(rune.Value)))
                settable.Append(rune.ToString());
            else if (Rune.IsWhiteSpace(rune))
                settable.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                settable.Append(Missing);
                unset.Add(rune.Value);
            }
        }

        return settable.ToString();
    }

    /// <summary>Where the next line goes.</summary>
    private sealed class Desk(PdfDocument document)
    {
        private XGraphics? _page;
        private double _y, _width, _end;

        public void Write(string text, XFont font, double after)
        {
            var leading = font.Size * Leading;
            foreach (var line in text.TrimEnd('\n').Split('\n').SelectMany(line => Wrapped(line, font)))
            {
                if (_page is null || _y + leading > _end)
                    Turn();
                _y += leading;
                if (line.Length > 0)
                    _page!.DrawString(line, font, XBrushes.Black, new XPoint(Margin, _y));
            }

            _y += after;
        }

        public void End() => _page?.Dispose();

        private void Turn()
        {
            _page?.Dispose();
            var page = document.AddPage();
            page.Size = PdfSharp.PageSize.A4;
            _page = XGraphics.FromPdfPage(page);
            (_y, _width, _end) = (Margin, page.Width.Point - (2 * Margin), page.Height.Point - Margin);
        }

        private IEnumerable<string> Wrapped(string text, XFont font)
        {
            if (_page is null)
                Turn();
            var line = "";
            foreach (var word in text.Split(' '))
            {
                var longer = line.Length == 0 ? word : line + " " + word;
                if (Fits(longer, font))
                {
                    line = longer;
                    continue;
                }

                if (line.Length > 0)
                    yield return line;
                line = word;
                while (!Fits(line, font)) // a word that is wider than the page
                {
                    var part = line.Length - 1;
                    while (part > 1 && !Fits(line[..part], font))
                        part = Math.Max(1, part * 3 / 4);
                    part = part > 1 && char.IsHighSurrogate(line[part - 1]) ? part - 1 : part;
                    yield return line[..part];
                    line = line[part..];
                }
            }

            yield return line;
        }

        private bool Fits(string text, XFont font) => text.Length <= 1 || _page!.MeasureString(text, font).Width <= _width;
    }
}

/// <summary>A paragraph or a heading on paper.</summary>
/// <param name="Text">Its words; lines stay lines.</param>
/// <param name="IsHeading">It stands over what follows.</param>
public sealed record PaperBlock(string Text, bool IsHeading = false);
