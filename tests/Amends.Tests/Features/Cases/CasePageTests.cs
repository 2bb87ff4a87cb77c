using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Tests.Features.Cases;

/// <summary>The page of a case over HTTP, on both databases.</summary>
public sealed class CasePageTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_case_shows_what_was_said_what_happened_and_what_comes_next(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks <script>alert(1)</script>.\n\nSee https://example.org/kettle.", jo);

        var page = await browser.Open($"/cases/{number}");
        Assert.Equal("The kettle leaks", page.Words("h1"));
        Assert.Contains("It leaks <script>alert(1)</script>.", page.Words(".msg .body"));
        Assert.Empty(page.QuerySelectorAll(".timeline script"));
        Assert.Equal("https://example.org/kettle", page.QuerySelector(".msg .body a")!.GetAttribute("href"));
        Assert.Contains("Reached us by mail as a complaint", page.Words(".timeline"));
        Assert.Contains("Promised for today at 14:00", page.Words(".timeline"));
        Assert.Equal("Write what you understood C", page.Words(".case-head [data-command=confirm]"));
        Assert.Equal($"/cases/{number}/summary/new", page.QuerySelector(".case-head [data-command=confirm]")!.GetAttribute("href"));
        Assert.Equal("now", page.QuerySelector(".steps li")!.ClassName);
        Assert.Equal("Amara Okafor", page.Words(".cust h2"));
        Assert.Null(page.QuerySelector(".list"));

        var beside = await browser.Open($"/cases/{number}?in=mine");
        Assert.Equal("true", beside.QuerySelector($".list #row-{number}")!.GetAttribute("aria-current"));
        Assert.Equal("page", beside.QuerySelector("nav.nav li a[href='/inbox/mine']")!.GetAttribute("aria-current"));

        var part = await (await browser.Part($"/cases/{number}?in=mine")).Tree();
        Assert.Null(part.QuerySelector("nav.nav"));
        Assert.NotNull(part.QuerySelector(".case-head"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/cases/999999")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_long_case_shows_the_newest_thirty_messages_and_the_rest_on_demand(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "Word 0.", jo);
        for (var i = 1; i <= 40; i++)
        {
            desk.Clock.Now = desk.Clock.Now.AddMinutes(1);
            await desk.Write(number, $"Word {i}.");
        }

        var page = await browser.Open($"/cases/{number}");
        var shown = page.QuerySelectorAll(".timeline .msg .body").Select(body => body.TextContent.Trim()).ToList();
        Assert.Equal(30, shown.Count);
        Assert.Equal("Word 11.", shown[0]);
        Assert.Equal("Word 40.", shown[^1]);
        var older = await (await browser.Part(page.QuerySelector(".older a")!.GetAttribute("href")!)).Tree();
        Assert.Equal([.. Enumerable.Range(0, 11).Select(i => $"Word {i}.")], older.QuerySelectorAll(".msg .body").Select(body => body.TextContent.Trim()));
        Assert.Null(older.QuerySelector(".older"));
        Assert.Contains("Older messages", (await browser.Open(page.QuerySelector(".older a")!.GetAttribute("href")!)).Words("h1"));
    }

    [Fact]
    public async Task A_letter_that_the_program_writes_shows_its_beginning_and_the_rest_on_demand()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        var rest = string.Concat(Enumerable.Repeat("You hear from us soon. ", 20)).Trim();
        foreach (var automatic in new[] { true, false })
        {
            await desk.Database.Write(unit => Conversation.Add(unit, number,
                new NewMessage(Direction.Out, Channel.Mail, "Jo", $"Hello Amara,\n\nIt has reached us.\n\n{rest}", desk.Clock.Now) { Automatic = automatic }));
        }

        var letters = (await browser.Open($"/cases/{number}")).QuerySelectorAll(".msg.sent");
        Assert.Equal("Hello Amara, It has reached us. The whole letter", $"{letters[0].Words(".body p")} {letters[0].Words(".body p + p")} {letters[0].Words(".whole")}");
        Assert.DoesNotContain("soon", letters[0].TextContent);
        Assert.Contains("soon", letters[1].Words(".body p:last-child"));
        Assert.Null(letters[1].QuerySelector(".whole"));

        var more = letters[0].QuerySelector(".whole a")!;
        Assert.Equal(rest, (await (await browser.Part(more.GetAttribute("hx-get")!)).Tree()).Words(".body"));
        Assert.Equal(["Hello Amara,", "It has reached us.", rest], (await browser.Open(more.GetAttribute("href")!)).QuerySelectorAll(".prose p").Select(words => words.TextContent));
        Assert.Equal(HttpStatusCode.OK, (await browser.Part($"{more.GetAttribute("href")}?from=4000000000")).StatusCode);
    }

    [Fact]
    public async Task A_piece_of_a_page_leaves_the_form_tokens_to_the_page()
    {
        await using var desk = await Desk.Start();
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");
        Assert.All((await browser.Open($"/cases/{number}")).QuerySelectorAll("form[method=post]"), form => Assert.NotNull(form.QuerySelector("[name=__RequestVerificationToken]")));
        Assert.DoesNotContain("__RequestVerificationToken", await (await browser.Part($"/cases/{number}")).Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Each_action_is_a_form_that_leads_back_to_the_case(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var lea = await desk.AddPerson("Lea", Role.Lead);
        var reader = await desk.AddPerson("Rita", Role.Reader);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "How long is it?", "How long?");

        Assert.Equal(HttpStatusCode.SeeOther, (await Post("owner", new() { ["owner"] = "me", ["in"] = "mine" })).StatusCode);
        Assert.Equal(jo.Id, (await State()).OwnerId);
        Assert.Equal($"/cases/{number}?in=mine", (await Post("owner", new() { ["owner"] = $"{lea.Id}", ["in"] = "mine" })).Headers.Location!.ToString());
        Assert.Equal(lea.Id, (await State()).OwnerId);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post("owner", new() { ["owner"] = $"{reader.Id}" })).StatusCode);
        await Post("severity", new() { ["severity"] = "high" });
        Assert.Equal(Severity.High, (await State()).Severity);
        await Post("safety", new() { ["at_risk"] = "no" });
        Assert.False((await State()).AtRisk);

        var refused = await Post("closure", new() { ["reason"] = "answered" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("A complaint is closed by the customer's own answer", (await refused.Tree()).Words("#errors"));
        await Post("kind", new() { ["kind"] = "question" });
        Assert.Equal(CaseKind.Question, (await State()).Kind);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post("closure", new() { ["reason"] = "withdrawn" })).StatusCode);
        await Post("ending", new() { ["As"] = "withdrawn", ["Why"] = "She measured it herself", ["Tell.How"] = "other", ["Tell.Words"] = "She said so herself." });
        Assert.Equal(CloseReason.Withdrawn, (await State()).CloseReason);
        await Post("reopening", new() { ["why"] = "It is another model" });
        Assert.True((await State()).IsOpen);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync($"/cases/{number}/owner", new FormUrlEncodedContent([]))).StatusCode); // without the form's token

        async Task<HttpResponseMessage> Post(string action, Dictionary<string, string> fields) => await browser.Send($"/cases/{number}/actions", $"/cases/{number}/{action}", fields);
        async Task<CaseState> State() => (await desk.Cases.Find(number))!;
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Somebody_who_only_reads_sees_everything_and_can_change_nothing(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Rita", Role.Reader));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");

        var page = await browser.Open($"/cases/{number}");
        Assert.Empty(page.QuerySelectorAll(".composer, .case-head form, .side form"));
        Assert.Contains("It leaks.", page.Words(".timeline"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"/cases/{number}/actions")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Whoever_looks_at_a_case_is_seen_by_the_others_for_a_while(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Agent));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");

        Assert.Contains("unread", (await jo.Open("/inbox/team")).QuerySelector(".row")!.ClassName);
        Assert.Equal(HttpStatusCode.NoContent, (await jo.Send($"/cases/{number}", $"/cases/{number}/presence", new() { ["state"] = "viewing" })).StatusCode);
        Assert.DoesNotContain("unread", (await jo.Open("/inbox/team")).QuerySelector(".row")!.ClassName);
        Assert.Contains("unread", (await lea.Open("/inbox/team")).QuerySelector(".row")!.ClassName);
        Assert.Contains("Jo is viewing", (await lea.Open($"/cases/{number}")).Words(".viewing"));
        Assert.Equal("", (await jo.Open($"/cases/{number}")).Words(".viewing"));

        await jo.Send($"/cases/{number}", $"/cases/{number}/presence", new() { ["state"] = "writing" });
        Assert.Contains("Jo is writing", (await (await lea.Part($"/cases/{number}/presence")).Tree()).Words(".writing"));
        desk.Clock.Now = desk.Clock.Now.AddSeconds(31);
        Assert.Equal("", (await lea.Open($"/cases/{number}")).Words(".viewing"));

        await jo.Send($"/cases/{number}/actions", $"/cases/{number}/unread");
        Assert.Contains("unread", (await jo.Open("/inbox/team")).QuerySelector(".row")!.ClassName);
    }
}
