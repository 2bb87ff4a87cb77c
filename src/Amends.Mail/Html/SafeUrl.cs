using System.Globalization;
using System.Text;

namespace Amends.Mail.Html;

/// <summary>Addresses a mail may point to. Attribute values come decoded from the parser; blanks and invisible characters are taken out first.</summary>
internal static class SafeUrl
{
    const int Longest = 8000;
    const int LongestImage = 1024 * 1024;
    static readonly string[] ImageTypes = ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp"];

    /// <summary>An http, https, mailto or tel address, or null.</summary>
    internal static string? Link(string? value)
    {
        if (value is null || value.Length > Longest) return null;
        var url = Visible(value);
        return Scheme(url) is "http" or "https" or "mailto" or "tel" ? url : null;
    }

    /// <summary>An http or https address; <c>//host</c> becomes https. Null for all else.</summary>
    internal static string? Remote(string? value)
    {
        if (value is null || value.Length > Longest) return null;
        var url = Visible(value);
        if (url.StartsWith("//", StringComparison.Ordinal) && url.Length > 2) url = "https:" + url;
        return Scheme(url) is "http" or "https" ? url : null;
    }

    /// <summary>The Content-ID of a cid: address, or null.</summary>
    internal static string? Cid(string? value)
    {
        if (value is null || value.Length > 1000) return null;
        var url = Visible(value);
        return Scheme(url) == "cid" && url[4..].Trim('<', '>') is { Length: > 0 } id ? id : null;
    }

    /// <summary>An image within the address itself: only bitmap kinds in base64.</summary>
    internal static string? Image(string? value)
    {
        if (value is null || value.Length > LongestImage || !value.AsSpan().TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return null;
        var url = Visible(value);
        var comma = url.IndexOf(',');
        if (comma < 0) return null;
        var head = url[5..comma].ToLowerInvariant();
        var type = head.Split(';')[0];
        if (!ImageTypes.Contains(type) || !head.EndsWith(";base64", StringComparison.Ordinal)) return null;
        var data = url[(comma + 1)..];
        return data.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=') ? $"data:{type};base64,{data}" : null;
    }

    static string? Scheme(string url)
    {
        var colon = url.IndexOf(':');
        if (colon <= 0 || url.AsSpan(0, colon).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") >= 0) return null;
        return url[..colon].ToLowerInvariant();
    }

    static string Visible(string value)
    {
        var result = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format) continue;
            result.Append(c);
        }
        return result.ToString();
    }
}
