using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.Today;

/// <summary>The page to begin the day with, on both databases.</summary>
public sealed class TodayTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Each_case_is_there_once_under_what_presses_most_and_a_hard_one_can_be_taken(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var lea = await desk.AddPerson("Lea", Role.Lead);
        var browser = await desk.SignIn(jo);
        Assert.Contains("Nothing is due today", (await browser.Open("/today")).Words("main"));

        var calendar = new Company().Calendar();
        async Task<long> Complaint(string about, double hours, Actor? owner, Action<Case>? also = null)
        {
            var number = await desk.Complain("Amara Okafor", about, "It leaks.", owner);
            await desk.Cases.Change(number, @case =>
            {
                @case.Speak(900 + number, Channel.Phone, jo, desk.Clock.Now);
                @case.KeepPromise("the news", desk.Clock.Now.AddHours(hours), jo, calendar, desk.Clock.Now);
                also?.Invoke(@case);
                @case.Assign(owner, lea, desk.Clock.Now);
            });
            return number;
        }

        await Complaint("broken", 1, jo);
        await Complaint("danger", 50, jo, @case => @case.CheckSafety(true, jo, desk.Clock.Now));
        await Complaint("wrote", 40, jo, @case => @case.Hear(5, Channel.Phone, Actor.Customer(@case.State.CustomerId, "Amara"), calendar, desk.Clock.Now));
        await Complaint("due", 4, jo);
        await Complaint("fix", 40, jo, @case => @case.PlanFix(desk.Clock.Now.AddHours(5), jo, desk.Clock.Now));
        await Complaint("later", 40, jo);
        await Complaint("rests", 30, jo, @case => @case.Snooze(desk.Clock.Now.AddHours(20), null, jo, desk.Clock.Now));
        await Complaint("of somebody else", 4, lea);
        var hard = await Complaint("serious, nobody's", 40, null, @case => @case.SetSeverity(Severity.High, jo, desk.Clock.Now));
        desk.Clock.Now = desk.Clock.Now.AddHours(2);

        var page = await browser.Open("/today");
        Assert.Equal(["stop-sale: danger", "danger: danger", "overdue: broken", "reply: wrote", "promise: due", "fix: fix", "hard: serious, nobody's"],
            page.QuerySelectorAll("section.stack li").Select(item => $"{item.ParentElement!.ParentElement!.GetAttribute("aria-labelledby")}: {item.QuerySelector("p")!.TextContent.Trim()["Amara Okafor ".Length..]}"));
        Assert.Contains("5 customers wait for you today", page.Words(".lead"));
        Assert.Contains("One case rests until later.", page.Words("main"));

        var later = await desk.Value<long>("select number from cases where subject = 'later'");
        Assert.Equal((await desk.Cases.Find(later))!.NextDuty!.DueAt.ToUnixTimeMilliseconds(), await desk.Value<long>("select duty_due_at from cases where number = @later", new { later }));
        await desk.Database.Write(unit => unit.Run("update cases set duty_due_at = @at where number in (@later, @hard)", new { at = desk.Clock.Now.AddHours(-1).ToUnixTimeMilliseconds(), later, hard }));
        page = await browser.Open("/today");
        Assert.Contains("later", page.Words("section[aria-labelledby=duty]")); // what a rule asks for is due
        Assert.Contains("serious, nobody's", page.Words("section[aria-labelledby=untaken]"));

        Assert.Equal(System.Net.HttpStatusCode.RedirectMethod, (await browser.Send("/today", $"/cases/{hard}/owner", new() { ["owner"] = "me" })).StatusCode);
        Assert.Equal(jo.Id, (await desk.Cases.Find(hard))!.OwnerId);
    }
}
