using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Domain.Wording;
using Amends.Features.Cases;

namespace Amends.Tests.Features.Cases;

/// <summary>A reply is read over before it goes, over HTTP, on both databases.</summary>
public sealed class ReadOverTests
{
    private const string Hot = "Dear Amara,\n\nplease calm down. It is our policy.";

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Hints_name_the_words_the_reason_and_a_better_sentence_and_know_the_case(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "The kettle leaks on my new table and nobody rang me back.", jo);
        using var browser = await desk.SignIn(jo);
        await browser.Send($"/cases/{number}", $"/cases/{number}/summaries", new() { ["Outcome"] = "A kettle", ["AtRisk"] = "no", ["Happened"] = "The kettle leaks", ["Matters"] = "The table", ["Promised"] = "An answer", ["Issues"] = "The kettle leaks\nNobody rang back", ["Then"] = "send" });
        await desk.Cases.Change(number, @case => @case.Decide(1, Finding.Upheld, null, null, null, jo, desk.Clock.Now));
        var (page, path) = ($"/cases/{number}", $"/cases/{number}/wording");

        var answer = await browser.Send(page, path, new() { ["text"] = "Dear Tom,\n\nyou should have read the manual. I have attached the label for your kettle, and I will write to you on 3 March. We look into everything that you told us about it and come back to you then.\n\nJo", ["keeps"] = "1", ["next_due"] = "2026-03-06T10:00" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var hints = await answer.Tree();
        Assert.Null(hints.QuerySelector("main")); // a piece of a page
        Assert.Equal("you should have", hints.QuerySelectorAll(".s3 q").Select(quote => quote.TextContent).Single(words => words.StartsWith("you", StringComparison.Ordinal)));
        Assert.Contains("Stop and think: Tom This is not the customer's name.", string.Join('|', hints.QuerySelectorAll(".s3 summary").Select(each => string.Join(' ', each.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))));
        Assert.Contains("The order went out with the old address. I've corrected it.", hints.QuerySelectorAll("[data-copy]").Select(each => each.GetAttribute("data-copy")));
        foreach (var words in (string[])["nothing is attached", "This day has passed", "Nothing here answers “Nobody rang back”", "apology", "8 is good here", "What could be true in what they say?", "things that calm are in it"])
            Assert.Contains(words, hints.Body!.TextContent);
        Assert.DoesNotContain("nothing is attached", (await (await browser.Send(page, path, new() { ["text"] = "Dear Amara,\n\nI have attached the label.", ["file"] = "label.pdf" })).Tree()).Body!.TextContent);
        Assert.Equal("Stop and think:", (await (await browser.Send(page, path, new() { ["text"] = "Guten Tag Frau Okafor, bitte beruhigen Sie sich doch erst einmal, wir haben das hier nicht so vorgesehen." })).Tree()).Words(".s3 .sev")); // by the German pack

        Assert.Equal("No hints", (await (await browser.Send(page, path)).Tree()).Words(".sum b"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Send(page, "/cases/4711/wording", new() { ["text"] = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await browser.Send(page, path, new() { ["text"] = new string('x', 50_001) })).StatusCode);
        using var reader = await desk.SignIn(await desk.AddPerson("Rae", Role.Reader));
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.Send("/profile", path, new() { ["text"] = Hot })).StatusCode);
        Assert.Equal(0, await desk.Value<long>("select count(*) from drafts")); // looking keeps nothing

        // without scripts a button shows the same, and nothing is lost
        var looked = await browser.Send(page, page + "/messages", new() { ["text"] = Hot, ["look"] = "1", ["keeps"] = "1", ["next_what"] = "what we found", ["next_due"] = "2026-03-06T10:00" });
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        var shown = await looked.Tree();
        Assert.Equal(["calm down", "is our policy"], shown.QuerySelectorAll(".wording .s3 q").Select(quote => quote.TextContent));
        Assert.Equal(Hot.ReplaceLineEndings(" ").Replace("  ", " "), shown.Words("textarea[name=text]"));
        Assert.Equal("what we found", shown.QuerySelector("[name=next_what]")!.GetAttribute("value"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from drafts where parked_until is null"));
        Assert.Equal(0, await desk.Value<long>("select count(*) from held_replies"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_blank_never_goes_from_any_form_and_what_was_typed_stays(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        using var browser = await desk.SignIn(jo);
        var page = $"/cases/{number}";
        foreach (var also in (string[])["", "anyway", "wording", "early"])
        {
            var refused = await browser.Send(page, page + "/messages", new() { ["text"] = "Dear {name},\n\nI have sent a new lid.", [also] = also == "wording" ? "blank-name,placeholder" : "1" });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var shown = await refused.Tree();
            Assert.Contains("{name}", shown.Words("#errors"));
            Assert.Equal("Dear {name}, I have sent a new lid.", shown.Words("textarea[name=text]"));
        }

        var update = await browser.Send(page + "/update", page + "/updates", new() { ["Did"] = "We wrote to {supplier}", ["Next"] = "They answer", ["Promise"] = "what they say", ["DueAt"] = "2026-03-06T10:00" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, update.StatusCode);
        var words = await update.Content.ReadAsStringAsync();
        Assert.Contains("A placeholder was not filled", words);
        Assert.Contains("We wrote to {supplier}", words);
        Assert.Equal(0, await desk.Value<long>("select count(*) from outbox"));
        Assert.Equal(0, await desk.Value<long>("select count(*) from held_replies"));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(page, page + "/messages", new() { ["text"] = "Hello,\n\nI have sent a new lid.", ["seen"] = "9999" })).StatusCode);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Hot_words_are_asked_about_once_may_rest_for_two_minutes_and_are_noted_for_their_writer_alone(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        using var browser = await desk.SignIn(jo);
        var page = $"/cases/{number}";
        Task<HttpResponseMessage> Send(Dictionary<string, string> fields) => browser.Send(page, page + "/messages", new(fields) { ["seen"] = "9999", ["text"] = fields.GetValueOrDefault("text", Hot) });

        var asked = await Send(new() { ["wording_why"] = "It is urgent." });
        Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        var shown = await asked.Tree();
        foreach (var words in (string[])["calm down", "policy", "What could be true in what Amara says?", "Ask a second reader", "Park it for two minutes", "Nothing was sent"])
            Assert.Contains(words, shown.Words(".asks"));
        Assert.Equal("Dear Amara, please calm down. It is our policy.", shown.Words("textarea[name=text]"));
        Assert.Equal("It is urgent.", shown.QuerySelector("[name=wording_why]")!.GetAttribute("value"));
        Assert.Contains("calm down", (await browser.Open(page + "/second-reader")).Words("#Text")); // a second reader finds it
        Assert.Empty(await desk.Get<WordingChoices>().Of(jo.Id));

        // what was answered counts; other words are asked about anew
        var rules = shown.QuerySelector("button[name=wording]")!.GetAttribute("value")!;
        Assert.Equal("calm,policy", rules);
        var more = await (await Send(new() { ["text"] = Hot + " You should have asked.", ["wording"] = rules })).Tree();
        Assert.Equal("blame,calm,policy", more.QuerySelector("button[name=wording]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(new() { ["wording"] = rules, ["wording_why"] = "She asked for it in one word." })).StatusCode);
        var choice = Assert.Single(await desk.Get<WordingChoices>().Of(jo.Id));
        Assert.Equal((SentHow.AtOnce, "She asked for it in one word.", "calm down"), (choice.How, choice.Why, choice.Words[0].Words));

        // two minutes
        var parked = await Send(new() { ["park"] = "1", ["next_what"] = "what we found" });
        Assert.Equal(HttpStatusCode.SeeOther, parked.StatusCode);
        var waiting = await browser.Open(page);
        Assert.Contains("Parked until 10:02:00", waiting.Words(".asks"));
        Assert.Equal("Dear Amara, please calm down. It is our policy.", waiting.Words("textarea[name=text]"));
        Assert.Equal("what we found", waiting.QuerySelector("[name=next_what]")!.GetAttribute("value"));
        var early = await Send([]);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.NotNull((await early.Tree()).QuerySelector("button[name=early]"));
        await browser.Send(page, page + "/draft", new() { ["kind"] = "reply", ["text"] = Hot + " Sorry." }); // changing it does not end the rest
        Assert.Contains("Parked until 10:02:00", (await browser.Open(page)).Words(".asks"));
        desk.Clock.Now += Sending.Rest;
        Assert.Contains("It has rested", (await browser.Open(page)).Words(".asks"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Send([])).StatusCode); // asked once already
        desk.Clock.Now += TimeSpan.FromSeconds(1);
        await Send(new() { ["park"] = "1" });
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(new() { ["early"] = "1" })).StatusCode);
        Assert.Equal([SentHow.Early, SentHow.Rested, SentHow.AtOnce], (await desk.Get<WordingChoices>().Of(jo.Id)).Select(each => each.How));
        Assert.Equal(3, await desk.Value<long>("select count(*) from held_replies"));
        Assert.Equal(0, await desk.Value<long>("select count(*) from drafts"));

        var own = await browser.Open("/my/wording");
        foreach (var words in (string[])["She asked for it in one word.", "calm down", "after it had rested", "before its rest was over"])
            Assert.Contains(words, own.Words("main"));
        using var lead = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        Assert.Contains("Nothing yet", (await lead.Open("/my/wording")).Words("main"));
        await browser.Send("/my/wording", "/my/wording/removal", new() { ["name"] = WordingChoices.NameOf(choice) });
        Assert.DoesNotContain("She asked for it", (await browser.Open("/my/wording")).Words("main"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send("/my/wording", "/my/wording/removal")).StatusCode);
    }
}
