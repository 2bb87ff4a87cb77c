using Amends.Data;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Features.CustomerPages;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>
/// The whole path with an offer that is declined and a call that the customer books, in a real Chromium: the agent by
/// keyboard, the customer on a phone without scripts.
/// </summary>
public sealed class CallBackPathTests
{
    [Fact]
    public async Task What_is_offered_is_declined_talked_over_by_phone_offered_anew_chosen_delivered_and_called_put_right()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        var number = complaint.Number;
        await complaint.Summarise();
        await using var chrome = await Chrome.Start();
        var hanna = await chrome.SignIn(desk.Address, "hanna");
        var amara = await Customer(chrome, desk, complaint);

        // options that do not suit, and what would
        await Offer(hanna, number, "A voucher", "A part of the price");
        await amara.GotoAsync("/c/suggest");
        await amara.FillAsync("main textarea", "I would rather talk about it.");
        await amara.ClickAsync("main form button.primary");
        await amara.Arrives("/c.*");
        Assert.Equal((CaseStage.Working, 1), ((await complaint.State()).Stage, (await complaint.State()).Declines));

        // a time for a call, of those that are free
        await amara.GotoAsync("/c/call");
        await amara.ClickAsync(".slots label >> nth=0");
        await amara.FillAsync("[name=phone]", "0113 496 0142");
        await amara.ClickAsync("button:has-text('Call me then')");
        await amara.Arrives("/c.*");
        var call = (await complaint.State()).CallBack!;
        await amara.GotoAsync("/c/call");
        Assert.Contains("We call you", await amara.InnerTextAsync("h1"));

        // nobody answers; the next attempt is planned by itself, and it reaches her
        desk.Clock.Now = call.From.AddMinutes(1);
        await desk.RunDue();
        hanna = await chrome.SignIn(desk.Address, "hanna"); // sessions may have ended by then
        await hanna.Keyboard.PressAsync("g");
        await hanna.Keyboard.PressAsync("c");
        await hanna.Arrives("/calls");
        await Press(hanna, "button[value=no_answer]");
        await hanna.Arrives("/calls");
        call = (await complaint.State()).CallBack!;
        Assert.Equal((1, CallOutcome.NoAnswer, CallReason.Again), (call.Attempts, call.Outcome, call.Reason));
        desk.Clock.Now = call.From.AddMinutes(1);
        await desk.RunDue();
        hanna = await chrome.SignIn(desk.Address, "hanna");
        await hanna.GotoAsync("/calls");
        await Press(hanna, "a:has-text('Reached')");
        await hanna.Arrives($"/cases/{number}/call.*");
        await Type(hanna, "[name=Words]", "“A new one, or all the money. No voucher.”");
        await Type(hanna, "[name=Minutes]", "6");
        await Press(hanna, "[name=Talk][value=Even]", "Space");
        await Type(hanna, "[name=Next]", "two other ways");
        await Press(hanna, "[name=Confirm]", "Space"); // no letter: the options say it all
        await Press(hanna, "button:has-text('Save the call')");
        await hanna.Arrives($"/cases/{number}");
        var state = await complaint.State();
        Assert.Equal((null, CallEnd.Reached, "two other ways"), (state.CallBack, state.CallBacks[^1].End, state.NextContact!.What));

        // what they asked for, chosen, done, and called right by the customer
        await Offer(hanna, number, "A new machine", "All of the money");
        amara = await Customer(chrome, desk, complaint);
        await amara.GotoAsync("/c/choose");
        await amara.ClickAsync("label.opt >> nth=0");
        await amara.ClickAsync("main form button.primary");
        await amara.Arrives("/c.*");
        await hanna.GotoAsync($"/cases/{number}/delivery");
        await Press(hanna, "button:has-text('Done')");
        await hanna.Arrives($"/cases/{number}/delivery");
        await Press(hanna, "button:has-text('All done')");
        await hanna.Arrives($"/cases/{number}");
        desk.Clock.Now = (await complaint.State()).CheckBack!.DueAt;
        await desk.RunDue();
        amara = await Customer(chrome, desk, complaint);
        await amara.GotoAsync("/c/rate");
        await amara.CheckAsync("input[type=radio][value='Yes' i]");
        await amara.ClickAsync("main form button.primary");
        await amara.Arrives("/c.*");

        state = await complaint.State();
        Assert.Equal((CaseStage.Closed, CloseReason.Confirmed, 2, 1), (state.Stage, state.CloseReason, state.Offers.Count, state.Declines));
        Assert.DoesNotContain(state.Promises, promise => promise.IsOpen && state.IsOpen);
    }

    private static async Task Offer(IPage page, long number, string first, string second)
    {
        await page.GotoAsync($"/cases/{number}/offer/new");
        foreach (var (field, words) in new[] { ("Options_1_Title", first), ("Options_1_Why", "So that you need not wait."), ("Options_1_Amount", "20"), ("Options_2_Title", second), ("Options_2_Why", "You choose what you do with it."), ("Options_2_Amount", "40") })
            await Type(page, "#" + field, words);
        await Press(page, "button[value=send]");
        await page.Arrives($"/cases/{number}");
    }

    private static async Task<IPage> Customer(Chrome chrome, Desk desk, Complaint complaint)
    {
        var page = await chrome.Open(desk.Address, scripts: false, width: 390);
        await page.GotoAsync(CustomerLinks.PathOf(await complaint.Link()));
        await page.ClickAsync("main form button");
        await page.Arrives("/c");
        return page;
    }

    private static async Task Type(IPage page, string what, string words)
    {
        await page.Locator(what).First.FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(words);
    }

    private static async Task Press(IPage page, string what, string key = "Enter")
    {
        await page.Locator(what).First.FocusAsync();
        await page.Keyboard.PressAsync(key);
    }
}
