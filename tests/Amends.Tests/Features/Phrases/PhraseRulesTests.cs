using System.Net;
using Amends.Data;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.Phrases;

/// <summary>The rules of wording are changed and tried on a page, on both databases.</summary>
public sealed class PhraseRulesTests
{
    private const string Page = "/settings/wording";

    private const string Own =
        """
        [
          { "id": "house-word", "category": "House words", "severity": 3, "reason": "It is our word, not theirs.", "better": "I have written it down for you.", "phrases": ["lodge it upstairs"] }
        ]
        """;

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_manager_changes_rules_which_count_from_the_next_draft_on_and_readers_look_and_try(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        using var manager = await desk.SignIn(await desk.AddPerson("Mara", Role.Manager));
        using var reader = await desk.SignIn(await desk.AddPerson("Rae", Role.Reader));
        using var agent = await desk.SignIn(jo);
        Assert.Null((await reader.Open(Page)).QuerySelector("main form[action='/settings/wording']"));
        Assert.Contains("Deutsch", (await reader.Open(Page)).Words("nav[aria-label=Languages]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Send(Page, Page, new() { ["language"] = "en" })).StatusCode);
        async Task<string> Try(string text) => (await (await reader.Send(Page, Page + "/try", new() { ["text"] = text, ["language"] = "en" })).Tree()).Words(".reads");
        Assert.Contains("calm down", await Try("Please calm down and lodge it upstairs."));
        Assert.DoesNotContain("lodge it upstairs", await Try("Please calm down and lodge it upstairs."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await reader.Send(Page, Page + "/try", new() { ["text"] = " " })).StatusCode);

        var saved = await manager.Send(Page, Page, new() { ["language"] = "en", ["severity-calm"] = "off", ["severity-policy"] = "1", ["better-policy"] = "I check it so that nobody else gets your parcel.", ["Rules"] = Own, ["Innocent"] = "Please lodge it upstairs price.\nThe lamp is here." });
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        var now = await Try("Please calm down and lodge it upstairs. It is our policy.");
        Assert.DoesNotContain("calm down", now);
        Assert.Contains("It is our word, not theirs.", now);
        Assert.Contains("I check it so that nobody else gets your parcel.", now);
        var page = await reader.Open(Page);
        Assert.Contains("Please lodge it upstairs price.", page.Words("[aria-labelledby=wrong]")); // the rule goes too far
        Assert.DoesNotContain("The lamp is here.", page.Words("[aria-labelledby=wrong]"));
        Assert.Contains("house-word", page.Words("pre"));
        Assert.Contains("lodge it upstairs", (await (await agent.Send($"/cases/{number}", $"/cases/{number}/messages", new() { ["seen"] = "9999", ["text"] = "Please lodge it upstairs. It is our policy. Calm down." })).Tree()).Words(".asks"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from settings where name = 'wording.en'"));
        var form = await manager.Open(Page);
        Assert.Equal("off", form.QuerySelector("#severity-calm option[selected]")!.GetAttribute("value"));
        Assert.Equal("3", form.QuerySelector("#severity-blame option[selected]")!.GetAttribute("value")); // a field that was not sent is as shipped

        // what cannot be used is refused with its line and rule, nothing is changed, and what was typed stays
        foreach (var (rules, words) in ((string, string)[])[(Own.Replace("lodge it upstairs", "lodge [it upstairs"), "Line 2, “house-word”"), (Own.Replace("\"house-word\"", "\"blame\""), "“blame”: a rule of the shipped phrases"), ("[\n\n{ \"id\": \"x\" }]", "Line 3, “x”"), ("[\n  nonsense]", "Line 2"), ("[\n  nonsense", "Line 1"), ("{}", "Line 1")])
        {
            var refused = await manager.Send(Page, Page, new() { ["language"] = "en", ["Rules"] = rules, ["severity-calm"] = "2" });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var tree = await refused.Tree();
            Assert.Contains(words, tree.Words("#Rules-error"));
            Assert.Equal(rules.ReplaceLineEndings("\n"), tree.QuerySelector("#Rules")!.TextContent.ReplaceLineEndings("\n"));
            Assert.Equal("2", tree.QuerySelector("#severity-calm option[selected]")!.GetAttribute("value"));
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send(Page, Page, new() { ["language"] = "xx" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send(Page, Page, new() { ["language"] = "en", ["severity-calm"] = "9" })).StatusCode);
        Assert.Contains("It is our word, not theirs.", await Try("Please lodge it upstairs."));
        await manager.Send(Page, Page, new() { ["language"] = "en" });
        Assert.Contains("calm down", await Try("Please calm down and lodge it upstairs."));
    }

    [Fact]
    public async Task Rules_that_a_newer_program_has_no_room_for_never_stop_a_reply()
    {
        await using var desk = await Desk.Start();
        var packs = desk.Get<PhrasePacks>();
        await desk.Get<StoredSettings>().Set("wording.en", new OwnPhrases { Rules = Own.Replace("\"house-word\"", "\"calm\"") }); // the shipped pack has one of this name by now
        Assert.Same(PhrasePacks.Shipped("en"), await packs.For("en-GB"));
        Assert.Equal("en", (await packs.For("xx")).Language);
        Assert.Equal("de", (await packs.For("de-AT")).Language);
    }
}
