using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;

namespace Amends.Tests.Features.Recovery;

/// <summary>Deadlines by rule, letters and the case as a file: by the forms, without scripts.</summary>
public sealed class DeadlinePathTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_set_of_deadlines_is_switched_on_counts_for_new_complaints_and_what_was_missed_stays_late(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, max) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Max", Role.Owner));
        await desk.AddPerson("Lena", Role.Lead);
        using var owner = await desk.SignIn(max);
        var page = await owner.Open("/settings/deadlines");
        Assert.True(page.QuerySelectorAll("input[name=On]").Length >= 37);
        Assert.Equal(["generic-one-touch", "generic-small-shop"], page.QuerySelectorAll("input[name=On][checked]").Select(box => box.GetAttribute("value")!).Order());
        Assert.Contains("Check with your adviser", page.Body!.TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.Send("/settings/deadlines", "/settings/deadlines", new() { ["On"] = "us-dot-airline", ["CutOff"] = "five" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await owner.Send("/settings/deadlines", "/settings/deadlines", new() { ["On"] = "uk-fca-disp", ["CutOff"] = "17:00" })).StatusCode);

        var number = await desk.Complain("Amara Okafor", "My money is not here", "It was sent a week ago.", jo); // on a Wednesday
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal("uk-fca-disp", Assert.Single(state.Presets).Key);
        var final = state.Duties.Single(duty => duty.Milestone == "final");
        Assert.Equal((new DateTimeOffset(2026, 4, 30, 0, 0, 0, TimeSpan.Zero), "gb-ew", 1), (final.DueAt, final.Calendar, final.CalendarVersion)); // eight weeks to the end of 29 April

        using var agent = await desk.SignIn(jo);
        Assert.Contains("Acknowledge in writing", await agent.GetStringAsync($"/cases/{number}"));
        Assert.Contains("Wednesday 29 April 2026", await agent.GetStringAsync($"/cases/{number}/deadlines"));
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        Assert.Equal("gb-ew", (await shop.Get($"/api/v1/cases/{number}")).GetProperty("deadlines")[0].GetProperty("calendar").GetString());

        desk.Clock.Now = desk.Clock.Now.AddDays(8);
        await desk.RunDue();
        await desk.RunDue();
        Assert.Equal(2, await desk.Value<long>("select count(*) from notices where text like 'Missed: Acknowledge in writing%' and person_id in (select id from people where name in ('Jo', 'Lena'))"));
        await Write(desk, number, jo);
        var late = (await desk.Cases.Find(number))!.Duties.Single(duty => duty.Milestone == "acknowledge");
        Assert.True(late is { IsLate: true, MetAt: not null, MessageId: not null });
        using var again = await desk.SignIn(jo);
        Assert.Contains("late: it was due", await again.GetStringAsync($"/cases/{number}/deadlines"));
    }

    [Fact]
    public async Task Holidays_are_edited_with_sentences_for_what_is_wrong_and_a_case_is_counted_anew_only_when_somebody_asks()
    {
        await using var desk = await Desk.Start();
        var (lea, max) = (await desk.AddPerson("Lea", Role.Lead), await desk.AddPerson("Max", Role.Owner));
        using var owner = await desk.SignIn(max);
        await owner.Send("/settings/deadlines", "/settings/deadlines", new() { ["On"] = "uk-fca-disp-3bd", ["CutOff"] = "17:00" });
        var number = await desk.Complain("Amara Okafor", "My money is not here", "It was sent a week ago.", lea);
        var before = (await desk.Cases.Find(number))!.Duties[0];
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 17, 0, 0, TimeSpan.Zero), before.DueAt); // Thursday, Friday, Monday, by close of business

        var form = new Dictionary<string, string> { ["Version"] = "1", ["Weekend"] = "Sunday", ["Dates"] = "2026-03-05\n2026-02-30", ["KnownUntil"] = "2026-12-31" };
        foreach (var (field, value, words) in new[] { ("Dates", "2026-03-05\n2026-02-30", "“2026-02-30” is no date that there is"), ("KnownUntil", "2026-03-01", "The list goes on until 2026-12-25"), ("Dates", "", "Write the holidays"), ("Version", "", "The page was too old") })
        {
            var typed = new Dictionary<string, string>(form) { ["Dates"] = "2026-03-05 2026-12-25", [field] = value };
            var answer = await owner.Send("/settings/holidays", "/settings/holidays/gb-ew", typed);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(words, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        }

        var good = new Dictionary<string, string>(form) { ["Dates"] = "2026-12-25, 2026-03-05" };
        Assert.Equal(HttpStatusCode.SeeOther, (await owner.Send("/settings/holidays", "/settings/holidays/gb-ew", good)).StatusCode);
        var twice = await owner.Send("/settings/holidays", "/settings/holidays/gb-ew", good); // from the page of before
        Assert.Contains("Somebody else changed this calendar meanwhile", WebUtility.HtmlDecode(await twice.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Send("/settings/holidays", "/settings/holidays/company", good)).StatusCode);
        Assert.Equal(before.DueAt, (await desk.Cases.Find(number))!.Duties[0].DueAt);

        using var lead = await desk.SignIn(lea);
        await Post(lead, $"/cases/{number}/deadlines", $"/cases/{number}/reckoning", new() { ["Why"] = "Thursday is a holiday here." });
        var after = (await desk.Cases.Find(number))!.Duties[0];
        Assert.Equal((new DateTimeOffset(2026, 3, 9, 17, 0, 0, TimeSpan.Zero), 2), (after.DueAt, after.CalendarVersion)); // Friday, Saturday, Monday: the weekend is Sunday alone now
        Assert.Contains("had the deadlines counted anew", await lead.GetStringAsync($"/cases/{number}"));
        await Post(lead, $"/cases/{number}/deadlines", $"/cases/{number}/presets/removal", new() { ["Off"] = "uk-fca-disp-3bd", ["OffWhy"] = "A trade customer" });
        Assert.Equal("", string.Concat((await desk.Cases.Find(number))!.Presets.Where(preset => preset.Applies).Select(preset => preset.Key)));
        await Post(lead, $"/cases/{number}/deadlines", $"/cases/{number}/presets", new() { ["Preset"] = "uk-fca-disp-3bd" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lead.Send($"/cases/{number}/deadlines", $"/cases/{number}/clock-starts", new() { ["StartsOn"] = "Escalation", ["StartedOn"] = "2026-13-01" })).StatusCode);

        await desk.Get<StoredSettings>().Set(await desk.Get<StoredSettings>().Company() with { Holidays = ["2026-03-06"] }); // the company's own calendar follows its holidays
        var own = (await desk.Get<DeadlineDesk>().Book()).Calendar(HolidayCalendars.Company);
        Assert.Equal((2, new DateOnly(2026, 3, 6)), (own.Version, Assert.Single(own.Holidays)));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task More_time_goes_out_with_its_letter_and_a_letter_that_lacks_what_the_rule_wants_is_refused_with_the_sentence(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Get<DeadlineDesk>().Set(new DeadlineSettings { Switched = new Dictionary<string, bool> { ["uk-fca-psd-emd"] = true } });
        var complaint = await Complaint.Open(desk);
        using var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        var number = complaint.Number;
        var page = $"/cases/{number}/deadlines";
        var final = (await complaint.State()).Duties.Single(duty => duty.Preset == "uk-fca-psd-emd" && duty.Milestone == "final");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lea.Send(page, $"/cases/{number}/extensions", new() { ["Duty"] = $"{final.Id}", ["Reason"] = " ", ["Until"] = "2026-04-20" })).StatusCode);
        var beyond = await lea.Send(page, $"/cases/{number}/extensions", new() { ["Duty"] = $"{final.Id}", ["Reason"] = "The bank abroad is slow", ["Until"] = "2026-06-01" });
        Assert.Contains("The rule allows no more than 24 April 2026", await beyond.Content.ReadAsStringAsync());
        Assert.DoesNotContain(await desk.Outgoing(), mail => mail.Contains("takes longer")); // nothing went out with what was refused
        await Post(lea, page, $"/cases/{number}/extensions", new() { ["Duty"] = $"{final.Id}", ["Reason"] = "The bank abroad is slow", ["Until"] = "2026-04-20" });
        var notice = Assert.Single(await desk.Outgoing(), mail => mail.Contains("It takes longer because: The bank abroad is slow"));
        Assert.Contains("Monday 20 April 2026", notice);
        var extended = (await complaint.State()).Duties.Single(duty => duty.Id == final.Id);
        Assert.Equal(await desk.Value<long>("select max(id) from messages where case_number = @number", new { number }), Assert.Single(extended.Extensions).MessageId);

        var letters = $"/cases/{number}/letters";
        Assert.Contains("Thank you for telling us. We have your complaint", await lea.GetStringAsync(letters + "?kind=Acknowledgement"));
        var bare = await lea.Send(letters + "?kind=Holding", letters, new() { ["Kind"] = "Holding", ["Reason"] = "The bank", ["Until"] = "2026-04-20", ["Text"] = "We need a little longer." });
        var said = WebUtility.HtmlDecode(await bare.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        foreach (var words in new[] { "the letter does not say why it takes longer. Put in: “It takes longer because: The bank”", "Put in: “You have our answer by Monday 20 April 2026.”", "the Financial Ombudsman Service", "We need a little longer." })
            Assert.Contains(words, said);
        foreach (var (type, words) in new[] { ("Final", "Hear them out first"), ("SummaryResolution", "They have not said yes to anything yet"), ("NotUpheld", "Hear them out first"), ("", "Choose what kind") })
            Assert.Contains(words, WebUtility.HtmlDecode(await (await lea.Send(letters + "?kind=Holding", letters, new() { ["Kind"] = type, ["Text"] = "Our complaint is upheld, resolved. the Financial Ombudsman Service www.financial-ombudsman.org.uk six months; too late without our consent." })).Content.ReadAsStringAsync()));
        await Post(lea, letters + "?kind=Acknowledgement", letters, new() { ["Kind"] = "Acknowledgement", ["Text"] = "We have your complaint. You have our answer by Monday 20 April 2026." });

        var sent = (await desk.Get<LetterDesk>().Of(number))[0];
        var kept = await Blobs.Get(desk.Database, sent.Digest!);
        Assert.Equal(sent.Digest, Convert.ToHexStringLower(SHA256.HashData(kept)));
        Assert.Contains("We have your complaint. You have our answer by Monday 20 April 2026.", Encoding.UTF8.GetString(kept));
        Assert.Equal(sent.Digest, await desk.Value<string>("select digest from letters where message_id = @Id", new { sent.Id }));
        var pdf = await lea.GetAsync($"{letters}/{sent.Id}/pdf");
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(await pdf.Content.ReadAsByteArrayAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await lea.GetAsync($"{letters}/999999/pdf")).StatusCode);

        using var customer = await complaint.Browse();
        await customer.Open("/c/letters");
        Assert.Contains("Our answer takes longer", customer.Text);
        await customer.Open($"/c/letters/{sent.Id}");
        Assert.Equal("application/pdf", customer.Response.Content.Headers.ContentType!.MediaType);
        using var stranger = await (await Complaint.Open(desk, "Ben Hale", "Kim")).Browse();
        await stranger.Open($"/c/letters/{sent.Id}");
        Assert.Equal(HttpStatusCode.NotFound, stranger.Response.StatusCode);
    }

    [Fact]
    public async Task The_case_as_a_file_holds_what_was_said_and_decided_and_our_notes_only_when_somebody_says_so()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();
        var number = complaint.Number;
        var jo = await desk.AddPerson("Jo", Role.Agent);
        await Write(desk, number, jo);
        await desk.Cases.Change(number, async (@case, unit) => @case.Note(await Conversation.Add(unit, number, new NewMessage(Direction.Note, Channel.Page, "Jo", "Between us: be quick.", desk.Clock.Now)), jo, desk.Clock.Now));
        using var agent = await desk.SignIn(jo);
        Assert.Contains("case-file", await agent.GetStringAsync($"/cases/{number}/outside"));
        foreach (var notes in new[] { false, true })
        {
            using var zip = new ZipArchive(await agent.GetStreamAsync($"/cases/{number}/case-file{(notes ? "?notes=yes" : "")}"));
            using var json = JsonDocument.Parse(zip.GetEntry($"case-{number}.json")!.Open());
            var texts = json.RootElement.GetProperty("messages").EnumerateArray().Select(each => each.GetProperty("text").GetString()!).ToList();
            Assert.Equal(notes, texts.Contains("Between us: be quick."));
            Assert.Contains(texts, text => text.Contains("I look into it today."));
            Assert.Equal((await complaint.State()).Story, json.RootElement.GetProperty("story").GetString());
            Assert.True(json.RootElement.GetProperty("summaries").GetArrayLength() > 0 && json.RootElement.GetProperty("offers").GetArrayLength() > 0 && json.RootElement.GetProperty("promises").GetArrayLength() > 0);
            Assert.Equal(notes, json.RootElement.GetProperty("timeline").EnumerateArray().Any(each => each.GetProperty("what").GetString() == "note_written"));
            var pdf = new byte[5];
            using var paper = zip.GetEntry($"case-{number}.pdf")!.Open();
            paper.ReadExactly(pdf);
            Assert.Equal("%PDF-", Encoding.ASCII.GetString(pdf));
        }
    }

    private static Task Write(Desk desk, long number, Actor who) => desk.Cases.Change(number, async (@case, unit) =>
    {
        var message = await Conversation.Add(unit, number, new NewMessage(Direction.Out, Channel.Mail, who.Name, "I look into it today.", desk.Clock.Now) { AuthorId = who.Id });
        @case.Acknowledge(message, desk.Clock.Now);
        @case.Speak(message, Channel.Mail, who, desk.Clock.Now);
    });

    private static async Task Post(HttpClient browser, string page, string action, Dictionary<string, string> fields)
    {
        var answer = await browser.Send(page, action, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{action}: {answer.StatusCode}\n{await answer.Content.ReadAsStringAsync()}");
    }
}
