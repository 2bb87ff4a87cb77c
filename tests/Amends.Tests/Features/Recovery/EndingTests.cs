using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;

namespace Amends.Tests.Features.Recovery;

/// <summary>Cases that end without being put right: the customer is told, and a duplicate goes on in the other case; on both databases.</summary>
public sealed class EndingTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_duplicate_names_the_other_case_and_what_was_said_and_what_still_comes_is_there(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        await desk.Post(MailDesk.Mail("Amara <amara@customer.example>", "The tap drips", "It drips all night.", "one@customer.example"));
        await desk.Post(MailDesk.Mail("Amara <amara@customer.example>", "Once more about the tap", "Is anybody there?", "two@customer.example"));
        await desk.ReadAll();
        var (main, twice) = (await desk.Value<long>("select number from cases where subject = 'The tap drips'"), await desk.Value<long>("select number from cases where subject = 'Once more about the tap'"));
        var stranger = await desk.Complain("Nora Sand", "Another tap", "It drips, too.", jo);
        await desk.Cases.Change(twice, @case => @case.Assign(jo, jo, desk.Clock.Now));

        var page = $"/cases/{twice}/ending";
        Assert.Equal(3, (await browser.Open(page)).QuerySelectorAll("main ul.stack a").Length);
        var shown = await browser.Open(page + "?as=duplicate");
        Assert.Equal(["", $"{main}"], shown.QuerySelectorAll("#Into option").Select(option => option.GetAttribute("value")));
        var draft = shown.QuerySelector("[name='Tell.Letter']")!.TextContent.Trim();
        Assert.Contains("more than once", draft);
        async Task<string> Refused(params (string Field, string Value)[] fields)
        {
            var answer = await browser.Send(page + "?as=duplicate", page, new Dictionary<string, string> { ["As"] = "duplicate", ["Why"] = "The same tap.", ["Tell.How"] = "letter", ["Tell.Letter"] = draft }.Concat(fields.Select(field => KeyValuePair.Create(field.Field, field.Value))).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value));
            return answer.StatusCode == HttpStatusCode.SeeOther ? "done" : (await answer.Tree()).Words("#errors li");
        }

        Assert.StartsWith("Name the other case", await Refused());
        Assert.StartsWith("Name the other case", await Refused(("Into", $"{twice}")));
        Assert.Equal("There is no case 4711.", await Refused(("Into", "4711")));
        Assert.StartsWith($"Case {stranger} is Nora Sand’s.", await Refused(("Into", $"{stranger}")));
        Assert.StartsWith("Say how they were told, or why not", await Refused(("Into", $"{main}"), ("Tell.How", "other")));
        Assert.StartsWith("Write the letter first", await Refused(("Into", $"{main}"), ("Tell.Letter", " ")));
        Assert.True((await desk.Cases.Find(twice))!.IsOpen);
        Assert.Equal("done", await Refused(("Into", $"{main}")));
        var back = await browser.Send($"/cases/{main}/ending?as=duplicate", $"/cases/{main}/ending", new() { ["As"] = "duplicate", ["Why"] = "x", ["Into"] = $"{twice}", ["Tell.How"] = "other", ["Tell.Words"] = "by phone" });
        Assert.StartsWith($"Case {twice} itself goes on in case {main}", (await back.Tree()).Words("#errors li"));

        // both ways
        Assert.Contains("It drips all night.", (await browser.Open($"/cases/{main}")).Words(".timeline"));
        var timeline = (await browser.Open($"/cases/{main}")).QuerySelector(".timeline")!;
        Assert.Contains("Is anybody there?", timeline.TextContent);
        Assert.Equal($"/cases/{twice}", timeline.QuerySelector(".meta a.link")!.GetAttribute("href"));
        Assert.Contains($"joined case {twice} with this one", timeline.TextContent);
        Assert.Contains($"It goes on in case {main}", (await browser.Open($"/cases/{twice}")).Words("section.conv"));
        var json = await (await desk.AsProgram("shop", Scopes.CasesRead)).Get($"/api/v1/cases/{main}");
        Assert.Equal(twice, Assert.Single(json.GetProperty("duplicates").EnumerateArray()).GetInt64());
        Assert.Equal(main, (await (await desk.AsProgram("other", Scopes.CasesRead)).Get($"/api/v1/cases/{twice}")).GetProperty("goes_on_in").GetInt64());

        // what still comes: an answer to the letter that told them, and the customer's own page
        var told = (await desk.Outgoing())[^1];
        await desk.Post(MailDesk.Mail("Amara <amara@customer.example>", "Re: Once more about the tap", "It drips still.", "three@customer.example", $"In-Reply-To: {MailDesk.Header(told, "Message-ID")}\r\n"));
        await desk.ReadAll();
        Assert.Equal(main, await desk.Value<long>("select case_number from messages where text like 'It drips still.%'"));
        Assert.False((await desk.Cases.Find(twice))!.IsOpen);
        var link = CustomerLinks.PathOf(await desk.Database.Write(unit => CustomerLinks.Issue(unit, twice, desk.Clock.Now)));
        var customer = new CustomerPages.Browser(desk.Address);
        await customer.Open(link);
        await customer.Submit(null);
        await customer.Open("/c/more");
        await customer.Submit("/c/more", ("words", "And louder now."));
        Assert.Equal(main, await desk.Value<long>("select case_number from messages where text = 'And louder now.'"));

        // opened again it stands by itself
        await desk.Cases.Change(twice, @case => @case.Reopen("It was another tap after all.", jo, new Company().Calendar(), desk.Clock.Now));
        Assert.DoesNotContain("Is anybody there?", (await browser.Open($"/cases/{main}")).Words(".timeline"));
        Assert.Null((await desk.Cases.Find(twice))!.GoesOnIn);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Programs_tell_the_customer_too_and_chance_draws_what_they_close(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        using var shop = await desk.ActingFor(jo, "Shop", Scopes.RecoveryWrite);
        long number;
        do
            number = await desk.Complain("Amara Okafor", "The tap drips", "It drips.", jo);
        while (!SecondLook.IsDrawn(SecondLook.ChanceOf($"case:{number}:0")));
        var at = $"/api/v1/cases/{number}/closing";
        Assert.Contains("Say how the customer is told", await (await shop.Json(at, """{"reason":"out_of_scope","why":"The water works."}""", "a")).Content.ReadAsStringAsync());
        Assert.Contains("goes_on_in", await (await shop.Json(at, """{"reason":"duplicate","why":"As before.","customer":{"told":"by phone"}}""", "b")).Content.ReadAsStringAsync());
        Assert.Contains("Finish it", await (await shop.Json(at, """{"reason":"out_of_scope","why":"The water works.","customer":{"letter":"Please ask …"}}""", "c")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Created, (await shop.Json(at, """{"reason":"out_of_scope","why":"The water works.","customer":{"letter":"Please ask the water works, 0113 496 0100."}}""", "d")).StatusCode);
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal((CloseReason.OutOfScope, true), (state.CloseReason, state.SecondLook is not null)); // as on the page
        Assert.Contains("Please ask the water works", (await desk.Outgoing())[^1]);
    }
}
