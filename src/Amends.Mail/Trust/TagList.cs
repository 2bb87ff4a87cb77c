namespace Amends.Mail.Trust;

/// <summary>A list of tags and values such as <c>v=1; a=rsa-sha256</c> (RFC 6376 §3.2).</summary>
internal sealed class TagList
{
    const int MostTags = 60;
    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>The first tag's name.</summary>
    public string First { get; private set; } = "";

    /// <summary>A tag's value, or null.</summary>
    public string? this[string tag] => values.GetValueOrDefault(tag);

    /// <summary>Reads a list; <c>null</c> when it is none, or a tag stands in it twice.</summary>
    public static TagList? Parse(string text)
    {
        var list = new TagList();
        foreach (var part in text.Split(';', MostTags + 1))
        {
            var tag = part.Trim();
            if (tag.Length == 0) continue;
            var split = tag.IndexOf('=');
            var name = split > 0 ? tag[..split].TrimEnd() : "";
            if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(each => char.IsAsciiLetterOrDigit(each) || each == '_')) return null;
            if (list.values.Count == MostTags || !list.values.TryAdd(name, tag[(split + 1)..].Trim())) return null;
            if (list.First.Length == 0) list.First = name;
        }
        return list;
    }

    /// <summary>A value's words between colons, in lower case; <c>null</c> when the tag is not there.</summary>
    public IReadOnlyList<string>? Words(string tag) => this[tag] is { } value ? [.. value.Split(':', 200).Select(word => word.Trim().ToLowerInvariant())] : null;

    /// <summary>A value of base64, blanks within it left out; <c>null</c> when it is none.</summary>
    public byte[]? Bytes(string tag)
    {
        if (this[tag] is not { } value) return null;
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) ? bytes[..length] : null;
    }
}
