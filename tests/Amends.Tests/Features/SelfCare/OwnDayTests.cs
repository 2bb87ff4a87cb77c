using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Handling;
using Amends.Domain.People;
using Amends.Domain.SelfCare;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.SelfCare;

/// <summary>What stands quietly beside somebody's day, on both databases: off by default, and never beside what is grave.</summary>
public sealed class OwnDayTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Nothing_is_shown_until_it_is_switched_on_then_a_breather_a_mood_the_week_and_a_light_word(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        using var own = await desk.SignIn(jo);
        async Task<string> Today() => (await own.Open("/today")).Words("[aria-labelledby=quiet]");
        for (var i = 0; i < 3; i++)
            await Hard(desk, jo, $"hard {i}");
        await PrivateTests.Closed(desk, jo);
        Assert.Equal("", await Today());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await own.Send("/my", "/my/mood", new() { ["Mood"] = "3" })).StatusCode); // off until switched on
        var wrong = await own.Send("/my", "/my/likes", new() { ["Rest"] = "yes", ["HardInARow"] = "99" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Write a whole number from 2 to 10.", await wrong.Content.ReadAsStringAsync());
        Assert.Equal(0, await desk.Value<long>("select count(*) from private_entries"));

        await own.Send("/my", "/my/likes", new() { ["Rest"] = "yes", ["HardInARow"] = "3", ["Perspective"] = "yes", ["LightCard"] = "yes", ["Mood"] = "yes" });
        desk.Clock.Now = desk.Clock.Now.AddMinutes(10);
        var shown = await Today();
        Assert.Contains("3 hard cases in a row", shown);
        Assert.Contains("How is today?One tap.", shown);
        Assert.Contains("0 fine, 4 to look after", shown);
        Assert.Contains(LightCards.For(new DateOnly(2026, 3, 4)), shown);

        await own.Send("/today", "/my/rest");
        await own.Send("/today", "/my/mood", new() { ["Mood"] = "4" });
        shown = await Today();
        Assert.DoesNotContain("in a row", shown);
        Assert.Contains("Good. Tap again if it changed.", shown);
        await Hard(desk, jo, "hard 4");
        Assert.DoesNotContain("in a row", await Today());

        await desk.Database.Write(async unit =>
        {
            var customer = await unit.Value<long>("select id from customers");
            for (var i = 0; i < 5; i++)
                await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) values (@customer, @number, @number, @at, 100, 'EUR')", new { customer, number = $"N{i}", at = desk.Clock.Now.AddDays(i == 4 ? -30 : -1).ToUnixTimeMilliseconds() });
            await unit.Run("update cases set order_id = (select min(id) from orders) where number = 1001");
        });
        await desk.Complain("Tom Dubois", "Thank you", "The lady on the phone was wonderful.", jo, CaseKind.Praise);
        shown = await Today();
        Assert.Contains("3 fine, 5 to look after", shown); // four orders of the week, one of them with a complaint
        Assert.Contains("“The lady on the phone was wonderful.” Tom Dubois", shown);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task After_danger_a_need_for_support_or_mourning_there_is_no_light_word_and_none_at_all_before_the_next_case(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var own = desk.Get<SelfCareDesk>();
        await own.SetLikes(jo.Id, new OwnLikes { LightCard = true });
        async Task<bool> Light() => (await own.Day(jo.Id, new Company(), desk.Clock.Now)).Light is not null;
        async Task Closed(Action<Case>? also)
        {
            desk.Clock.Now = desk.Clock.Now.AddMinutes(5);
            await PrivateTests.Closed(desk, jo, also);
        }

        Assert.False(await Light());
        await Closed(null);
        Assert.True(await Light());
        foreach (var grave in (Action<Case>[])[@case => @case.CheckSafety(true, jo, desk.Clock.Now), @case => @case.NoteSupportNeeds([SupportNeed.InMourning], null, jo, desk.Clock.Now), @case => @case.NoteSupportNeeds([SupportNeed.LargePrint], null, jo, desk.Clock.Now)])
        {
            await Closed(grave);
            Assert.False(await Light());
            await Closed(null);
            Assert.True(await Light());
        }

        desk.Clock.Now = desk.Clock.Now.AddHours(3);
        Assert.False(await Light()); // it is over
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_team_sees_a_week_when_five_count_in_it_and_a_look_back_is_suggested_for_the_share_that_somebody_set(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var own = desk.Get<SelfCareDesk>();
        var people = new List<Actor>();
        for (var i = 0; i < 6; i++)
            people.Add(await desk.AddPerson($"P{i}", Role.Agent));
        var lastWeek = new DateOnly(2026, 2, 25);
        foreach (var person in people)
        {
            await own.SetLikes(person.Id, new OwnLikes { Mood = true, InTeam = person != people[5] && person != people[4] });
            await own.SetMood(person.Id, person == people[5] ? 1 : 4, lastWeek);
        }

        using var browser = await desk.SignIn(people[0]);
        Assert.Contains("Too few to show", (await browser.Open("/my/team")).Words("main")); // six tapped, four count
        await own.SetLikes(people[4].Id, new OwnLikes { Mood = true, InTeam = true });
        Assert.Equal("4.0", (await browser.Open("/my/team")).QuerySelectorAll("tbody tr").Select(row => row.Children[1].TextContent).Single(text => text != "too few"));

        var number = await PrivateTests.Closed(desk, people[0]);
        Assert.Empty(await own.ToLookBackAt(people[0].Id, desk.Clock.Now)); // none is wanted
        await own.SetLikes(people[0].Id, new OwnLikes { OneIn = 1 });
        Assert.Contains("The kettle leaks", (await browser.Open("/my")).Words("[aria-labelledby=drawn]"));
        Assert.Empty(await own.ToLookBackAt(people[1].Id, desk.Clock.Now));
        var page = $"/cases/{number}/look-back";
        var form = await browser.Open(page);
        Assert.Equal(11, form.QuerySelectorAll("fieldset.pair").Length);
        Assert.NotNull(form.QuerySelector("input[name=TheirPlace][value=Instead][checked]")); // filled in from the case
        var empty = await browser.Send(page, page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        await browser.Send(page, page, new() { ["TheirPlace"] = "Did", ["Differently"] = "Ask first." });
        Assert.NotNull((await browser.Open(page)).QuerySelector("input[name=TheirPlace][value=Did][checked]")); // judged otherwise
        Assert.Empty(await own.ToLookBackAt(people[0].Id, desk.Clock.Now));
        Assert.Contains("1 of 1", (await browser.Open("/my/reviews")).Words("table"));

        using var other = await desk.SignIn(people[1]);
        Assert.Contains("You had no hand in this case", (await other.Open(page)).Words("main"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.Send("/my", page, new() { ["TheirPlace"] = "Did" })).StatusCode);
        await browser.Send("/my/reviews", $"/my/reviews/{number}/removal");
        Assert.Contains("Nothing yet", (await browser.Open("/my/reviews")).Words("main"));
    }

    [Fact]
    public async Task A_thought_in_passing_stands_beside_a_hard_case_and_nothing_keeps_it()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        using var own = await desk.SignIn(jo);
        var hard = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            hard.Add(await Hard(desk, jo, $"hard {i}"));
            await own.GetStringAsync($"/cases/{hard[i]}"); // seen once
        }

        var before = await Tables.Dump(desk.Database, ("sessions", "seen_at"));
        var thoughts = new List<string>();
        foreach (var number in hard)
        {
            var side = (await own.Open($"/cases/{number}")).Words("#side");
            thoughts.AddRange(((string[])["What could be true here?", "It may be a bad day, or the last of several: look at their history."]).Where(side.Contains));
        }

        Assert.Equal(2, thoughts.Count);
        Assert.Empty(Tables.Differences(before, await Tables.Dump(desk.Database, ("sessions", "seen_at"))));
        Assert.DoesNotContain(before.SelectMany(table => table.Value), row => row.Contains("bad day", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<long> Hard(Desk desk, Actor jo, string subject)
    {
        var number = await desk.Complain("Amara Okafor", subject, "It leaks.", jo);
        await desk.Database.Write(async unit =>
        {
            var message = await Conversation.Add(unit, number, new NewMessage(Direction.Call, Channel.Phone, jo.Name, "We spoke.", desk.Clock.Now) { AuthorId = jo.Id });
            await desk.Cases.ChangeIn(unit, number, (@case, _) =>
            {
                @case.Speak(message, Channel.Phone, jo, desk.Clock.Now);
                @case.SetSeverity(Severity.High, jo, desk.Clock.Now);
                return Task.CompletedTask;
            });
        });
        return number;
    }
}
