using System.Buffers.Binary;
using System.Text;
using Amends.Mail.Html;

namespace Amends.Mail.Mime;

/// <summary>Unpacks winmail.dat (MS-OXTNEF): the files, and the body in whichever forms it is there.</summary>
internal sealed class Tnef
{
    const int Deepest = 8;
    readonly MimeLimits limits;
    readonly DecodedBudget budget;
    int codePage = 1252;
    TnefFile? open;

    /// <summary>A file within.</summary>
    internal sealed class TnefFile
    {
        internal string Name = "", Type = "";
        internal string? ContentId;
        internal ReadOnlyMemory<byte> Content;
    }

    internal List<TnefFile> Files { get; } = [];
    internal string? Text { get; private set; }
    internal string? Html { get; private set; }

    Tnef(MimeLimits limits, DecodedBudget budget) => (this.limits, this.budget) = (limits, budget);

    /// <summary>What is within, or null where the bytes are not TNEF or break off before anything was found; never throws.</summary>
    internal static Tnef? Read(ReadOnlyMemory<byte> bytes, MimeLimits limits, DecodedBudget budget, int depth = 0)
    {
        if (bytes.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) != 0x223E9F78) return null;
        var tnef = new Tnef(limits, budget);
        var whole = tnef.Attributes(bytes[6..], depth);
        tnef.Close();
        // Nothing within, or cut off: the receiver had better keep the original.
        return whole && (tnef.Files.Count > 0 || tnef.Text is not null || tnef.Html is not null) ? tnef : null;
    }

    bool Attributes(ReadOnlyMemory<byte> rest, int depth)
    {
        while (rest.Length >= 11)
        {
            var id = BinaryPrimitives.ReadInt32LittleEndian(rest.Span[1..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[5..]);
            if (length > rest.Length - 11) return false;
            var data = rest.Slice(9, (int)length);
            rest = rest[(11 + (int)length)..];
            switch (id)
            {
                case 0x00069007 when length >= 4: codePage = BinaryPrimitives.ReadInt32LittleEndian(data.Span); break;
                case 0x00069003: MessageProperties(data); break;
                case 0x0002800C: Text ??= Ansi(data.Span); break;
                case 0x00069002:
                    Close();
                    if (Files.Count < limits.Parts) open = new TnefFile();
                    break;
                case 0x00018010 when open is { Name.Length: 0 }: open.Name = Ansi(data.Span); break;
                case 0x0006800F when open is not null: open.Content = data; break;
                case 0x00069005 when open is not null: FileProperties(open, data, depth); break;
            }
        }
        return true;
    }

    void MessageProperties(ReadOnlyMemory<byte> data)
    {
        foreach (var (id, type, value) in TnefProperties.Read(data))
        {
            if (id == 0x1000 && Characters(type, value.Span) is { Length: > 0 } text) Text = text;
            else if (id == 0x1013) Html = type == 0x1E || type == 0x1F ? Characters(type, value.Span) : Charsets.Guess(value.Span);
            else if (id == 0x1009 && Rtf.Decompress(value.Span, budget) is { } rtf) Text ??= Rtf.Text(rtf)?.Replace("\0", "", StringComparison.Ordinal);
        }
    }

    void FileProperties(TnefFile file, ReadOnlyMemory<byte> data, int depth)
    {
        string? longName = null, shortName = null, shown = null;
        var isMail = false;
        ReadOnlyMemory<byte> content = default;
        foreach (var (id, type, value) in TnefProperties.Read(data))
        {
            switch (id)
            {
                case 0x3707: longName = Characters(type, value.Span); break;
                case 0x3704: shortName = Characters(type, value.Span); break;
                case 0x3001: shown = Characters(type, value.Span); break;
                case 0x370E: file.Type = Characters(type, value.Span); break;
                case 0x3712: file.ContentId = Characters(type, value.Span).Trim('<', '>', ' '); break;
                case 0x3705: isMail = value.Length >= 4 && BinaryPrimitives.ReadInt32LittleEndian(value.Span) == 5; break;
                case 0x3701: content = type == 0x0D && value.Length >= 16 ? value[16..] : value; break;
            }
        }
        var name = new[] { longName, file.Name, shortName, shown }.FirstOrDefault(n => !string.IsNullOrWhiteSpace(n)) ?? "";
        file.Name = name;
        if (isMail && depth < Deepest && Read(content, limits, budget, depth + 1) is { } inner)
        {
            // A mail within: its files are as good as ours, and its words become a file.
            Files.AddRange(inner.Files.Take(limits.Parts - Files.Count));
            file.Type = "text/plain";
            file.Name = (name.Length > 0 ? name : "message") + ".txt";
            file.Content = Encoding.UTF8.GetBytes(inner.Text ?? (inner.Html is { } html ? HtmlText.From(html) : ""));
        }
        else if (!content.IsEmpty) file.Content = content;
    }

    void Close()
    {
        if (open is not null && (!open.Content.IsEmpty || open.Name.Length > 0)) Files.Add(open);
        open = null;
    }

    string Characters(int type, ReadOnlySpan<byte> value) => type == 0x1F ? Encoding.Unicode.GetString(value).TrimEnd('\0') : Ansi(value);

    string Ansi(ReadOnlySpan<byte> value) => Charsets.Decode(value.TrimEnd((byte)0), $"cp{codePage}").TrimEnd('\0');
}
