using Amends.Data;
using Amends.Domain;

namespace Amends.Features.Shared;

/// <summary>A file that a customer sends with words: pictures, documents, nothing that runs.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="ContentType">What we say it is, by its ending; never what the browser says.</param>
/// <param name="Content">Its bytes.</param>
public sealed record Upload(string Name, string ContentType, byte[] Content)
{
    /// <summary>The largest file.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    /// <summary>The most files at once.</summary>
    public const int MostFiles = 5;

    /// <summary>What a form's file field accepts.</summary>
    public static readonly string Accept = string.Join(',', Kinds().Keys);

    /// <summary>What may be sent, in words.</summary>
    public const string Rule = "Pictures, PDF, text or Office documents; up to 5 files of at most 10 MB each.";

    private const int LongestName = 120;

    /// <summary>Reads the files of a form.</summary>
    /// <exception cref="Refused">There are too many, one is too large, or one is of a kind that we do not take.</exception>
    public static async Task<IReadOnlyList<Upload>> Read(IFormFileCollection files)
    {
        var sent = files.Where(file => file.Length > 0).ToList();
        if (sent.Count > MostFiles)
            throw new Refused("files", $"Send at most {MostFiles} files at once.");

        var uploads = new List<Upload>();
        foreach (var file in sent)
        {
            var name = NameOf(file.FileName);
            if (file.Length > MostBytes)
                throw new Refused("files", $"{name} is larger than 10 MB. Send a smaller one, or several.");
            if (!Kinds().TryGetValue(Path.GetExtension(name).ToLowerInvariant(), out var kind))
                throw new Refused("files", $"{name} is of a kind that we do not take. {Rule}");
            var content = new byte[file.Length];
            await using (var stream = file.OpenReadStream())
                await stream.ReadExactlyAsync(content);
            if (kind.Begins.Length > 0 && !kind.Begins.Any(begin => content.AsSpan(Math.Min(kind.At, content.Length)).StartsWith(begin)))
                throw new Refused("files", $"{name} is not what its name says. {Rule}");
            uploads.Add(new Upload(name, kind.Type, content));
        }

        return uploads;
    }

    /// <summary>Stores the files' contents; returns what a message keeps of them.</summary>
    public static async Task<IReadOnlyList<NewAttachment>> Store(Unit unit, IReadOnlyList<Upload> uploads)
    {
        var kept = new List<NewAttachment>();
        foreach (var upload in uploads)
            kept.Add(new NewAttachment(upload.Name, upload.ContentType, upload.Content.Length, null, await Blobs.Put(unit, upload.Content)));
        return kept;
    }

    private static string NameOf(string sent)
    {
        var name = new string([.. sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..].Where(letter => !char.IsControl(letter))]).Trim();
        return name.Length <= LongestName ? name : name[..60] + "…" + name[^50..];
    }

    // The first bytes of each kind, as the formats fix them; text has none.
    private static Dictionary<string, Kind> Kinds() => new()
    {
        [".jpg"] = new("image/jpeg", 0, [0xFF, 0xD8, 0xFF]),
        [".jpeg"] = new("image/jpeg", 0, [0xFF, 0xD8, 0xFF]),
        [".png"] = new("image/png", 0, [0x89, 0x50, 0x4E, 0x47]),
        [".gif"] = new("image/gif", 0, "GIF8"u8.ToArray()),
        [".webp"] = new("image/webp", 8, "WEBP"u8.ToArray()),
        [".heic"] = new("image/heic", 4, "ftyp"u8.ToArray()),
        [".pdf"] = new("application/pdf", 0, "%PDF-"u8.ToArray()),
        [".txt"] = new("text/plain", 0),
        [".eml"] = new("message/rfc822", 0),
        [".docx"] = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", 0, "PK"u8.ToArray()),
        [".xlsx"] = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 0, "PK"u8.ToArray()),
        [".odt"] = new("application/vnd.oasis.opendocument.text", 0, "PK"u8.ToArray()),
    };

    private sealed record Kind(string Type, int At, params byte[][] Begins);
}
