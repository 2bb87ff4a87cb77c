using System.Diagnostics;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>From a new complaint on the phone to put right in one form, in a real Chromium, by keyboard alone: every key and field is counted.</summary>
public sealed class OneTouchTests(ITestOutputHelper output)
{
    private const int MostKeys = 46;
    private const int MostFields = 8;

    [Fact]
    public async Task A_complaint_by_phone_is_put_right_in_one_form_by_keyboard_with_few_keys()
    {
        await using var desk = await Desk.Start();
        await desk.AddPerson("Jo", Role.Agent);
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "jo");
        var hand = new Hand(page);
        var watch = Stopwatch.StartNew();

        await hand.Press("w"); // a new case, from anywhere
        await page.Arrives("/cases/new");
        await hand.Press("Tab");
        await hand.Press("Enter"); // to the content
        await hand.Fill("Name", "Amara Okafor");
        await hand.Fill("Story", "“The lid broke off the first time I opened it.”");
        await hand.Fill("Outcome", "The price of the lid back");
        await hand.Choose("[name=AtRisk]");
        await hand.Fill("Happened", "The lid broke off the first time");
        await hand.Fill("Matters", "Not to pay for what she cannot use");
        await hand.Fill("Spot.Title", "The price of the lid back");
        await hand.Fill("Spot.Amount", "12");
        await hand.Choose("[name='Spot.AsWanted']");
        await hand.Choose("[name='Spot.Done']");
        await hand.Fill("Spot.Words", "“Yes, that is all I wanted.”");
        await hand.Press("Enter");
        await page.Arrives("/cases/1001");

        output.WriteLine($"One touch: {hand.Keys} keys to move, choose and send (at most {MostKeys}), {hand.Fields} fields with {hand.Letters} letters (at most {MostFields} fields), {watch.Elapsed.TotalSeconds:0.0} s as a script.");
        Assert.InRange(hand.Keys, 1, MostKeys);
        Assert.InRange(hand.Fields, 1, MostFields);
        var state = (await desk.Cases.Find(1001))!;
        Assert.Equal((CaseStage.CheckBack, Channel.Phone, "“Yes, that is all I wanted.”"), (state.Stage, state.Channel, state.Summary!.Words));
        var refund = Assert.Single(state.Remedies);
        Assert.Equal((RemedyKind.Refund, 1200L, false), (refund.Kind, refund.Value.Minor, refund.IsOpen));
        Assert.NotNull(state.CheckBack); // the end is theirs to say
    }

    /// <summary>Keys alone, and how many.</summary>
    private sealed class Hand(IPage page)
    {
        public int Keys { get; private set; }
        public int Fields { get; private set; }
        public int Letters { get; private set; }

        public async Task Press(string key)
        {
            Keys++;
            await page.Keyboard.PressAsync(key);
        }

        /// <summary>Goes on to a field by Tab, and writes.</summary>
        public async Task Fill(string name, string words)
        {
            await GoTo($"[name='{name}']");
            (Fields, Letters) = (Fields + 1, Letters + words.Length);
            await page.Keyboard.TypeAsync(words);
        }

        /// <summary>Goes on to a choice by Tab, and takes it.</summary>
        public async Task Choose(string what)
        {
            await GoTo(what);
            await Press("Space");
        }

        private async Task GoTo(string what)
        {
            for (var tries = 0; !await page.EvaluateAsync<bool>("what => document.activeElement.matches(what)", what); tries++)
            {
                Assert.True(tries < 40, $"Tab does not reach {what}.");
                await Press("Tab");
            }
        }
    }
}
