using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.SecondLooks;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.SecondLooks;

/// <summary>A share of what was answered plainly comes before a lead, at least one a week.</summary>
public sealed class SecondLookTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_lead_sees_what_was_drawn_and_one_press_makes_it_a_complaint(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lena) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lena", Role.Lead));
        var (hidden, plain) = (await Answer(desk, jo, "Where is the manual?", 0), await Answer(desk, jo, "Which bulb?", 0));
        await Answer(desk, jo, "Which colour?", 0.5);
        var (agent, lead) = (await desk.SignIn(jo), await desk.SignIn(lena));

        var list = await lead.Open("/inbox/second-look");
        Assert.Equal([$"row-{plain}", $"row-{hidden}"], list.QuerySelectorAll(".row").Select(row => row.Id));
        Assert.Equal("2", list.Words("[data-count=second-look]"));
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync("/inbox/second-look")).StatusCode);
        Assert.Null((await agent.Open("/inbox/mine")).QuerySelector("[data-count=second-look]"));

        var page = await lead.Open($"/cases/{hidden}?in=second-look");
        var press = page.QuerySelector("[data-command=kind]")!;
        Assert.Equal(("complaint", "yes", "V"), (press.GetAttribute("name"), press.GetAttribute("value"), press.GetAttribute("aria-keyshortcuts")));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Send($"/cases/{hidden}/actions", $"/cases/{hidden}/second-look", new() { ["complaint"] = "yes" })).StatusCode);
        await lead.Send($"/cases/{hidden}", $"/cases/{hidden}/second-look", new() { ["complaint"] = "yes" });
        await lead.Send($"/cases/{plain}", $"/cases/{plain}/second-look", new() { ["complaint"] = "no" });

        Assert.Equal((CaseKind.Complaint, CaseStage.Listening), await Of(desk, hidden));
        Assert.Equal((CaseKind.Question, CaseStage.Closed), await Of(desk, plain));
        Assert.Equal([0L, 2, 2], await desk.Rows<long>("select second_look from cases order by second_look"));
        Assert.Contains("No answered case waits", (await lead.Open("/inbox/second-look")).Words(".empty"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_week_without_one_gives_one_after_all_and_never_two(string kind)
    {
        await using var desk = await Desk.Start(kind); // a Wednesday
        var jo = await desk.AddPerson("Jo", Role.Agent);
        for (var i = 0; i < 3; i++)
            await Answer(desk, jo, $"Which bulb, {i}?", 0.5);
        var loop = desk.Get<DrawWeekly>();
        await loop.RunOnce(default);
        Assert.Equal(0, await Drawn(desk)); // the week is not over

        desk.Clock.Now = desk.Clock.Now.AddDays(5);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => loop.RunOnce(default))));
        await loop.RunOnce(default);
        Assert.Equal(1, await Drawn(desk));

        desk.Clock.Now = desk.Clock.Now.AddDays(7);
        await loop.RunOnce(default);
        Assert.Equal(1, await Drawn(desk)); // nothing was answered in that week
    }

    private static Task<long> Drawn(Desk desk) => desk.Value<long>("select count(*) from cases where second_look = 1")!;

    private static async Task<(CaseKind, CaseStage)> Of(Desk desk, long number) => await desk.Cases.Find(number) is { } state ? (state.Kind, state.Stage) : default;

    private static async Task<long> Answer(Desk desk, Actor jo, string subject, double chance)
    {
        desk.Clock.Now = desk.Clock.Now.AddMinutes(1);
        var number = await desk.Complain("Amara Okafor", subject, subject, jo, CaseKind.Question);
        await desk.Cases.Change(number, async (@case, unit) =>
        {
            @case.Speak(await Conversation.Add(unit, number, new NewMessage(Direction.Out, Channel.Mail, jo.Name, "E14.", desk.Clock.Now)), Channel.Mail, jo, desk.Clock.Now);
            @case.CloseAsAnswered(chance, jo, desk.Clock.Now);
        });
        return number;
    }
}
