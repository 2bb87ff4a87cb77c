using Amends.Domain.People;
using Amends.Domain.SelfCare;
using Amends.Tests.Features.SelfCare;

namespace Amends.Tests.Browser;

/// <summary>Looking back in a real browser: eleven pairs on a phone, by keys.</summary>
public sealed class LookBackKeysTests
{
    [Fact]
    public async Task A_case_is_looked_back_at_by_keyboard_on_a_page_as_narrow_as_a_phone()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await PrivateTests.Closed(desk, jo);
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "jo");
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync($"/cases/{number}/look-back");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        await page.Locator("[name=TheirPlace]:checked").FocusAsync(); // filled in: the second
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("OpenMind", await page.EvaluateAsync<string>("document.activeElement.name")); // one stop a pair
        for (var i = 0; i < 10; i++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Ask what it meant for them.");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.Arrives("/my/reviews");
        var kept = Assert.Single(await desk.Get<Data.SelfCareDesk>().Reviews(jo.Id));
        Assert.Equal((Leaning.Did, "Ask what it meant for them."), (kept.Judged[Habit.TheirPlace], kept.Differently));
    }
}
