using System.Text.Json;
using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>
/// A sending service's notice as JSON in a mail: Amazon SES by way of SNS ("notificationType": Bounce or Complaint; Amazon SES Developer
/// Guide, "Amazon SNS notification contents"). The object stands alone or as text in the field Message.
/// </summary>
/// <param name="IsComplaint">Somebody marked our mail as spam.</param>
/// <param name="Bounces">The recipients that it did not reach.</param>
internal sealed record SesNotice(bool IsComplaint, IReadOnlyList<Bounce> Bounces)
{
    const int Longest = 200_000;
    const int MostRecipients = 1000;

    static readonly JsonReaderOptions Bounded = new() { MaxDepth = 16, AllowTrailingCommas = true };

    /// <summary>The notice of a mail, or null where it holds none.</summary>
    internal static SesNotice? Of(MailMessage mail)
    {
        var text = mail.Text;
        if (text.Length > Longest || !text.AsSpan().TrimStart().StartsWith("{") || !text.Contains("notificationType", StringComparison.Ordinal)) return null;
        // Old gateways fold lines above 998 characters with "!" and a blank.
        return Read(text.Replace("!\n ", "", StringComparison.Ordinal), deeper: true);
    }

    static SesNotice? Read(string json, bool deeper)
    {
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json), Bounded); // what follows the object is the list's footer
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            return Word(root, "notificationType") switch
            {
                "Complaint" => new(true, []),
                "Bounce" when root.TryGetProperty("bounce", out var bounce) && bounce.ValueKind == JsonValueKind.Object => new(false, [.. Recipients(bounce)]),
                _ => deeper && Word(root, "Message") is { Length: > 0 } inner ? Read(inner, deeper: false) : null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static IEnumerable<Bounce> Recipients(JsonElement bounce)
    {
        var temporary = Word(bounce, "bounceType") == "Transient";
        if (!bounce.TryGetProperty("bouncedRecipients", out var all) || all.ValueKind != JsonValueKind.Array) yield break;
        foreach (var each in all.EnumerateArray().Take(MostRecipients).Where(e => e.ValueKind == JsonValueKind.Object))
        {
            if (Word(each, "emailAddress") is { Length: > 0 } address)
                yield return BounceReason.Judge(address, Word(each, "status"), Word(each, "diagnosticCode"), "", temporary ? "delayed" : Word(each, "action"));
        }
    }

    static string Word(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}
