using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>A real Chromium for tests, as Debian ships it, first of all the one that draws no window: it does the same in less time. Without one a test says that it was skipped.</summary>
public sealed class Chrome : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chrome(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Chrome> Start()
    {
        var program = Places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "Chromium is not installed; bin/test installs it on Debian.");
        var playwright = await Playwright.CreateAsync();
        return new Chrome(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            // A page's scripts on one thread: helpers that compile and collect beside it take a quarter more of two processors than they save.
            Args = ["--js-flags=--single-threaded", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    /// <summary>A browser window of somebody's own: no cookies, this size, this theme, with or without scripts; with a state, signed in as another window was.</summary>
    public async Task<IPage> Open(Uri address, bool scripts = true, bool dark = false, int width = 1440, string? state = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(), JavaScriptEnabled = scripts, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            StorageState = state, ViewportSize = new() { Width = width, Height = width < 500 ? 844 : 900 },
        });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    /// <summary>A window in which somebody of the desk has signed in; it shows their first page.</summary>
    public async Task<IPage> SignIn(Uri address, string name)
    {
        var page = await Open(address);
        await page.GotoAsync("/sign-in");
        await page.FillAsync("[name=email]", name + "@desk.example");
        await page.FillAsync("[name=password]", Browserless.Password);
        await page.ClickAsync("main form button");
        await page.Arrives("/inbox/.*");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
