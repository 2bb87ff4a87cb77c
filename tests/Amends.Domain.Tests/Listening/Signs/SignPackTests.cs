using Amends.Domain.Listening.Signs;

namespace Amends.Domain.Tests.Listening.Signs;

public sealed class SignPackTests
{
    private static string Pack(string letters) => $$"""
        {
         "language": "fr", "name": "Français", "version": 1, "source": "Written for this test.",
         "elisions": "l' d'", "letters": "{{letters}}",
         "signs": { "churn": { "phrases": ["je (résilie|résilierai)"], "except": ["décès ...5 résilie"] }, "outside_route": { "phrases": ["l' avocat"] } }
        }
        """;

    [Theory]
    [InlineData("Demain je résilie.", "churn")]
    [InlineData("demain je resilie", "churn")]
    [InlineData("Je parle à l’avocat.", "outside_route")]
    [InlineData("Depuis le deces je résilie.", "")]
    [InlineData("Je relis.", "")]
    public void Letters_that_not_every_keyboard_has_are_read_both_ways(string text, string signs) =>
        Assert.Equal(signs, string.Join(' ', SignPack.Read(Pack("é=e è=e")).Find(text).Select(sign => sign.Code)));

    [Fact]
    public void A_pack_may_know_some_signs_only_and_says_which() => Assert.Equal([SignKind.Churn, SignKind.OutsideRoute], SignPack.Read(Pack("é=e")).Kinds);

    [Fact]
    public void Letters_that_cannot_be_read_are_refused_with_the_line()
    {
        var refused = Assert.Throws<Refused>(() => SignPack.Read(Pack("é")));
        Assert.Equal("bad_phrase_pack", refused.Code);
        Assert.Matches("Line 3.*é", refused.Message);
    }
}
