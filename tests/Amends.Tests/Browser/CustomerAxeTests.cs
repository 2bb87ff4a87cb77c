using Amends.Data;
using Amends.Domain.Cases;
using Amends.Features.Demo;
using Amends.Tests.Channels.Email;
using Amends.Tests.Web;
using Amends.Web;

namespace Amends.Tests.Browser;

/// <summary>As <see cref="AxeTests"/>, for whoever has no account: strangers, and customers with a link in a mail.</summary>
public sealed class CustomerAxeTests
{
    [Fact]
    public async Task No_page_of_a_stranger_or_a_customer_breaks_a_rule()
    {
        await using var demo = await DemoDesk.Start();
        var desk = demo.Desk;
        await using var chrome = await Chrome.Start();
        var axe = new Axe(chrome, desk);
        await axe.Look(await axe.In(null), [new("/sign-in"), new("/sign-in", Send: "main form"), new($"/welcome/{demo.Invitation}"), new($"/welcome/{demo.Invitation}", Send: "main form"), new("/c"),
            new("/c/again", Send: "main form"), new("/contact", Send: "main form"), new("/no/such/page")]);

        foreach (var stage in Enum.GetValues<CaseStage>())
        {
            var customer = await axe.In(null);
            var page = await customer.NewPageAsync();
            await page.GotoAsync(CustomerLinks.PathOf(await demo.Link(demo.In(stage))));
            await axe.Check(page, "/c/…");
            await page.ClickAsync("main form button");
            await page.Arrives("/c"); // a page that is closed on its way somewhere may never say that it is closed
            await page.CloseAsync();
            var pages = desk.Endpoints().Where(endpoint => endpoint.Verbs().Contains("GET") && endpoint.Policy() == Policies.Customer && !endpoint.Route().Contains('{')).Select(endpoint => new Sight(endpoint.Route()));
            if (stage == CaseStage.Offered)
                pages = pages.Concat([new("/c/choose", Send: "main form"), new("/c/call", Send: "form[action='/c/call'][method=post]"), new("/c/call?zone=Asia/Tokyo"), new("/c/more", Send: "main form")]);
            await axe.Look(customer, stage is CaseStage.Offered or CaseStage.CheckBack ? pages : pages.Where(sight => sight.Path is "/c" or "/c/confirm"), stage.ToString());
        }

        foreach (var subject in new[] { "The desk wobbles, and nobody called", "The lamp went out after two years" }) // with a decision, and with a deadlock
        {
            var customer = await axe.In(null);
            var page = await customer.NewPageAsync();
            await page.GotoAsync(CustomerLinks.PathOf(await demo.Link(await desk.Value<long>("select number from cases where subject = @subject", new { subject }))));
            await page.ClickAsync("main form button");
            await page.Arrives("/c");
            await page.CloseAsync();
            await axe.Look(customer, [new("/c"), new("/c/confirm"), new("/c/choose"), new("/c/suggest")], subject);
        }

        foreach (var (subject, sights) in new (string, Sight[])[] { (DemoRemedies.WithLabel, [new("/c"), new("/c/return/1")]), (DemoRemedies.OnItsWay, [new("/c/return/1")]), (DemoRemedies.ToChoose, [new("/c"), new("/c/visit/1", Send: "main form[action='/c/visit/1']")]), (DemoRemedies.Booked, [new("/c/visit/1")]) })
        {
            var customer = await axe.In(null);
            var page = await customer.NewPageAsync();
            await page.GotoAsync(CustomerLinks.PathOf(await demo.Link(await demo.About(subject))));
            await page.ClickAsync("main form button");
            await page.Arrives("/c");
            await page.CloseAsync();
            await axe.Look(customer, sights, subject);
        }

        Assert.True(axe.Report() is "", axe.Report());
    }
}
