using Amends.Domain.Listening.Emotion;

namespace Amends.Domain.Tests.Listening.Emotion;

public sealed class WordListTests
{
    private static readonly WordList List = WordList.Read("""
        # a remark
        [anger]
        furious disgust*
        [praise]
        good
        [negation]
        not
        [bad phrases]
        had enough | go elsewhere
        """);

    [Fact]
    public void Words_and_their_beginnings_are_known_by_class()
    {
        Assert.Equal(1 << (int)WordClass.Anger, List.ClassesOf("furious"));
        Assert.Equal(1 << (int)WordClass.Anger, List.ClassesOf("disgusting"));
        Assert.Equal(0, List.ClassesOf("furiously"));
        Assert.Equal(0, List.ClassesOf(""));
        Assert.True(List.Negates("not"));
        Assert.True(List.Negates("shouldn't"));
        Assert.False(List.Negates("good"));
    }

    [Fact]
    public void Phrases_are_found_where_they_stand()
    {
        var features = new TextFeatures(List);
        features.Read("I have had enough, we go elsewhere.");
        Assert.Equal([WordClass.BadPhrase, WordClass.BadPhrase], features.Opinions.Where(each => each.Phrase is not null).Select(each => each.Phrase!.Value));
    }

    [Fact]
    public void Letters_that_not_every_keyboard_has_are_read_both_ways()
    {
        var list = WordList.Read("[letters]\nä=ae ß=ss é=e\n[elisions]\nl' n'\n[negation]\nn'\n[anger]\närger* mußte décu\n[bad phrases]\ngroße ärgernis");
        var features = new TextFeatures(list);
        features.Read("Ärgerlich aergerlich, l'ärger, musste, de\u0301cu, décu, decu; GROSSE Ärgernis, n'ai.");
        Assert.Equal([true, true, true, true, true, true, true, false, true, false], features.Opinions.Where(each => each.IsWord).Select(each => each.Classes != 0));
        Assert.Single(features.Opinions, each => each.Phrase == WordClass.BadPhrase);
        Assert.True(list.Negates("n'ai"));
        Assert.False(list.Negates("l'ai"));
        Assert.Equal("naïve", new string(List.Written("naïve", new char[9])));
    }

    [Theory]
    [InlineData("[letters]\nä", "Line 2")]
    [InlineData("furious", "Line 1")]
    [InlineData("[anger]\nx\n[rage]", "Line 3")]
    [InlineData("[bad phrases]\none two three four five six", "five|5")]
    public void A_list_that_cannot_be_read_says_where(string text, string says)
    {
        var refused = Assert.Throws<Refused>(() => WordList.Read(text));
        Assert.Equal("word_list", refused.Code);
        Assert.Matches(says, refused.Message);
    }

    [Fact]
    public void What_a_negation_turns_is_counted_apart()
    {
        var features = new TextFeatures(List);
        features.Read("It was not so good. Good.");
        Assert.Equal([true, false], features.Opinions.Where(each => each.Classes != 0).Select(each => each.Negated));
    }
}
