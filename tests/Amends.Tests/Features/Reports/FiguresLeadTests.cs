using System.Globalization;
using System.Net;
using Amends.Data.Rollups;
using Amends.Domain.People;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Features.Reports;

/// <summary>Every figure of the reports of the demo company leads to its cases.</summary>
public sealed class FiguresLeadTests
{
    [Fact]
    public async Task A_figure_that_is_shown_leads_to_cases_and_so_does_every_row_that_counts_some()
    {
        await using var demo = await DemoDesk.Start();
        using var owner = await demo.Desk.SignIn(await demo.Desk.AddPerson("Ona", Role.Owner));
        var (looked, without) = (0, new List<string>());
        foreach (var entry in ReportBook.All)
        {
            var page = await owner.Open("/reports/" + entry.Key);
            foreach (var card in page.QuerySelectorAll(".kpi").Where(card => card.QuerySelector(".v")!.TextContent.Trim() is not ("–" or "0")))
            {
                looked++;
                if (card.QuerySelector("a") is null && !(" " + card.TextContent).Contains(" 0 of ", StringComparison.Ordinal) && !card.QuerySelectorAll(".d").Any(line => line.TextContent.StartsWith("0 of ", StringComparison.Ordinal))) // what counts those that did leads nowhere when none did
                    without.Add($"{entry.Key}: {card.QuerySelector("dt")!.TextContent}");
            }

            foreach (var address in page.QuerySelectorAll("main a[href*='cases?']").Select(link => link.GetAttribute("href")!).Distinct())
            {
                var rows = (await owner.Open(address)).QuerySelectorAll("main tbody tr").Length;
                looked++;
                if (rows == 0)
                    without.Add($"{entry.Key}: nothing at {address}");
            }
        }

        Assert.Equal([], without);
        Assert.InRange(looked, 200, 2_000);
    }

    [Fact]
    public async Task What_it_is_worth_the_outcomes_the_books_mentions_and_enough_people_lead_to_what_they_count()
    {
        await using var demo = await DemoDesk.Start();
        using var owner = await demo.Desk.SignIn(await demo.Desk.AddPerson("Ona", Role.Owner));
        var (looked, without) = (0, new List<string>());
        foreach (var at in (string[])["/reports/worth", "/reports/outcomes", "/reports/ledger?from=2020-01-01", "/reports/mentions?days=365", "/reports/staffing", "/reports/signals"])
        {
            var page = await owner.Open(at);
            foreach (var card in page.QuerySelectorAll(".kpi").Where(card => card.QuerySelector("a") is null && card.QuerySelector(".v")!.TextContent.Trim() is not ("–" or "0" or "0 %")).Select(card => card.QuerySelector("dt")!.TextContent).Except(["Busiest half hour", "People needed then", "In a week"])) // reckoned, from a list of calls that names no case
                without.Add($"{at}: {card}");
            foreach (var address in page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!).Where(to => to.Contains("cases?", StringComparison.Ordinal) || to.StartsWith("/mentions?", StringComparison.Ordinal) || to.StartsWith("/reports/ledger?", StringComparison.Ordinal) || to.StartsWith("/settings/spend", StringComparison.Ordinal)).Distinct())
            {
                looked++;
                if ((await owner.Open(address)).QuerySelectorAll("main tbody tr").Length == 0)
                    without.Add($"{at}: nothing at {address}");
            }
        }

        Assert.True(without.Count == 0, string.Join('\n', without));
        Assert.InRange(looked, 100, 1_000);
        var worth = await owner.Open("/reports/worth");
        var nowhere = worth.QuerySelectorAll("main section tbody tr:not(.muted)").Where(row => row.Children.Length == 5 && row.QuerySelector("small") is not null && row.QuerySelector("td:last-child a") is null && row.Children[2].TextContent is not ("" or "–" or "0")).Select(row => row.Children[0].TextContent);
        Assert.Equal([], nowhere);
    }

    [Fact]
    public async Task Who_bought_again_a_day_of_the_week_and_what_has_no_category_yet_lead_to_as_many_cases_as_they_count()
    {
        await using var demo = await DemoDesk.Start();
        using var owner = await demo.Desk.SignIn(await demo.Desk.AddPerson("Ona", Role.Owner));
        async Task<int> Behind(AngleSharp.Dom.IElement? link) => (await owner.Open(link!.GetAttribute("href")!)).QuerySelectorAll("main tbody tr").Length;
        var stayed = await owner.Open("/reports/stayed");
        foreach (var card in stayed.QuerySelectorAll(".kpi").Where(card => card.QuerySelector("a") is not null))
        {
            var of = card.QuerySelectorAll(".d").Select(line => line.TextContent).Select(line => System.Text.RegularExpressions.Regex.Match(line, "^[0-9,]+ of ([0-9,]+)$|^([0-9]+) are too few")).First(match => match.Success) is var match && match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value;
            Assert.Equal(int.Parse(of, NumberStyles.AllowThousands, CultureInfo.InvariantCulture), await Behind(card.QuerySelector("a")));
        }

        var days = (await owner.Open("/reports/promises")).QuerySelectorAll("section[aria-labelledby=t-week] tbody tr").Where(row => row.Children[2].TextContent != "0").ToList();
        Assert.NotEmpty(days);
        var monday = days[0];
        Assert.InRange(await Behind(monday.Children[2].QuerySelector("a")), 1, int.Parse(monday.Children[2].TextContent, CultureInfo.InvariantCulture)); // a case may have missed two
        var none = (await owner.Open("/reports/recovery")).QuerySelectorAll("section[aria-labelledby=t-why] tbody tr").Single(row => row.Children[0].TextContent == "No category yet");
        Assert.Equal(int.Parse(none.Children[1].TextContent, CultureInfo.InvariantCulture), await Behind(none.QuerySelector("a")));
        var others = (await owner.Open("/reports/recovery")).QuerySelectorAll("section[aria-labelledby=t-why] tbody tr").Single(row => row.Children[0].TextContent.StartsWith("All others", StringComparison.Ordinal));
        Assert.Equal(int.Parse(others.Children[1].TextContent, CultureInfo.InvariantCulture), await Behind(others.QuerySelector("a")));
        using var program = await demo.Desk.AsProgram("Plans", Amends.Web.Scopes.CasesRead);
        Assert.Equal("none", (await program.Get("/api/v1/reports/recovery?category=none")).GetProperty("category").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await program.GetAsync("/api/v1/reports/recovery?category=nothing")).StatusCode);
        Assert.Contains("No category yet", (await owner.Open("/reports/upheld?category=none")).QuerySelector("option[selected]")!.TextContent);
    }
}
