using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>A call in a real browser: all of it by keys, and nothing typed is lost when the browser dies.</summary>
public sealed class LiveCallTests
{
    [Fact]
    public async Task A_whole_complaint_by_phone_is_written_by_keyboard_and_survives_a_browser_that_dies()
    {
        await using var desk = await Desk.Start();
        await desk.AddPerson("Jo", Role.Agent);
        var first = await Chrome.Start();
        var page = await first.SignIn(desk.Address, "jo");
        await page.GotoAsync("/calls/live");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.name === 'Story'")); // listening begins at once
        await page.Keyboard.TypeAsync("“It leaks on the table.”");
        await Until(async () => (await desk.Value<string>("select max(fields) from form_drafts"))?.Contains("leaks on the table") == true);
        await first.DisposeAsync(); // the whole browser, with all that it had stored

        await using var chrome = await Chrome.Start();
        page = await chrome.SignIn(desk.Address, "jo");
        await page.GotoAsync("/calls/live");
        Assert.Equal("“It leaks on the table.”", await page.InputValueAsync("[name=Story]"));
        await Type(page, "Name", "Amara Okafor");
        await Press(page, "button[data-speaks=Theirs]");
        await Press(page, "button[value=heard]");
        await page.Locator("#read-back").WaitForAsync();
        Assert.Equal("Amara Okafor", await page.InputValueAsync("[name=Name]"));
        foreach (var (field, words) in ((string, string)[])[("Outcome", "A dry table"), ("Happened", "The kettle leaks"), ("Matters", "Tea in the morning"), ("Confirmed", "Yes, exactly."), ("Next", "two ways")])
            await Type(page, field, words);
        await Press(page, "[name=AtRisk][value=no]");
        await Press(page, "[name=Talk][value=Even]");
        await Press(page, "button[value=save]");
        await page.Arrives("/cases/.*");

        var state = (await desk.Cases.Find(1001))!;
        Assert.Equal((CaseStage.Working, "Yes, exactly.", "two ways"), (state.Stage, state.Summary!.Words, state.NextContact!.What));
        Assert.Single(state.Calls);

        await page.GotoAsync("/cases/1001/notes/new");
        await page.Keyboard.TypeAsync("It fell off the lorry.");
        await Until(async () => await desk.Value<long>("select count(*) from form_drafts where form = 'note-1001'") == 1);
        await using var third = await Chrome.Start();
        page = await third.SignIn(desk.Address, "jo");
        await page.GotoAsync("/cases/1001/notes/new");
        Assert.Equal("It fell off the lorry.", await page.InputValueAsync("[name=Text]"));
    }

    private static async Task Type(IPage page, string field, string words)
    {
        await page.Locator($"[name={field}]").FocusAsync();
        await page.Keyboard.TypeAsync(words);
    }

    private static async Task Press(IPage page, string what)
    {
        await page.Locator(what).FocusAsync();
        await page.Keyboard.PressAsync(what.StartsWith("button", StringComparison.Ordinal) ? "Enter" : "Space");
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 100 && !await holds(); i++)
            await Task.Delay(100);
        Assert.True(await holds());
    }
}
