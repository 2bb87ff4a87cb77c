using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;

namespace Amends.Tests.Features.Recovery;

/// <summary>The forms of the recovery path, as an agent uses them without scripts, on both databases.</summary>
public sealed class RecoveryPathTests
{
    private static readonly Dictionary<string, string> Heard = new()
    {
        ["Outcome"] = "A kettle that holds water", ["AtRisk"] = "no", ["Happened"] = "The kettle leaks", ["Matters"] = "Tea in the morning", ["Promised"] = "Options today",
    };

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_complaint_by_phone_goes_through_the_forms_to_the_customers_quoted_yes(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));

        var opened = await browser.Send("/cases/new?by=phone", "/cases", new(Heard)
        {
            ["Channel"] = "Phone", ["Name"] = "Amara Okafor", ["Email"] = "amara@customer.example", ["Story"] = "It leaks on the table.", ["Confirmed"] = "Yes, exactly.",
            ["Next"] = "two options", ["NextAt"] = Local(desk, 5),
        });
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        var number = long.Parse(opened.Headers.Location!.ToString().Split('/')[^1]);
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal(CaseStage.Working, state.Stage);
        Assert.Equal("by phone, recorded by Jo", state.Summary!.Via);
        Assert.NotNull(state.AcknowledgedAt);

        await Post(browser, $"/cases/{number}/offer/new", $"/cases/{number}/offers", Offer(desk, "20", "30", "send"));
        Assert.Equal(CaseStage.Offered, (await desk.Cases.Find(number))!.Stage);

        await Post(browser, $"/cases/{number}/answer", $"/cases/{number}/answer", new() { ["Answer"] = "opt-2", ["Via"] = "phone", ["Words"] = "The second, please." });
        await Post(browser, $"/cases/{number}/delivery", $"/cases/{number}/remedies/1/done", new() { ["note"] = "Paid" });
        await Post(browser, $"/cases/{number}/delivery", $"/cases/{number}/delivery", new() { ["Cause"] = "product", ["CheckBackAt"] = Local(desk, 72) });
        Assert.Equal(CaseStage.CheckBack, (await desk.Cases.Find(number))!.Stage);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send($"/cases/{number}/check-back/answer", $"/cases/{number}/answer", new() { ["Answer"] = "Yes", ["Via"] = "phone", ["Words"] = "It holds water.", ["ease"] = "8" })).StatusCode);
        await Post(browser, $"/cases/{number}/check-back/answer", $"/cases/{number}/answer", new() { ["Answer"] = "Yes", ["Via"] = "phone", ["Words"] = "It holds water.", ["ease"] = "7", ["met"] = "met" });
        Assert.Equal(new Domain.CheckBacks.Survey(null, 7, Domain.CheckBacks.OutcomeMet.Met), (await desk.Cases.Find(number))!.CheckBack!.Survey);
        state = (await desk.Cases.Find(number))!;
        Assert.Equal(CloseReason.Confirmed, state.CloseReason);
        Assert.Equal("product", state.Cause);
        Assert.Equal(CheckBackAnswer.Yes, state.CheckBack!.Answer);
        Assert.Equal(2, await Letters(desk)); // the acknowledgement, and the options with the summary in them
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Options_above_the_limit_wait_for_somebody_else(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        var number = await Understood(desk, jo);

        await Post(jo, $"/cases/{number}/offer/new", $"/cases/{number}/offers", Offer(desk, "80", "120", "send"));
        Assert.Null((await desk.Cases.Find(number))!.Offer!.SentAt);
        Assert.Contains("nobody approves their own offer", await (await jo.Send($"/cases/{number}/offer/new", $"/cases/{number}/offers/1/approval")).Content.ReadAsStringAsync());
        Assert.Null((await desk.Cases.Find(number))!.Offer!.ApprovedBy);

        await Post(lea, $"/cases/{number}/offer", $"/cases/{number}/offers/1/approval", []);
        await Post(jo, $"/cases/{number}/offer", $"/cases/{number}/offers/1/sending", []);
        Assert.Equal(CaseStage.Offered, (await desk.Cases.Find(number))!.Stage);
    }

    [Fact]
    public async Task A_refusal_shows_the_form_again_with_its_sentence_and_what_was_typed()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await Understood(desk, jo);

        var fields = Offer(desk, "20", "", "send");
        fields.Remove("Options[1].Title");
        fields.Remove("Options[1].Why");
        var answer = await jo.Send($"/cases/{number}/offer/new", $"/cases/{number}/offers", fields);
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Offer two or more options", html);
        Assert.Contains("Because of tea 0", html);
    }

    [Fact]
    public async Task The_summary_form_asks_for_the_wanted_outcome_and_for_danger_first()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await Opened(desk, jo);

        var answer = await jo.Send($"/cases/{number}/summary/new", $"/cases/{number}/summaries", new(Heard) { ["Outcome"] = "", ["Then"] = "send" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Ask first what would put it right", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_promise_moves_with_a_reason_and_a_call_is_written_down()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await Opened(desk, jo);

        var bare = await jo.Send($"/cases/{number}/promise", $"/cases/{number}/promise/date", new() { ["DueAt"] = Local(desk, 30), ["Reason"] = "" });
        Assert.Contains("Say why the promise moves.", await bare.Content.ReadAsStringAsync());
        await Post(jo, $"/cases/{number}/promise", $"/cases/{number}/promise/date", new() { ["DueAt"] = Local(desk, 30), ["Reason"] = "The part is late" });
        Assert.Equal(desk.Clock.Now.AddHours(30), (await desk.Cases.Find(number))!.NextContact!.DueAt);

        await Post(jo, $"/cases/{number}/call", $"/cases/{number}/calls", new() { ["Who"] = "us", ["Words"] = "“Thank you for calling.”", ["Next"] = "the date", ["NextAt"] = Local(desk, 48) });
        Assert.Equal("the date", (await desk.Cases.Find(number))!.NextContact!.What);
    }

    private static async Task<long> Opened(Desk desk, HttpClient browser)
    {
        var answer = await browser.Send("/cases/new", "/cases", new() { ["Channel"] = "Phone", ["Name"] = "Amara", ["Email"] = "amara@customer.example", ["Story"] = "It leaks.", ["NextAt"] = Local(desk, 5) });
        return long.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
    }

    private static async Task<long> Understood(Desk desk, HttpClient browser)
    {
        var number = await Opened(desk, browser);
        await Post(browser, $"/cases/{number}/summary/new", $"/cases/{number}/summaries", new(Heard) { ["Then"] = "send" });
        return number;
    }

    private static async Task Post(HttpClient browser, string page, string action, Dictionary<string, string> fields)
    {
        var answer = await browser.Send(page, action, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{action}: {answer.StatusCode}\n{await answer.Content.ReadAsStringAsync()}");
    }

    private static Dictionary<string, string> Offer(Desk desk, string first, string second, string then)
    {
        var fields = new Dictionary<string, string> { ["AnswerBy"] = Local(desk, 72), ["CheckBackAt"] = Local(desk, 168), ["Then"] = then };
        foreach (var (amount, i) in new[] { first, second }.Select((amount, i) => (amount, i)))
        {
            fields[$"Options[{i}].Title"] = $"Option {i}";
            fields[$"Options[{i}].Why"] = $"Because of tea {i}";
            fields[$"Options[{i}].Kind"] = "Refund";
            fields[$"Options[{i}].Amount"] = amount;
            fields[$"Options[{i}].Due"] = Local(desk, 24);
        }

        return fields;
    }

    /// <summary>So many hours from now, as a datetime field has it; the desk of the tests stands in UTC.</summary>
    private static string Local(Desk desk, int hours) => desk.Clock.Now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm");

    private static Task<long> Letters(Desk desk) => desk.Database.Write(unit => unit.Value<long>("select count(*) from outbox"));
}
