using System.Text.Json;
using Amends.Domain.People;
using Amends.Features.Search;

namespace Amends.Tests.Features.Search;

/// <summary>Full-text search over HTTP, on both databases.</summary>
public sealed class SearchTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Words_of_messages_subjects_customers_and_numbers_find_the_case(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var kettle = await desk.Complain("Amara Okafor", "The kettle leaks", "Order A-20914: water <i>everywhere</i> on the table.");
        var sofa = await desk.Complain("Jonas Berg", "The sofa is blue", "I ordered green.");

        foreach (var words in new[] { "everywhere", "EVERYWHERE table", "kett", "okafor", "A-20914", "20914", $"{kettle}", $"#{kettle}", "everywhere\" OR \"x", "leaks'); drop table cases; --leak" })
        {
            if (words.Contains("drop") || words.Contains("OR"))
            {
                await browser.Open("/search?q=" + Uri.EscapeDataString(words)); // nothing that is typed is syntax
                continue;
            }

            var page = await browser.Open("/search?q=" + Uri.EscapeDataString(words));
            Assert.Contains($"/cases/{kettle}", page.QuerySelector(".results a")?.GetAttribute("href") ?? "nothing for " + words);
            Assert.DoesNotContain(page.QuerySelectorAll(".results a"), link => link.GetAttribute("href")!.StartsWith($"/cases/{sofa}"));
        }

        var found = await browser.Open("/search?q=everywhere");
        Assert.Equal("everywhere", found.Words(".results mark"));
        Assert.Contains("<i>everywhere</i>", found.Words(".results"));
        Assert.Empty(found.QuerySelectorAll(".results i:not(.icon)"));
        Assert.Contains("Nothing has all of these words", (await browser.Open("/search?q=xylophone")).Words(".empty"));
        foreach (var odd in new[] { "\"", "*", "a AND", "NEAR(", "-x", "'", "\\", "() | !", "%", "🙂", "" })
            await browser.Open("/search?q=" + Uri.EscapeDataString(odd));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Words_with_marks_and_in_young_scripts_are_found_whole(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        const string young = "\U00010D4A\U00010D4B"; // letters of Garay, Unicode 16
        var number = await desk.Complain("Amara Okafor", "केतली टूट गई", $"மின்சாரம் {young} ไม่ทำงาน");

        foreach (var word in new[] { "केतली", "மின்சாரம்", young, "ไม่ทำงาน", "केत" })
            Assert.Contains($"/cases/{number}", (await browser.Open("/search?q=" + Uri.EscapeDataString(word))).QuerySelector(".results a")?.GetAttribute("href") ?? "nothing for " + word);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_palette_is_offered_cases_while_somebody_types(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");

        using var json = JsonDocument.Parse(await browser.GetStringAsync("/search/suggest?q=oka"));
        var hit = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal($"#{number} The kettle leaks", hit.GetProperty("title").GetString());
        Assert.Equal("Amara Okafor", hit.GetProperty("detail").GetString());
        Assert.Equal($"/cases/{number}", hit.GetProperty("url").GetString());
        Assert.Equal("[]", await browser.GetStringAsync("/search/suggest?q="));
    }

    [Fact]
    public void A_highlight_marks_words_without_regard_to_case_or_accents_and_escapes_the_rest()
    {
        var words = SearchWords.From("cafe straße");
        Assert.Equal("the <mark>Café</mark> &lt;b&gt; in the <mark>Straße</mark>", Highlight.Of("the Café <b> in the\n Straße", words).Value.Replace("&#xE9;", "é").Replace("&#xDF;", "ß"));
        Assert.Equal(["x", "y2"], SearchWords.From(" \"x\" AND(y2*)".Replace("AND", "")).Words);
    }
}
