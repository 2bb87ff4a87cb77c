using System.Net;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;
using static Amends.Tests.Features.Api.RecoveryApiTests;

namespace Amends.Tests.Features.Recovery;

/// <summary>Whose each line is, by page and by JSON, and who hears that it is late, on both databases.</summary>
public sealed class RemedyOwnerTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_line_that_was_handed_on_and_is_late_is_told_to_both_and_stands_on_today_and_on_the_board(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        var (ben, hanna) = (await desk.AddPerson("Ben", Role.Agent), complaint.Jo);
        await complaint.Summarise();
        await complaint.Offer();
        await desk.Cases.Change(complaint.Number, @case => @case.Choose(1, 1, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
        var (page, path) = (await desk.SignIn(hanna), $"/cases/{complaint.Number}/remedies");
        Assert.Contains("Hanna has it, with the case.", (await page.Open($"/cases/{complaint.Number}/delivery")).Words("#remedy-1"));
        var wrong = await page.Send(path + "/1/owner", path + "/1/owner", new() { ["to"] = "outside", ["outside"] = "" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Say whose it is."), (wrong.StatusCode, (await wrong.Tree()).Words("#to-error")));
        Assert.Equal(HttpStatusCode.SeeOther, (await page.Send(path + "/1/owner", path + "/1/owner", new() { ["to"] = ben.Id.ToString() })).StatusCode);
        using (var shop = await desk.ActingFor(hanna, "Shop", Scopes.CasesRead, Scopes.RecoveryWrite))
        {
            var api = $"/api/v1/cases/{complaint.Number}";
            await No(shop, api + "/remedies/2/owner", """{"person_id":4711}""", 422, "owner");
            await Done(shop, api + "/remedies/2/owner", """{"outside":"Swift & Sons"}""");
            var seen = await shop.Get(api);
            Assert.Equal((ben.Id, "Swift & Sons"), (seen.GetProperty("remedies")[0].GetProperty("owner").GetProperty("person_id").GetInt64(), seen.GetProperty("remedies")[1].GetProperty("owner").GetProperty("name").GetString()));
            Assert.True(seen.GetProperty("fix_due_at").GetDateTimeOffset() < seen.GetProperty("put_right_by").GetDateTimeOffset());
        }

        await desk.RunDue();
        Assert.Contains("Hanna handed you “New machine, two-hour slot”", Assert.Single(await desk.Rows<string>("select text from notices where person_id = @Id", new { ben.Id })));
        Assert.Equal((2L, 1L), (await desk.Value<long>("select count(*) from owed_lines"), await desk.Value<long>("select count(*) from owed_lines where person_id = @Id", new { ben.Id })));

        desk.Clock.Now = desk.Clock.Now.AddDays(4); // the machine is late, the money is not
        await desk.RunDue();
        await desk.RunDue();
        foreach (var who in new[] { ben, hanna })
            Assert.Equal(1, await desk.Value<long>("select count(*) from notices where person_id = @Id and text like 'Late: “New machine%'", new { who.Id }));
        Assert.Contains("New machine, two-hour slot", (await (await desk.SignIn(ben)).Open("/today")).Words("[aria-labelledby=handed]"));
        page = await desk.SignIn(hanna);
        Assert.Contains("Late: New machine, two-hour slot", (await page.Open("/today")).Words("main"));
        var late = (await page.Open("/promises")).Words("[aria-labelledby=late]");
        Assert.Contains("Ben", late);
        Assert.DoesNotContain("Money back", late);
        Assert.Null((await page.Open("/promises?when=all&who=mine")).QuerySelector("#late"));

        desk.Clock.Now = desk.Clock.Now.AddDays(2);
        page = await desk.SignIn(hanna);
        Assert.Contains("Hanna (Swift & Sons does it)", (await page.Open("/promises?when=overdue&who=mine")).Words("[aria-labelledby=late]"));
        await complaint.Deliver();
        Assert.Equal(0, await desk.Value<long>("select count(*) from owed_lines"));
    }
}
