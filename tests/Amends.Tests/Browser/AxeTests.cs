using System.Collections.Concurrent;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Team.Setup;
using Amends.Tests.Web;
using Amends.Web;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>
/// No page breaks a rule that axe-core knows, in light and dark, on a desk and on a phone. The pages are those of the
/// running host's own list, so a new one is looked at without being named here; the states that a list cannot know are.
/// </summary>
public sealed class AxeTests
{
    private const int Hands = 3; // pages that are looked at side by side

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Answers that are no pages of ours: files, streams, pieces of pages, and a stranger's mail in its sandbox.</summary>
    private static readonly string[] NoPages =
    [
        "/brand.css", "/healthz", "/readyz", "/live", "/inbox/counts", "/inbox/row/{number:long}", "/search/suggest", "/files/{file:long}", "/cases/{number:long}/files/{file:long}",
        "/cases/{number:long}/messages/{id:long}/raw", "/cases/{number:long}/messages/{id:long}/body", "/cases/{number:long}/presence", "/quarantine/{id:long}/raw",
    ];

    [Fact]
    public async Task No_page_of_the_demo_company_breaks_a_rule()
    {
        await using var demo = await DemoDesk.Start();
        var desk = demo.Desk;
        await desk.AddPerson("Ona", Role.Owner);
        await desk.AddPerson("Rae", Role.Reader);
        await using var chrome = await Chrome.Start();
        var found = new ConcurrentBag<string>();

        var all = new List<Sight>();
        foreach (var endpoint in desk.Endpoints().Where(endpoint => endpoint.Verbs().Contains("GET") && endpoint.Policy() != Policies.Customer && !NoPages.Contains(endpoint.Route()) && !endpoint.Route().StartsWith("/api/", StringComparison.Ordinal)))
            all.Add(new((await demo.PathOf(endpoint.Route()))!));
        all.AddRange(new[] { "mine", "overdue", "second-look", "closed", "nowhere" }.Select(view => new Sight("/inbox/" + view)));
        all.AddRange(Enum.GetValues<CaseStage>().Select(stage => new Sight($"/cases/{demo.In(stage)}")));
        all.AddRange([new($"/cases/{demo.Number}?in=team"), new("/search?q=kettle"), new("/search?q=nothinglikethis"), new("/customers?q=amara"), new("/cases/new?by=in_person"), new("/outbox?state=failed")]);
        all.AddRange(new[] { "", "/inbox", "/list", "/customer", "/sign-in", "/settings" }.Select(page => new Sight($"/styleguide{page}")));
        all.AddRange([new("/inbox/team", Keys: "Control+k"), new("/inbox/team", Keys: "?"), new($"/cases/{demo.Number}/delivery")]);
        foreach (var (stage, form) in ((CaseStage, string)[])[(CaseStage.Listening, "summary/new"), (CaseStage.Working, "offer/new"), (CaseStage.Offered, "answer"), (CaseStage.Working, "call"), (CaseStage.Working, "promise"), (CaseStage.Working, "actions")])
            all.Add(new($"/cases/{demo.In(stage)}/{form}", Send: "main form[method=post]"));
        all.AddRange([new("/cases/new", Send: "main form[method=post]"), new("/profile", Send: "form[action='/profile/password']"), new("/settings/people", Send: "form[action='/settings/people']"), new("/settings/tokens", Send: "form[action='/settings/tokens']"),
            new("/settings/company", Send: "main form[method=post]"), new("/settings/mail", Send: "form[action='/settings/mail/mailboxes']"), new($"/quarantine/{demo.Held}", Send: "main form[method=post]"),
            new($"/customers/{demo.Customer}", Send: "form[action$='/addresses']")]);
        await Look(await In(chrome, desk, "ona"), all, found);

        await Look(await In(chrome, desk, "rae"), [new($"/cases/{demo.Number}"), new("/settings/company")], found);
        await desk.Get<StoredSettings>().Set(HeldMail.Setting, new HeldMail(desk.Clock.Now, desk.Clock.Now)); // a restored desk, of which one letter waits
        await desk.Database.Write(unit => unit.Run("update outbox set state = 1, queued_at = 0 where id = @Letter", new { demo.Letter }));
        await Look(await In(chrome, desk, "ona"), [new("/outbox?state=waiting"), new("/inbox/team")], found);
        await desk.Database.Write(unit => unit.Run("delete from settings where name = @Setting", new { HeldMail.Setting }));

        await Look(await In(chrome, desk, null), [new("/sign-in"), new("/sign-in", Send: "main form"), new($"/welcome/{demo.Invitation}"), new($"/welcome/{demo.Invitation}", Send: "main form"), new("/c"),
            new("/c/again", Send: "main form"), new("/contact", Send: "main form"), new("/no/such/page")], found);

        foreach (var stage in Enum.GetValues<CaseStage>())
        {
            var customer = await In(chrome, desk, null);
            var page = await customer.NewPageAsync();
            await page.GotoAsync(CustomerLinks.PathOf(await demo.Link(demo.In(stage))));
            await Check(page, "/c/…", found);
            await page.ClickAsync("main form button");
            await page.CloseAsync();
            var pages = desk.Endpoints().Where(endpoint => endpoint.Verbs().Contains("GET") && endpoint.Policy() == Policies.Customer).Select(endpoint => new Sight(endpoint.Route()));
            if (stage == CaseStage.Offered)
                pages = pages.Concat([new("/c/choose", Send: "main form"), new("/c/call", Send: "main form"), new("/c/more", Send: "main form")]);
            await Look(customer, stage is CaseStage.Offered or CaseStage.CheckBack ? pages : pages.Where(sight => sight.Path is "/c" or "/c/confirm"), found, stage.ToString());
        }

        Assert.True(found.IsEmpty, Report(found));
    }

    [Fact]
    public async Task No_page_of_an_empty_desk_breaks_a_rule()
    {
        await using var desk = await Desk.Start();
        await using var chrome = await Chrome.Start();
        var found = new ConcurrentBag<string>();
        await desk.Get<FirstRun>().NewCode();
        await Look(await In(chrome, desk, null), [new("/setup"), new("/setup", Send: "main form")], found);
        await desk.AddPerson("Ona", Role.Owner);
        await Look(await In(chrome, desk, "ona"),
            [.. ((string[])["/inbox/mine", "/inbox/team", "/search", "/customers", "/quarantine", "/outbox", "/settings/company", "/settings/hours", "/settings/mail", "/settings/people", "/settings/tokens", "/settings/charter", "/settings/orders", "/walk", "/promise"]).Select(path => new Sight(path))], found);
        Assert.True(found.IsEmpty, Report(found));
    }

    private static async Task<IBrowserContext> In(Chrome chrome, Desk desk, string? name)
    {
        var page = await chrome.Open(desk.Address);
        if (name is not null)
        {
            await page.GotoAsync("/sign-in");
            await page.FillAsync("[name=email]", name + "@desk.example");
            await page.FillAsync("[name=password]", Browserless.Password);
            await page.ClickAsync("main form button");
            await page.WaitForURLAsync("**/inbox/**");
        }

        await page.CloseAsync();
        await page.Context.AddInitScriptAsync(Script);
        return page.Context;
    }

    private static async Task Look(IBrowserContext browser, IEnumerable<Sight> sights, ConcurrentBag<string> found, string what = "")
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
                    found.Add($"broken · {sight.Path} · answers with an error of ours · {what}");
                if (sight.Send is { } form) // as a browser without scripts would, past its own checks
                    await Submit(page, form);
                if (sight.Keys is { } keys)
                    await page.Keyboard.PressAsync(keys);
                await Check(page, $"{sight.Path} {what}{(sight.Send is null ? "" : " refused")}{sight.Keys}", found);
            }

            await page.CloseAsync();
        }));
        await browser.CloseAsync();
    }

    private static async Task Submit(IPage page, string form)
    {
        var loaded = new TaskCompletionSource();
        void Done(object? sender, IPage at) => loaded.TrySetResult();
        page.Load += Done;
        await page.EvalOnSelectorAsync(form, "form => HTMLFormElement.prototype.submit.call(form)");
        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
        page.Load -= Done;
    }

    /// <summary>All rules at both widths, with the size of targets, which is off by default; in the dark only what colours decide, since nothing else differs.</summary>
    private static async Task Check(IPage page, string name, ConcurrentBag<string> found)
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (390, 844)])
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                var only = scheme == ColorScheme.Dark ? ", runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }" : "";
                var violations = await page.EvaluateAsync<JsonElement>($$"""
                    async () => (await axe.run(document, { iframes: false, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } {{only}} })).violations
                        .flatMap(rule => rule.nodes.map(node => [rule.id, node.html.slice(0, 200), (node.any.concat(node.all, node.none)[0]?.message ?? rule.help)]))
                    """);
                foreach (var violation in violations.EnumerateArray())
                    found.Add($"{violation[0]} · {violation[1]} · {violation[2]} · {name} {width} {scheme}");
            }
        }
    }

    private static string Report(IEnumerable<string> found) => string.Join('\n', found.Select(line => line.Split(" · ")).GroupBy(parts => (parts[0], parts[1])).OrderBy(group => group.Key.Item1)
        .Select(group => $"{group.Key.Item1}: {group.Key.Item2}\n    {group.First()[^2]}\n    {group.Count()} times, at {string.Join(" | ", group.Select(parts => parts[^1]).Distinct().Take(4))}"));

    /// <summary>Something to look at.</summary>
    /// <param name="Path">The page.</param>
    /// <param name="Send">A form that is sent as it stands, to see what is refused.</param>
    /// <param name="Keys">What is pressed first.</param>
    private sealed record Sight(string Path, string? Send = null, string? Keys = null);
}
