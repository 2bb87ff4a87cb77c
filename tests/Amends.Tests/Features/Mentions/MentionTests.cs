using System.Globalization;
using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Mentions;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;

namespace Amends.Tests.Features.Mentions;

/// <summary>What people say in public: written down once, linked when somebody says so, answered, and rated again.</summary>
public sealed class MentionTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mention_is_written_down_linked_to_a_proposed_case_when_somebody_says_so_answered_and_rated_again(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager));
        var (theirs, other) = (await desk.Complain("Amara Okafor", "Cracked lid", "It is cracked.", jo), await desk.Complain("Jonas Berg", "Late", "It is late.", jo));
        await desk.Database.Write(async unit =>
        {
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, 'N-77', 'N-77', 1, 100, 'EUR' from cases where number = @other", new { other });
            await unit.Run("update cases set order_id = (select id from orders where number = 'N-77') where number = @other", new { other });
        });
        using var browser = await desk.SignIn(jo);
        var wrong = await browser.Send("/mentions", "/mentions", new() { ["Site"] = "Reviews", ["Author"] = "amara okafor", ["On"] = "2026-03-03", ["Words"] = "Never again.", ["Stars"] = "7" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var again = await wrong.Tree();
        Assert.Contains("Stars are one to five.", again.Words("main"));
        Assert.Equal("Never again.", again.QuerySelector("#Words")!.TextContent);
        Assert.Contains("in the future", (await (await browser.Send("/mentions", "/mentions", new() { ["Site"] = "Reviews", ["Author"] = "A", ["On"] = "2026-04-03", ["Words"] = "No." })).Tree()).Words("main"));
        Assert.Contains("beginning with https://", (await (await browser.Send("/mentions", "/mentions", new() { ["Site"] = "Reviews", ["Author"] = "A", ["On"] = "2026-03-03", ["Words"] = "No.", ["Link"] = "javascript:alert(1)" })).Tree()).Words("main"));

        var written = await browser.Send("/mentions", "/mentions", new() { ["Site"] = "Reviews", ["Author"] = "amara okafor", ["On"] = "2026-03-03", ["Words"] = "Never again.", ["Stars"] = "1", ["Order"] = "N-77", ["Link"] = "https://reviews.example/1" });
        Assert.Equal(HttpStatusCode.SeeOther, written.StatusCode);
        var page = written.Headers.Location!.OriginalString;
        var proposed = await browser.Open(page);
        Assert.Equal([other.ToString(), theirs.ToString()], proposed.QuerySelectorAll("button[name=Case]").Select(button => button.GetAttribute("value"))); // the order is surer than the name
        Assert.Contains("it is about the same order", proposed.Words("section[aria-labelledby=case]"));
        Assert.Contains("the name is the same", proposed.Words("section[aria-labelledby=case]"));
        Assert.Contains("not yet", (await browser.Open("/mentions")).Words("tbody"));
        Assert.Null(await desk.Value<long?>("select case_number from mentions"));
        Assert.Contains("There is no case 999", (await (await browser.Send(page, page + "/case", new() { ["Case"] = "999" })).Tree()).Words("main"));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(page, page + "/case", new() { ["Case"] = theirs.ToString() })).StatusCode);
        Assert.Equal(theirs, await desk.Value<long>("select case_number from mentions"));

        Assert.Contains("before they wrote it", (await (await browser.Send(page, page + "/answer", new() { ["At"] = "2026-03-01T10:00", ["Answer"] = "We are sorry." })).Tree()).Words("main"));
        Assert.Contains("Copy the words", (await (await browser.Send(page, page + "/answer", new() { ["At"] = "2026-03-03T18:00", ["Answer"] = " " })).Tree()).Words("main"));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(page, page + "/answer", new() { ["At"] = "2026-03-03T18:00", ["Answer"] = "We are sorry." })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(page, page + "/rating", new() { ["Stars"] = "4" })).StatusCode);
        Assert.Equal("We are sorry.4", await desk.Value<string>("select answer || rating_after from mentions"));
        Assert.Contains("Everything that was written down is answered", (await browser.Open("/mentions")).Words("main"));
        var begun = await browser.Open($"/cases/new?mention={page.Split('/').Last()}");
        Assert.Equal("https://reviews.example/1", begun.QuerySelector("#Link")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/reports/mentions")).StatusCode);
        Assert.Contains("1 up, 0 down", (await (await desk.SignIn(marta)).Open("/reports/mentions?days=30")).Words(".kpis"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_file_told_again_brings_the_stars_after_and_the_report_says_whether_they_rose(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        string File(Func<int, int> stars) => "site,author,date,rating,text,url,reply,replied_at\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{(i < 8 ? "Reviews" : "Network")},Author {i},2026-02-{10 + i},{stars(i)},Text {i},https://r.example/{i},{(i < 11 ? "Sorry.,2026-02-" + (10 + i) + " 14:00" : ",")}\n"));
        var import = desk.Get<MentionImport>();
        var first = await import.Run(new StringReader(File(_ => 2) + "Reviews,,2026-02-01,2,No name,,,\nReviews,B,soon,2,No day,,,\n"), TimeZoneInfo.Utc);
        Assert.Equal((12, 0), (first.Added, first.Updated));
        Assert.Equal([14, 15], first.Refused.Select(each => each.Line));
        var second = await import.Run(new StringReader(File(i => i < 9 ? 4 : i == 9 ? 1 : 2)), TimeZoneInfo.Utc);
        Assert.Equal((0, 12), (second.Added, second.Updated));
        Assert.Equal(0, await desk.Value<long>("select count(*) from mentions where rating_before <> 2")); // what was before stays
        Assert.Equal(10, await desk.Value<long>("select count(*) from mentions where rating_after is not null"));

        using var shop = await desk.ActingFor(marta, "Shop", Scopes.CasesWrite, Scopes.CasesRead);
        var bad = await shop.Json("/api/v1/mentions", """{"mentions":[{"site":"Network","author":"Z","text":"Hm","said_at":"2026-03-01T10:00:00Z","rating_before":9}]}""", "a");
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("mentions[0].rating_before", await bad.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await shop.Json("/api/v1/mentions", """{"mentions":[{"site":"Network","author":"Z","text":"Hm","said_at":"2026-03-01T10:00:00Z"}]}""", "b")).StatusCode);
        Assert.Contains("\"author\":\"Z\"", await shop.GetStringAsync("/api/v1/mentions?show=loose"), StringComparison.Ordinal);

        // nine rose by two stars, one fell by one: the smallest rank fell, so 2 of 2^10 signs, and as many on the other side, are as far out
        using var browser = await desk.SignIn(marta);
        var report = await browser.Open("/reports/mentions?days=30");
        Assert.Contains("9 up, 1 down", report.Words(".kpis"));
        Assert.Contains("More than chance: p = 0.0039", report.Words(".kpis"));
        Assert.Contains("11 of 13", report.Words(".kpis"));
        Assert.Equal(["2", "1", "0", "0", "9", "0"], report.QuerySelectorAll("section[aria-labelledby=pairs] tbody tr")[1].Children.Select(cell => cell.TextContent.Split(' ')[0]));
        Assert.Equal(9, (await browser.Open(report.QuerySelector(".kpis a[href*=raised]")!.GetAttribute("href")!)).QuerySelectorAll("tbody tr").Length);
        async Task<int> Behind(AngleSharp.Dom.IElement cell) => (await browser.Open(cell.QuerySelector("a")!.GetAttribute("href")!)).QuerySelectorAll("main table.full tbody tr").Length;
        var cells = report.QuerySelectorAll("section[aria-labelledby=pairs] td, section[aria-labelledby=sites] td.r").Where(cell => cell.QuerySelector("a") is not null).ToList();
        foreach (var cell in cells)
            Assert.Equal(int.Parse(cell.TextContent.Split(' ')[0], CultureInfo.InvariantCulture), await Behind(cell));
        Assert.Equal(2 + 7, cells.Count); // two pairs of stars; Reviews: all, answered, rose; Network: all, answered, rose, fell
        var part = await browser.Open("/mentions?show=all&days=30&site=Network&before=2&after=1");
        Assert.Single(part.QuerySelectorAll("main table.full tbody tr"));
        Assert.Contains("Only on Network with 2 stars at first and with one star after.", part.Words("main"));
        Assert.Contains("Reviews,8,8,", await browser.GetStringAsync("/reports/mentions/export?days=30"), StringComparison.Ordinal);
    }
}
