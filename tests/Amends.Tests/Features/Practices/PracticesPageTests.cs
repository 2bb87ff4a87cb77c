using System.Net;
using Amends.Domain.People;

namespace Amends.Tests.Features.Practices;

public sealed class PracticesPageTests
{
    [Fact]
    public async Task The_page_of_practices_has_every_row_and_each_of_its_links_answers()
    {
        await using var desk = await Desk.Start();
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var page = await browser.Open("/practices");

        var rows = File.ReadLines(Path.Combine(Checkout.Root, "docs", "practices.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 7 && cells[1].Length > 0 && char.IsAsciiDigit(cells[1][^1])).ToList();
        Assert.Equal(rows.Select(cells => cells[1]), page.QuerySelectorAll("tbody tr td:first-child").Select(cell => cell.TextContent));

        var links = page.QuerySelectorAll("tbody a").Select(link => link.GetAttribute("href")!).Distinct().ToList();
        Assert.True(links.Count >= 6);
        foreach (var link in links)
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(link)).StatusCode);

        // What is called built can be seen somewhere.
        Assert.All(rows.Where(cells => cells[4] == "built"), cells =>
            Assert.Contains(page.QuerySelectorAll("tbody tr"), row => row.QuerySelector("td")!.TextContent == cells[1] && row.QuerySelector("a") is not null));
    }
}
