using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>What takes more than a tick, in a real Chromium: the agent by keyboard alone, the customer on a phone without scripts.</summary>
public sealed class RemedyPathTests
{
    [Fact]
    public async Task Money_is_due_with_the_scan_of_what_the_customer_sends_back()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await using var chrome = await Chrome.Start();
        var hanna = await chrome.SignIn(desk.Address, "hanna");
        await hanna.GotoAsync($"/cases/{complaint.Number}/offer/new");
        await hanna.FillAsync("#Options_1_Title", "Send it back, money back");
        await hanna.FillAsync("#Options_1_Why", "You need nothing but the label.");
        await hanna.FillAsync("#Options_1_Amount", "80");
        await Press(hanna, "#Options_1_AsWanted, [name='Options[0].AsWanted']", "Space");
        await Press(hanna, "button[value=more]");
        await hanna.WaitForSelectorAsync("#Options_1_SendBack");
        await hanna.SelectOptionAsync("#Options_1_SendBack", "scan");
        await Press(hanna, "button[value=send]");
        await hanna.Arrives($"/cases/{complaint.Number}");

        var amara = await Customer(chrome, desk, complaint);
        await amara.GotoAsync("/c/choose");
        await amara.ClickAsync("label.opt");
        await amara.ClickAsync("main form button.primary");
        await amara.Arrives("/c.*");

        await hanna.GotoAsync($"/cases/{complaint.Number}/delivery");
        await Press(hanna, "a:has-text('Give them a label')");
        await hanna.Arrives($"/cases/{complaint.Number}/remedies/1/return");
        await hanna.FillAsync("#carrier", "Parcel post");
        await hanna.SetInputFilesAsync("#files", new FilePayload { Name = "label.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4 a label"u8.ToArray() });
        await Press(hanna, "form[enctype] button");
        await hanna.WaitForSelectorAsync("text=Return R1000017");

        await amara.GotoAsync("/c");
        await amara.ClickAsync("a:has-text('Get your label')");
        Assert.Contains("R1000017", await amara.InnerTextAsync("main"));
        await hanna.GotoAsync("/returns");
        await hanna.FillAsync("#number", "R100001-7");
        await Press(hanna, "button[value=in_transit]");
        await hanna.Arrives("/returns");
        var refund = (await complaint.State()).Remedies[1];
        Assert.Equal((RemedyKind.Refund, false), (refund.Kind, refund.IsWaiting));
        await amara.GotoAsync("/c");
        Assert.Contains("your parcel is on its way to us", await amara.InnerTextAsync("main"));
    }

    [Fact]
    public async Task A_customer_picks_a_time_for_a_visit_on_a_phone_and_says_that_it_works()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await desk.Cases.Change(complaint.Number, @case =>
        {
            var now = desk.Clock.Now;
            @case.PrepareOffer(new Case.Draft([new(0, "Somebody comes", "It is built in.", [new(RemedyKind.Visit, "Somebody comes and mends it", Domain.Money.Zero("EUR"), now.AddDays(3))], true)], null, now.AddDays(3), now.AddDays(7)), complaint.Jo, now);
            @case.SendOffer(1, complaint.Jo, Complaint.Calendar, now);
            @case.Choose(1, 1, Channel.Page, null, complaint.Customer, Complaint.Calendar, now);
        });
        await using var chrome = await Chrome.Start();
        var hanna = await chrome.SignIn(desk.Address, "hanna");
        await hanna.GotoAsync($"/cases/{complaint.Number}/delivery");
        await Press(hanna, "a:has-text('Offer times')");
        await hanna.Arrives($"/cases/{complaint.Number}/remedies/1/visit");
        foreach (var box in (await hanna.QuerySelectorAllAsync("input[name=times]")).Take(2))
        {
            await box.FocusAsync();
            await hanna.Keyboard.PressAsync("Space");
        }

        await Press(hanna, "form[action$='/visit'] button");
        await hanna.WaitForSelectorAsync("text=They choose from 2 times");

        var amara = await Customer(chrome, desk, complaint);
        await amara.GotoAsync("/c");
        await amara.ClickAsync("a:has-text('Choose when we come')");
        await amara.ClickAsync(".slots label >> nth=0");
        await amara.FillAsync("#address", "12 Mill Lane");
        await amara.ClickAsync("main form button.primary");
        await amara.Arrives("/c.*");
        Assert.Contains("It is agreed: we come then.", await amara.InnerTextAsync("main"));

        desk.Clock.Now = (await complaint.State()).Remedies[0].Visit!.Booked!.Value.To;
        hanna = await chrome.SignIn(desk.Address, "hanna"); // sessions have ended by then
        amara = await Customer(chrome, desk, complaint);
        await hanna.GotoAsync($"/cases/{complaint.Number}/remedies/1/visit");
        await hanna.FillAsync("#diagnosis", "A loose wire, tightened");
        await Press(hanna, "form[action$='/done'] button");
        await hanna.WaitForSelectorAsync("text=Does it work for them?");
        await amara.GotoAsync("/c/visit/1");
        await amara.ClickAsync("button:has-text('Yes, it works')");
        await amara.Arrives("/c.*");
        Assert.NotNull((await complaint.State()).Remedies[0].DoneAt);
    }

    private static async Task<IPage> Customer(Chrome chrome, Desk desk, Complaint complaint)
    {
        var page = await chrome.Open(desk.Address, scripts: false, width: 390);
        await page.GotoAsync(CustomerLinks.PathOf(await complaint.Link()));
        await page.ClickAsync("main form button");
        await page.Arrives("/c");
        return page;
    }

    private static async Task Press(IPage page, string what, string key = "Enter")
    {
        await page.FocusAsync(what);
        await page.Keyboard.PressAsync(key);
    }
}
