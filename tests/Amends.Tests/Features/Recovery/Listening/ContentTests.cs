using Amends.Data;
using Amends.Domain;
using Amends.Domain.Contents;
using Amends.Domain.Listening;

namespace Amends.Tests.Features.Recovery.Listening;

/// <summary>The content that ships: categories and questions.</summary>
public sealed class ContentTests
{
    [Fact]
    public void Every_category_has_a_stable_code_and_words_and_nothing_else_is_taken()
    {
        var codes = CategorySet.All.SelectMany(group => group.Parts.Select(part => part.Code).Prepend(group.Code)).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.True(Categorised.IsCode(code) && CategorySet.WordsOf(code) is { Length: > 3 }, code));
        Assert.Equal(["DEL", "PRD", "ORD", "RET", "PRC", "SRV", "WEB", "VIS", "PRV", "POL", "HND", "OTH"], CategorySet.All.Select(group => group.Code));
        Assert.Equal("Delivery: late", CategorySet.WordsOf("DEL.late"));
        Assert.Null(CategorySet.Known(" "));
        Assert.Equal("category", Assert.Throws<Refused>(() => CategorySet.Known("DEL.early")).Code);
    }

    [Fact]
    public void Every_question_is_open_and_belongs_to_a_category_or_to_all()
    {
        var now = ContentFiles.AsShipped;
        var questions = now.Of(ContentKind.Questions).SelectMany(bank => bank.Questions.Select(each => (Group: bank.Categories.Single(), each.Code, each.Words))).ToList();
        Assert.Equal(questions.Count, questions.Select(each => each.Code).Distinct().Count());
        Assert.All(questions, each =>
        {
            Assert.StartsWith(each.Group + ".", each.Code);
            Assert.True(each.Group == "ANY" || CategorySet.All.Any(group => group.Code == each.Group), each.Group);
            Assert.Contains('?', each.Words);
        });
        Assert.All(now.Questions(null), each => Assert.DoesNotMatch("^(Is|Are|Do|Does|Did|Was|Were|Have|Has) ", each.Words)); // whoever begins is asked what cannot be answered by yes or no
        Assert.All(CategorySet.All.Where(group => group.Code != "OTH"), group => Assert.True(now.Questions(group.Code + ".x").Count() > now.Questions(null).Count(), group.Code));
        Assert.Equal(now.Questions(null), now.Questions("OTH"));
    }
}
