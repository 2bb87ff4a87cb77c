using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.People;
using Amends.Domain.Referrals;
using Amends.Tests.Features.CustomerPages;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>The path on which nobody agrees, in a real Chromium: by keyboard at the desk, without scripts and on a phone for the customer.</summary>
public sealed class HardPathTests
{
    [Fact]
    public async Task An_offer_is_approved_and_declined_what_is_not_upheld_is_explained_and_a_deadlock_leads_outside()
    {
        await using var desk = await Desk.Start();
        await desk.Get<StoredSettings>().Set(await desk.Get<StoredSettings>().Company() with { OutsideRoute = "Retail Ombudsman, 1 High Street" });
        var complaint = await Complaint.Open(desk);
        var number = complaint.Number;
        await complaint.Summarise();
        await desk.AddPerson("Jo", Role.Agent);
        await desk.AddPerson("Lea", Role.Lead);
        await using var chrome = await Chrome.Start();
        var (jo, lea) = (await chrome.SignIn(desk.Address, "jo"), await chrome.SignIn(desk.Address, "lea"));
        var amara = await chrome.Open(desk.Address, scripts: false, width: 390);
        await amara.GotoAsync(CustomerLinks.PathOf(await complaint.Link()));
        await Press(amara.Locator("main form button"));

        // above Jo's limit: Lea is asked, and finds it by keyboard
        await jo.GotoAsync($"/cases/{number}/offer/new");
        foreach (var (field, words) in new[] { ("Options_1_Title", "The whole price back"), ("Options_1_Why", "It came damaged twice."), ("Options_1_Amount", "200"), ("Options_2_Title", "A part of the price"), ("Options_2_Why", "You keep it."), ("Options_2_Amount", "60"), ("Evidence", "Two photos") })
            await Type(jo, field, words);
        await Press(jo.Locator("button[value=send]"));
        await jo.Arrives($"/cases/{number}");
        Assert.True((await complaint.State()).Offer!.AwaitsApproval);
        await lea.Keyboard.PressAsync("g");
        await lea.Keyboard.PressAsync("a");
        await lea.Arrives("/approvals");
        await Press(lea.Locator("main button:has-text('Approve')"));
        await lea.Arrives("/approvals");
        await jo.GotoAsync($"/cases/{number}/offer");
        await Press(jo.Locator("button:has-text('Send to')"));
        await jo.Arrives($"/cases/{number}");

        // the customer wants something else, in their own words
        await amara.GotoAsync("/c/choose");
        Assert.Contains("The whole price back", await amara.InnerTextAsync("main"));
        await amara.ClickAsync("a[href='/c/suggest']");
        await amara.FillAsync("main textarea", "I want a new one and the price back.");
        await Press(amara.Locator("main form button.primary"));
        await amara.Arrives("/c.*");
        Assert.Equal(CaseStage.Working, (await complaint.State()).Stage);

        // not upheld: reasons, what we can do all the same, and where to go next
        await jo.GotoAsync($"/cases/{number}/decision");
        await jo.FocusAsync("input[value=Upheld]");
        await jo.Keyboard.PressAsync("ArrowRight");
        await jo.Keyboard.PressAsync("ArrowRight");
        await Type(jo, "Issue_1_Reasons", "The carrier's picture shows it whole when it was signed for.");
        await Type(jo, "Issue_1_CanDo", "We mend it free of charge.");
        await Press(jo.Locator("button[value=send]"));
        await jo.Arrives($"/cases/{number}");
        var state = await complaint.State();
        Assert.Equal((Finding.NotUpheld, CaseStage.Offered), (state.Issues[0].Decision!.Finding, state.Stage));
        await amara.GotoAsync("/c/choose");
        var read = await amara.InnerTextAsync("main");
        foreach (var words in new[] { "shows it whole", "We mend it free of charge.", "Retail Ombudsman" })
            Assert.Contains(words, read);
        await amara.GotoAsync("/c/suggest");
        await amara.FillAsync("main textarea", "It was not whole.");
        await Press(amara.Locator("main form button.primary"));
        await amara.Arrives("/c.*");

        // no way is left but outside
        await lea.GotoAsync($"/cases/{number}/outside");
        await Type(lea, "Why", "They want the machine and the money.");
        await Press(lea.Locator("button:has-text('Declare a deadlock')"));
        await lea.Arrives($"/cases/{number}.*");
        await amara.GotoAsync("/c");
        Assert.Contains("we could not agree, and we are sorry", await amara.InnerTextAsync("main"));
        await jo.GotoAsync($"/cases/{number}/outside");
        await Type(jo, "Body", "Retail Ombudsman");
        await Press(jo.Locator("button:has-text('It lies there')"));
        await jo.Arrives($"/cases/{number}.*");
        state = await complaint.State();
        Assert.Equal((CloseReason.Deadlock, ReferralStage.Referred, "Retail Ombudsman"), (state.CloseReason, state.Referral!.Stage, state.Referral.Body));
        await lea.GotoAsync($"/cases/{number}/outside");
        var file = await lea.RunAndWaitForDownloadAsync(() => Press(lea.Locator("button:has-text('Download the file')")));
        Assert.EndsWith(".zip", file.SuggestedFilename);
    }

    private static async Task Type(IPage page, string field, string words)
    {
        await page.FocusAsync("#" + field);
        await page.Keyboard.TypeAsync(words);
    }

    private static async Task Press(ILocator button)
    {
        await button.First.FocusAsync();
        await button.First.PressAsync("Enter");
    }
}
