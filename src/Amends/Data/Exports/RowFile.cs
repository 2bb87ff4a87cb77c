using System.IO.Compression;
using System.Text;
using Amends.Domain.Exports;

namespace Amends.Data.Exports;

/// <summary>How large the parts of an export are; tests make them small.</summary>
/// <param name="Page">Rows that one statement reads at the most.</param>
/// <param name="Stretch">Ids that one statement goes along at the most.</param>
/// <param name="Piece">Bytes of a piece of the file before packing.</param>
/// <param name="SheetRows">Rows of a sheet without its head; programs take 1,048,576 with it.</param>
/// <param name="SheetLength">About so many characters of a sheet: its part stays below 4 GiB, which some programs cannot read past.</param>
/// <param name="Largest">Bytes that are stored for one export at the most.</param>
/// <param name="Every">How often it is written down how far it is, and whether it is still wanted.</param>
internal sealed record ExportSizes(int Page, long Stretch, int Piece, int SheetRows, long SheetLength, long Largest, TimeSpan Every)
{
    /// <summary>As they are.</summary>
    public static ExportSizes Usual { get; } = new(500, 50_000, 1 << 20, 1_000_000, 1L << 31, 4L << 30, TimeSpan.FromMilliseconds(500));
}

/// <summary>A file that rows are added to, one after the other.</summary>
internal abstract class RowFile
{
    /// <summary>Adds a row.</summary>
    public abstract void Add(IReadOnlyList<object?> cells);

    /// <summary>Writes the end.</summary>
    public abstract void End();

    /// <summary>What a reader must know; empty when there is nothing.</summary>
    public virtual string Note => "";

    /// <summary>Begins a file with a head.</summary>
    public static RowFile Begin(ExportFormat format, ExportSource source, Stream to, ExportSizes sizes) => format == ExportFormat.Csv ? new CsvRows(source.Head, to) : new SheetRows(source, to, sizes);

    /// <summary>CSV (RFC 4180) by the rules of <see cref="CsvCell"/>.</summary>
    private sealed class CsvRows : RowFile
    {
        private readonly Stream _to;
        private readonly StringBuilder _line = new();

        public CsvRows(IReadOnlyList<string> head, Stream to)
        {
            _to = to;
            Add(head);
        }

        public override void Add(IReadOnlyList<object?> cells)
        {
            _line.Clear();
            for (var i = 0; i < cells.Count; i++)
            {
                if (i > 0)
                    _line.Append(',');
                _line.Append(cells[i] switch { null => "", string text => CsvCell.Of(text), var number => CsvCell.Of(StreamedWorkbook.Number(number)) });
            }

            _line.Append("\r\n");
            _to.Write(Encoding.UTF8.GetBytes(_line.ToString()));
        }

        public override void End()
        {
        }
    }

    /// <summary>A workbook; a new sheet begins, with the head, when one is full.</summary>
    private sealed class SheetRows : RowFile
    {
        private readonly StreamedWorkbook _book;
        private readonly ExportSource _source;
        private readonly ExportSizes _sizes;
        private int _sheets, _rows;

        public SheetRows(ExportSource source, Stream to, ExportSizes sizes)
        {
            (_source, _sizes, _book) = (source, sizes, new StreamedWorkbook(to, CompressionLevel.Fastest));
            Next();
        }

        public override string Note => _book.Cut == 0 ? "" : $"{_book.Cut} {(_book.Cut == 1 ? "text is" : "texts are")} longer than the 32,767 characters that a cell can hold, and cut there. A CSV file has them whole.";

        public override void Add(IReadOnlyList<object?> cells)
        {
            if (_rows == _sizes.SheetRows || _book.SheetLength >= _sizes.SheetLength)
                Next();
            _book.Row(cells);
            _rows++;
        }

        public override void End() => _book.Dispose();

        private void Next()
        {
            var name = _source.What.ToString().ToLowerInvariant();
            _book.Begin(++_sheets == 1 ? name : $"{name}_{_sheets}");
            _book.Row(_source.Head);
            _rows = 0;
        }
    }
}
