using System.Text;

namespace Amends.Mail.Mime;

/// <summary>The file name a part asks for, made harmless.</summary>
internal static class FileNames
{
    const int Longest = 200;

    internal static string? Of(HeaderValue disposition, HeaderValue type)
    {
        var name = disposition.Parameters.GetValueOrDefault("filename") is { Length: > 0 } given ? given : type.Parameters.GetValueOrDefault("name");
        return name is null ? null : Clean(name) is { Length: > 0 } clean ? clean : null;
    }

    /// <summary>No folders, no control or direction characters, at most 200 characters with the ending kept.</summary>
    internal static string Clean(string name)
    {
        var cut = name.LastIndexOfAny(['/', '\\']);
        // "a/b" is a path, but a name of nothing else stays readable.
        if (cut >= 0 && cut < name.Length - 1) name = name[(cut + 1)..];
        var clean = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '/' or '\\') continue;
            clean.Append(c);
        }
        var text = clean.ToString().Trim();
        if (text is "." or "..") return "";
        if (text.Length <= Longest) return text;
        var dot = text.LastIndexOf('.');
        var ending = dot > 0 && text.Length - dot <= 20 ? text[dot..] : "";
        var keep = Longest - ending.Length;
        // A character of two units is not cut in half.
        if (char.IsHighSurrogate(text[keep - 1])) keep--;
        return text[..keep].TrimEnd() + ending;
    }
}
