using System.Text.RegularExpressions;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.CustomerPages;

/// <summary>A link that was passed on shows the case and takes no money (S6).</summary>
public sealed partial class ChoiceCodeTests
{
    private const string Own = "amara.okafor@customer.example";

    private static async Task<(Desk Desk, Complaint Complaint, Browser Browser)> Start(string kind, long? above = 10_000)
    {
        var desk = await Desk.Start(kind);
        await desk.Get<StoredSettings>().Set(new Company { Name = "Kettle & Co", MailFrom = "service@desk.example", CodeAboveMinor = above });
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();
        return (desk, complaint, await complaint.Browse());
    }

    private static async Task Choose(Browser browser, string option)
    {
        await browser.Open("/c/choose");
        await browser.Submit("/c/choose", ("option", option));
    }

    private static async Task<string> Code(Desk desk)
    {
        var mail = (await desk.Outgoing())[^1];
        Assert.Contains(Own, MailDesk.Header(mail, "To"));
        return SixDigits().Match(mail[mail.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]).Groups[1].Value;
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Money_above_the_limit_counts_with_the_mailed_code_only(string kind)
    {
        var (desk, complaint, browser) = await Start(kind);
        await using var _ = desk;
        using var __ = browser;
        await Choose(browser, "2"); // 200 back
        Assert.Contains("type in the code", browser.Text);
        Assert.Null((await complaint.State()).SentOffer!.ChosenId);
        Assert.DoesNotContain(Own, browser.Page.DocumentElement.OuterHtml);
        var code = await Code(desk);
        Assert.Equal(6, code.Length);
        Assert.Equal(0, await desk.Value<long>("select count(*) from messages where text like @code", new { code = $"%{code}%" }));
        Assert.Equal(0, await desk.Value<long>("select count(*) from choice_codes where code_hash like @code", new { code = $"%{code}%" }));

        await browser.Submit("/c/choose", ("code", code == "000000" ? "000001" : "000000"));
        Assert.Contains("You have 4 more tries", browser.Text);
        Assert.Null((await complaint.State()).SentOffer!.ChosenId);
        await browser.SubmitTwice("/c/choose", ("code", $" {code[..3]} {code[3..]} "));
        Assert.Equal("/c?said=chosen", browser.Path);
        var state = await complaint.State();
        Assert.Equal((2, CaseStage.Delivering, 1), (state.SentOffer!.ChosenId, state.Stage, state.Remedies.Count));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_code_is_for_one_option_for_ten_minutes_and_for_five_tries(string kind)
    {
        var (desk, complaint, browser) = await Start(kind, above: 5_000); // now both options have that much money in them
        await using var _ = desk;
        using var __ = browser;
        await Choose(browser, "1");
        var first = await Code(desk);
        await Choose(browser, "2");
        await browser.Submit("/c/choose", ("code", first)); // of the other option, and not the newest
        Assert.Null((await complaint.State()).SentOffer!.ChosenId);

        var second = await Code(desk);
        desk.Clock.Now += TimeSpan.FromMinutes(11);
        await browser.Submit("/c/choose", ("code", second));
        Assert.Contains("No code works any more", browser.Text);

        await Choose(browser, "2");
        var third = await Code(desk);
        for (var i = 0; i < ChoiceCodes.MostTries; i++)
            await browser.Submit("/c/choose", ("code", third == "000000" ? "000001" : "000000"));
        await browser.Submit("/c/choose", ("code", third));
        Assert.Contains("No code works any more", browser.Text);
        Assert.Null((await complaint.State()).SentOffer!.ChosenId);

        var letters = (await desk.Outgoing()).Count;
        for (var i = 0; i < 4; i++)
            await Choose(browser, "2");
        Assert.Contains("several codes already", browser.Text);
        Assert.Equal(letters + 2, (await desk.Outgoing()).Count); // three in ten minutes
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Below_the_limit_and_without_one_no_code_is_asked(string kind)
    {
        var (desk, complaint, browser) = await Start(kind);
        await using var _ = desk;
        using var __ = browser;
        await Choose(browser, "1"); // 80 back
        Assert.Equal("/c?said=chosen", browser.Path);
        Assert.Equal(1, (await complaint.State()).SentOffer!.ChosenId);
        Assert.Equal(0, await desk.Value<long>("select count(*) from choice_codes"));
    }

    [GeneratedRegex(@"\n(\d{6})\r?\n")]
    private static partial Regex SixDigits();
}
