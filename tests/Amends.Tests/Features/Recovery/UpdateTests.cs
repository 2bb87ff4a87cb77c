using System.Net;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.Recovery;

/// <summary>"No news yet, and here is what I am doing", on both databases.</summary>
public sealed class UpdateTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task An_update_is_drafted_from_the_case_goes_to_the_customer_and_keeps_the_promise(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");
        desk.Clock.Now = desk.Clock.Now.AddHours(1);
        await browser.Send($"/cases/{number}/summary/new", $"/cases/{number}/summaries", new() { ["Outcome"] = "A new one", ["AtRisk"] = "no", ["Happened"] = "It leaks", ["Matters"] = "Tea", ["Promised"] = "Options", ["Then"] = "save" });

        var page = await browser.Open($"/cases/{number}/update");
        Assert.Contains("We wrote down what we understood, to be sure that we did.", page.QuerySelector("#Did")!.TextContent);
        Assert.Contains("you choose", page.QuerySelector("#Next")!.TextContent);
        Assert.Null(page.QuerySelector("#WhyMissed"));

        async Task<HttpResponseMessage> Send(string did, string next, double days, string? why = null) => await browser.Send($"/cases/{number}/update", $"/cases/{number}/updates", new()
        {
            ["Did"] = did, ["Next"] = next, ["NoNews"] = "on", ["Promise"] = "what the depot says", ["DueAt"] = Local(desk, days), ["WhyMissed"] = why ?? "",
        });
        Assert.Contains("Tell at least one step", await (await Send("", " ", 1)).Content.ReadAsStringAsync());
        Assert.Contains("longer than 7 days without a word", await (await Send("x", "", 8)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await Send("We called the depot.\r\n- They look for it.", "We call again.", 1)).StatusCode);

        var letter = await Newest(desk, number);
        Assert.Contains("There is no news yet.", letter);
        Assert.Contains("- We called the depot.\n- They look for it.", letter);
        Assert.Contains("What we do next:\n- We call again.", letter);
        Assert.Contains("what the depot says.", letter);
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal((desk.Clock.Now, desk.Clock.Now.AddDays(1)), (state.LastContactAt, state.NextContact!.DueAt));

        desk.Clock.Now = desk.Clock.Now.AddDays(1.5);
        await desk.RunDue(); // the promise is missed
        browser = await desk.SignIn(jo);
        Assert.NotNull((await browser.Open($"/cases/{number}/update")).QuerySelector("#WhyMissed"));
        Assert.Contains("Say why the promise was missed.", await (await Send("x", "", 1)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await Send("We drove there.", "", 1, "The depot was closed.")).StatusCode);
        Assert.Contains("and you did not. I am sorry. The reason: The depot was closed.", await Newest(desk, number));
        Assert.Contains("Told them why it was missed: the depot was closed", (await browser.Open($"/cases/{number}")).Words("main"));
    }

    private static async Task<string> Newest(Desk desk, long number) =>
        (await desk.Value<string>("select text from messages where case_number = @number and direction = 2 order by id desc limit 1", new { number }))!;

    private static string Local(Desk desk, double days) => desk.Clock.Now.AddDays(days).ToString("yyyy-MM-dd'T'HH:mm");
}
