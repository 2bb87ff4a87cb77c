using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Dapper;

namespace Amends.Tests.Features.CustomerPages;

public sealed class WholePathTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_customer_confirms_chooses_and_says_yes_without_scripts(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var browser = await complaint.Browse();
        Assert.Equal("/c", browser.Path);
        Assert.Contains("Amara, we have your message.", browser.Text);
        Assert.Contains("You hear from us by", browser.Text);

        await complaint.Summarise();
        await browser.Open("/c");
        Assert.Equal("We understood", browser.Page.QuerySelector("[aria-current=step]")!.TextContent);
        await browser.Open("/c/confirm");
        Assert.Contains("no more waiting at home", browser.Text);
        await browser.SubmitTwice("/c/confirm");
        Assert.Contains("Thank you. Now we know that we understood you.", browser.Text);

        await complaint.Offer();
        await browser.Open("/c/choose");
        Assert.Empty(browser.Page.QuerySelectorAll("input[checked]"));
        Assert.Contains("A two-person crew", browser.Text);
        Assert.Contains("€\u00A080", browser.Text);
        await browser.Submit("/c/choose");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        Assert.Equal("#option", browser.Page.QuerySelector(".errors a")!.GetAttribute("href"));
        await browser.SubmitTwice("/c/choose", ("option", "1"), ("words", "Please ring twice."));
        Assert.Contains("It is agreed.", browser.Text);
        Assert.Contains("You chose: New machine on Saturday", browser.Text);
        var chosen = await complaint.State();
        Assert.Equal((CaseStage.Delivering, 2), (chosen.Stage, chosen.Remedies.Count));

        await desk.RunDue();
        var letters = await desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from outbox where case_number = @Number", new { complaint.Number }));
        Assert.Equal(1, letters);
        await desk.RunDue();

        desk.Clock.Now = desk.Clock.Now.AddHours(5);
        await complaint.Deliver();
        await browser.Open("/c");
        Assert.Contains("is it put right now?", browser.Text);
        Assert.DoesNotContain("receipt 77", browser.Text);
        await browser.Open("/c/rate");
        await browser.Submit("/c/rate", ("answer", "yes"), ("heard", "9"), ("words", "Well done."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        Assert.Contains("goes from 1 to 5", browser.Text);
        Assert.NotNull(browser.Page.QuerySelector("details[open] #heard-error"));
        Assert.Equal("Well done.", browser.Page.QuerySelector("textarea")!.TextContent); // nothing typed is lost
        await browser.SubmitTwice("/c/rate", ("answer", "yes"), ("score", "5"), ("heard", "5"), ("ease", "6"), ("met", "exceeded"), ("return", "yes"), ("words", "Well done."));
        Assert.Contains("We are glad that it is put right.", browser.Text);

        var state = await complaint.State();
        Assert.Equal((CaseStage.Closed, CloseReason.Confirmed, 5, 0), (state.Stage, state.CloseReason, state.CheckBack!.Score, state.Reopened));
        Assert.Equal(new Survey(5, 6, OutcomeMet.Exceeded, WouldReturn.Yes), state.CheckBack.Survey);
        var said = await desk.Database.Read(async connection => (await connection.QueryAsync<string>(
            "select text from messages where case_number = @Number and direction = 1 order by id", new { complaint.Number })).ToList());
        Assert.Equal(["Please ring twice.", "Well done."], said);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_customer_corrects_declines_asks_for_a_call_and_says_no(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var browser = await complaint.Browse();
        await complaint.Summarise();

        await browser.Open("/c/confirm");
        await browser.Submit("/c/correct", ("words", " "));
        Assert.Equal("Tell us in a sentence what is missing.", browser.Page.QuerySelector("#words-error")!.TextContent.Trim());
        await browser.SubmitTwice("/c/correct", ("words", "You forgot the scratched floor."));
        Assert.Contains("write you a better summary", browser.Text);
        Assert.Equal(CaseStage.Listening, (await complaint.State()).Stage);

        await complaint.Summarise("Two damaged machines and a scratched floor.");
        await complaint.Offer();
        await browser.Open("/c/choose");
        Assert.Contains("scratched floor", browser.Text);
        await browser.Open("/c/suggest");
        await browser.SubmitTwice("/c/suggest", ("words", "Mend the floor as well."));
        Assert.Contains("something that suits you better", browser.Text);
        Assert.NotNull((await complaint.State()).Offer!.DeclinedAt);

        await desk.Get<StoredSettings>().Set(new Company { Calls = new() { IsOn = false } }); // nobody can book: they say what suits them
        await browser.Open("/c/call");
        await browser.Submit("/c/call/ask", ("phone", "later"));
        Assert.NotNull(browser.Page.QuerySelector("#phone[aria-invalid]"));
        var time = browser.Page.QuerySelector("input[name=time]")!.GetAttribute("value")!;
        Assert.StartsWith("2026-03-04", time);
        await browser.SubmitTwice("/c/call/ask", ("phone", "0113 496 0142"), ("time", time));
        var notices = await desk.Database.Read(async connection => (await connection.QueryAsync<string>("select text from notices where person_id = @Id and text like '%call%'", new { complaint.Jo.Id })).ToList());
        Assert.Equal(["Amara Okafor asks for a call: today, morning"], notices);

        await complaint.Offer();
        await browser.Open("/c/choose");
        await browser.Submit("/c/choose", ("option", "2"));
        await browser.Open("/c/date");
        await browser.Submit("/c/date", ("date", "2020-01-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        await browser.Submit("/c/date", ("date", "2026-03-20"));
        Assert.Contains("Friday 20 March", browser.Text);
        await complaint.Deliver();
        await browser.Open("/c/rate");
        Assert.Contains("somebody who leads the team is told at once", browser.Text);
        await browser.Submit("/c/rate", ("answer", "no"), ("words", "The floor is still scratched."));
        Assert.Contains("We are sorry, and we go on", browser.Text);
        Assert.Equal(CaseStage.Working, (await complaint.State()).Stage);
    }

    [Fact]
    public async Task A_summary_that_changed_meanwhile_is_not_confirmed()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        using var browser = await complaint.Browse();
        await complaint.Summarise();
        await browser.Open("/c/confirm");
        await complaint.Summarise("Something else.");
        await browser.Submit("/c/confirm");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        Assert.Contains("The summary has changed since.", browser.Text);
        Assert.Contains("Something else.", browser.Text);
        Assert.Null((await complaint.State()).Summary!.ConfirmedAt);
    }

    [Fact]
    public async Task No_need_to_ask_ends_the_case_unconfirmed_and_another_day_moves_the_promise()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        using var browser = await complaint.Browse();
        await complaint.Summarise();
        await complaint.Offer();
        await browser.Open("/c/choose");
        await browser.Submit("/c/choose", ("option", "2"));
        await complaint.Deliver();
        await browser.Open("/c/date");
        await browser.Submit("/c/date", ("date", "2026-04-01"));
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 11, 0, 0, TimeSpan.Zero), (await complaint.State()).NextContact!.DueAt);

        await browser.Open("/c/rate");
        await browser.Submit("/c/no-need");
        Assert.Equal(CloseReason.Unconfirmed, (await complaint.State()).CloseReason);
    }

    [Fact]
    public async Task More_words_open_a_closed_case_again_and_bring_files_within_limits()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        using var browser = await complaint.Browse();
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

        await browser.Open("/c/more");
        await browser.SubmitWithFile("/c/more", "run.exe", [1, 2, 3], ("words", "See this."));
        Assert.Contains("of a kind that we do not take", browser.Page.QuerySelector("#files-error")!.TextContent);
        Assert.Equal("See this.", browser.Page.QuerySelector("#words")!.TextContent);
        await browser.SubmitWithFile("/c/more", "page.jpg", "<html>"u8.ToArray(), ("words", "See this."));
        Assert.Contains("not what its name says", browser.Text);
        await browser.SubmitWithFile("/c/more", "big.jpg", new byte[11 * 1024 * 1024], ("words", "See this."));
        Assert.Contains("larger than 10 MB", browser.Text);
        await browser.Submit("/c/more", ("words", ""));
        Assert.Contains("Write a sentence, or choose a file.", browser.Text);
        await browser.SubmitWithFile("/c/more", "..\\up/floor.jpg", picture, ("words", "See this."));
        Assert.Contains("It is with your case now.", browser.Text);

        var file = await desk.Database.Read(connection => connection.QuerySingleAsync<(string Name, string ContentType, string Digest)>("select name, content_type, digest from attachments"));
        Assert.Equal(("floor.jpg", "image/jpeg"), (file.Name, file.ContentType));
        Assert.Equal(picture, await Blobs.Get(desk.Database, file.Digest));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Who_wishes_a_call_is_called_by_the_owner_and_may_still_answer_when_we_stopped_asking(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var browser = await complaint.Browse();
        await complaint.Summarise();
        await complaint.Offer();
        await browser.Open("/c/date");
        await browser.Submit("/c/date", ("date", "2026-03-20"), ("manner", "phone"), ("phone", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        Assert.Contains("Give a phone number", browser.Text);
        await browser.Submit("/c/date", ("date", "2026-03-20"), ("manner", "phone"), ("phone", "0113 496 0999"));
        await browser.Open("/c/choose");
        Assert.Contains("we call you and ask", browser.Text);
        await browser.Submit("/c/choose", ("option", "1"));
        await complaint.Deliver();

        desk.Clock.Now = (await complaint.State()).CheckBack!.DueAt;
        await desk.RunDue();
        Assert.Contains("It is time to call Amara Okafor", await desk.Database.Read(connection => connection.ExecuteScalarAsync<string>("select max(text) from notices where text like '%time to call%'")));
        Assert.Equal(0, await Asked());

        desk.Clock.Now = desk.Clock.Now.AddDays(10);
        await desk.RunDue();
        Assert.True((await complaint.State()).IsOpen); // nobody has called yet, and nobody is given up before
        for (var day = 0; day < 4; day++)
        {
            await desk.Cases.Change(complaint.Number, @case =>
            {
                if (@case.State.CheckBack!.CallDueAt is not null)
                    @case.TryCheckBackCall(Domain.CallBacks.CallOutcome.NoAnswer, null, complaint.Jo, desk.Clock.Now);
            });
            desk.Clock.Now = desk.Clock.Now.AddDays(5);
            await desk.RunDue();
        }

        Assert.Equal(1, await Asked()); // the last time by mail
        Assert.Equal(CloseReason.Unconfirmed, (await complaint.State()).CloseReason);
        using var later = await complaint.Browse();
        await later.Open("/c/rate");
        await later.Submit("/c/rate", ("answer", "yes"));
        Assert.Equal(CloseReason.Confirmed, (await complaint.State()).CloseReason);

        Task<long> Asked() => desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from messages where subject like '%Is it really put right?%'"));
    }
}
