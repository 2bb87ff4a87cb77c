using System.Net;
using System.Net.Http.Headers;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Settings;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;
using CustomerBrowser = Amends.Tests.Features.CustomerPages.Browser;

namespace Amends.Tests.Features.Recovery.Listening;

/// <summary>Feedback counts however it comes: every way in leads to the same case, and each is answered in its way.</summary>
public sealed class WaysInTests
{
    public static TheoryData<Channel, string, string> ByHand => new()
    {
        { Channel.Letter, "Reached us by letter", "Answer on paper" },
        { Channel.Sms, "Reached us by text message", "answer it with your own phone" },
        { Channel.Social, "Reached us on a social network", "go on in private" },
        { Channel.ReviewSite, "Reached us on a review site", "Everybody reads the answer" },
        { Channel.InPerson, "Reached us in person", "" },
    };

    [Theory, MemberData(nameof(ByHand))]
    public async Task A_case_by_hand_says_where_it_came_from_and_how_it_is_answered(Channel channel, string read, string answer)
    {
        await using var desk = await Desk.Start(channel is Channel.ReviewSite or Channel.Letter ? "postgres" : "sqlite");
        using var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var fields = new Dictionary<string, string> { ["Channel"] = channel.ToString(), ["Name"] = "Amara", ["Story"] = "It leaks.", ["Category"] = "PRD.quality" };
        if (channel is Channel.Sms or Channel.Social or Channel.ReviewSite)
        {
            var bare = await jo.Send("/cases/new", "/cases", fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
            Assert.Contains("It leaks.", await bare.Content.ReadAsStringAsync());
        }

        var opened = await jo.Send("/cases/new", "/cases", new(fields) { ["From"] = "0113 496 0142", ["Place"] = "Stars & Co", ["Handle"] = "tea_lover", ["Link"] = "https://stars.example/r/1", ["InPublic"] = "Leaks. Never again.", ["Stars"] = "1", ["Dated"] = "2026-03-01", ["Shop"] = "Mill Lane" });
        Assert.True(opened.StatusCode == HttpStatusCode.SeeOther, await opened.Content.ReadAsStringAsync());
        var state = (await desk.Cases.Find(1001))!;
        Assert.Equal((channel, "PRD.quality"), (state.Channel, state.FirstImpression!.Code));
        Assert.Equal(channel is Channel.ReviewSite ? 1 : null, state.Source!.Stars);
        var page = await jo.Open("/cases/1001");
        Assert.Contains(read, page.Words(".timeline"));
        Assert.Contains(answer, page.Words("#side"));
        Assert.Equal(channel is Channel.Social or Channel.ReviewSite, page.QuerySelector("#side a[href='https://stars.example/r/1']") is not null);
        await jo.Open("/inbox/mine");

        var said = await jo.Send("/cases/1001/answered", "/cases/1001/answered", new() { ["Channel"] = channel.ToString(), ["Words"] = "We are sorry. Jo looks after it.", ["Next"] = "what we found", ["NextAt"] = "2026-03-05T12:00" });
        Assert.True(said.StatusCode == HttpStatusCode.SeeOther, await said.Content.ReadAsStringAsync());
        state = (await desk.Cases.Find(1001))!;
        Assert.Equal(("what we found", desk.Clock.Now), (state.NextContact!.What, state.LastContactAt));
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        Assert.Equal((int)channel, await desk.Value<long>("select channel from messages where direction = 2"));
        Assert.Equal(channel == Channel.ReviewSite ? "Leaks. Never again." : null, (await shop.Get("/api/v1/cases/1001")).GetProperty("source") is { ValueKind: System.Text.Json.JsonValueKind.Object } source && source.TryGetProperty("in_public", out var words) && channel == Channel.ReviewSite ? words.GetString() : null);
    }

    [Fact]
    public async Task A_letter_is_kept_with_its_scan()
    {
        await using var desk = await Desk.Start();
        using var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var parts = new MultipartFormDataContent { { new StringContent(await jo.FormToken("/cases/new")), "__RequestVerificationToken" }, { new StringContent("Letter"), "Channel" }, { new StringContent("Amara"), "Name" }, { new StringContent("As in the letter: it leaks."), "Story" } };
        var scan = new ByteArrayContent("%PDF-1.4 scan"u8.ToArray());
        scan.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        parts.Add(scan, "files", "letter.pdf");
        var answer = await jo.PostAsync("/cases", parts);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        Assert.Equal("letter.pdf", await desk.Value<string>("select name from attachments"));
    }

    [Fact]
    public async Task The_form_asks_three_questions_in_short_words_and_what_it_means_reaches_the_case()
    {
        await using var desk = await Desk.Start();
        using var customer = new CustomerBrowser(desk.Address);
        await customer.Open("/contact");
        var words = customer.Page.QuerySelectorAll("main h1, main .lead, main label, main .hint-text").Select(each => each.TextContent).ToList();
        Assert.InRange(Grade(string.Join(". ", words)), 0, 6); // a child of eleven reads it
        await customer.Submit("/contact", ("reach", "Amara, amara@customer.example"), ("happened", "It leaks."), ("meant", "No tea before work."), ("wanted", "A new one."));
        var state = (await desk.Cases.Find(1001))!;
        Assert.Equal(("No tea before work.", "A new one."), (state.Impact, state.WantedOutcome));
        Assert.Contains("What it means for me:\nNo tea before work.", await desk.Value<string>("select text from messages where direction = 1"));
    }

    [Fact]
    public async Task The_notice_leads_to_the_form_by_a_code_that_stays_sharp()
    {
        await using var desk = await Desk.Start();
        using var rita = await desk.SignIn(await desk.AddPerson("Rita", Role.Reader));
        var page = await rita.Open("/settings/notice");
        Assert.EndsWith("/contact", page.Words(".notice .where"));
        Assert.NotNull(page.QuerySelector(".notice svg"));
        var svg = await rita.GetAsync("/settings/notice/qr.svg");
        Assert.Equal("image/svg+xml", svg.Content.Headers.ContentType!.MediaType);
        Assert.Equal(NoticeEndpoints.Svg(page.Words(".notice .where")), await svg.Content.ReadAsStringAsync());
        Assert.NotEqual(NoticeEndpoints.Svg("https://a.example/contact"), NoticeEndpoints.Svg("https://b.example/contact"));
    }

    /// <summary>The Flesch-Kincaid grade: 0.39 words a sentence and 11.8 syllables a word, less 15.59 (Kincaid and others, 1975). Syllables are counted as groups of vowels.</summary>
    private static double Grade(string text)
    {
        var sentences = text.Split(['.', '?', '!', ':'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(each => each.Any(char.IsLetter)).ToList();
        var words = sentences.SelectMany(each => each.Split([' ', '\n', ',', '(', ')', '@'], StringSplitOptions.RemoveEmptyEntries)).Where(word => word.Any(char.IsLetter)).ToList();
        var syllables = words.Sum(word => Math.Max(1, System.Text.RegularExpressions.Regex.Count(word.ToLowerInvariant().TrimEnd('e'), "[aeiouy]+")));
        return (0.39 * words.Count / sentences.Count) + (11.8 * syllables / words.Count) - 15.59;
    }
}
