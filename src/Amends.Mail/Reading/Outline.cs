using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>A mail's parts as they nest, a line each, for people who ask why it was read so.</summary>
internal static class Outline
{
    const int Most = 200;

    /// <summary>The lines, inner parts indented under outer ones.</summary>
    internal static IEnumerable<string> Of(MailMessage mail)
    {
        var files = mail.Attachments.ToHashSet();
        var open = new Stack<(MimePart Part, int Depth)>([(mail.Root, 0)]);
        for (var count = 0; open.TryPop(out var next) && count < Most; count++)
        {
            yield return new string(' ', next.Depth * 2) + Line(next.Part, files.Contains(next.Part));
            foreach (var child in next.Part.Children.Reverse()) open.Push((child, next.Depth + 1));
        }
    }

    static string Line(MimePart part, bool isFile)
    {
        if (part.Children.Count > 0) return part.ContentType + (isFile ? ", a file" : "");
        var charset = part.Parameters.TryGetValue("charset", out var name) ? $", charset {name}" : part.ContentType.StartsWith("text/", StringComparison.Ordinal) ? ", no charset" : "";
        var use = isFile ? part.FileName is { } file ? $", a file named {file}" : ", a file" : "";
        return $"{part.ContentType}{charset}, {part.Content.Length} bytes{(part.Disposition is { } disposition ? ", " + disposition : "")}{use}";
    }
}
