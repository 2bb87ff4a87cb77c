using System.Text;
using Amends.Domain.Language;

namespace Amends.Domain.Tests.Language;

/// <summary>Nothing personal is left in what would be sent, and everything comes back.</summary>
public sealed class MaskingTests
{
    private static readonly KnownPersonal Known = new(["Amara Okafor", "Jo de Vries", "王小明", "Will Ng"], ["NW-20417", "1001"], ["Leeds"]);

    [Theory]
    [InlineData("I am Amara Okafor, order NW-20417.", "I am [NAME_1], order [ORDER_1].")]
    [InlineData("AMARA OKAFOR writes; amara is cross. Okafor's kettle, the Okafors.", "[NAME_1] writes; [NAME_2] is cross. [NAME_3]'s kettle, the [NAME_3]s.")]
    [InlineData("Dear Jo de Vries, thank you Jo.", "Dear [NAME_1], thank you [NAME_2].")]
    [InlineData("Will you ring me? I will wait, Will.", "[NAME_1] you ring me? I will wait, [NAME_1].")]
    [InlineData("Mail amara.okafor+x@customer.example or 0113 496 0142.", "Mail [EMAIL_1] or [PHONE_1].")]
    [InlineData("Ring +44 (0)113 4960142 on 2026-03-04 or 4.3.2026, before 12/03/26.", "Ring [PHONE_1] on 2026-03-04 or 4.3.2026, before 12/03/26.")]
    [InlineData("We live at 12 Elm Street, LS1 4AP in Leeds.", "We live at [ADDRESS_1], [ADDRESS_2] in [ADDRESS_3].")]
    [InlineData("Ich wohne in der Lindenstraße 4, 04109 Leipzig.", "Ich wohne in der [ADDRESS_1], [NUMBER_1] Leipzig.")]
    [InlineData("J'habite 14 bis, rue de la Paix.", "J'habite [ADDRESS_1].")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00, card 4111 1111 1111 1111", "IBAN [ACCOUNT_1], card [ACCOUNT_2]")]
    [InlineData("See https://shop.example/o/4711?u=amara and www.shop.example.", "See [LINK_1] and [LINK_2]")]
    [InlineData("It costs 1,249.00 EUR for 500ml and 1200W, 3 of 12.", "It costs 1,249.00 EUR for 500ml and 1200W, 3 of 12.")]
    [InlineData("Case 1001 and parcel 1Z999AA10123456784", "Case [ORDER_1] and parcel [ORDER_2]")]
    [InlineData("my password is hunter2! and the key: abcdefgh", "my password is [SECRET_1] and the key: [SECRET_2]")]
    [InlineData("amends_9yQzt4h0a8k2mmZq2L0pXw7", "[SECRET_1]")]
    [InlineData("My husband Tobias and Mrs. Lee saw it. Kind regards,\nPetra", "My husband [NAME_1] and Mrs. [NAME_2] saw it. Kind regards,\n[NAME_3]")]
    [InlineData("王小明の注文", "[NAME_1]の注文")]
    [InlineData("I saw [NAME_1] there", "I saw [TEXT_1] there")]
    [InlineData("Zoe\u0301 is not known", "Zoe\u0301 is not known")]
    public void Whatever_is_personal_has_a_placeholder(string text, string masked)
    {
        var masking = Masking.Of([text], Known);
        Assert.Equal(masked, masking.Texts[0]);
        Assert.Equal(text, Masking.Restore(masked, masking.Kept));
    }

    [Fact]
    public void A_name_is_found_however_its_accents_are_written_and_the_same_words_have_the_same_placeholder_in_all_texts()
    {
        var masking = Masking.Of(["Zoë rang", "Zoe\u0308 rang", "Zoë wrote"], new(["Zoë"], [], []));
        Assert.Equal(["[NAME_1] rang", "[NAME_2] rang", "[NAME_1] wrote"], masking.Texts);
        Assert.Equal("Zoë and [NAME_9] and Zoe\u0308", Masking.Restore("[NAME_1] and [NAME_9] and [NAME_2]", masking.Kept));
        Assert.Equal(["[NAME_9]"], Masking.Unknown("[NAME_1] [NAME_9] [NAME_9]", masking.Kept));
        Assert.Equal("2 × name", Masking.Says(masking.Kept));
    }

    [Fact]
    public void What_is_planted_is_nowhere_in_the_masked_text_and_comes_back_to_the_letter()
    {
        var chance = new Random(11);
        string Any(params string[] choices) => choices[chance.Next(choices.Length)];
        string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + chance.Next(10))));
        for (var round = 0; round < 3000; round++)
        {
            var (first, last) = (Any("Amara", "Zoë", "Jean-Luc", "Óscar", "Siobhán", "Łukasz"), Any("Okafor", "O'Neill", "Müller", "Smith-Jones", "Nowak"));
            var order = $"{Any("NW", "R", "BX")}-{Digits(5)}";
            string[] planted =
            [
                $"{first} {last}", first.ToUpperInvariant(), last.ToLowerInvariant(), $"{first.ToLowerInvariant()}.{Digits(2)}@{Any("mail", "post")}.example", $"+{chance.Next(10, 99)} {chance.Next(100, 999)} {Digits(6)}", $"0{Digits(3)}/{Digits(6)}",
                order, $"DE{Digits(2)} {Digits(4)} {Digits(4)} {Digits(4)} {Digits(4)} {Digits(2)}", $"{Digits(4)} {Digits(4)} {Digits(4)} {Digits(4)}", $"{chance.Next(1, 999)} {Any("Elm", "High", "Station")} {Any("Street", "Road", "Lane")}",
                $"{Any("Linden", "Haupt", "Garten")}straße {chance.Next(1, 99)}", $"LS{chance.Next(1, 9)} {chance.Next(1, 9)}{Any("AP", "QT")}", $"https://{Any("shop", "pay")}.example/{Digits(4)}?t={Digits(6)}", $"{Any("a", "b")}{Digits(12)}XyzAbCdEfGh",
            ];
            var text = new StringBuilder();
            for (var piece = 0; piece < 14; piece++)
                text.Append(Any("the kettle leaks", "please ring me by 2026-03-04", "it cost 49.90 EUR", "Unfortunately", "[NAME_1]", "<<<")).Append(Any(" ", ", ", "\n", ". ", " (")).Append(Any(planted)).Append(Any(" ", ", ", ".\n", ") ", "! ", "; "));
            var whole = text.ToString();
            var masking = Masking.Of([whole], new([$"{first} {last}"], [order], []));
            Assert.All(planted, item => Assert.DoesNotContain(item, masking.Texts[0], StringComparison.OrdinalIgnoreCase));
            Assert.Equal(whole, Masking.Restore(masking.Texts[0], masking.Kept));
        }
    }

    [Fact]
    public void Nothing_is_thrown_whatever_is_in_it_it_comes_back_and_time_grows_with_the_length_alone()
    {
        string[] pieces = ["Amara", "Okafor", "@", "a@b.example", "+49", "0113 496 0142", "https://", "www.", "DE89", " 3704", "12 Elm", " Street", "[NAME_1]", "[EMAIL_2", "]", "#", "order ", "NW-20417", "-", "/", ".", "2026-03-04", "31.12.99", "\ud83d", "\ude00", "\0", "\u2028", "\u0301", "\u202e", "王小明", "ß", "İ", "'", "\n", " ", "password is ", "Mrs. ", "(", ")"];
        var chance = new Random(12);
        for (var round = 0; round < 4000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(40)).Select(_ => chance.Next(10) == 0 ? ((char)chance.Next(0x10000)).ToString() : pieces[chance.Next(pieces.Length)]));
            var masking = Masking.Of([text, text], Known);
            Assert.Equal([text, text], masking.Texts.Select(each => Masking.Restore(each, masking.Kept)));
        }

        foreach (var piece in pieces.Concat(["1", "a", "a.", "1 ", "A1-", "Aa ", "a1"]))
        {
            var text = new StringBuilder().Insert(0, piece, Masking.Longest / piece.Length + 10).ToString();
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var masking = Masking.Of([text], Known);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{piece}: {watch.Elapsed}");
            Assert.Equal(Texts.Cut(text, Masking.Longest), Masking.Restore(masking.Texts[0], masking.Kept));
        }
    }
}
