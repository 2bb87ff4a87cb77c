using System.Net;
using System.Text.RegularExpressions;
using Amends.Data;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;
using Amends.Tests.Servers;
using Dapper;

namespace Amends.Tests.Features.CallBacks;

/// <summary>A customer books a call, changes it, calls it off; by real pages, on both databases.</summary>
public sealed class BookedCallTests
{
    private const string Number = "0113 496 0142";

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_customer_books_a_free_time_and_gets_it_in_writing_with_a_calendar_file(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var browser = await complaint.Browse();
        await browser.Open("/c/call");
        var time = browser.Page.QuerySelector("input[name=time]")!.GetAttribute("value")!;
        Assert.Equal("2026-03-04T11:00:00Z", time); // an open hour from ten
        await browser.Submit("/c/call", ("phone", "later"), ("time", time), ("words", "About the floor"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Response.StatusCode);
        Assert.NotNull(browser.Page.QuerySelector($"input[name=time][value='{time}'][checked]"));
        await browser.SubmitTwice("/c/call", ("phone", Number), ("time", time), ("words", "About the floor"));

        Assert.Contains("We call you today at 11:00, on 0113 496 0142.", browser.Text);
        var state = await complaint.State();
        Assert.Equal((1, desk.Clock.Now.AddHours(1.5)), (state.NextContact!.Call, state.NextContact.DueAt));
        Assert.Equal(1, await desk.Value<long>("select count(*) from call_times"));
        Assert.Equal(Number, await desk.Value<string>("select phone from customers"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from messages where direction = 1 and text = 'About the floor'"));

        await desk.RunDue();
        var mail = await LastMail(desk);
        Assert.Contains("Subject: We call you on Wednesday 4 March [1001]", mail.Text);
        Assert.Matches("(?i)text/calendar;[^\r]*(\r\n[^\r]*)?method=\"?PUBLISH", mail.Text);
        Assert.Contains("UID:call-1001-1@localhost\r\nSEQUENCE:0\r\n", mail.File);
        Assert.Equal("Amara Okafor wants a call: today at 11:00, on 0113 496 0142", await desk.Value<string>("select text from notices where person_id = @Id", new { complaint.Jo.Id }));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_call_that_is_changed_or_called_off_changes_in_the_customers_calendar(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        using var browser = await complaint.Browse();
        await browser.Open("/c/call?zone=Asia/Tokyo");
        Assert.Contains("Tokyo (Asia)", browser.Text);
        await browser.Submit("/c/call", ("phone", Number), ("time", "2026-03-04T11:00:00Z"));
        await browser.Open("/c/call");
        Assert.Contains("We call you today at 20:00", browser.Text); // in the zone that was chosen
        await browser.Submit("/c/call", ("phone", "0113 496 0000"), ("time", "2026-03-05T09:00:00Z"));
        await desk.RunDue();
        var mail = await LastMail(desk);
        Assert.Contains("SEQUENCE:1", mail.File);
        Assert.Contains("DTSTART:20260305T090000Z", mail.File);

        await browser.Open("/c/call");
        await browser.Submit("/c/call/off");
        Assert.Contains("Noted: we do not call you.", browser.Text);
        await desk.RunDue();
        await desk.RunDue();
        mail = await LastMail(desk);
        Assert.Contains("UID:call-1001-1@localhost\r\nSEQUENCE:2\r\n", mail.File);
        Assert.Contains("STATUS:CANCELLED", mail.File);
        Assert.Equal(0, await desk.Value<long>("select count(*) from call_times"));
        Assert.Null(await desk.Value<long?>("select call_at from cases"));
        Assert.Equal("what we found out so far, and what happens next", (await complaint.State()).Promises[0].What);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_time_that_was_just_taken_is_a_sentence_and_the_form_stays_as_it_was_typed(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (first, second) = (await Complaint.Open(desk), await Complaint.Open(desk, "Ben Ito", "Jo"));
        using var slow = await second.Browse();
        await slow.Open("/c/call?zone=Europe/Paris");
        using var quick = await first.Browse();
        await quick.Open("/c/call");
        await quick.Submit("/c/call", ("phone", Number), ("time", "2026-03-04T11:00:00Z"));
        await slow.Submit("/c/call", ("phone", "030 901820"), ("time", "2026-03-04T11:00:00Z"), ("words", "The invoice"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, slow.Response.StatusCode);
        Assert.Contains("This time was just taken.", slow.Page.QuerySelector("#time-error")!.TextContent);
        Assert.Equal(("030 901820", "The invoice", "Europe/Paris"), (slow.Page.QuerySelector("#phone")!.GetAttribute("value"), slow.Page.QuerySelector("#words")!.TextContent, slow.Page.QuerySelector("form[action='/c/call'] input[name=zone]")!.GetAttribute("value")));
        Assert.Null(slow.Page.QuerySelector("input[value='2026-03-04T11:00:00Z']"));
        Assert.Null((await second.State()).CallBack);
    }

    [Fact]
    public async Task Two_desks_on_one_database_never_give_a_time_to_more_customers_than_there_are_people_to_call()
    {
        const int People = 3, Customers = 12;
        var address = await PostgresServer.CreateDatabase();
        await using var one = await Desk.On(address);
        await using var two = await Desk.On(address);
        var company = new Company { Calls = new() { AtOnce = People } };
        var numbers = new List<long>();
        for (var i = 0; i < Customers; i++)
            numbers.Add(await one.Complain($"Customer {i}", "Kettle", "It leaks."));
        var time = CallTimes.Offered(company.Calendar(), company.Calls.Rules(), one.Clock.Now).First();
        var answers = await Task.WhenAll(numbers.Select((number, i) => Task.Run(async () =>
        {
            try
            {
                await (i % 2 == 0 ? one : two).Cases.Change(number, @case => @case.BookCall(Number, time, null, company.Calls.Rules(), Actor.Customer(@case.State.CustomerId, "x"), company.Calendar(), one.Clock.Now));
                return "";
            }
            catch (Domain.Refused no)
            {
                return no.Code;
            }
        })));

        Assert.Equal((People, Customers - People), (answers.Count(code => code == ""), answers.Count(code => code == "time_taken")));
        Assert.Equal(People, await one.Value<long>("select count(*) from call_times"));
        Assert.Equal(People, await one.Value<long>("select count(*) from cases where call_at is not null"));
    }

    /// <summary>The newest letter and the calendar file in it.</summary>
    internal static async Task<(string Text, string File)> LastMail(Desk desk)
    {
        var digest = await desk.Value<string>("select raw_digest from outbox order by id desc limit 1");
        var text = System.Text.Encoding.UTF8.GetString(await desk.Get<Outbox>().Open(desk.Database, digest!));
        var part = Regex.Match(text, "text/calendar.*?\r\n\r\n(.*?)\r\n--", RegexOptions.Singleline).Groups[1].Value;
        var file = part.Contains("BEGIN:", StringComparison.Ordinal) || part.Length == 0 ? part : System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(part.Replace("\r\n", "")));
        return (text, file);
    }
}
