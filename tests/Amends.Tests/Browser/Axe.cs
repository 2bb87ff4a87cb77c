using System.Collections.Concurrent;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>axe-core in a real browser, that looks at pages of a desk in light and dark, on a desk and on a phone.</summary>
internal sealed class Axe(Chrome chrome, Desk desk)
{
    private const int Hands = 3; // pages that are looked at side by side

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    private readonly ConcurrentBag<string> _found = [];
    private int _looks;

    /// <summary>What breaks a rule, a paragraph for each thing and rule; empty when nothing does.</summary>
    public string Report() => string.Join('\n', _found.Select(line => line.Split(" · ")).GroupBy(parts => (parts[0], parts[1])).OrderBy(group => group.Key.Item1)
        .Select(group => $"{group.Key.Item1}: {group.Key.Item2}\n    {group.First()[^2]}\n    {group.Count()} times, at {string.Join(" | ", group.Select(parts => parts[^1]).Distinct().Take(4))}"));

    /// <summary>A browser window of somebody who has signed in, or of a stranger.</summary>
    public async Task<IBrowserContext> In(string? name)
    {
        var page = name is null ? await chrome.Open(desk.Address) : await chrome.SignIn(desk.Address, name);
        await page.CloseAsync();
        await page.Context.AddInitScriptAsync(Script);
        return page.Context;
    }

    /// <summary>Looks at pages in a window, several side by side, then closes it.</summary>
    /// <param name="browser">The window.</param>
    /// <param name="sights">What to look at.</param>
    /// <param name="what">A word more for the report.</param>
    public async Task Look(IBrowserContext browser, IEnumerable<Sight> sights, string what = "")
    {
        var waiting = new ConcurrentQueue<Sight>(sights);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Hands, waiting.Count)).Select(async _ =>
        {
            var page = await browser.NewPageAsync();
            while (waiting.TryDequeue(out var sight))
            {
                await page.SetViewportSizeAsync(1440, 900);
                await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
                if (await page.GotoAsync(sight.Path) is not { Status: < 500 })
                    _found.Add($"broken · {sight.Path} · answers with an error of ours · {what}");
                if (sight.Send is { } form)
                    await page.Submits(form);
                if (sight.Keys is { } keys)
                    await page.Keyboard.PressAsync(keys);
                await Check(page, $"{sight.Path} {what}{(sight.Send is null ? "" : " refused")}{sight.Keys}");
            }

            await page.CloseAsync();
        }));
        await browser.CloseAsync();
    }

    /// <summary>
    /// All rules at both widths, and that nothing on a phone has to be read sideways, with the size of targets, which is off by default; in the dark only what colours decide, since
    /// nothing else differs. The one rule that fetches the style sheets again (it forbids to lock the orientation) is asked of
    /// the first page alone: all pages have the same.
    /// </summary>
    public async Task Check(IPage page, string name)
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (390, 844)])
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                var sheets = Interlocked.Increment(ref _looks) == 1 ? "true" : "false";
                var only = scheme == ColorScheme.Dark ? ", runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }" : "";
                var violations = await page.EvaluateAsync<JsonElement>($$"""
                    async () => (await axe.run(document, { iframes: false, selectors: false, preload: {{sheets}}, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } {{only}} })).violations
                        .flatMap(rule => rule.nodes.map(node => [rule.id, node.html.slice(0, 200), (node.any.concat(node.all, node.none)[0]?.message ?? rule.help)]))
                    """);
                if (width < 500 && scheme == ColorScheme.Light && await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"))
                    _found.Add($"sideways · the page · is wider than a phone · {name} {width} {scheme}");
                foreach (var violation in violations.EnumerateArray())
                    _found.Add($"{violation[0]} · {violation[1]} · {violation[2]} · {name} {width} {scheme}");
            }
        }
    }
}

/// <summary>Something to look at.</summary>
/// <param name="Path">The page.</param>
/// <param name="Send">A form that is sent as it stands, to see what is refused.</param>
/// <param name="Keys">What is pressed first.</param>
internal sealed record Sight(string Path, string? Send = null, string? Keys = null);
