using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;
using AngleSharp.Dom;

namespace Amends.Tests.Features.Reports;

/// <summary>What matters to customers, and what a quarter brought: as a hand counts it, with the cases behind it.</summary>
public sealed class ResultsTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_matters_is_in_their_own_words_and_a_quarter_is_beside_the_one_before_with_how_sure_we_are(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.SignIn(await desk.AddPerson("Marta", Role.Manager)));
        for (var i = 0; i < 12; i++)
        {
            var number = await desk.Complain($"Customer {i}", "Kettle", "It leaks.", jo);
            await desk.Cases.Change(number, @case => @case.HearWantedOutcome(i < 11 ? "My money back" : "An apology", jo, desk.Clock.Now));
            var (now, before) = (desk.Clock.Now.AddHours(-1).ToUnixTimeMilliseconds(), desk.Clock.Now.AddDays(-100).ToUnixTimeMilliseconds());
            await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, @n, @n, @now, 100, 'EUR' from cases where number = @number union all select customer_id, @m, @m, @before, 100, 'EUR' from cases where number = @number", new { number, n = $"N-{i}", m = $"M-{i}", now, before }));
        }

        await desk.Get<ReportReader>().CatchUp();
        const string Days = "from=2026-01-01&to=2026-03-31";
        var page = await marta.Open($"/reports/what-matters?{Days}");
        Assert.Equal(["Said what they want", "100 %", "12 of 12"], page.QuerySelectorAll(".kpi")[0].Children.Take(3).Select(each => each.TextContent.Trim()));
        var row = page.QuerySelectorAll("[aria-labelledby=t-wanted] tbody tr").First(each => each.TextContent.Contains("Money back"));
        Assert.Equal(11, (await marta.Open(row.QuerySelector("a[href^='/reports/cases']")!.GetAttribute("href")!)).QuerySelectorAll("tbody tr").Length);
        Assert.StartsWith("Money back,11,0.916667,11,12,", (await marta.GetStringAsync($"/reports/what-matters/export?{Days}&table=wanted")).Split("\r\n")[1]);

        var quarter = await marta.Open("/reports/quarter?to=2026-04-02"); // the last one that is over by then
        Assert.Contains("from 1 January 2026 to 31 March 2026", quarter.Words("h1 + p"));
        var rate = quarter.QuerySelectorAll("[aria-labelledby=t-results] tbody tr")[0].TextContent;
        Assert.Contains("1000.0 (12 for 12 orders)", rate); // each of the quarter's orders has its complaint
        Assert.Contains("0.0 (0 for 12 orders)", rate);
        Assert.Contains("too few to say", rate); // nothing before is no ground for a difference
        Assert.Contains("Q4 2025", quarter.Words("main"));
        var program = await (await desk.AsProgram("Board", Scopes.CasesRead)).Get("/api/v1/reports/quarter?to=2026-03-31");
        Assert.Equal(1000, program.GetProperty("figures")[0].GetProperty("value").GetDouble());
        Assert.Equal("2025-10-01", QuarterReport.Begin(new(2025, 12, 31)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }
}
