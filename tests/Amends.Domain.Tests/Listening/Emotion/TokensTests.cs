using Amends.Domain.Listening.Emotion;

namespace Amends.Domain.Tests.Listening.Emotion;

public sealed class TokensTests
{
    [Theory]
    [InlineData("It's the 3rd time!!", "Word:It's Word:the Number:3 Word:rd Word:time End:!!")]
    [InlineData("See https://example.org/a?b=1 now.", "Word:See Address:https://example.org/a?b=1 Word:now End:.")]
    [InlineData("@northline you lost 1,234.50 :(", "Address:@northline Word:you Word:lost Number:1,234.50 Face::(")]
    [InlineData("Ah\n\nso", "Word:Ah Paragraph: Word:so")]
    [InlineData("don’t 😡", "Word:don’t Sign:😡")]
    [InlineData("", "")]
    public void A_text_is_cut_into_words_and_signs(string text, string expected)
    {
        var found = new List<string>();
        var tokens = new Tokens(text);
        while (tokens.Next())
            found.Add($"{tokens.Current.Kind}:{text.Substring(tokens.Current.Start, tokens.Current.Length)}");
        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public void Any_text_is_cut_whole_and_in_order()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var text = new string([.. Enumerable.Range(0, 60).Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : char.MaxValue + 1))]);
            var tokens = new Tokens(text);
            var end = 0;
            while (tokens.Next())
            {
                Assert.InRange(tokens.Current.Start, end, text.Length);
                Assert.True(tokens.Current.Length > 0 || tokens.Current.Kind == TokenKind.Paragraph);
                end = tokens.Current.End;
            }

            Assert.InRange(end, 0, text.Length);
        }
    }
}
