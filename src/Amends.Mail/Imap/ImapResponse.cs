using System.Text;

namespace Amends.Mail.Imap;

/// <summary>What a response is for.</summary>
internal enum ImapResponseKind
{
    /// <summary><c>*</c> with data.</summary>
    Data,

    /// <summary><c>*</c> with OK, NO, BAD, BYE or PREAUTH.</summary>
    Status,

    /// <summary><c>+</c>.</summary>
    Continue,

    /// <summary>The tagged end of a command.</summary>
    Done,
}

/// <summary>One response, read whole.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Tag">The tag of a <see cref="ImapResponseKind.Done"/>.</param>
/// <param name="Word">OK, NO, BAD, BYE, PREAUTH of a status, in capitals.</param>
/// <param name="Code">The words inside the brackets of a status.</param>
/// <param name="Text">The human text of a status, without controls.</param>
/// <param name="Values">The values of data.</param>
internal sealed record ImapResponse(ImapResponseKind Kind, string Tag, string Word, string Code, string Text, IReadOnlyList<ImapValue> Values)
{
    /// <summary>First word of the code, in capitals.</summary>
    public string CodeName => Code.Split(' ', 2)[0].ToUpperInvariant();

    public static ImapResponse Data(IReadOnlyList<ImapValue> values) => new(ImapResponseKind.Data, "", "", "", "", values);

    public static ImapResponse Status(ImapResponseKind kind, string tag, string word, string rest)
    {
        var code = "";
        if (rest.StartsWith('[') && rest.IndexOf(']') is > 0 and var close)
        {
            code = rest[1..close];
            rest = rest[(close + 1)..].TrimStart();
        }
        return new(kind, tag, word, code, rest.Length > 300 ? rest[..300] : rest, []);
    }

    /// <summary>Bytes of the wire as text that may be shown and logged.</summary>
    public static string Clean(ReadOnlySpan<byte> bytes) =>
        string.Concat(Encoding.UTF8.GetString(bytes).Select(static letter => char.IsControl(letter) ? ' ' : letter));
}
