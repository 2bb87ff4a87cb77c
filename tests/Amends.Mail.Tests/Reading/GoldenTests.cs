using System.Text.Json;
using Amends.Mail.Mime;
using Amends.Mail.Reading;

namespace Amends.Mail.Tests.Reading;

/// <summary>Every mail in golden/ is read as the file beside it says; fields it does not name are free.</summary>
public sealed class GoldenTests
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "golden");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.eml", SearchOption.AllDirectories).Select(f => Path.ChangeExtension(Path.GetRelativePath(Folder, f), null).Replace('\\', '/')).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_mail_is_read_as_expected(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, name + ".eml"));
        var read = JsonSerializer.SerializeToElement(MailReading.Of(bytes, "message/rfc822"));
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        foreach (var field in expected.RootElement.EnumerateObject()) Same(field.Value, read.GetProperty(field.Name), $"{name}.{field.Name}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_word_of_a_golden_mail_is_lost_between_reply_quote_and_signature(string name)
    {
        var mail = MimeReader.Read(File.ReadAllBytes(Path.Combine(Folder, name + ".eml")));
        var parts = ReplyReader.Read(mail);
        var left = Words(parts.Reply).Concat(Words(parts.Elided)).Concat(Words(parts.Signature)).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
        foreach (var word in Words(mail.Text).GroupBy(w => w)) Assert.True(left.GetValueOrDefault(word.Key) >= word.Count(), $"{name} lost \"{word.Key}\"");
    }

    static IEnumerable<string> Words(string text) => text.Split((char[])[' ', '\n', '\t', '>', '\u00A0', '-', '_', '*'], StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void There_are_enough_golden_mails() => Assert.True(Names.Count() >= 250);

    static void Same(JsonElement expected, JsonElement actual, string where)
    {
        if (expected.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array)
        {
            Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), $"{where}: {actual}");
            for (var i = 0; i < expected.GetArrayLength(); i++) Same(expected[i], actual[i], $"{where}[{i}]");
        }
        else if (expected.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in expected.EnumerateObject()) Same(field.Value, actual.GetProperty(field.Name), $"{where}.{field.Name}");
        }
        else Assert.True(expected.ToString() == actual.ToString(), $"{where}\nexpected: {expected.GetRawText()}\nread:     {actual.GetRawText()}");
    }
}
