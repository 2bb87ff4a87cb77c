using System.Text.Json;
using Amends.Mail.Reading;

namespace Amends.Mail.Tests.Reading;

/// <summary>Every mail in golden/ is read as the file beside it says; fields it does not name are free.</summary>
public sealed class GoldenTests
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "golden");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.eml").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_golden_mail_is_read_as_expected(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, name + ".eml"));
        var read = JsonSerializer.SerializeToElement(MailReading.Of(bytes, "message/rfc822"));
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        foreach (var field in expected.RootElement.EnumerateObject()) Same(field.Value, read.GetProperty(field.Name), $"{name}.{field.Name}");
    }

    [Fact]
    public void There_are_enough_golden_mails() => Assert.True(Names.Count() >= 50);

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
