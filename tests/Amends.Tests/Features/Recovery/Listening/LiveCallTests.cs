using System.Net;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Listening;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Features.Recovery.Listening;

/// <summary>A whole complaint while the customer is on the phone, in one form, without scripts, on both databases.</summary>
public sealed class LiveCallTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_caller_without_a_case_is_heard_read_back_to_offered_two_ways_and_agreed_with_in_one_form(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        Assert.Null((await jo.Open("/calls/live")).QuerySelector("#ways")); // nothing to solve before the story is there
        var early = await jo.Send("/calls/live", "/calls/live", new() { ["Name"] = "Amara Okafor", ["Then"] = "heard" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        Assert.Contains("Let them finish first", await early.Content.ReadAsStringAsync());

        var told = new Dictionary<string, string> { ["Name"] = "Amara Okafor", ["Email"] = "amara@customer.example", ["Phone"] = "0113 496 0142", ["Who"] = "them", ["Story"] = "“It leaks on the table.”", ["Impact"] = "No tea before work", ["Ask.ANY.begin"] = "On Monday" };
        Assert.Equal(HttpStatusCode.SeeOther, (await jo.Send("/calls/live", "/calls/live", new(told) { ["Then"] = "heard" })).StatusCode);
        var page = await jo.Open("/calls/live");
        Assert.NotNull(page.QuerySelector("#ways"));
        Assert.Equal("“It leaks on the table.”", page.QuerySelector("textarea[name=Story]")!.TextContent);

        var all = new Dictionary<string, string>(told)
        {
            ["Heard"] = "on", ["Then"] = "save", ["Outcome"] = "A dry table", ["AtRisk"] = "no", ["Happened"] = "The kettle leaks", ["Matters"] = "Tea in the morning",
            ["Options[0].Title"] = "A new kettle", ["Options[0].Why"] = "It is what you asked for", ["Options[0].Kind"] = "Replacement", ["Options[0].Amount"] = "30", ["Options[0].Due"] = Local(desk, 48),
            ["Options[1].Title"] = "Money back", ["Options[1].Why"] = "You may buy another", ["Options[1].Kind"] = "Refund", ["Options[1].Amount"] = "30", ["Options[1].Due"] = Local(desk, 24),
            ["Chosen"] = "2", ["ChosenWords"] = "The money, please.", ["CheckBackAt"] = Local(desk, 170), ["CheckBackManner"] = "Phone", ["Minutes"] = "9", ["Theirs"] = "300", ["Ours"] = "100",
        };
        var unheard = await jo.Send("/calls/live", "/calls/live", all);
        Assert.Contains("Read back first what you understood", await unheard.Content.ReadAsStringAsync()); // the guards of the single steps
        Assert.Equal(0, await desk.Value<long>("select count(*) from cases")); // all of it, or nothing
        Assert.Contains("This is above what you may give unaided", await (await jo.Send("/calls/live", "/calls/live", new(all) { ["Confirmed"] = "Yes.", ["Options[1].Amount"] = "9000" })).Content.ReadAsStringAsync());

        var saved = await jo.Send("/calls/live", "/calls/live", new(all) { ["Confirmed"] = "“Yes, exactly.”" });
        Assert.True(saved.StatusCode == HttpStatusCode.SeeOther, await saved.Content.ReadAsStringAsync());
        var state = (await desk.Cases.Find(long.Parse(saved.Headers.Location!.ToString().Split('/')[^1])))!; // refused attempts may have taken numbers
        Assert.Equal((CaseStage.Delivering, "by phone, recorded by Jo", "No tea before work"), (state.Stage, state.Summary!.Via, state.Summary.Impact));
        Assert.Equal(("Money back", CheckBackManner.Phone, "On Monday"), (state.Remedies.Single().What, state.CheckBack!.Manner, state.AnswerTo("ANY.begin")!.Words));
        Assert.Equal((9, TalkBalance.MostlyThem, 0.75), (state.Calls.Single().Minutes!.Value, state.Calls.Single().Balance!.Value, state.Calls.Single().TheirShare!.Value));
        Assert.NotNull(state.AcknowledgedAt);
        Assert.Equal(0, await desk.Value<long>("select count(*) from form_drafts"));
        Assert.Equal("", (await jo.Open("/calls/live")).QuerySelector("textarea[name=Story]")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_call_about_a_case_begins_with_what_is_known_and_ends_with_a_call_that_is_booked()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        using var hanna = await desk.SignIn(complaint.Jo);
        await hanna.Send("/cases/1001/live", "/cases/1001/live", new() { ["Who"] = "us", ["Story"] = "They were out.", ["Then"] = "heard" });
        var page = await hanna.Open("/cases/1001/live");
        Assert.Contains("Two damaged machines", page.QuerySelector("textarea[name=Happened]")!.TextContent);
        var time = page.QuerySelectorAll("#CallAt option").Select(option => option.GetAttribute("value")!).First(value => value.Length > 0);

        var call = new Dictionary<string, string> { ["Who"] = "us", ["Heard"] = "on", ["Then"] = "save", ["Story"] = "They were out.", ["Phone"] = "0113 496 0142", ["CallAt"] = time };
        Assert.Contains("This time was just taken", await (await hanna.Send("/cases/1001/live", "/cases/1001/live", new(call) { ["CallAt"] = "2020-01-01T10:00:00Z" })).Content.ReadAsStringAsync());
        Assert.Contains("Agree with them when", await (await hanna.Send("/cases/1001/live", "/cases/1001/live", new(call) { ["CallAt"] = "" })).Content.ReadAsStringAsync());
        var saved = await hanna.Send("/cases/1001/live", "/cases/1001/live", call);
        Assert.True(saved.StatusCode == HttpStatusCode.SeeOther, await saved.Content.ReadAsStringAsync());
        var state = await complaint.State();
        Assert.Equal(("0113 496 0142", 1, false), (state.CallBack!.Phone, state.Summaries.Count, state.Calls.Single().TheyRang));
    }

    private static string Local(Desk desk, int hours) => desk.Clock.Now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm");
}
