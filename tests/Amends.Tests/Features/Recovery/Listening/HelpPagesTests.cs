using System.Net;
using System.Text.Json;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;

namespace Amends.Tests.Features.Recovery.Listening;

/// <summary>Help to listen, from the customer's words to what one of us takes over.</summary>
public sealed class HelpPagesTests
{
    private const string Story = "Hello,\n\nthe kettle from order NW-20417 came on Thursday and it leaks at the seal. Also, I was charged twice for it. I would like a kettle that holds water before my mother's birthday on Sunday. When will somebody call me about the seal?\n\nKind regards\nAmara";

    [Theory, InlineData("sqlite"), InlineData("postgres")]
    public async Task Drafts_stand_with_where_they_are_from_and_count_only_when_one_of_us_takes_them_over(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var me = await desk.AddPerson("Jo", Role.Agent);
        using var jo = await desk.SignIn(me);
        using var rae = await desk.SignIn(await desk.AddPerson("Rae", Role.Reader));
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        var past = await PutRight(desk, me);
        var number = await desk.Complain("Amara Okafor", "Kettle leaks", Story);
        var twin = await desk.Complain("Amara Okafor", "The leaking kettle", "The seal of my kettle leaks and the kettle is wet below.");
        var stranger = await desk.Complain("Ben Ode", "Newsletter", "I never signed up for your newsletter.");
        await desk.Database.Write(async unit =>
        {
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product) select customer_id, 'NW-20417', @key, 0, 4900, 'EUR', 'Kettle' from cases where number = @stranger", new { stranger, key = Customers.KeyOf("NW-20417") });
            await unit.Run("update cases set order_id = (select min(id) from orders) where number = @stranger", new { stranger });
        });
        var to = $"/cases/{number}/listening-help";

        // The case says that a question is open, and its page what was found.
        var before = await desk.Value<long>("select version from cases where number = @number", new { number });
        Assert.NotNull((await jo.Open($"/cases/{number}")).QuerySelector($".composer a[href='{to}']"));
        var page = await jo.Open(to);
        var message = await desk.Value<long>("select min(id) from messages where case_number = @number", new { number });
        Assert.Contains("the kettle from order NW-20417 came on Thursday and it leaks at the seal.", page.Words("section[aria-labelledby=short]"));
        Assert.NotNull(page.QuerySelector($"section[aria-labelledby=short] a[href='/cases/{number}#message-{message}']"));
        Assert.DoesNotContain("regards", page.Words("section[aria-labelledby=short]"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Open: “When will somebody call me about the seal?”", page.Words("section[aria-labelledby=asked]"));
        Assert.Contains("I was charged twice for it.", page.Words("section[aria-labelledby=about]"));
        var same = page.Words("section[aria-labelledby=same]");
        Assert.Contains($"#{twin} The leaking kettle", same);
        Assert.Contains("the same customer", same);
        Assert.Contains($"#{stranger} Newsletter Ben Ode", same);
        Assert.Contains("one names the order of the other", same);
        var like = page.Words("section[aria-labelledby=like]");
        Assert.Contains($"#{past} Kettle drips", like);
        Assert.Contains("What worked: A new kettle", like);
        Assert.Contains("They said yes, 5 of 5: “It is dry.”", like);
        Assert.Equal(before, await desk.Value<long>("select version from cases where number = @number", new { number })); // looking changes nothing
        Assert.Empty((await desk.Cases.Find(number))!.Categories);
        Assert.Null((await rae.Open(to)).QuerySelector("main form[action*=listening-help]"));

        // One press each.
        async Task Press(string what, string words, string? then = null, HttpStatusCode status = HttpStatusCode.SeeOther) =>
            Assert.Equal(status, (await jo.Send(to, $"{to}/{what}", new() { ["words"] = words, ["then"] = then ?? "" })).StatusCode);
        await Press("issue", "I was charged twice for it.");
        await Press("category", "PRD.on_arrival");
        var question = page.QuerySelector("section[aria-labelledby=asked] input[name=words]")!.GetAttribute("value")!;
        await Press("question", question, "answered");
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal(["I was charged twice for it."], state.Raised.Select(issue => issue.Words));
        Assert.Equal(("PRD.on_arrival", false), (state.Category!.Code, state.Category.Confirmed));
        page = await jo.Open(to);
        Assert.Contains("Jo says so", page.Words("section[aria-labelledby=asked]"));
        Assert.DoesNotContain("charged twice for it.”", page.Words("section[aria-labelledby=about]"));
        Assert.Null((await jo.Open($"/cases/{number}")).QuerySelector($".composer a[href='{to}']"));
        await Press("question", question, "open");
        Assert.Contains("Open: “When will", (await jo.Open(to)).Words("section[aria-labelledby=asked]"));

        // What is proposed goes into the reply, behind what stands there, formatted or not.
        await Press("insert", "phrase.heard");
        Assert.Equal("Thank you for telling us, Amara. I look after this from now on, until it is put right.", await desk.Value<string>("select text from drafts where case_number = @number", new { number }));
        await desk.Database.Write(unit => unit.Run("update drafts set text = 'Dear Amara <3', html = '<p>Dear Amara &lt;3</p>' where case_number = @number", new { number }));
        await Press("insert", "phrase.heard");
        await Press("insert", "phrase.heard"); // twice is once
        Assert.Equal("Dear Amara <3\n\nThank you for telling us, Amara. I look after this from now on, until it is put right.", await desk.Value<string>("select text from drafts where case_number = @number", new { number }));
        Assert.Equal("<p>Dear Amara &lt;3</p><p>Thank you for telling us, Amara. I look after this from now on, until it is put right.</p>", await desk.Value<string>("select html from drafts where case_number = @number", new { number }));
        foreach (var (what, words) in new[] { ("issue", ""), ("category", "XXX.none"), ("category", ""), ("question", "none"), ("insert", "phrase.nothing") })
            await Press(what, words, status: HttpStatusCode.UnprocessableEntity);

        // The same for programs, as drafts.
        var answer = await shop.Get($"/api/v1/cases/{number}/listening");
        Assert.True(answer.GetProperty("draft").GetBoolean());
        Assert.Equal("customer", answer.GetProperty("summary").GetProperty("happened")[0].GetProperty("source").GetString());
        Assert.Contains(answer.GetProperty("questions").EnumerateArray(), each => each.GetProperty("is_open").GetBoolean() && each.GetProperty("key").GetString() == question);
        Assert.Contains(answer.GetProperty("duplicates").EnumerateArray(), each => each.GetProperty("number").GetInt64() == twin && each.GetProperty("same_customer").GetBoolean());
        Assert.Equal(past, answer.GetProperty("similar")[0].GetProperty("number").GetInt64());
        Assert.Contains(answer.GetProperty("suggestions").EnumerateArray(), each => each.GetProperty("kind").GetString() == "phrase");
        var playbook = answer.GetProperty("suggestions").EnumerateArray().First();
        Assert.Equal(("playbook", JsonValueKind.Null, JsonValueKind.String), (playbook.GetProperty("kind").GetString(), playbook.GetProperty("text").ValueKind, playbook.GetProperty("says").ValueKind)); // what we may give is not written to them as it stands
        Assert.Equal(HttpStatusCode.NotFound, (await shop.GetAsync("/api/v1/cases/4711/listening")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await jo.GetAsync("/cases/4711/listening-help")).StatusCode);
    }

    [Fact]
    public async Task A_draft_fills_what_is_empty_on_the_summary_form_and_what_was_typed_stays()
    {
        await using var desk = await Desk.Start();
        using var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await desk.Complain("Amara Okafor", "Kettle leaks", Story);
        var form = $"/cases/{number}/summary/new";
        Assert.NotNull((await jo.Open(form)).QuerySelector($"main a[href='{form}?draft=1']"));

        var drafted = await jo.Open($"{form}?draft=1");
        Assert.StartsWith("the kettle from order NW-20417 came on Thursday and it leaks at the seal.", drafted.QuerySelector("textarea[name=Happened]")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("I would like a kettle that holds water before my mother's birthday on Sunday.", drafted.QuerySelector("textarea[name=Matters]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("their message of", drafted.Words("main"));
        Assert.Contains("our promise of", drafted.Words("main"));

        var kept = await (await jo.Send(form, $"/cases/{number}/summaries", new() { ["Happened"] = "My own words.", ["Impact"] = "No tea", ["AtRisk"] = "no", ["Then"] = "draft" })).Tree();
        Assert.Equal("My own words.", kept.QuerySelector("textarea[name=Happened]")!.TextContent.Trim());
        Assert.Equal("No tea", kept.QuerySelector("textarea[name=Impact]")!.TextContent.Trim());
        Assert.True(kept.QuerySelector("input[name=AtRisk][value=no]")!.HasAttribute("checked"));
        Assert.Contains("my mother's birthday", kept.QuerySelector("textarea[name=Matters]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await desk.Cases.Find(number))!.Summaries);
    }

    /// <summary>A complaint like the one at hand that was put right on the telephone, and the customer said so.</summary>
    private static async Task<long> PutRight(Desk desk, Actor by)
    {
        var number = await desk.Complain("Cleo Ames", "Kettle drips", "My kettle leaks at the seal, and the counter is wet.");
        await desk.Cases.Change(number, @case =>
        {
            var (now, hours) = (desk.Clock.Now, new Company().Calendar());
            @case.Categorise("PRD.on_arrival", false, by, now);
            @case.CheckSafety(false, by, now);
            @case.ResolveNow(new OnTheSpot("A new kettle", "It leaks.", "That it is dry.", "A new kettle", new OptionRemedy(RemedyKind.Replacement, "A new kettle", Money.FromMajor(20, "EUR"), now.AddDays(1)) { Data = new RemedyData { Reason = "It leaked." } }, true, null, "Yes, please.", true, "product", now.AddDays(2)), Channel.Phone, by, hours, now.AddMinutes(1));
            @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Phone, "It is dry.", by, hours, now.AddMinutes(2));
        });
        Assert.Equal(CloseReason.Confirmed, (await desk.Cases.Find(number))!.CloseReason);
        return number;
    }
}
