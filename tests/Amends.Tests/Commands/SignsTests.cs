using System.Text.Json;
using Amends.Data;
using Amends.Domain.Listening.Signs;
using Amends.Domain.Statistics;

namespace Amends.Tests.Commands;

/// <summary>What is found in texts of our own, whose training half alone was looked at when the phrases were written; the floors lie below what was reached.</summary>
public sealed class SignsTests
{
    [Theory]
    [InlineData(SignKind.Safety, 0.5, 0.5)]
    [InlineData(SignKind.OutsideRoute, 0.72, 0.55)]
    [InlineData(SignKind.Churn, 0.45, 0.4)]
    [InlineData(SignKind.Vulnerable, 0.75, 0.65)]
    [InlineData(SignKind.Abuse, 0.8, 0.55)]
    [InlineData(SignKind.Demand, 0.6, 0.4)]
    [InlineData(SignKind.RepeatContact, 0.5, 0.3)]
    [InlineData(SignKind.BrokenPromise, 0.6, 0.35)]
    [InlineData(SignKind.LongWait, 0.55, 0.42)]
    public void Signs_are_found_in_texts_that_nobody_looked_at(SignKind kind, double precision, double recall)
    {
        var held = Confusion.Of([.. ((string[])["complaint-mails.jsonl", "short-texts.jsonl"]).SelectMany(file => File.ReadLines(Path.Combine(Checkout.Root, "listening", file)))
            .Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("part").GetString() == "held")
            .Select(line => (Ear.SignsIn(line.GetProperty("text").GetString()!, "en").Any(sign => sign.Kind == kind), line.GetProperty("signs").EnumerateArray().Any(code => code.GetString() == kind.Code())))]);
        TestContext.Current.SendDiagnosticMessage($"{kind.Code()}: precision {held.Precision:0.00}, recall {held.Recall:0.00}");
        Assert.True(held.Precision >= precision && held.Recall >= recall, $"{kind.Code()}: precision {held.Precision:0.00}, recall {held.Recall:0.00}");
    }

    [Theory]
    [InlineData("The fire alarm arrived today, thank you.")]
    [InlineData("Nobody was hurt, and the smoke detector works.")]
    [InlineData("Please leave the parcel with my neighbour.")]
    [InlineData("My flight was cancelled, can I rebook?")]
    [InlineData("The blinds are lovely and the shock absorbers fit.")]
    [InlineData("The court shoes are a size too small.")]
    [InlineData("I felt like an idiot, sorry for my stupid question.")]
    [InlineData("The clown costume came on time.")]
    [InlineData("Do you sell a French press?")]
    [InlineData("When do you open on Friday?")]
    public void Words_that_look_alike_are_innocent(string text) =>
        Assert.Empty(Ear.SignsIn(text, "en").Where(sign => sign.Kind is SignKind.Safety or SignKind.OutsideRoute or SignKind.Churn or SignKind.Abuse or SignKind.Vulnerable).Select(sign => $"{sign.Code}: {sign.Words(text)}"));

    [Fact]
    public void Any_text_is_read_to_its_end_and_places_lie_inside_it()
    {
        var random = new Random(11);
        string[] words = ["fire", "you", "idiots", "court", "never", "again", "\"", ".", "my late", "\n\n", "😡", "cancel", "my", "contract"];
        for (var round = 0; round < 200; round++)
        {
            var text = string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, 40).Select(_ => words[random.Next(words.Length)]));
            Assert.All(Ear.SignsIn(text, "en"), sign => Assert.False(string.IsNullOrEmpty(sign.Quote(text) + sign.Words(text))));
            Ear.GistOf(text);
        }
    }
}
