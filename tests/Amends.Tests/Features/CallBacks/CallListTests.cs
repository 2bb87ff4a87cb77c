using System.Net;
using Amends.Data;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Api;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;

namespace Amends.Tests.Features.CallBacks;

/// <summary>What we do with calls that are agreed: the list of the day, attempts, ringing back.</summary>
public sealed class CallListTests
{
    private const string Number = "+44 (0)113 496 0142";

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_booked_call_is_on_the_list_on_the_case_and_in_the_inbox_and_reaching_them_leads_through_the_call_form(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var jo = await desk.SignIn(complaint.Jo);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await jo.Send("/cases/1001/call-back", "/cases/1001/call-back", new() { ["Phone"] = "12", ["Time"] = "2026-03-04T14:30:00Z" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await jo.Send("/cases/1001/call-back", "/cases/1001/call-back", new() { ["Phone"] = Number, ["Time"] = "2026-03-04T14:30:00Z" })).StatusCode);

        Assert.Contains("call 14:30", (await jo.Open("/inbox/team")).Words("#row-1001"));
        Assert.Contains("today at 14:30 to 15:00", (await jo.Open("/cases/1001")).Words("#side"));
        var list = await jo.Open("/calls");
        Assert.Contains("14:30 Amara Okafor", list.Words(".call-list"));
        Assert.NotNull(list.QuerySelector("a[href='tel:+441134960142']"));
        Assert.Contains("Broken machine", list.Words(".call-list"));
        Assert.Empty((await jo.Open("/calls?day=2026-03-05")).QuerySelectorAll(".call-list li"));

        desk.Clock.Now = desk.Clock.Now.AddHours(4.5);
        await desk.RunDue();
        Assert.Equal(1, await desk.Value<long>("select count(*) from notices where person_id = @Id and text like 'It is time to call Amara Okafor on%'", new { complaint.Jo.Id }));
        Assert.NotNull((await jo.Open("/calls")).QuerySelector("a[href='/cases/1001/call?back=1']"));
        await jo.Send("/cases/1001/call?back=1", "/cases/1001/calls", new() { ["Who"] = "us", ["Words"] = "“Thank you for calling.”", ["Next"] = "the options", ["NextAt"] = "2026-03-05T12:00" });
        var state = await complaint.State();
        Assert.Equal((CallEnd.Reached, "the options"), (state.CallBacks[0].End, state.NextContact!.What));
        Assert.True(state.Promises.Single(promise => promise.Call == 1) is { KeptAt: not null, MissedAt: null });
        Assert.Empty((await jo.Open("/calls")).QuerySelectorAll(".call-list li"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task After_no_answer_the_next_attempt_is_planned_and_the_customer_hears_that_we_tried(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var jo = await desk.SignIn(complaint.Jo);
        await jo.Send("/cases/1001/call-back", "/cases/1001/call-back", new() { ["Phone"] = Number, ["Time"] = "2026-03-04T14:30:00Z" });
        await desk.RunDue();
        desk.Clock.Now = desk.Clock.Now.AddHours(4.6);
        Assert.Equal("/calls", (await jo.Send("/cases/1001/call-back", "/cases/1001/call-back/attempt", new() { ["Outcome"] = "no_answer", ["Board"] = "yes" })).Headers.Location!.ToString());
        await desk.RunDue();
        await desk.RunDue();

        var call = (await complaint.State()).CallBack!;
        Assert.Equal((1, new DateTimeOffset(2026, 3, 5, 9, 0, 0, TimeSpan.Zero)), (call.Attempts, call.From));
        var (text, file) = await BookedCallTests.LastMail(desk);
        Assert.Contains("Subject: We tried to call you [1001]", text);
        Assert.Contains("We try again on Thursday 5 March, 09:00", text.Replace("=\r\n", ""));
        Assert.Contains("DTSTART:20260305T090000Z", file);
        Assert.Equal(2, await desk.Value<long>("select count(*) from outbox")); // the confirmation, and this
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_call_that_nobody_made_counts_as_a_missed_promise_and_stands_first_on_the_list(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (late, next) = (await Complaint.Open(desk), await Complaint.Open(desk, "Ben Ito", "Jo"));
        var company = await desk.Get<StoredSettings>().Company();
        await Book(desk, company, late, "2026-03-04T14:30:00Z");
        await Book(desk, company, next, "2026-03-04T11:00:00Z");
        desk.Clock.Now = desk.Clock.Now.AddHours(1.1);
        using var jo = await desk.SignIn(next.Jo);
        await jo.Send("/cases/1002/call-back", "/cases/1002/call-back/attempt", new() { ["Outcome"] = "no_answer" });
        desk.Clock.Now = desk.Clock.Now.AddHours(5);
        await desk.RunDue();

        Assert.True((await late.State()) is { CallBack.MissedAt: not null, NextContact: { MissedAt: not null, Call: 1 }, Escalation: 1 });
        Assert.Equal(1, await desk.Value<long>("select missed from cases where number = 1001"));
        var first = (await jo.Open("/calls")).QuerySelector(".call-list li")!;
        Assert.Contains("Amara Okafor", first.TextContent);
        Assert.Contains("Missed today at 14:30: call now", first.TextContent);
        using var browser = await late.Browse();
        await browser.Open("/c");
        Assert.Contains("We said that we would call you today at 14:30, and we did not. We are sorry.", browser.Text);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Somebody_who_rang_in_vain_is_on_the_list_to_be_rung_back(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var jo = await desk.SignIn(complaint.Jo);
        var refused = await jo.Send("/cases/1001/they-rang", "/cases/1001/they-rang", new() { ["Phone"] = Number, ["RangAt"] = "2026-03-04T12:00" });
        Assert.Contains("They cannot have rung later than now.", await refused.Content.ReadAsStringAsync());
        await jo.Send("/cases/1001/they-rang", "/cases/1001/they-rang", new() { ["Phone"] = Number, ["RangAt"] = "2026-03-04T09:30" });
        await desk.RunDue();

        var call = (await complaint.State()).CallBack!;
        Assert.Equal((CallReason.TheyRang, new DateTimeOffset(2026, 3, 4, 13, 30, 0, TimeSpan.Zero)), (call.Reason, call.To)); // four open hours from half past nine
        Assert.Contains("They rang us; by 13:30", (await jo.Open("/calls")).Words(".call-list"));
        Assert.Equal(2, await desk.Value<long>("select count(*) from notices where person_id = @Id", new { complaint.Jo.Id }));
        Assert.Equal(0, await desk.Value<long>("select count(*) from outbox"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Programs_read_the_free_times_book_a_call_and_call_it_off(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Complain("Amara Okafor", "Kettle", "It leaks.");
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead, Scopes.CasesWrite);
        var free = await shop.Get("/api/v1/calls/free");
        var from = free.GetProperty("items")[0].GetProperty("from").GetString();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shop.Json("/api/v1/cases/1001/call", $$"""{"phone":"{{Number}}","from":"2026-03-04T11:10:00Z"}""", "a")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.Json("/api/v1/cases/1001/call", "{}", "b")).StatusCode);
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.Created, (await shop.Json("/api/v1/cases/1001/call", $$"""{"phone":"{{Number}}","from":"{{from}}","time_zone":"Europe/Paris"}""", "c")).StatusCode);
        Assert.Equal(1001, (await shop.Get("/api/v1/calls")).GetProperty("items")[0].GetProperty("case").GetInt64());
        Assert.Equal("booked", (await shop.Get("/api/v1/cases/1001")).GetProperty("call").GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.Created, (await shop.Json("/api/v1/cases/1001/call/off", """{"why":"not needed"}""", "d")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shop.Json("/api/v1/cases/1001/call/off", "{}", "e")).StatusCode);
        Assert.Equal(0, (await shop.Get("/api/v1/calls")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task An_owner_sets_how_long_a_call_takes_how_many_there_are_at_once_and_whether_customers_book()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        using var ona = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        Assert.Contains("in steps of five", await (await ona.Send("/settings/calls", "/settings/calls", new() { ["On"] = "yes", ["Minutes"] = "12", ["AtOnce"] = "1" })).Content.ReadAsStringAsync());
        await ona.Send("/settings/calls", "/settings/calls", new() { ["On"] = "yes", ["Minutes"] = "45", ["AtOnce"] = "2" });
        using var browser = await complaint.Browse();
        await browser.Open("/c/call");
        Assert.Equal(["2026-03-04T11:15:00Z", "2026-03-04T12:00:00Z"], browser.Page.QuerySelectorAll("input[name=time]").Take(2).Select(input => input.GetAttribute("value")));
        await ona.Send("/settings/calls", "/settings/calls", new() { ["Minutes"] = "45", ["AtOnce"] = "2" });
        await browser.Open("/c/call");
        Assert.NotNull(browser.Page.QuerySelector("form[action='/c/call/ask']"));
    }

    private static Task Book(Desk desk, Company company, Complaint complaint, string from) => desk.Cases.Change(complaint.Number, @case =>
    {
        var time = DateTimeOffset.Parse(from);
        @case.BookCall(Number, new CallTime(time, time.AddMinutes(30)), null, company.Calls.Rules(), complaint.Customer, company.Calendar(), desk.Clock.Now);
    });
}
