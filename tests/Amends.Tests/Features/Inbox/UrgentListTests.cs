using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Handling;
using Amends.Domain.People;

namespace Amends.Tests.Features.Inbox;

/// <summary>The order of the lists, on both databases: broken promises first, then by who needs it most; worth comes last.</summary>
public sealed class UrgentListTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Broken_promises_come_first_then_who_needs_it_most_and_worth_never_goes_before_a_broken_promise(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var calendar = new Company().Calendar();
        async Task<long> Complaint(string about, double hours, Action<Case>? also = null, bool worth = false)
        {
            var number = await desk.Complain(worth ? "Rich Customer" : "Amara Okafor", about, "It leaks.", jo);
            await desk.Cases.Change(number, @case =>
            {
                @case.Speak(900 + number, Channel.Phone, jo, desk.Clock.Now);
                @case.KeepPromise("the news", desk.Clock.Now.AddHours(hours), jo, calendar, desk.Clock.Now);
                also?.Invoke(@case);
            });
            return number;
        }

        var rich = await desk.Complain("Rich Customer", "first", "It leaks.", jo);
        await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, 'O-1', 'o-1', 1, 900000, 'EUR' from cases where number = @rich", new { rich }));
        await desk.Cases.Change(rich, @case => @case.Withdraw(CloseReason.Withdrawn, "told", Told.Without("They said so themselves."), jo, desk.Clock.Now));

        var overdueWorth = await Complaint("overdue, worth much", 1.5, worth: true);
        var overdue = await Complaint("overdue for longest", 1);
        var overdueSerious = await Complaint("overdue and serious", 1.9, @case => @case.SetSeverity(Severity.High, jo, desk.Clock.Now));
        var usual = await Complaint("due today", 3);
        var worth = await Complaint("due today, worth much", 4, worth: true);
        var needs = await Complaint("due today, needs more time", 5, @case => @case.NoteSupportNeeds([SupportNeed.MoreTime], null, jo, desk.Clock.Now));
        var danger = await Complaint("due today, danger", 6, @case => @case.CheckSafety(true, jo, desk.Clock.Now));
        var rests = await Complaint("rests", 3.5, @case => @case.Snooze(desk.Clock.Now.AddHours(3), null, jo, desk.Clock.Now));
        var later = await Complaint("later and serious", 30, @case => @case.SetSeverity(Severity.High, jo, desk.Clock.Now));
        var sooner = await Complaint("later", 29);
        desk.Clock.Now = desk.Clock.Now.AddHours(2);

        long[] all = [overdueSerious, overdue, overdueWorth, danger, needs, worth, usual, rests, sooner, later];
        Assert.Equal(Ids(all), Rows(await browser.Open("/inbox/mine")));
        Assert.Equal(Ids(all), Rows(await browser.Open("/inbox/team")));
        Assert.Equal(Ids(all[..3]), Rows(await browser.Open("/inbox/overdue")));
        Assert.Equal(Ids(all[..8]), Rows(await browser.Open("/inbox/due")));
        Assert.Equal(Ids([overdueSerious, danger, later]), Rows(await browser.Open("/inbox/hard")));
        Assert.StartsWith("rests until", (await browser.Open("/inbox/mine")).QuerySelector($"#row-{rests} .chip:nth-of-type(2)")!.TextContent);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, (await browser.GetAsync($"/inbox/row/{usual}?in=overdue")).StatusCode);

        // page by page from any place, and from nonsense from the start
        Assert.Equal(Ids(all[2..]), Rows(await browser.Open($"/inbox/mine?after=0-4-{await PromiseOf(desk, overdue)}-{overdue}")));
        Assert.Equal(Ids(all[6..]), Rows(await browser.Open($"/inbox/mine?after=1-3-{await PromiseOf(desk, worth)}-{worth}")));
        Assert.Equal(Ids(all[9..]), Rows(await browser.Open($"/inbox/mine?after=3-0-{await PromiseOf(desk, sooner)}-{sooner}")));
        foreach (var nonsense in (string[])["7-0-1-1", "x", "1-2-3", "-1-2-3-4", "1-99-3-4"])
            Assert.Equal(Ids(all), Rows(await browser.Open($"/inbox/mine?after={nonsense}")));
    }

    private static IEnumerable<string> Ids(IEnumerable<long> numbers) => numbers.Select(number => $"row-{number}");

    private static IEnumerable<string?> Rows(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll(".row").Select(row => row.Id);

    private static async Task<long> PromiseOf(Desk desk, long number) => (await desk.Cases.Find(number))!.NextContact!.DueAt.ToUnixTimeMilliseconds();
}
