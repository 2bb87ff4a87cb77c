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
        await page.WaitForFunctionAsync("document.readyState === 'complete'", null, new() { PollingInterval = 50 });
    }
}
