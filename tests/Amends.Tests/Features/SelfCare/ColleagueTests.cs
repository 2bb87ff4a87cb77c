using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.People;
using Amends.Features.Team.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.SelfCare;

/// <summary>What colleagues do for one another: read a draft before it goes, take over a day's hours.</summary>
public sealed class ColleagueTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_draft_is_parked_with_a_colleague_who_says_what_they_think_and_comes_back_where_one_writes(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, sam, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Sam", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        using var writer = await desk.SignIn(jo);
        using var reader = await desk.SignIn(sam);
        using var other = await desk.SignIn(lea);
        var page = $"/cases/{number}/second-reader";
        await writer.Send($"/cases/{number}", $"/cases/{number}/draft", new() { ["kind"] = "reply", ["text"] = "You never sent the photo!", ["html"] = "<p>You <b>never</b> sent the photo!</p>", ["next_what"] = "the photo" });
        Assert.Contains("You never sent the photo!", (await writer.Open(page)).Words("main"));
        var nobody = await writer.Send(page, page, new() { ["Text"] = "You never sent the photo!", ["Reader"] = $"{jo.Id}" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
        Assert.Contains("You never sent the photo!", await nobody.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await writer.Send(page, page, new() { ["Text"] = "You never sent the photo!", ["Reader"] = $"{sam.Id}", ["Question"] = "Too sharp?" })).StatusCode);
        Assert.Equal(0, await desk.Value<long>("select count(*) from drafts")); // parked: there is nothing to send by reflex
        Assert.Equal("waits", (await Assert.ThrowsAsync<Refused>(() => desk.Get<DraftReadings>().Ask(number, "Another", sam.Id, null, jo, desk.Clock.Now))).Code);

        Assert.Contains("Jo asks you to read a draft", (await reader.Open("/my")).Words("[aria-labelledby=readings]"));
        Assert.Contains("“Too sharp?” You never sent the photo!", (await reader.Open(page)).Words("main"));
        Assert.DoesNotContain("You never sent", (await other.Open(page)).Words("main")); // between the two of them
        var id = await desk.Value<long>("select id from draft_readings");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await reader.Send(page, $"/my/readings/{id}/comments", new() { ["number"] = $"{number}" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Send(page, $"/my/readings/{id}/comments", new() { ["number"] = $"{number}", ["comments"] = "Me too" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.Send(page, $"/my/readings/{id}/back")).StatusCode);
        await reader.Send(page, $"/my/readings/{id}/comments", new() { ["number"] = $"{number}", ["comments"] = "Ask whether they could not." });
        Assert.Contains("Ask whether they could not.", (await writer.Open(page)).Words("main"));
        Assert.Equal(["Jo asks you to read a draft before it goes. It is under “My own”.", "Sam has read your draft. It is under “My own”."], await Told(desk));

        Assert.Equal($"/cases/{number}", (await writer.Send(page, $"/my/readings/{id}/back")).Headers.Location!.ToString());
        Assert.Equal("<p>You <b>never</b> sent the photo!</p>|the photo", await desk.Value<string>("select html || '|' || next_what from drafts where person_id = @Id", new { jo.Id }));
        Assert.DoesNotContain("draft", (await reader.Open("/my")).Words("[aria-labelledby=readings]"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Hours_change_hands_when_the_colleague_agrees_and_cases_calls_and_free_times_follow(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, sam, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Sam", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        await desk.Database.Write(unit => unit.Run("insert into people (name, email, email_key, role, active, available, created_at) values ('Ona', 'o', 'o', 4, 1, 0, 0)"));
        var company = new Company { AssignAtOnce = true, Calls = new() { AtOnce = 4 } };
        await desk.Get<StoredSettings>().Set(company);
        using var asker = await desk.SignIn(jo);
        using var asked = await desk.SignIn(sam);
        using var lead = await desk.SignIn(lea);
        Task<HttpResponseMessage> Ask(string day, Actor whom) => asker.Send("/my/swaps", "/my/swaps", new() { ["Day"] = day, ["Colleague"] = $"{whom.Id}", ["Why"] = "A first day at school" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Ask("2026-03-03", sam)).StatusCode); // over
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Ask("2026-03-05", jo)).StatusCode); // oneself
        Assert.Equal(HttpStatusCode.SeeOther, (await Ask("2026-03-05", sam)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Ask("2026-03-05", lea)).StatusCode); // asked already
        var id = await desk.Value<long>("select id from shift_swaps");

        // a call of Jo's on that day
        var number = await desk.Complain("Amara Okafor", "Kettle", "It leaks.", jo);
        var tomorrow = new DateTimeOffset(2026, 3, 5, 11, 0, 0, TimeSpan.Zero);
        await desk.Cases.Change(number, @case => @case.BookCall("+44 113 496 0142", new CallTime(tomorrow, tomorrow.AddMinutes(30)), null, company.Calls.Rules(), jo, company.Calendar(), desk.Clock.Now));
        async Task<int> Free() => (await CallDesk.Free(desk.Database, company, desk.Clock.Now)).Count;
        var free = await Free();

        Assert.Equal(HttpStatusCode.NotFound, (await lead.Send("/my/swaps", $"/my/swaps/{id}/answer", new() { ["answer"] = "yes" })).StatusCode); // was not asked
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await asked.Send("/my/swaps", $"/my/swaps/{id}/answer")).StatusCode);
        Assert.Contains("Nobody stands in", (await lead.Open("/my/swaps")).Words("[aria-labelledby=agreed]"));
        Assert.Equal(HttpStatusCode.SeeOther, (await asked.Send("/my/swaps", $"/my/swaps/{id}/answer", new() { ["answer"] = "yes" })).StatusCode);
        await asked.Send("/my/swaps", $"/my/swaps/{id}/answer", new() { ["answer"] = "yes" }); // pressed twice
        Assert.Contains("Thursday 5 March Sam for Jo", (await lead.Open("/my/swaps")).Words("[aria-labelledby=agreed]"));
        Assert.Equal("", (await asker.Open("/my/swaps")).Words("[aria-labelledby=agreed]"));
        Assert.Contains("Sam for Jo", (await lead.Open("/calls?day=2026-03-05")).Words(".call-list"));
        Assert.Equal(["Jo asks you to take over their hours on Thursday 5 March. Answer under “My own”.", "Sam takes over your hours on Thursday 5 March."], (await Told(desk)).Where(text => text.Contains("hours")));

        // four people, four calls at once; on that day there are three left to call
        Assert.Equal(free, await Free()); // one is taken at eleven, so every time is still free
        await Booked(desk, "Ava Long", lea, tomorrow, company);
        await Booked(desk, "Tom Dubois", sam, tomorrow, company);
        Assert.DoesNotContain(await CallDesk.Free(desk.Database, company, desk.Clock.Now), time => time.From == tomorrow);
        await Assert.ThrowsAsync<Refused>(() => Booked(desk, "Bo Lind", lea, tomorrow, company)); // nor is it given by a form that was open before
        Assert.Contains(await CallDesk.Free(desk.Database, company, desk.Clock.Now), time => time.From == tomorrow.AddDays(1));

        // whoever is away does not stand in, and gets no new case on that day
        Assert.Equal("colleague", (await Assert.ThrowsAsync<Refused>(() => desk.Get<ShiftSwaps>().Ask(jo.Id, new DateOnly(2026, 3, 5), null, lea, company, desk.Clock.Now))).Code);
        async Task<string?> Next(DateTimeOffset at) => (await desk.Database.Write(unit => Rota.Read(unit, at))).Next()?.Name;
        await desk.Database.Write(unit => unit.Run("update cases set owner_id = @Id", new { sam.Id })); // Sam has more
        Assert.Equal(("Jo", "Sam"), (await Next(desk.Clock.Now), await Next(tomorrow)));
        await desk.Database.Write(unit => unit.Run("update cases set owner_id = @Id where number = @number", new { jo.Id, number }));

        desk.Clock.Now = tomorrow.AddMinutes(1);
        await desk.RunDue();
        Assert.StartsWith("It is time to call Amara Okafor", await desk.Value<string>("select text from notices where person_id = @Id and case_number = @number", new { sam.Id, number }));
        Assert.Equal(0, await desk.Value<long>("select count(*) from notices where person_id = @Id and case_number = @number and text like 'It is time%'", new { jo.Id, number }));

        await desk.Get<Staff>().SetActive(sam.Id, false);
        Assert.Contains("Sam cannot stand in for you on Thursday 5 March after all.", await Told(desk));
        Assert.Equal("Jo", await Next(desk.Clock.Now));
    }

    [Fact]
    public async Task Nobody_stands_in_who_owes_a_call_at_the_same_time()
    {
        await using var desk = await Desk.Start();
        var (jo, sam) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Sam", Role.Agent));
        var company = new Company { Calls = new() { AtOnce = 2 } };
        var at = new DateTimeOffset(2026, 3, 5, 11, 0, 0, TimeSpan.Zero);
        await Booked(desk, "Amara Okafor", jo, at, company);
        await Booked(desk, "Tom Dubois", sam, at, company);
        var swaps = desk.Get<ShiftSwaps>();
        await swaps.Ask(sam.Id, new DateOnly(2026, 3, 5), null, jo, company, desk.Clock.Now);
        var id = await desk.Value<long>("select id from shift_swaps");
        Assert.Contains("at the same time", (await Assert.ThrowsAsync<Refused>(() => swaps.Answer(id, true, null, sam, desk.Clock.Now))).Message);
        Assert.True(await swaps.Answer(id, false, "I am on the phone then.", sam, desk.Clock.Now));
        Assert.Contains("Sam cannot take over your hours on Thursday 5 March. “I am on the phone then.”", await Told(desk));
        Assert.False(await swaps.End(id, sam, desk.Clock.Now)); // there is nothing to give back

        // nor for somebody who stands in for a third one by then
        var (lea, day) = (await desk.AddPerson("Lea", Role.Lead), new DateOnly(2026, 3, 6));
        await swaps.Ask(sam.Id, day, null, jo, company, desk.Clock.Now);
        await swaps.Ask(jo.Id, day, null, lea, company, desk.Clock.Now);
        Assert.True(await swaps.Answer(id + 2, true, null, jo, desk.Clock.Now));
        Assert.Equal("answer", (await Assert.ThrowsAsync<Refused>(() => swaps.Answer(id + 1, true, null, sam, desk.Clock.Now))).Code);
        Assert.True(await swaps.End(id + 2, jo, desk.Clock.Now));
        Assert.True(await swaps.Answer(id + 1, true, null, sam, desk.Clock.Now));
    }

    private static async Task Booked(Desk desk, string customer, Actor owner, DateTimeOffset at, Company company)
    {
        var number = await desk.Complain(customer, "Ring me", "It leaks.", owner);
        await desk.Cases.Change(number, @case => @case.BookCall("+44 113 496 0143", new CallTime(at, at.AddMinutes(30)), null, company.Calls.Rules(), owner, company.Calendar(), desk.Clock.Now));
    }

    private static async Task<List<string>> Told(Desk desk) =>
        await desk.Database.Read(async connection => (await Dapper.SqlMapper.QueryAsync<string>(connection, "select text from notices order by id")).ToList());
}
