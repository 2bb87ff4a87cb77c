using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>What only a real browser shows: keys inside the rich editor, and words that outlive the page.</summary>
public sealed class KeysTests
{
    [Fact]
    public async Task Notes_are_written_and_saved_and_the_next_case_opened_without_the_mouse()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var first = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        desk.Clock.Now = desk.Clock.Now.AddHours(1); // the promise of the second case is due later, so it stands below
        var second = await desk.Complain("Tom Dubois", "The toaster burns", "One side.", jo);
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "jo");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator($"[data-case='{first}']").WaitForAsync();
        await Note(page, "The depot knows.", "Control+Enter");
        await page.Locator(".timeline .note:has-text('The depot knows.')").WaitForAsync();
        await Note(page, "They call back.", "Control+Shift+Enter");
        await page.Locator($"[data-case='{second}']").WaitForAsync();
        Assert.Equal(2, await desk.Value<long>("select count(*) from messages where direction = 3 and case_number = @first", new { first }));

        await page.Keyboard.PressAsync("v");
        await page.Locator("#kind-choice:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Shift+U");
        await page.Arrives("/inbox/mine");
        await page.Locator($"#row-{second}.unread").WaitForAsync();
    }

    [Fact]
    public async Task On_a_narrow_screen_a_case_alone_fills_the_page_and_the_folded_panel_answers_to_its_keys()
    {
        await using var desk = await Desk.Start();
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", await desk.AddPerson("Jo", Role.Agent));
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "jo");
        foreach (var width in (int[])[800, 1100, 1300])
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.GotoAsync($"/cases/{number}");
            Assert.InRange((await page.Locator("#case").BoundingBoxAsync())!.Width, width - 80, width);
        }

        await page.SetViewportSizeAsync(1100, 900);
        await page.Keyboard.PressAsync("p");
        await page.Arrives($"/cases/{number}/update");
        await page.GotoAsync($"/cases/{number}");
        await page.Keyboard.PressAsync("Shift+R");
        await page.Arrives($"/cases/{number}/resolution");
    }

    [Fact]
    public async Task A_case_that_is_written_down_on_the_phone_outlives_the_page()
    {
        await using var desk = await Desk.Start();
        await desk.AddPerson("Jo", Role.Agent);
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "jo");
        await page.GotoAsync("/cases/new");
        await page.FillAsync("[name=Story]", "It leaks.");
        await page.CheckAsync("[name=OutcomeAsked]");
        await page.ReloadAsync();
        Assert.Equal("It leaks.", await page.InputValueAsync("[name=Story]"));
        Assert.True(await page.IsCheckedAsync("[name=OutcomeAsked]"));
    }

    private static async Task Note(IPage page, string words, string send)
    {
        await page.Keyboard.PressAsync("n");
        await page.Locator(".ProseMirror-focused").WaitForAsync();
        await page.Keyboard.TypeAsync(words);
        await page.Keyboard.PressAsync(send);
    }
}
