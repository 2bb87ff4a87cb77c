using System.Text.RegularExpressions;
using Amends.Campaigns;
using Amends.Features.Demo;
using Amends.Tests;

namespace Amends.Bench;

/// <summary>
/// Makes <c>src/Amends/Content/pages.html</c>, what browsers keep of our pages (<c>PageDictionary</c>): the inbox and cases of
/// the demo company as they are now. Worth doing again when the pages have changed much; an old one only helps less.
/// </summary>
public static partial class DictionaryMaker
{
    /// <summary>Cases of each view, and characters of the inbox: its frame, and rows that are all alike.</summary>
    private const int Cases = 1, Frame = 24_000;

    /// <summary>Starts the demo, reads the pages, and writes the file.</summary>
    public static async Task Run(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("amends-pages-").FullName;
        await using var app = new RunningAmends(options.Program, folder) { IsDemo = true };
        try
        {
            app.Start();
            await app.Answers("/sign-in", TimeSpan.FromMinutes(3));
            using var browser = await Browser.SignIn(app.Address, DemoPeople.All[1].Email, DemoPeople.Password);
            // What comes last is reached with the fewest bits: a case, which people select all day.
            List<string> pages = [(await browser.Text("/inbox/team"))[..Frame]];
            foreach (var view in (string[])["mine", "team", "with-customer"])
            {
                var cases = CaseLink().Matches(await browser.Text($"/inbox/{view}")).Select(link => link.Groups[1].Value).Distinct().Take(Cases).ToList();
                foreach (var number in cases)
                    pages.Add(await browser.Text($"/cases/{number}?in={view}", "case"));
            }

            var text = Token().Replace(string.Join('\n', pages), "");
            var file = Path.Combine(Checkout.Root, "src/Amends/Content/pages.html");
            await File.WriteAllTextAsync(file, text);
            Console.WriteLine($"{file}: {text.Length:N0} characters of {pages.Count} pages");
        }
        finally
        {
            await app.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("href=\"/cases/(\\d+)\\?in=")]
    private static partial Regex CaseLink();

    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+")] // as data protection begins what it seals
    private static partial Regex Token();
}
