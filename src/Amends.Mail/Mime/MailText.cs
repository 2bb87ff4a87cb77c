using System.Text;

namespace Amends.Mail.Mime;

/// <summary>A text part's characters: charset undone, NULs gone, one kind of line end, flowed lines joined (RFC 3676).</summary>
internal static class MailText
{
    internal static string Of(MimePart part, Repairs? repairs = null) => Of(part, part.Content.Span, repairs);

    /// <summary>The same for what is left of the part's content.</summary>
    internal static string Of(MimePart part, ReadOnlySpan<byte> content, Repairs? repairs)
    {
        part.Parameters.TryGetValue("charset", out var charset);
        if (charset is null && part.ContentType == "text/html") charset = HtmlCharset(content);
        var text = Plain(DoubleEncoding.Undo(Charsets.Decode(content, charset, repairs), 2, repairs));
        var flowed = part.ContentType == "text/plain" && part.Parameters.TryGetValue("format", out var format) && format.Equals("flowed", StringComparison.OrdinalIgnoreCase);
        if (!flowed) return text;
        part.Parameters.TryGetValue("delsp", out var delsp);
        return Unflow(text, "yes".Equals(delsp, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>No NULs, LF as the only line end.</summary>
    internal static string Plain(string text)
    {
        if (text.AsSpan().IndexOfAny('\r', '\0') < 0) return text;
        return text.Replace("\0", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    /// <summary>Joins a line that ends in a blank with the next of the same quote depth; "-- " stands alone.</summary>
    internal static string Unflow(string text, bool delsp)
    {
        var result = new StringBuilder(text.Length);
        var openDepth = -1;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            var depth = line.IndexOfAnyExcept('>') is >= 0 and var d ? d : line.Length;
            var content = line[depth..];
            if (content.StartsWith(" ")) content = content[1..];
            var signature = content.SequenceEqual("-- ");
            if (openDepth == depth && !signature) { }
            else
            {
                if (result.Length > 0 || openDepth != -1) result.Append('\n');
                if (depth > 0) result.Append('>', depth).Append(' ');
            }
            var flows = content.EndsWith(" ") && !signature;
            result.Append(flows && delsp ? content[..^1] : content);
            if (!flows) result.Append('\n').Length--;
            openDepth = flows ? depth : -2;
        }
        return result.ToString();
    }

    /// <summary>The charset an HTML part names in its own head, where the mail names none.</summary>
    static string? HtmlCharset(ReadOnlySpan<byte> content)
    {
        var head = Encoding.Latin1.GetString(content[..Math.Min(content.Length, 2048)]);
        var at = head.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var rest = head.AsSpan(at + 8).TrimStart("\"' ");
        var end = rest.IndexOfAny("\"' ;>/");
        return end > 0 ? rest[..end].ToString() : null;
    }
}
