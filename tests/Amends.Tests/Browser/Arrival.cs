using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>Waiting for a page.</summary>
public static class Arrival
{
    /// <summary>
    /// Waits until the page is at an address and whole. Asks the browser again and again: <see cref="IPage.WaitForURLAsync(string, PageWaitForURLOptions)"/>
    /// looks at the address once and then listens, and never hears of a change that falls in between.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="end">A regular expression for how the address ends.</param>
    public static async Task Arrives(this IPage page, string end)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(end + "$"), new() { Timeout = 30_000 });
        await IsWhole(page);
    }

    /// <summary>Sends a form as a browser without scripts would, past its own checks, and waits until the answer has taken the place of the page. The event of a page that loaded is no sign of it: that of the page before may come late.</summary>
    /// <param name="page">The page.</param>
    /// <param name="form">A selector.</param>
    public static async Task Submits(this IPage page, string form)
    {
        await page.EvalOnSelectorAsync(form, "form => { document.isBefore = true; HTMLFormElement.prototype.submit.call(form); }");
        await IsWhole(page);
    }

    private static async Task IsWhole(IPage page)
    {
        for (var tries = 0; !await IsWholeNow(page); tries++)
        {
            Assert.True(tries < 600, $"{page.Url} does not end loading.");
            await Task.Delay(50);
        }
    }

    /// <summary>Asked from outside each time: what asks inside the page, again and again, is refused by our content security policy.</summary>
    private static async Task<bool> IsWholeNow(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>("document.readyState === 'complete' && !document.isBefore");
        }
        catch (PlaywrightException) when (!page.IsClosed)
        {
            return false; // it went on to another page meanwhile
        }
    }
}
