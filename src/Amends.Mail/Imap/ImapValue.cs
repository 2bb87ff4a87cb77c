using System.Globalization;
using System.Text;

namespace Amends.Mail.Imap;

/// <summary>One value of a response: an atom, a string, NIL or a list (RFC 9051 §4).</summary>
internal sealed class ImapValue
{
    private ImapValue(ReadOnlyMemory<byte> bytes, bool isAtom, IReadOnlyList<ImapValue>? items)
    {
        Bytes = bytes;
        IsAtom = isAtom;
        Items = items;
    }

    /// <summary>The bytes of an atom or string; empty for a list.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public bool IsAtom { get; }

    public bool IsNil => IsAtom && Is("NIL");

    /// <summary>The items of a list; null when it is none.</summary>
    public IReadOnlyList<ImapValue>? Items { get; }

    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public static ImapValue Atom(ReadOnlyMemory<byte> bytes) => new(bytes, true, null);

    public static ImapValue String(ReadOnlyMemory<byte> bytes) => new(bytes, false, null);

    public static ImapValue List(IReadOnlyList<ImapValue> items) => new(default, false, items);

    public bool Is(string atom) => IsAtom && Ascii.EqualsIgnoreCase(Bytes.Span, atom);

    public bool Begins(string atom) => IsAtom && Bytes.Length >= atom.Length && Ascii.EqualsIgnoreCase(Bytes.Span[..atom.Length], atom);

    public bool TryNumber(out long number)
    {
        number = 0;
        return IsAtom && Bytes.Length is > 0 and <= 19 && long.TryParse(Bytes.Span, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A UID or a UIDVALIDITY: 1 to 2³²−1 (RFC 9051 §2.3.1.1).</summary>
    public bool TryUid(out uint uid)
    {
        var fits = TryNumber(out var number) && number is > 0 and <= uint.MaxValue;
        uid = fits ? (uint)number : 0;
        return fits;
    }
}
