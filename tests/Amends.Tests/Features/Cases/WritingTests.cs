using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Cases;
using Dapper;

namespace Amends.Tests.Features.Cases;

/// <summary>Replies, notes and drafts over HTTP, on both databases.</summary>
public sealed class WritingTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_reply_waits_ten_seconds_then_goes_once_and_keeps_the_promise(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);

        var sent = await Reply(browser, number, new() { ["text"] = "We look into it.", ["html"] = "<p>We <strong onclick=\"x()\">look</strong> into it.</p><script>x()</script>", ["keeps"] = "1", ["next_what"] = "what we found", ["next_due"] = "2026-03-05T10:00" });
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var page = await browser.Open($"/cases/{number}");
        Assert.Contains("goes out in a few seconds", page.Words(".held"));
        Assert.Contains("It leaves in ten seconds", page.Words("#toast"));
        Assert.Equal(0, await Count(desk, "outbox"));

        await Release(desk);
        Assert.Equal(0, await Count(desk, "outbox"));
        desk.Clock.Now += HeldReplies.Hold;
        await Release(desk);
        await Release(desk);
        Assert.Equal(1, await Count(desk, "outbox"));
        Assert.Equal(0, await Count(desk, "held_replies"));

        var state = (await desk.Cases.Find(number))!;
        Assert.Equal("what we found", state.NextContact!.What);
        Assert.NotNull(state.Promises[0].KeptAt);
        Assert.Equal(CaseStage.Listening, state.Stage);
        var html = await desk.Database.Read(connection => connection.QuerySingleAsync<string>("select html from messages where direction = 2"));
        Assert.Contains("<strong>look</strong>", html);
        Assert.DoesNotContain("script", html);
        Assert.DoesNotContain("onclick", html);
        page = await browser.Open($"/cases/{number}");
        Assert.Contains("We look into it.", page.Words(".msg.sent"));
        Assert.Null(page.QuerySelector(".held"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_reply_that_is_taken_back_was_never_said_and_is_a_draft_again(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await Reply(browser, number, new() { ["text"] = "Too quick.", ["keeps"] = "1", ["next_what"] = "what we found", ["next_due"] = "2026-03-05T10:00" });

        var undo = (await browser.Open($"/cases/{number}")).QuerySelector(".held form")!.GetAttribute("action")!;
        await browser.Send($"/cases/{number}", undo);
        desk.Clock.Now += HeldReplies.Hold * 2;
        await Release(desk);
        Assert.Equal(0, await Count(desk, "outbox"));
        Assert.Null((await desk.Cases.Find(number))!.LastContactAt);
        var page = await browser.Open($"/cases/{number}");
        Assert.Equal("Too quick.", page.Words("textarea[name=text]"));
        Assert.Equal("what we found", page.QuerySelector("[name=next_what]")!.GetAttribute("value"));
        Assert.Equal("2026-03-05T10:00", page.QuerySelector("[name=next_due]")!.GetAttribute("value"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_reply_must_say_when_the_customer_hears_again_and_nothing_written_is_lost(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);

        Assert.Equal("2026-03-04T14:00", (await browser.Open($"/cases/{number}")).QuerySelector("[name=next_due]")!.GetAttribute("value"));
        foreach (var (what, due, problem) in new[] { ("", "2026-03-05T10:00", "Say what the customer hears next"), ("news", "2020-01-01T10:00", "A promise is kept in the future"), ("news", "", "Give a date") })
        {
            var refused = await Reply(browser, number, new() { ["text"] = "My long words.", ["keeps"] = "1", ["next_what"] = what, ["next_due"] = due });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var page = await refused.Tree();
            Assert.Contains(problem, page.Words("#errors"));
            Assert.Equal("My long words.", page.Words("textarea[name=text]"));
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await Reply(browser, number, new() { ["text"] = "Without a promise." })).StatusCode);
        desk.Clock.Now += HeldReplies.Hold;
        await Release(desk);
        Assert.Null((await desk.Cases.Find(number))!.Promises[0].KeptAt);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Who_replies_hears_first_that_the_customer_wrote_meanwhile(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        var seen = (await browser.Open($"/cases/{number}")).QuerySelector("[name=seen]")!.GetAttribute("value")!;
        await desk.Write(number, "I found the receipt!");
        desk.Clock.Now = desk.Clock.Now.AddMinutes(2);

        var conflict = await Reply(browser, number, new() { ["text"] = "Where is the receipt?", ["seen"] = seen });
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        var page = await conflict.Tree();
        Assert.Contains("Amara wrote 2 min ago", page.Words(".conflict"));
        Assert.Contains("I found the receipt!", page.Words(".conflict"));
        Assert.Equal("Where is the receipt?", page.Words("textarea[name=text]"));
        Assert.Equal(0, await Count(desk, "held_replies"));

        Assert.Equal(HttpStatusCode.SeeOther, (await Reply(browser, number, new() { ["text"] = "Where is the receipt?", ["seen"] = seen, ["anyway"] = "1" })).StatusCode);
        Assert.Equal(1, await Count(desk, "held_replies"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_reply_to_a_case_that_was_closed_meanwhile_comes_back_to_its_writer(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await Reply(browser, number, new() { ["text"] = "One more thing." });
        await desk.Cases.Change(number, @case => @case.Withdraw(CloseReason.Withdrawn, "She took it back", Told.Without("They said so themselves."), jo, desk.Clock.Now));

        desk.Clock.Now += HeldReplies.Hold;
        await Release(desk);
        Assert.Equal(0, await Count(desk, "outbox"));
        Assert.Equal(1, await Count(desk, "notices"));
        Assert.Equal("One more thing.", (await browser.Open($"/cases/{number}")).Words("textarea[name=text]"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_note_is_for_the_team_alone_and_may_carry_a_file(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await browser.FormToken($"/cases/{number}")), "__RequestVerificationToken" },
            { new StringContent("note"), "kind" },
            { new StringContent("@Lea the depot has one."), "text" },
            { new ByteArrayContent("<svg onload=alert(1)>"u8.ToArray()), "files", "../../evil.svg" },
        };
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync($"/cases/{number}/messages", form)).StatusCode);

        var page = await browser.Open($"/cases/{number}");
        Assert.Contains("note, your team only", page.Words(".note .meta"));
        Assert.Equal("@Lea", page.Words(".note .mention"));
        Assert.Null((await desk.Cases.Find(number))!.LastContactAt);
        Assert.Equal(0, await Count(desk, "outbox"));
        var file = await browser.GetAsync(page.QuerySelector(".note .att a")!.GetAttribute("href"));
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("evil.svg", file.Content.Headers.ContentDisposition.FileName);
        Assert.Equal("application/octet-stream", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("sandbox", file.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_draft_is_there_again_and_the_newer_one_of_another_device_is_offered(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var (desktop, phone) = (await desk.SignIn(jo), await desk.SignIn(jo));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);

        await Draft(phone, "From the train");
        desk.Clock.Now = desk.Clock.Now.AddMinutes(3);
        await Draft(desktop, "Dear Amara");
        var page = await desktop.Open($"/cases/{number}");
        Assert.Equal("Dear Amara", page.Words("textarea[name=text]"));
        Assert.Contains("From the train", page.Words(".conflict"));
        Assert.Equal("Draft: Dear Amara", (await desktop.Open("/inbox/mine")).Words(".row .snip.draft"));

        await desktop.Send($"/cases/{number}", $"/cases/{number}/draft/other");
        page = await desktop.Open($"/cases/{number}");
        Assert.Equal("From the train", page.Words("textarea[name=text]"));
        Assert.Contains("Dear Amara", page.Words(".conflict"));
        await Draft(desktop, "");
        Assert.Equal("", (await desktop.Open($"/cases/{number}")).Words("textarea[name=text]"));

        async Task Draft(HttpClient browser, string text) =>
            Assert.Equal(HttpStatusCode.NoContent, (await browser.Send($"/cases/{number}", $"/cases/{number}/draft", new() { ["kind"] = "reply", ["text"] = text })).StatusCode);
    }

    internal static async Task<HttpResponseMessage> Reply(HttpClient browser, long number, Dictionary<string, string> fields)
    {
        var all = new Dictionary<string, string>(fields) { ["kind"] = "reply" };
        all.TryAdd("seen", "999999999");
        return await browser.Send($"/cases/{number}", $"/cases/{number}/messages", all);
    }

    internal static Task Release(Desk desk) => desk.Get<ReleaseReplies>().RunOnce(default);

    internal static Task<long> Count(Desk desk, string table) => desk.Database.Read(connection => connection.ExecuteScalarAsync<long>($"select count(*) from {table}"));
}
