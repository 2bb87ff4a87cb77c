using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Features;
using Amends.Tests.Features.Exports;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>What others do shows on a page that is open, and takes nothing from whoever works on it.</summary>
public sealed class LivePageTests
{
    [Fact]
    public async Task A_customers_new_words_appear_in_the_open_case_and_its_row_while_somebody_types()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "jo");
        await page.ClickAsync($"#row-{number}");
        await page.ClickAsync("#compose");
        await page.Locator(".ProseMirror-focused").WaitForAsync();
        await page.Keyboard.TypeAsync("Dear Amara, ");

        await desk.Write(number, "And now the lid is off.");
        await page.Locator(".timeline .msg:has-text('And now the lid is off.')").WaitForAsync();
        await page.Locator($"#row-{number} .snip:has-text('And now the lid is off.')").WaitForAsync();
        await page.Keyboard.TypeAsync("I am on it.");
        Assert.Equal("Dear Amara, I am on it.", (await page.Locator(".ProseMirror").InnerTextAsync()).Trim());
        Assert.Equal("true", await page.GetAttributeAsync($"#row-{number}", "aria-current"));
    }

    [Fact]
    public async Task A_refresh_that_is_slow_does_not_bring_back_a_case_that_somebody_has_left()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var (left, next) = (await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo), await desk.Complain("Bo Lind", "The lamp buzzes", "It buzzes.", jo));
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "jo");
        await page.ClickAsync($"#row-{left}");
        await page.Locator($".conv[data-case='{left}']").WaitForAsync();
        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync($"**/cases/{left}**", async route =>
        {
            asked.TrySetResult();
            await answered.Task;
            try
            {
                await route.ContinueAsync();
            }
            catch (PlaywrightException)
            {
                // the page has given the request up, as it should
            }
        });

        await desk.Write(left, "And now the lid is off.");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await page.ClickAsync($"#row-{next}");
        await page.Locator($".conv[data-case='{next}']").WaitForAsync();
        answered.SetResult();
        await page.WaitForTimeoutAsync(1000);
        Assert.Equal(1, await page.Locator($".conv[data-case='{next}']").CountAsync());
        Assert.Equal(0, await page.Locator($".conv[data-case='{left}']").CountAsync());
    }

    [Fact]
    public async Task A_list_announces_what_is_new_and_lets_go_of_what_somebody_else_took()
    {
        await using var desk = await Desk.Start();
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Agent));
        var (first, second) = (await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo), await desk.Complain("Bo Lind", "The lamp buzzes", "It buzzes.", jo));
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "jo");
        await page.Locator($"#row-{second}").WaitForAsync();

        await desk.Cases.Change(second, @case => @case.Assign(lea, jo, desk.Clock.Now));
        await page.Locator($"#row-{second}").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal("1", await page.Locator("#list .group span").First.InnerTextAsync());
        await page.Locator("#list-title .n:has-text('1')").WaitForAsync(); // as the navigation says
        Assert.False(await page.IsVisibleAsync(".newer"));

        var third = await desk.Complain("Chi Obi", "The desk wobbles", "It wobbles.", jo);
        await page.Locator(".newer").WaitForAsync();
        Assert.Equal(0, await page.Locator($"#row-{third}").CountAsync()); // nothing moves under the reader
        await page.Keyboard.PressAsync(".");
        await page.Locator($"#row-{third}").WaitForAsync();
        Assert.True(await page.IsVisibleAsync($"#row-{first}"));
    }

    [Theory]
    [InlineData("**/live?since=*", false)] // the page's stream begins late
    [InlineData("**/js/*/live.js", true)] // another tab has the stream, and this one's scripts come late
    public async Task What_others_do_while_a_page_still_loads_shows_on_it(string late, bool besideAnotherTab)
    {
        await using var desk = await Desk.Start();
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Agent));
        var (first, second) = (await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo), await desk.Complain("Bo Lind", "The lamp buzzes", "It buzzes.", jo));
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "jo");
        if (besideAnotherTab)
        {
            await page.RunAndWaitForResponseAsync(() => page.ReloadAsync(), answer => answer.Url.Contains("/live?"));
            page = await page.Context.NewPageAsync();
        }

        var (asked, changed) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(late, async route =>
        {
            asked.TrySetResult();
            await changed.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/inbox/mine", new() { WaitUntil = WaitUntilState.Commit });
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await desk.Cases.Change(second, @case => @case.Assign(lea, jo, desk.Clock.Now));
        changed.SetResult();
        await page.Locator($"#row-{second}").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.True(await page.IsVisibleAsync($"#row-{first}"));
        Assert.False(await page.IsVisibleAsync(".newer"));
    }

    [Fact]
    public async Task A_case_that_changed_while_it_was_on_its_way_is_asked_for_again()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "jo");
        await page.RunAndWaitForResponseAsync(() => page.ReloadAsync(), answer => answer.Url.Contains("/live?"));
        var isFirst = true;
        await page.RouteAsync(url => new Uri(url).AbsolutePath == $"/cases/{number}", async route =>
        {
            if (!isFirst)
            {
                await route.ContinueAsync();
                return;
            }

            isFirst = false;
            var answer = await route.FetchAsync(); // as it was
            await page.RunAndWaitForResponseAsync(() => desk.Write(number, "And now the lid is off."), row => row.Url.Contains($"/inbox/row/{number}"));
            await route.FulfillAsync(new() { Response = answer });
        });
        await page.ClickAsync($"#row-{number}");
        await page.Locator(".timeline .msg:has-text('And now the lid is off.')").WaitForAsync();
    }

    [Fact]
    public async Task An_export_is_asked_for_shows_by_itself_that_it_is_done_and_comes_down_whole()
    {
        await using var desk = await Desk.Start();
        var ona = await desk.AddPerson("Ona", Role.Owner);
        await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", ona);
        await using var chrome = await Chrome.Start();
        var page = await chrome.SignIn(desk.Address, "ona");
        await page.GotoAsync("/exports?what=Messages");
        await page.ClickAsync("main form.panel button.primary");
        await page.Locator("#export-1:has-text('Waits for its turn')").WaitForAsync();
        Assert.Equal(0, await page.Locator("#export-1 a[download]").CountAsync());

        Assert.True(await desk.Maker().RunOnce(default));
        await page.Locator("#export-1 a[download]").WaitForAsync(); // nobody asked again
        Assert.Contains("1 is ready", await page.Locator("#exports [role=status]").InnerTextAsync());
        var file = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#export-1 a[download]"));
        Assert.Matches("^messages-.*\\.csv$", file.SuggestedFilename);
        await using var stream = await file.CreateReadStreamAsync();
        using var text = new StreamReader(stream);
        Assert.Contains("It leaks.", await text.ReadToEndAsync());
    }
}
