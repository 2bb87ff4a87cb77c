using Amends.Domain.People;

namespace Amends.Tests.Features.Promises;

/// <summary>The board of everybody's promises, on both databases.</summary>
public sealed class BoardTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Everybodys_promises_are_counted_and_listed_by_when_they_are_due(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var lea = await desk.AddPerson("Lea", Role.Lead);
        var browser = await desk.SignIn(await desk.AddPerson("Rae", Role.Reader));
        async Task Promise(string what, double hours, Actor? whose)
        {
            var number = await desk.Complain("Amara Okafor", "About " + what, "It leaks.");
            await desk.Cases.Change(number, @case =>
            {
                @case.KeepPromise(what, desk.Clock.Now.AddHours(hours), lea, new Data.Company().Calendar(), desk.Clock.Now);
                @case.Assign(whose, lea, desk.Clock.Now);
            });
        }

        await Promise("the invoice", 1, jo);
        await Promise("the parcel", 7, jo);
        await Promise("the part", 26, lea);
        await Promise("the refund", 100, null);
        desk.Clock.Now = desk.Clock.Now.AddHours(2); // the first is overdue

        var page = await browser.Open("/promises");
        Assert.Equal(["Jo: 1 overdue, 1 today, 0, 0", "Lea: 0, 0, 1 tomorrow, 0", "Nobody yet: 0, 0, 0, 1 later"], page.QuerySelectorAll("[aria-label='Promises by person'] tbody tr").Select(Counted));
        Assert.Equal(["the invoice", "the parcel", "the part", "the refund"], What(page));
        Assert.Equal(["the invoice"], What(await browser.Open("/promises?when=overdue")));
        Assert.Equal(["the parcel"], What(await browser.Open("/promises?when=today")));
        Assert.Equal(["the part"], What(await browser.Open("/promises?when=tomorrow")));
        Assert.Equal(["the refund"], What(await browser.Open("/promises?when=later&who=unassigned")));
        Assert.Equal(["the part"], What(await browser.Open($"/promises?who={lea.Id}")));
        Assert.Empty(What(await browser.Open("/promises?when=nonsense&who=mine&after=x-y")));
        Assert.Equal(["the refund"], What(await browser.Open($"/promises?after={desk.Clock.Now.AddHours(30).ToUnixTimeMilliseconds()}-1")));
    }

    private static IEnumerable<string> What(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll("[aria-label='Promises that are open'] tbody td:nth-child(2) a").Select(link => link.TextContent);

    private static string Counted(AngleSharp.Dom.IElement row) =>
        $"{row.QuerySelector("td a > span:last-child, td a.link")!.TextContent}: {string.Join(", ", row.Children.Skip(1).Select(cell => cell.TextContent.Trim()))}";
}
