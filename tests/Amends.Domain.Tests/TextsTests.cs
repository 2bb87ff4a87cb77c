namespace Amends.Domain.Tests;

public sealed class TextsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \r\n--- ", "")]
    [InlineData("The kettle, again!", "The kettle again")]
    [InlineData("order NW-20417/3 (late)", "order NW 20417 3 late")]
    [InlineData("„Kundin“ sagt: ‘nie wieder’…", "Kundin sagt nie wieder")]
    [InlineData("Mu\u0308ller", "Müller")]
    [InlineData("हिन्दी में", "हिन्दी में")]
    [InlineData("𝒜lpha 😀 end", "𝒜lpha end")]
    public void Words_are_letters_and_digits_with_their_marks(string text, string words) => Assert.Equal(words, string.Join(' ', Texts.Words(text)));

    [Fact]
    public void Half_a_letter_parts_words_and_breaks_nothing() => Assert.Equal(["one", "two"], Texts.Words("one\ud83dtwo\ude00"));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("ab😀", 3, "ab")]
    [InlineData("ab😀", 4, "ab😀")]
    public void A_text_is_never_cut_inside_a_letter(string text, int most, string cut) => Assert.Equal(cut, Texts.Cut(text, most));
}
