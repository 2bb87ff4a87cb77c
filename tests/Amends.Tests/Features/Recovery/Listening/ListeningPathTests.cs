using System.Net;
using Amends.Commands;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;

namespace Amends.Tests.Features.Recovery.Listening;

/// <summary>What is heard beside the story, by the forms, without scripts, on both databases.</summary>
public sealed class ListeningPathTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_it_means_for_them_is_in_the_letter_and_on_their_page_and_they_put_it_right(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var hanna = await desk.SignIn(complaint.Jo);
        await Post(hanna, "/cases/1001/why", "/cases/1001/category", new() { ["Category"] = "DEL.late", ["Then"] = "first" });
        await Post(hanna, "/cases/1001/summary/new", "/cases/1001/summaries", new()
        {
            ["Outcome"] = "A machine", ["AtRisk"] = "no", ["Happened"] = "Two damaged machines", ["Impact"] = "Three days off work", ["Matters"] = "Saturday", ["Promised"] = "A call", ["Then"] = "send",
            ["Category"] = "DEL.damaged", ["Journey"] = "Delivery", ["Ask.ANY.begin"] = "On Monday, with the first one",
        });
        Assert.Contains("What it means for you:\nThree days off work", (await desk.Value<string>("select text from messages where direction = 2 and text like '%understood%'"))!.ReplaceLineEndings("\n"));
        var state = await complaint.State();
        Assert.Equal(("DEL.late", "DEL.damaged", JourneyStage.Delivery), (state.FirstImpression!.Code, state.ConfirmedCategory!.Code, state.Journey));
        Assert.Contains("“On Monday, with the first one”", (await hanna.Open("/cases/1001/call")).Words("main")); // not asked again
        Assert.Null((await hanna.Open("/cases/1001/call")).QuerySelector("[name='Ask.ANY.begin']"));

        using var customer = await complaint.Browse();
        await customer.Open("/c/confirm");
        Assert.Contains("Three days off work", customer.Text);
        await customer.Submit("/c/impact", ("impact", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, customer.Response.StatusCode);
        await customer.Submit("/c/impact", ("impact", "Three days without pay"));
        Assert.Contains("Now we know what it means for you.", customer.Text);
        await customer.Open("/c/confirm");
        Assert.Contains("Three days without pay", customer.Text);
        Assert.Contains("They say what it means for them: “Three days without pay”", (await hanna.Open("/cases/1001")).Words(".timeline"));

        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        var seen = await shop.Get("/api/v1/cases/1001");
        Assert.Equal(("Three days without pay", "delivery", "offer"), (seen.GetProperty("impact").GetString(), seen.GetProperty("journey_stage").GetString(), seen.GetProperty("next_action").GetString()));
        Assert.Equal(("DEL.late", "DEL.damaged"), (seen.GetProperty("category").GetProperty("first_impression").GetString(), seen.GetProperty("category").GetProperty("confirmed").GetString()));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_note_with_exact_words_is_put_right_in_a_quarter_of_an_hour_then_corrected_and_the_chain_holds_all_of_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var hanna = await desk.SignIn(complaint.Jo);
        using var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));

        var draft = await hanna.Send("/cases/1001/notes/new", "/cases/1001/notes/draft", new() { ["Text"] = "It fell of the lorry.", ["Exact"] = "on", ["SaidBy"] = "Amara", ["SaidAt"] = "2026-03-04T09:30" });
        Assert.Equal(HttpStatusCode.NoContent, draft.StatusCode);
        var form = await hanna.Open("/cases/1001/notes/new"); // another browser, the same words
        Assert.Equal("It fell of the lorry.", form.QuerySelector("textarea[name=Text]")!.TextContent);
        await Post(hanna, "/cases/1001/notes/new", "/cases/1001/notes", new() { ["Text"] = "It fell of the lorry.", ["Exact"] = "on", ["SaidBy"] = "Amara", ["SaidAt"] = "2026-03-04T09:30" });
        Assert.Equal(0, await desk.Value<long>("select count(*) from form_drafts"));
        var note = await desk.Value<long>("select message_id from notes");
        Assert.Contains("exact words of Amara", (await hanna.Open("/cases/1001")).Words(".timeline"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lea.Send($"/cases/1001/notes/{note}", $"/cases/1001/notes/{note}", new() { ["text"] = "Mine", ["then"] = "edit" })).StatusCode);
        await Post(hanna, $"/cases/1001/notes/{note}", $"/cases/1001/notes/{note}", new() { ["text"] = "It fell off the lorry.", ["then"] = "edit" });
        var page = (await hanna.Open("/cases/1001")).Words(".timeline");
        Assert.Contains("It fell off the lorry.", page);
        Assert.DoesNotContain("It fell of the lorry.", page);
        Assert.Contains("It fell of the lorry.", (await hanna.Open($"/cases/1001/notes/{note}")).Words("main")); // what stood before

        desk.Clock.Now = desk.Clock.Now.AddMinutes(15);
        var late = await hanna.Send($"/cases/1001/notes/{note}", $"/cases/1001/notes/{note}", new() { ["text"] = "It was pushed.", ["then"] = "edit" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        var again = await late.Content.ReadAsStringAsync();
        Assert.Contains("A note is fixed after 15 minutes", again);
        Assert.Contains("It was pushed.", again); // nothing typed is lost
        await Post(lea, $"/cases/1001/notes/{note}", $"/cases/1001/notes/{note}", new() { ["text"] = "It was pushed.", ["then"] = "correct" });
        page = (await hanna.Open("/cases/1001")).Words(".timeline");
        Assert.Contains("corrected below", page);
        Assert.Contains("It was pushed.", page);
        Assert.Equal(["note_written", "note_edited", "note_corrected"], await desk.Rows<string>("select kind from events where kind like 'note_%' order by id"));

        Assert.Equal(0, await Problems(desk));
        await desk.Database.Write(unit => unit.Run("update messages set text = 'It stood there.' where text = 'It was pushed.'"));
        Assert.Equal(1, await Problems(desk)); // whoever changes a note behind our back is found
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_we_learned_is_kept_when_all_is_done_and_later_stands_on_the_case_and_is_counted_in_the_report(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();
        await desk.Cases.Change(1001, @case =>
        {
            @case.Choose(1, 1, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now);
            foreach (var remedy in @case.State.Remedies)
                @case.FinishRemedy(remedy.Id, null, complaint.Jo, desk.Clock.Now);
        });
        using var hanna = await desk.SignIn(complaint.Jo);
        var done = new Dictionary<string, string> { ["Cause"] = "no_fault", ["Learned"] = new string('x', 501), ["CheckBackAt"] = "2026-03-10T12:00" };
        var wrong = await hanna.Send("/cases/1001/delivery", "/cases/1001/delivery", done);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains(done["Learned"], await wrong.Content.ReadAsStringAsync()); // nothing typed is lost
        await Post(hanna, "/cases/1001/delivery", "/cases/1001/delivery", new(done) { ["Learned"] = "Two boxes, not one" });
        Assert.Contains("What we learned: Two boxes, not one", (await hanna.Open("/cases/1001")).Words(".timeline"));

        var named = await hanna.Send("/cases/1001/why", "/cases/1001/lessons", new() { ["learned"] = "Hanna should look" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, named.StatusCode);
        Assert.Contains("A person is never a cause", WebUtility.HtmlDecode(await named.Content.ReadAsStringAsync()));
        await Post(hanna, "/cases/1001/why", "/cases/1001/lessons", new() { ["learned"] = "The list says how to pack" });
        Assert.Equal(2, (await complaint.State()).Lessons.Count);
        using var marta = await desk.SignIn(await desk.AddPerson("Marta", Role.Manager));
        var report = (await marta.Open("/reports/outcomes")).Words("section[aria-labelledby=learned]");
        Assert.Contains("from one complaint", report);
        Assert.Contains("Two boxes, not one", report);
        Assert.Contains("The list says how to pack", report);
    }

    [Fact]
    public async Task A_ladder_that_ends_at_a_colleague_is_asked_once_more()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        await desk.AddPerson("Sami Haddad", Role.Agent);
        using var hanna = await desk.SignIn(complaint.Jo);
        var nudge = await hanna.Send("/cases/1001/why", "/cases/1001/why", new() { ["Why"] = "Because Sami forgot to call", ["Evidence"] = "call list" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nudge.StatusCode);
        var html = WebUtility.HtmlDecode(await nudge.Content.ReadAsStringAsync());
        Assert.Contains("A person is never a cause (“Sami”)", html);
        Assert.Contains("Because Sami forgot to call", html);
        Assert.Empty((await complaint.State()).Whys);

        await Post(hanna, "/cases/1001/why", "/cases/1001/why", new() { ["Why"] = "Because Sami forgot to call", ["Anyway"] = "on" });
        Assert.Contains("The ladder ends at a person", (await hanna.Open("/cases/1001/why")).Words("main"));
        await Post(hanna, "/cases/1001/why", "/cases/1001/why", new() { ["Why"] = "Calls are kept in heads, not on a list", ["Under"] = "1", ["CanChange"] = "on" });
        Assert.DoesNotContain("The ladder ends at a person", (await hanna.Open("/cases/1001/why")).Words("main"));
        await Post(hanna, "/cases/1001/why", "/cases/1001/why/2/taken-back", new() { ["reason"] = "There is a list" });
        Assert.Contains("There is a list", (await hanna.Open("/cases/1001/why")).Words("main"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_call_says_how_long_it_was_and_who_spoke_and_its_course_is_seen_by_that_person_alone(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var hanna = await desk.SignIn(complaint.Jo);
        using var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Manager));
        var call = new Dictionary<string, string> { ["Who"] = "them", ["Words"] = "“It leaks.”", ["Next"] = "the date", ["NextAt"] = "2026-03-05T12:00", ["Minutes"] = "twelve", ["Talk"] = "MostlyThem" };
        var wrong = await hanna.Send("/cases/1001/call", "/cases/1001/calls", call);
        Assert.Contains("Write the minutes as a whole number", await wrong.Content.ReadAsStringAsync());
        await Post(hanna, "/cases/1001/call", "/cases/1001/calls", new(call) { ["Minutes"] = "12" });
        Assert.Contains("They rang, 12 minutes; mostly they spoke", (await hanna.Open("/cases/1001")).Words(".timeline"));
        Assert.Equal(["1", "1", "0", "0", "–"], (await hanna.Open("/profile/listening")).QuerySelectorAll("tbody td").Select(cell => cell.TextContent));
        Assert.Contains("No calls yet", (await lea.Open("/profile/listening")).Words("main"));
    }

    private static async Task<int> Problems(Desk desk)
    {
        var problems = 0;
        await using var snapshot = await Snapshot.Take(desk.Database);
        await VerifyChains.Run(snapshot, _ => problems++);
        return problems;
    }

    private static async Task Post(HttpClient browser, string page, string action, Dictionary<string, string> fields)
    {
        var answer = await browser.Send(page, action, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{action}: {answer.StatusCode}\n{await answer.Content.ReadAsStringAsync()}");
    }
}
