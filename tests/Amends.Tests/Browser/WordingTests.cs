using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>Hints while one writes, in a real browser: in the rich editor and in the plain place to write, by keys.</summary>
public sealed class WordingTests
{
    [Fact]
    public async Task Hints_come_while_one_writes_are_reached_and_opened_by_keys_and_take_no_focus()
    {
        await using var desk = await Desk.Start();
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", await desk.AddPerson("Jo", Role.Agent));
        await using var chrome = await Chrome.Start();
        var axe = new Axe(chrome, desk);
        var window = await axe.In("jo");
        foreach (var rich in (bool[])[true, false])
        {
            var page = await window.NewPageAsync();
            if (!rich)
                await page.RouteAsync("**/editor/*.js", route => route.AbortAsync());
            await page.GotoAsync($"/cases/{number}");
            await page.Keyboard.PressAsync("r");
            if (rich)
                await page.Locator(".ProseMirror-focused").WaitForAsync();
            await page.Keyboard.TypeAsync("Dear Amara, please calm down.");
            await page.Locator(".wording .s3 q:has-text('calm down')").WaitForAsync();
            Assert.Equal(rich, await page.Locator(".ProseMirror .tone:has-text('calm down')").CountAsync() == 1);
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement.matches('.edit')")); // where one writes
            Assert.Contains("to stop and think", await page.Locator(".wording [role=status]").TextContentAsync());

            await page.Keyboard.PressAsync("Tab");
            Assert.Matches("^Stop and think: ?calm down ", await page.EvaluateAsync<string>("document.activeElement.matches('.wording summary') ? document.activeElement.textContent : document.activeElement.outerHTML"));
            await page.Keyboard.PressAsync("Enter");
            await page.Keyboard.PressAsync("Tab");
            Assert.StartsWith("Copy this sentence", await page.EvaluateAsync<string>("document.activeElement.textContent"));
            await page.Keyboard.PressAsync("Enter");
            await page.Locator("#live-words:has-text('Copied')").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            Assert.DoesNotContain("frustrating", await page.InputValueAsync("#compose")); // it is copied, and nothing is rewritten
            await axe.Check(page, $"/cases/{number} with hints, {(rich ? "rich" : "plain")}");

            // asked once, by keys; sent as it is, it goes
            await page.FillAsync("[name=next_what]", "what we found");
            await page.Locator(".edit:visible").FocusAsync();
            await page.Keyboard.PressAsync("Control+Enter");
            await page.Locator(".asks button[name=wording]").WaitForAsync();
            await axe.Check(page, $"/cases/{number} asked once, {(rich ? "rich" : "plain")}");
            await page.Locator(".asks button[name=wording]").FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await page.Locator(".held").Nth(rich ? 0 : 1).WaitForAsync();
            await page.CloseAsync();
        }

        Assert.Equal(2, await desk.Value<long>("select count(*) from held_replies"));
        Assert.True(axe.Report() is "", axe.Report());
    }
}
