using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Approvals;

namespace Amends.Tests.Features.Reports;

public sealed class ConsistencyTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_others_got_is_beside_the_offer_and_what_stands_out_is_in_the_report(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Owner);
        var browser = await desk.SignIn(jo);
        long odd = 0;
        foreach (var euros in new[] { 10, 11, 12, 13, 200 })
        {
            odd = await LimitTests.Understood(desk, jo, $"Customer {euros}");
            await desk.Cases.Change(odd, @case => @case.Categorise("DEL.late", true, jo, desk.Clock.Now));
            await LimitTests.Give(desk, odd, jo, euros);
            await desk.Cases.Change(odd, @case => @case.Choose(1, 1, Channel.Phone, "Yes.", jo, new Amends.Data.Company().Calendar(), desk.Clock.Now));
        }

        var now = await LimitTests.Understood(desk, jo, "Amara Okafor");
        Assert.DoesNotContain("What others got", await browser.GetStringAsync($"/cases/{now}/offer/new")); // it has no category
        await desk.Cases.Change(now, @case => @case.Categorise("DEL.late", false, jo, desk.Clock.Now));
        var form = await (await browser.GetAsync($"/cases/{now}/offer/new")).Tree();
        Assert.Contains("What others got: delivery: late, 5 in a year, the middle half from € 11 to € 13", form.Words("main"));
        Assert.Contains($"#{odd}", form.Words("main"));
        await LimitTests.Prepare(desk, now, jo, 20);
        Assert.Contains("What others got", await browser.GetStringAsync($"/cases/{now}/offer"));

        var report = await (await browser.GetAsync("/reports/consistency")).Tree();
        var behind = await (await browser.GetAsync(report.QuerySelector("tbody td.r a")!.GetAttribute("href"))).Tree();
        Assert.Equal((5, "5 cases of the last 365 days, Delivery: late, usual severity."), (behind.QuerySelectorAll("main tbody tr").Length, behind.Words("main .lead"))); // the figure's, each with what was chosen
        Assert.Contains("€ 200", behind.Words("main tbody"));
        var table = report.Words("tbody");
        Assert.Contains($"#{odd} € 200", table);
        Assert.Contains("€ 12", table);
        Assert.DoesNotContain($"#{odd - 1}", table);
    }
}
