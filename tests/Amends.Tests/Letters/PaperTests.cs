using System.Text;
using Amends.Letters;
using PdfSharp.Pdf.IO;

namespace Amends.Tests.Letters;

/// <summary>What is set on paper can be opened, read and searched, whatever its letters and its length.</summary>
public sealed class PaperTests
{
    [Fact]
    public void Long_texts_turn_the_page_and_a_word_that_is_wider_than_the_page_is_broken()
    {
        var text = string.Join("\n\n", Enumerable.Repeat(string.Concat(Enumerable.Repeat("A sentence that is long enough to be broken somewhere. ", 12)), 30)) + "\n" + new string('w', 400);
        using var read = PdfReader.Open(new MemoryStream(new Paper("Long", "Foot", [new PaperBlock(text)]).ToPdf()), PdfDocumentOpenMode.Import);
        Assert.InRange(read.PageCount, 4, 12);
        Assert.Equal("Long", read.Info.Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\t \u200B")]
    [InlineData("\uD83D")]
    [InlineData("🙂 漢字 שלום")]
    public void Odd_texts_are_set_all_the_same(string text)
    {
        using var read = PdfReader.Open(new MemoryStream(new Paper("Odd", "Foot", [new PaperBlock(text)]).ToPdf()), PdfDocumentOpenMode.Import);
        Assert.Equal(1, read.PageCount);
    }

    [Fact]
    public void The_font_has_the_letters_of_europe_and_says_which_it_cannot_set()
    {
        Assert.All("Aøßžțğąłñ€ΩжЂ“”–½", letter => Assert.True(PaperFont.Has(letter), $"{letter}"));
        Assert.All("漢اשက", letter => Assert.False(PaperFont.Has(letter)));
        Assert.False(PaperFont.Has(0x1F642));
    }

    [Fact]
    public void The_words_can_be_found_and_copied_letter_by_letter()
    {
        const string Text = "Žluťoučký kůň: Grüße an Σωκράτης, 39,90 € “smørrebrød”.";
        using var read = PdfReader.Open(new MemoryStream(new Paper("Hello", "Foot", [new PaperBlock(Text), new PaperBlock("One 漢 is missing.")]).ToPdf()), PdfDocumentOpenMode.Import);
        var fonts = read.Pages[0].Elements.GetDictionary("/Resources")!.Elements.GetDictionary("/Font")!;
        var maps = string.Concat(fonts.Elements.Keys.Select(key => Encoding.ASCII.GetString(fonts.Elements.GetDictionary(key)!.Elements.GetDictionary("/ToUnicode")!.Stream.UnfilteredValue)));
        Assert.All(Text.Where(letter => letter != ' ').Append('\u25A1').Distinct(), letter => Assert.Contains($"<{(int)letter:X4}>", maps, StringComparison.OrdinalIgnoreCase)); // glyph → letter, as readers look it up
        Assert.DoesNotContain("6F22", maps);
    }
}
