using System.Globalization;
using System.Net;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Statistics;
using Amends.Features.CustomerFiles;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;

namespace Amends.Tests.Features.Reports;

public sealed class StaffingPageTests
{
    private const string Asked = "weeks=4&each=240&patience=0&write=10&day=240&busy=100";

    /// <summary>Four Mondays from ten to half past: twelve calls of five minutes, taken by three of us, and two that nobody took; and one call in the evening.</summary>
    private static string List()
    {
        var lines = new List<string> { "when,number,direction,seconds,agent" };
        foreach (var monday in (DateOnly[])[new(2026, 2, 9), new(2026, 2, 16), new(2026, 2, 23), new(2026, 3, 2)])
        {
            for (var i = 0; i < 12; i++)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{monday:yyyy-MM-dd} 10:{i * 2:00},0999 12340{i:00},in,300,{new[] { "jo", "ann", "bo" }[i % 3]}@desk.example"));
            lines.AddRange([$"{monday:yyyy-MM-dd} 10:05,0999 1234100,in,0,", $"{monday:yyyy-MM-dd} 10:05,0999 1234101,in,0,"]); // alike but for the number
        }

        lines.AddRange(["2026-03-02 20:00,0999 1234200,in,30,jo@desk.example", "2026-03-02 11:00,0999 1234200,out,900,jo@desk.example"]);
        return string.Join('\n', lines);
    }

    private static async Task<CallImport.Found> Import(Desk desk)
    {
        using var text = new StringReader(List());
        return await new CallImport(desk.Database, desk.Cases, desk.Clock).Run(text, TimeZoneInfo.Utc, checkOnly: false);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task How_many_people_a_week_needs_is_computed_from_the_telephones_list_and_the_mail(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        foreach (var name in (string[])["Jo", "Ann", "Bo"])
            await desk.AddPerson(name, Role.Agent);
        Assert.Equal((8, 50), ((await Import(desk)).Unanswered, (await Import(desk)).WithoutCase)); // twice is once
        Assert.Equal(58, await desk.Value<long>("select cast(sum(calls) as bigint) from phone_calls"));
        Assert.Equal(2, await desk.Value<long>("select calls from phone_calls where seconds = 0 order by at limit 1"));
        desk.Clock.Now = desk.Clock.Now.AddDays(-1);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");
        desk.Clock.Now = desk.Clock.Now.AddDays(1);

        using var program = await desk.AsProgram("Plans", Scopes.CasesRead);
        var answer = await program.Get($"/api/v1/reports/staffing?{Asked}");
        Assert.Equal(("telephone", 57, 8, 1), (answer.GetProperty("source").GetString(), answer.GetProperty("calls").GetInt32(), answer.GetProperty("unanswered").GetInt32(), answer.GetProperty("outside_hours").GetInt32()));
        Assert.Equal((294.489795918, 49), (Math.Round(answer.GetProperty("mean_call_seconds").GetDouble(), 9), answer.GetProperty("measured_calls").GetInt32())); // 48 of 300 seconds and one of 30
        Assert.Equal(80, answer.GetProperty("half_hours").GetArrayLength());
        var top = answer.GetProperty("looked_at");
        var needed = ErlangC.Needed(28, 240, new(0.8, 20));
        Assert.Equal(("mon-1000", 56, 4, 14.0), (top.GetProperty("at").GetString(), top.GetProperty("calls").GetInt32(), top.GetProperty("days").GetInt32(), top.GetProperty("mean").GetDouble()));
        Assert.Equal((needed, JsonValueKind.Null, Workload.Scheduled(needed, 0.3)), (top.GetProperty("needed_erlang_c").GetInt32(), top.GetProperty("needed_erlang_a").ValueKind, top.GetProperty("on_the_rota").GetInt32()));
        Assert.Equal(PoissonRate.CountInterval(56).Low / 4, top.GetProperty("low").GetDouble(), 9);
        var same = answer.GetProperty("compared")[1];
        Assert.Equal(ErlangC.Of(28, 240, needed).ServiceLevel(20), same.GetProperty("erlang_c").GetProperty("in_time").GetDouble(), 12);
        var written = answer.GetProperty("written");
        Assert.Equal((1 / 20.0, 1, 1), (written.GetProperty("per_day").GetDouble(), written.GetProperty("waiting").GetInt32(), written.GetProperty("needed").GetInt32()));
        Assert.Equal(1 / (24 - 0.05), written.GetProperty("compared")[0].GetProperty("days").GetDouble(), 9);
        var waiting = answer.GetProperty("waiting_now");
        Assert.Equal((1, 1440, 480), (waiting.GetProperty("count").GetInt32(), waiting.GetProperty("median").GetInt32(), waiting.GetProperty("open_median").GetInt32()));
        var bad = await program.GetAsync("/api/v1/reports/staffing?share=100");
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("from 1 to 99 of a hundred", await bad.Content.ReadAsStringAsync());

        using var browser = await desk.SignIn(marta);
        var page = await browser.Open($"/reports/staffing?{Asked}");
        Assert.Contains("The number of calls is too small: 57 calls", page.Words(".banner"));
        Assert.DoesNotContain("by hand", page.Words(".kpis"));
        Assert.Equal([needed - 1, needed, needed + 1], page.QuerySelectorAll("section[aria-labelledby=whatif] thead th").Skip(1).Select(cell => int.Parse(cell.TextContent.Split(' ')[0], CultureInfo.InvariantCulture)));
        Assert.Contains($"#{number} The kettle leakssince yesterday", page.Words("section[aria-labelledby=now]"));
        Assert.Equal("/reports/staffing/export?weeks=4&each=240&busy=100&patience=0&write=10&day=240", page.QuerySelector("a[href^='/reports/staffing/export']")!.GetAttribute("href"));
        var csv = (await browser.GetStringAsync($"/reports/staffing/export?{Asked}")).Split("\r\n");
        Assert.Equal(82, csv.Length);
        Assert.Contains(FormattableString.Invariant($"monday,10:00,56,4,14,{PoissonRate.CountInterval(56).Low / 4:0.###},{PoissonRate.CountInterval(56).High / 4:0.###},1.867,{needed},,{Workload.Scheduled(needed, 0.3)}"), csv);

        var refused = await browser.GetAsync("/reports/staffing?share=100&within=33&at=soon");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var form = await refused.Tree();
        Assert.Equal(("100", "33"), (form.QuerySelector("#share")!.GetAttribute("value"), form.QuerySelector("#within")!.GetAttribute("value"))); // nothing typed is lost
        Assert.Equal(["#share", "#at"], form.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.GetAsync("/reports/staffing/export?share=100")).StatusCode);

        await desk.Database.Write(unit => unit.Run("update phone_days set people = 2")); // a mean of two would tell one of them how long the other takes
        Assert.Equal(JsonValueKind.Null, (await program.Get("/api/v1/reports/staffing")).GetProperty("mean_call_seconds").ValueKind);
        await desk.Database.Write(unit => unit.Run("update phone_calls set calls = 100000 where seconds = 300"));
        var flooded = await browser.GetAsync("/reports/staffing?weeks=4");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, flooded.StatusCode);
        Assert.Contains("work for more than 2,000 people at once", (await flooded.Tree()).Words("#errors"));
        using var agent = await desk.SignIn(await desk.AddPerson("Cy", Role.Lead));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/reports/staffing")).StatusCode);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Without_a_list_calls_that_were_written_down_count_and_a_small_desk_is_played_through(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta, calendar) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager), new Company().Calendar());
        desk.Clock.Now = desk.Clock.Now.AddDays(-7);
        var first = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await desk.Cases.Change(first, @case => @case.TheyRang("0113 496 0142", desk.Clock.Now.AddMinutes(40), jo, calendar, desk.Clock.Now.AddMinutes(45)));
        var second = await desk.Complain("Tom Dubois", "The toaster burns", "One side.", jo);
        await desk.Cases.Change(second, @case =>
        {
            @case.LogCall(1, true, 6, null, null, jo, desk.Clock.Now.AddMinutes(35));
            @case.LogCall(2, false, 6, null, null, jo, desk.Clock.Now.AddMinutes(50)); // one that we made
        });
        await desk.Database.Write(unit => unit.Run("update cases set channel = 2 where number = @second", new { second })); // opened on the phone: that call is logged
        var third = await desk.Complain("Kofi Mensah", "The lamp flickers", "It does.", jo);
        await desk.Database.Write(unit => unit.Run("update cases set channel = 2 where number = @third", new { third }));
        desk.Clock.Now = desk.Clock.Now.AddDays(7);

        using var program = await desk.AsProgram("Plans", Scopes.CasesRead);
        var answer = await program.Get("/api/v1/reports/staffing?weeks=4&seed=9");
        Assert.Equal(("by_hand", 3, 1), (answer.GetProperty("source").GetString(), answer.GetProperty("calls").GetInt32(), answer.GetProperty("unanswered").GetInt32()));
        Assert.Equal("wed-1030", answer.GetProperty("looked_at").GetProperty("at").GetString());
        Assert.Equal(2, answer.GetProperty("looked_at").GetProperty("calls").GetInt32());
        var played = answer.GetProperty("compared")[0].GetProperty("simulated");
        Assert.Equal(1000, played.GetProperty("days").GetInt32());
        Assert.Equal(played.ToString(), (await program.Get("/api/v1/reports/staffing?weeks=4&seed=9")).GetProperty("compared")[0].GetProperty("simulated").ToString());
        Assert.NotEqual(played.ToString(), (await program.Get("/api/v1/reports/staffing?weeks=4&seed=10")).GetProperty("compared")[0].GetProperty("simulated").ToString());

        using var browser = await desk.SignIn(marta);
        var page = await browser.Open("/reports/staffing?weeks=4");
        Assert.Contains("These are calls that somebody wrote down.", page.Words(".banner"));
        Assert.Contains("With 3 people or fewer the formulas mislead", page.Words(".banner"));
        Assert.Contains("1,000 days like Wednesday, played through", page.Words("section[aria-labelledby=whatif]"));
        Assert.Contains("One call-back is due, since", page.Words("section[aria-labelledby=now]"));
        Assert.NotNull(page.QuerySelector("section[aria-labelledby=now] a[href='/calls']"));

        async Task<IReadOnlyList<string>> Behind(string link) => [.. (await browser.Open(page.QuerySelector(link)!.GetAttribute("href")!)).QuerySelectorAll("main tbody a").Select(row => row.GetAttribute("href")!)];
        Assert.Equal([$"/cases/{first}", $"/cases/{second}", $"/cases/{third}"], await Behind(".kpis a[href*='of=Calls&weeks=4']")); // the newest first: 10:40, 10:35, 10:00
        Assert.Equal([$"/cases/{first}"], await Behind(".kpis a[href*='of=Missed']"));
        Assert.Equal([$"/cases/{first}", $"/cases/{second}"], await Behind("section[aria-labelledby=week] a[href*='at=wed-1030']"));
        Assert.Equal([$"/cases/{third}"], await Behind("section[aria-labelledby=week] a[href*='at=wed-1000']"));
        Assert.Equal(2, page.QuerySelectorAll("section[aria-labelledby=week] a[href*='of=Calls']").Length); // what counts none leads nowhere
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/reports/staffing/cases?of=nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/reports/staffing/cases?of=Calls&at=soon")).StatusCode);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Who_waits_and_what_was_written_lead_to_their_cases_by_how_long_it_is(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var browser = await desk.SignIn(await desk.AddPerson("Marta", Role.Manager));
        var now = desk.Clock.Now; // ten o'clock on a Wednesday
        desk.Clock.Now = now.AddDays(-1);
        var day = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");
        desk.Clock.Now = now.AddMinutes(-90);
        var hour = await desk.Complain("Tom Dubois", "The toaster burns", "One side.");
        desk.Clock.Now = now;
        var page = await browser.Open("/reports/staffing?weeks=4");
        async Task<IReadOnlyList<string>> Behind(AngleSharp.Dom.IElement? link) => [.. (await browser.Open(link!.GetAttribute("href")!)).QuerySelectorAll("main tbody a").Select(row => row.GetAttribute("href")!)];
        Assert.Equal([$"/cases/{day}", $"/cases/{hour}"], await Behind(page.QuerySelector(".kpis a[href*='of=FirstWord']")));
        Assert.Equal([$"/cases/{day}", $"/cases/{hour}"], await Behind(page.QuerySelector("a[href*='of=OurTurn']")));
        Assert.Equal([$"/cases/{day}"], await Behind(page.QuerySelector("a[href*='of=Written']"))); // whole days up to yesterday
        var rows = page.QuerySelectorAll("section[aria-labelledby=now] tbody tr");
        var some = 0;
        foreach (var cell in rows.SelectMany(row => row.Children.Skip(1)).Where(cell => cell.QuerySelector("a") is not null))
        {
            some++;
            Assert.Equal(int.Parse(cell.TextContent.Split(' ')[0], CultureInfo.InvariantCulture), (await Behind(cell.QuerySelector("a"))).Count);
        }

        Assert.Equal(4, some); // two by the clock, two in open hours
        Assert.Equal(["1", "1"], rows[1].Children.Skip(1).Select(cell => cell.TextContent.Split(' ')[0]).Take(1).Append(rows[3].Children[1].TextContent.Split(' ')[0]));
    }

    [Fact]
    public async Task A_desk_without_calls_says_what_to_do()
    {
        await using var desk = await Desk.Start();
        using var browser = await desk.SignIn(await desk.AddPerson("Marta", Role.Manager));
        var page = await browser.Open("/reports/staffing");
        Assert.Contains("Import the telephone's list of calls", page.Words(".banner"));
        Assert.Equal("360", page.QuerySelector("#each")!.GetAttribute("value"));
        Assert.Contains("Everybody has heard from one of us.", page.Words("section[aria-labelledby=now]"));
    }
}
