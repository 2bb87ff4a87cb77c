using System.Net;
using Amends.Data;
using Amends.Domain.People;
using Amends.Tests.Features.Learning;
using Amends.Web;

namespace Amends.Tests.Features.Api;

/// <summary>The ten minutes of a week, and reports by mail, for programs.</summary>
public sealed class LearnApiTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_program_reads_the_week_and_writes_what_a_lead_decided_with_the_refusals_of_the_page(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        desk.Clock.Now = new(2026, 2, 25, 10, 0, 0, TimeSpan.Zero);
        var hard = await LearnTests.PutRight(desk, jo, "Amara Okafor", "Kettle of Amara leaks", ["It leaks again."]);
        await desk.Cases.Change(hard, @case => @case.Learn("Ask for the serial number first", jo, desk.Clock.Now));
        desk.Clock.Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
        using var reader = await desk.AsProgram("Wall", Scopes.CasesRead);
        using var lead = await desk.ActingFor(lea, "Head", Scopes.CasesRead, Scopes.RecoveryWrite);
        using var agent = await desk.ActingFor(jo, "Till", Scopes.RecoveryWrite);

        var week = await reader.Get("/api/v1/learn");
        Assert.Equal(("2026-02-23", "Ask for the serial number first", hard), (week.GetProperty("week").GetString(), week.GetProperty("learned")[0].GetProperty("learned").GetString(), week.GetProperty("learned")[0].GetProperty("case").GetInt64()));
        Assert.Equal(1, week.GetProperty("top").GetProperty("cases").GetInt32());
        Assert.Equal(1, (await reader.Get("/api/v1/learn/learnings?weeks=4&q=SERIAL")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await reader.Get("/api/v1/learn/learnings?weeks=4&q=photo")).GetProperty("items").GetArrayLength());
        foreach (var (path, field) in new[] { ("/api/v1/learn?week=2026-03-04", "week"), ("/api/v1/learn?week=soon", "week"), ("/api/v1/learn/learnings?weeks=2", "weeks") })
            Assert.Equal((HttpStatusCode.BadRequest, field), ((await reader.GetAsync(path)).StatusCode, (await (await reader.GetAsync(path)).Read()).GetProperty("field").GetString()));

        var decided = $$"""{"people":4,"action":"Test each seal","owner_id":{{jo.Id}},"due":"2026-03-20","kind":"playbook","decision":"One is too many."}""";
        foreach (var (program, body, code) in new[] { (agent, decided, "not_a_lead"), (lead, decided.Replace("\"people\":4", "\"people\":0"), "people"), (lead, decided.Replace("Test each seal", ""), "action"), (lead, decided.Replace("2026-03-20", "2029-03-20"), "due") })
        {
            var refused = await program.Json("/api/v1/learn", body, code);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (refused.StatusCode, (await refused.Read()).GetProperty("code").GetString()));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await reader.Json("/api/v1/learn", decided, "r")).StatusCode);
        for (var i = 0; i < 2; i++)
            Assert.Equal((HttpStatusCode.Created, "/api/v1/learn?week=2026-02-23"), await lead.Json("/api/v1/learn", decided, "once") is var kept ? (kept.StatusCode, kept.Headers.Location!.ToString()) : default);
        var now = (await reader.Get("/api/v1/learn?week=2026-02-25")).GetProperty("decided");
        Assert.Equal(("Test each seal", "playbook", 1), (now.GetProperty("action").GetString(), now.GetProperty("kind").GetString(), now.GetProperty("saves").GetInt32())); // the same key keeps it once

        string Story(string words) => $$"""{"case":{{hard}},"title":"Two leaks","story":"{{words}}","takeaway":"Test before sending."}""";
        Assert.Equal("story", (await (await lead.Json("/api/v1/learn/cases", Story("Amara wrote twice."), "a")).Read()).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Created, (await lead.Json("/api/v1/learn/cases", Story("The customer wrote twice."), "b")).StatusCode);
        Assert.Equal("The customer wrote twice.", (await reader.Get("/api/v1/learn/cases")).GetProperty("items")[0].GetProperty("story").GetString());
        Assert.Equal("why", (await (await lead.Json($"/api/v1/learn/cases/{hard}/taken-back", """{"reason":" "}""", "c")).Read()).GetProperty("code").GetString());
        Assert.Equal("not_a_lead", (await (await agent.Json($"/api/v1/learn/cases/{hard}/taken-back", """{"reason":"No."}""", "d")).Read()).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Created, (await lead.Json($"/api/v1/learn/cases/{hard}/taken-back", """{"reason":"The wedding day gives them away."}""", "e")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await lead.Json($"/api/v1/learn/cases/{hard}/taken-back", """{"reason":"Again."}""", "f")).StatusCode);
        Assert.Equal(0, (await reader.Get("/api/v1/learn/cases")).GetProperty("items").GetArrayLength());
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_program_lists_adds_changes_and_ends_the_reports_that_come_to_whom_it_acts_for(string kind)
    {
        const string Root = "/api/v1/reports/mails";
        await using var desk = await Desk.Start(kind);
        var (kai, marta, ona) = (await desk.AddPerson("Kai", Role.Agent), await desk.AddPerson("Marta", Role.Manager), await desk.AddPerson("Ona", Role.Owner));
        using var hers = await desk.ActingFor(marta, "Head", Scopes.CasesRead, Scopes.RecoveryWrite);
        using var his = await desk.ActingFor(kai, "Till", Scopes.CasesRead, Scopes.RecoveryWrite);
        using var owners = await desk.ActingFor(ona, "House", Scopes.CasesRead, Scopes.RecoveryWrite);
        using var nobody = await desk.AsProgram("Wall", Scopes.CasesRead);

        Assert.Equal("no_person", (await (await nobody.GetAsync(Root)).Read()).GetProperty("code").GetString());
        var can = (await his.Get(Root)).GetProperty("reports").EnumerateArray().Select(each => each.GetProperty("report").GetString()).ToList();
        Assert.Contains("learnings", can);
        Assert.DoesNotContain("gifts", can);
        string Plan(string report, int days, string times) => $$"""{"report":"{{report}}","days":{{days}},{{times}},"format":"workbook"}""";
        foreach (var (program, body, code) in new[]
        {
            (his, Plan("gifts", 180, "\"rhythm\":\"daily\",\"hour\":8"), "no_report"), (hers, Plan("gifts", 90, "\"rhythm\":\"daily\",\"hour\":8"), "no_days"), (hers, Plan("payments", 30, "\"rhythm\":\"weekly\",\"day\":9,\"hour\":8"), "no_weekday"),
            (hers, Plan("payments", 30, "\"rhythm\":\"monthly\",\"hour\":8"), "no_day"), (hers, Plan("payments", 30, "\"rhythm\":\"daily\",\"hour\":24"), "no_hour"), (hers, Plan("payments", 30, "\"category\":\"DEL\",\"rhythm\":\"daily\",\"hour\":4"), "no_category"),
        })
        {
            var refused = await program.Json(Root, body, body);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (refused.StatusCode, (await refused.Read()).GetProperty("code").GetString()));
        }

        foreach (var (body, field) in new[] { ("{}", "rhythm"), ("""{"rhythm":"daily"}""", "report"), ("""{"rhythm":"daily","report":"gifts"}""", "days"), ("""{"rhythm":"daily","report":"gifts","days":180}""", "hour") })
            Assert.Equal(field, (await (await hers.Json(Root, body, body)).Read()).GetProperty("field").GetString());
        Assert.Equal((HttpStatusCode.Created, $"{Root}/1"), await hers.Json(Root, Plan("gifts", 180, "\"rhythm\":\"weekly\",\"day\":1,\"hour\":8"), "a") is var added ? (added.StatusCode, added.Headers.Location!.ToString()) : default);
        Assert.Equal(HttpStatusCode.NotFound, (await his.Json($"{Root}/1", Plan("steps", 90, "\"rhythm\":\"daily\",\"hour\":8"), "b")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await hers.Json($"{Root}/1", Plan("payments", 7, "\"rhythm\":\"monthly\",\"day\":31,\"hour\":6"), "c")).StatusCode);
        var mail = (await owners.Get(Root)).GetProperty("items")[0];
        Assert.Equal(("payments", 7, "monthly", 31, 6, "Marta"), (mail.GetProperty("report").GetString(), mail.GetProperty("days").GetInt32(), mail.GetProperty("rhythm").GetString(), mail.GetProperty("day").GetInt32(), mail.GetProperty("hour").GetInt32(), mail.GetProperty("to").GetProperty("name").GetString()));
        Assert.Equal("2026-03-31T06:00:00+00:00", mail.GetProperty("next_at").GetString());
        Assert.Equal("turn", (await (await hers.Json($"{Root}/1/turns", """{"turn":"end"}""", "d")).Read()).GetProperty("field").GetString());
        Assert.Equal("rests", (await (await hers.Json($"{Root}/1/turns", """{"turn":"pause"}""", "e")).Read()).GetProperty("state").GetString());
        Assert.True((await hers.Get(Root)).GetProperty("items")[0].GetProperty("rests").GetBoolean());
        Assert.Equal("comes", (await (await hers.Json($"{Root}/1/turns", """{"turn":"go_on"}""", "f")).Read()).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await his.DeleteAsync($"{Root}/1")).StatusCode);
        Assert.Equal("ended", (await (await hers.DeleteAsync($"{Root}/1")).Read()).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await hers.DeleteAsync($"{Root}/1")).StatusCode);
        Assert.Empty(await desk.Get<ReportMailDesk>().List(null));
    }
}
