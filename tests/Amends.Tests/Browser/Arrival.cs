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
        for (var tries = 0; !await IsWhole(page); tries++)
        {
            Assert.True(tries < 600, $"{page.Url} does not end loading.");
            await Task.Delay(50);
        }
    }

    /// <summary>Asked from outside each time: what asks inside the page, again and again, is refused by our content security policy.</summary>
    private static async Task<bool> IsWhole(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<string>("document.readyState") == "complete";
        }
        catch (PlaywrightException) when (!page.IsClosed)
        {
            return false; // it went on to another page meanwhile
        }
    }
}
