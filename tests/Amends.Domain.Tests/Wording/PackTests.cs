using Amends.Domain.Wording;

namespace Amends.Domain.Tests.Wording;

public sealed class PackTests
{
    [Theory]
    [InlineData("en", 28)]
    public void A_shipped_pack_is_read_and_finds_nothing_in_its_innocent_sentences(string language, int rules)
    {
        var pack = Packs.Of(language);

        Assert.Equal(language, pack.Language);
        Assert.True(pack.Rules.Count >= rules, $"{pack.Rules.Count} rules");
        Assert.True(pack.Innocent.Count >= 10);
        Assert.Equal([], pack.WronglyHinted().Select(wrong => $"{wrong.Hint.Rule}: {wrong.Sentence}"));
    }
}
