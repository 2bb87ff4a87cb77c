using Amends.Data;
using Amends.Domain;
using Amends.Domain.Contents;
using Amends.Domain.Listening;
using Amends.Domain.Playbooks;
using Amends.Features.Shared;
using Amends.Tests.Features.CustomerPages;

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
        Assert.Equal(["DEL", "PRD", "ORD", "RET", "PRC", "SRV", "WEB", "VIS", "PRV", "POL", "NOF", "HND", "OTH"], CategorySet.All.Select(group => group.Code));
        Assert.Equal("Delivery: late", CategorySet.WordsOf("DEL.late"));
        Assert.Null(CategorySet.Chosen(ContentFiles.AsShipped.Categories, " ", null));
        Assert.Equal("category", Assert.Throws<Refused>(() => CategorySet.Chosen(ContentFiles.AsShipped.Categories, "DEL.early", null)).Code);
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

    [Fact]
    public void A_complaint_may_be_about_what_something_is_worth_or_no_fault_of_ours_and_nothing_there_names_a_person()
    {
        Assert.Equal("Price and bill: not worth its price", CategorySet.WordsOf("PRC.value"));
        Assert.Equal("No fault of ours, or a misunderstanding: we understood each other wrongly", CategorySet.WordsOf("NOF.misunderstanding"));
        foreach (var code in CategorySet.All.Single(group => group.Code == "NOF").Parts.Select(part => part.Code).Append("NOF"))
            Assert.Equal("no_fault", Playbook.Match(PlaybookDesk.Shipped, code, null, true, new(2026, 3, 4))?.Key);
        Assert.Contains(Causes.All, cause => cause.Code == "no_fault");
        Assert.DoesNotContain(CategorySet.All.SelectMany(group => group.Parts.Select(part => part.Words).Append(group.Words)).Concat(Causes.All.Select(cause => cause.Words)),
            words => System.Text.RegularExpressions.Regex.IsMatch(words, "staff|agent|colleague|employee|their own fault|customer's fault", System.Text.RegularExpressions.RegexOptions.IgnoreCase));
    }

    [Fact]
    public async Task Prompts_to_listen_actively_stand_where_somebody_is_heard_and_go_when_they_have_finished()
    {
        Assert.Equal(["Open", "Say it back", "Ask how it felt", "Check"], ListeningPrompts.All.Select(prompt => prompt.What));
        Assert.All(ListeningPrompts.All, prompt => Assert.NotEmpty(prompt.Words));
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        using var hanna = await desk.SignIn(complaint.Jo);
        Assert.Contains("Ask how it felt", (await hanna.Open("/cases/1001/summary/new")).Words("main"));
        Assert.Contains("Ask how it felt", (await hanna.Open("/cases/1001/live")).Words("main"));
        await complaint.Summarise();
        Assert.DoesNotContain("Ask how it felt", (await hanna.Open("/cases/1001/summary/new")).Words("main"));
    }
}
