using Amends.Fuzz.Rendering;
using Amends.Mail.Html;
using Amends.Mail.Mime;

namespace Amends.Tests.Browser;

/// <summary>
/// Sanitised HTML in a real browser, without the sandbox and the policy that hold it in the program: it neither runs nor loads
/// anything by itself. What it is sanitised from does, and is seen to.
/// </summary>
public sealed class CleanMailTests
{
    [Fact]
    public async Task Sanitised_html_runs_no_script_and_asks_the_network_for_nothing_and_unsanitised_is_seen_to()
    {
        Assert.SkipWhen(Chromium.Program is null, "Chromium is not installed; bin/test installs it on Debian.");
        string[] attacks = [.. Attacks.Scripts, .. Attacks.Requests];
        var mails = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "tests", "Amends.Mail.Tests", "golden"), "*.eml", SearchOption.AllDirectories).Select(file => MimeReader.Read(File.ReadAllBytes(file)).Html).OfType<string>();
        var clean = attacks.Concat(mails).Select(html => MailHtml.Clean(html).Html).ToList();

        var seen = await Task.WhenAll(Watch.Show(Chromium.Program, attacks, TimeSpan.FromMinutes(1)), Watch.Show(Chromium.Program, clean, TimeSpan.FromMinutes(1)));

        Assert.Equal(Attacks.Scripts.Length, seen[0].Scripts.Select(line => line.Split(' ')[0]).Distinct().Count(who => int.Parse(who["/doc/".Length..], System.Globalization.CultureInfo.InvariantCulture) < Attacks.Scripts.Length));
        Assert.Equal(Attacks.Requests.Length, seen[0].Requests.Distinct().Count(what => !what.EndsWith("/doc/x", StringComparison.Ordinal)));
        Assert.Equal(clean.Count, seen[1].Shown);
        Assert.Empty(seen[1].Scripts);
        Assert.Empty(seen[1].Requests);
    }
}
