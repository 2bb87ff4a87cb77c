using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.People;
using Amends.Domain.Referrals;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;
using CustomerBrowser = Amends.Tests.Features.CustomerPages.Browser;

namespace Amends.Tests.Features.Recovery;

/// <summary>Several issues, a decision on each, a deadlock and what follows outside: by the forms, without scripts, on both databases.</summary>
public sealed class DecisionPathTests
{
    private const string Route = "Retail Ombudsman, 1 High Street";

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_complaint_of_two_issues_gets_a_decision_on_each_and_the_customer_accepts_what_we_can_do(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (lea, number) = await Summed(desk);
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal(["The machine came damaged", "Nobody called on Tuesday"], state.Issues.Select(issue => issue.Words));
        Assert.Contains(await desk.Outgoing(), mail => mail.Contains("2. Nobody called on Tuesday"));

        using var customer = new CustomerBrowser(desk.Address);
        await customer.Open(CustomerLinks.PathOf(await desk.Database.Write(unit => CustomerLinks.Issue(unit, number, desk.Clock.Now))));
        await customer.Submit(null);
        await customer.Open("/c/confirm");
        Assert.Contains("What you raised", customer.Text);
        Assert.Contains("Nobody called on Tuesday", customer.Text);

        var half = await lea.Send($"/cases/{number}/decision", $"/cases/{number}/decisions", Decision(desk, ("NotUpheld", "The box was whole when it was signed for.", "We mend it free of charge."), ("", "", "")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, half.StatusCode);
        Assert.Contains("These still need an answer: “Nobody called on Tuesday”", WebUtility.HtmlDecode(await half.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lea.Send($"/cases/{number}/decision", $"/cases/{number}/decisions", Decision(desk))).StatusCode);
        var bare = await lea.Send($"/cases/{number}/decision", $"/cases/{number}/decisions", Decision(desk, ("NotUpheld", "", "We mend it."), ("", "", "")));
        Assert.Contains("Give the reasons for “The machine came damaged”.", WebUtility.HtmlDecode(await bare.Content.ReadAsStringAsync()));

        await Post(lea, $"/cases/{number}/decision", $"/cases/{number}/decisions", Decision(desk, ("NotUpheld", "The box was whole when it was signed for.", "We mend it free of charge."), ("Upheld", "", "Lea calls on Friday.")));
        state = (await desk.Cases.Find(number))!;
        Assert.Equal((CaseStage.Offered, ReferralStage.Signposted), (state.Stage, state.Referral!.Stage));
        var letter = Assert.Single(await desk.Outgoing(), mail => mail.Contains("Not upheld"));
        foreach (var words in new[] { "Thank you for telling us", "1. The machine came damaged", "The box was whole when", "We mend it free of charge.", "2. Nobody called on Tuesday", Route, "Hanna answers it" })
            Assert.Contains(words, letter);
        Assert.Equal(1, await desk.Value<long>("select count(*) from messages where case_number = @number and direction = 2 and text like '%Not upheld%'", new { number })); // kept as it is

        await customer.Open("/c");
        Assert.Contains("this is what we found", customer.Text);
        await customer.Open("/c/choose");
        Assert.Contains("The box was whole when it was signed for.", customer.Text);
        Assert.Contains(Route, customer.Text);
        await customer.SubmitTwice("/c/choose", ("words", "Thank you for looking."));
        Assert.Contains("You accepted what we can do", customer.Text);
        state = (await desk.Cases.Find(number))!;
        Assert.Equal((CaseStage.Delivering, 2), (state.Stage, state.Remedies.Count));
        Assert.Contains("not upheld", await lea.GetStringAsync($"/cases/{number}"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Who_does_not_agree_says_more_and_in_the_end_a_lead_declares_a_deadlock_that_goes_outside(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (lea, number) = await Summed(desk);
        var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        await Post(jo, $"/cases/{number}/decision", $"/cases/{number}/decisions", Decision(desk, ("NotUpheld", "It was whole.", "We mend it."), ("PartlyUpheld", "We called at five.", "A call on Friday.")));
        await Post(jo, $"/cases/{number}/answer", $"/cases/{number}/answer", new() { ["Answer"] = "none", ["Via"] = "phone", ["Words"] = "It was not whole." });
        await Post(jo, $"/cases/{number}/decision", $"/cases/{number}/decisions", Decision(desk, ("NotUpheld", "The carrier's picture shows it whole.", "We mend it."), ("PartlyUpheld", "We called at five.", "A call on Friday.")));
        await Post(jo, $"/cases/{number}/answer", $"/cases/{number}/answer", new() { ["Answer"] = "none", ["Via"] = "mail", ["Words"] = "I want my money." });
        Assert.Contains("They said no twice", await jo.GetStringAsync($"/cases/{number}"));
        Assert.Equal(2, (await desk.Cases.Find(number))!.Issues[0].Decisions.Count);

        Assert.Equal(HttpStatusCode.Forbidden, (await jo.Send($"/cases/{number}/outside", $"/cases/{number}/deadlock", new() { ["Why"] = "Money" })).StatusCode);
        await Post(lea, $"/cases/{number}/outside", $"/cases/{number}/deadlock", new() { ["Why"] = "They want all of it." });
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal((CloseReason.Deadlock, ReferralStage.Signposted), (state.CloseReason, state.Referral!.Stage));

        using var customer = new CustomerBrowser(desk.Address);
        await customer.Open(CustomerLinks.PathOf(await desk.Database.Write(unit => CustomerLinks.Issue(unit, number, desk.Clock.Now))));
        await customer.Submit(null);
        Assert.Contains("we could not agree, and we are sorry.", customer.Text);
        Assert.Contains(Route, customer.Text);

        var today = desk.Clock.Now.ToString("yyyy-MM-dd");
        await Post(jo, $"/cases/{number}/outside", $"/cases/{number}/referral", new() { ["Body"] = "Retail Ombudsman", ["ReferredOn"] = today });
        var unsaid = await jo.Send($"/cases/{number}/outside", $"/cases/{number}/outside-decision", new() { ["Outcome"] = "Half of it back.", ["DecidedOn"] = today });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.StatusCode);
        Assert.Contains("Say whether it ends here", await unsaid.Content.ReadAsStringAsync());
        await Post(jo, $"/cases/{number}/outside", $"/cases/{number}/outside-decision", new() { ["Outcome"] = "Half of it back.", ["DecidedOn"] = today, ["Ends"] = "no" });
        state = (await desk.Cases.Find(number))!;
        Assert.Equal((CaseStage.Working, ReferralStage.Decided), (state.Stage, state.Referral!.Stage));

        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        var seen = await shop.Get($"/api/v1/cases/{number}");
        Assert.Equal(("not_upheld", "The carrier's picture shows it whole."), (seen.GetProperty("issues")[0].GetProperty("decision").GetProperty("finding").GetString(), seen.GetProperty("issues")[0].GetProperty("decision").GetProperty("reasons").GetString()));
        Assert.Equal(("decided", "Half of it back."), (seen.GetProperty("referral").GetProperty("stage").GetString(), seen.GetProperty("referral").GetProperty("outcome").GetString()));
        Assert.True(seen.GetProperty("offer").GetProperty("is_decision").GetBoolean());
        Assert.Contains("decision_sent", seen.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task An_issue_is_added_taken_out_and_left_out_of_an_offer_on_the_forms()
    {
        await using var desk = await Desk.Start();
        var (lea, number) = await Summed(desk);
        await Post(lea, $"/cases/{number}/issues", $"/cases/{number}/issues", new() { ["words"] = "A scratched lid\n\nThe wrong cable" });
        await Post(lea, $"/cases/{number}/issues", $"/cases/{number}/issues/3/withdrawal", new() { ["reason"] = "Part of the damage", ["into"] = "1" });
        var page = await lea.GetStringAsync($"/cases/{number}/issues");
        Assert.Contains("Part of the damage", page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lea.Send($"/cases/{number}/issues", $"/cases/{number}/issues/2/withdrawal")).StatusCode);

        var offer = new Dictionary<string, string>
        {
            ["AnswerBy"] = Local(desk, 72), ["CheckBackAt"] = Local(desk, 168), ["Then"] = "send", ["OneOptionReason"] = "There is one machine.", ["IssuesAsked"] = "on",
            ["Options[0].Title"] = "A new machine", ["Options[0].Why"] = "It works", ["Options[0].Due"] = Local(desk, 24),
        };
        var none = await lea.Send($"/cases/{number}/offer/new", $"/cases/{number}/offers", offer);
        Assert.Contains("Say which of the issues these options answer.", await none.Content.ReadAsStringAsync());
        await Post(lea, $"/cases/{number}/offer/new", $"/cases/{number}/offers", new(offer) { ["Issues"] = "1" });
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal([1], state.Offer!.Issues);
        Assert.Equal([2, 4], state.OpenIssues.Where(issue => issue.Id != 1).Select(issue => issue.Id));
    }

    [Fact]
    public async Task A_customer_raises_something_else_in_their_own_words()
    {
        await using var desk = await Desk.Start();
        var (_, number) = await Summed(desk);
        using var customer = new CustomerBrowser(desk.Address);
        await customer.Open(CustomerLinks.PathOf(await desk.Database.Write(unit => CustomerLinks.Issue(unit, number, desk.Clock.Now))));
        await customer.Submit(null);
        await customer.Open("/c/more");
        await customer.Submit("/c/more", ("words", "The cable is too short.\nIt should be two metres."), ("issue", "on"));
        Assert.Contains("You raised: The cable is too short.", customer.Text);
        Assert.Equal(("The cable is too short.", "Amara Okafor"), ((await desk.Cases.Find(number))!.Issues[^1].Words, (await desk.Cases.Find(number))!.Issues[^1].RaisedBy));
    }

    [Fact]
    public async Task A_lead_is_asked_by_hand_with_the_reason()
    {
        await using var desk = await Desk.Start();
        var (lea, number) = await Summed(desk);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lea.Send($"/cases/{number}/actions", $"/cases/{number}/escalation")).StatusCode);
        await Post(lea, $"/cases/{number}/actions", $"/cases/{number}/escalation", new() { ["reason"] = "Needs somebody who can decide" });
        await desk.RunDue();
        Assert.Equal(2, await desk.Value<long>("select count(*) from notices where text like '%who can decide%'")); // each of the two leads
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_case_that_was_stored_before_there_were_issues_is_read_and_walks_on(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();
        var stored = await desk.Value<string>("select state from cases where number = @Number", new { complaint.Number });
        var old = System.Text.Json.Nodes.JsonNode.Parse(stored!)!.AsObject();
        old.Remove("issues");
        foreach (var offer in old["offers"]!.AsArray())
        {
            offer!.AsObject().Remove("issues");
            offer.AsObject().Remove("is_decision");
        }

        await desk.Database.Write(unit => unit.Run("update cases set state = @state where number = @Number", new { state = old.ToJsonString(), complaint.Number }));
        using var browser = await complaint.Browse();
        await browser.Open("/c/choose");
        await browser.Submit("/c/choose", ("option", "1"));
        await complaint.Deliver();
        Assert.Equal(CaseStage.CheckBack, (await complaint.State()).Stage);
        using var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        foreach (var page in new[] { "", "/decision", "/issues", "/outside" })
            Assert.Equal(HttpStatusCode.OK, (await lea.GetAsync($"/cases/{complaint.Number}{page}")).StatusCode);
        Assert.Empty((await complaint.State()).Issues);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_set_that_wants_a_signpost_has_its_body_named_before_such_a_letter_goes_and_the_case_counts_as_signposted(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Get<DeadlineDesk>().Set(new DeadlineSettings { Switched = new Dictionary<string, bool> { ["eu-adr"] = true } });
        var owner = await desk.SignIn(await desk.AddPerson("Max", Role.Owner));
        var complaint = await Complaint.Open(desk);
        var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        var number = complaint.Number;
        await Post(lea, $"/cases/{number}/summary/new", $"/cases/{number}/summaries", new() { ["Outcome"] = "A machine", ["AtRisk"] = "no", ["Happened"] = "Two damaged machines", ["Matters"] = "Saturday", ["Promised"] = "An answer", ["Issues"] = "The machine came damaged", ["Then"] = "send" });
        var unnamed = await lea.Send($"/cases/{number}/decision", $"/cases/{number}/decisions", Decision(desk, ("NotUpheld", "It was whole.", "We mend it.")));
        Assert.Contains("wants this letter to say where they can go next, and nobody is named", await unnamed.Content.ReadAsStringAsync());

        Dictionary<string, string> Settings(string web) => new() { ["On"] = "eu-adr", ["CutOff"] = "17:00", ["BillingDay"] = "20", ["Routes[eu-adr].Body"] = "the Retail Arbitration Board", ["Routes[eu-adr].Web"] = web, ["Routes[eu-adr].Window"] = "one year" };
        var wrong = await owner.Send("/settings/deadlines", "/settings/deadlines", Settings(""));
        Assert.Contains("Give its address", (await wrong.Tree()).Words("#eu-adr-web-error"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.Send("/settings/deadlines", "/settings/deadlines", new(Settings("board.example")) { ["BillingDay"] = "32" })).StatusCode);
        await Post(owner, "/settings/deadlines", "/settings/deadlines", Settings("board.example"));
        Assert.Equal("the Retail Arbitration Board", (await owner.Open("/settings/deadlines")).QuerySelector("#eu-adr-body")!.GetAttribute("value"));
        Assert.Equal(20, (await desk.Get<DeadlineDesk>().Book()).Rules.BillingDay);

        await Post(lea, $"/cases/{number}/decision", $"/cases/{number}/decisions", Decision(desk, ("NotUpheld", "It was whole.", "We mend it.")));
        const string Says = "You can take this to the Retail Arbitration Board (board.example), within one year.";
        Assert.Contains(Says, await desk.Value<string>("select text from messages where case_number = @number and direction = 2 order by id desc limit 1", new { number }));
        Assert.Equal((Says, ReferralStage.Signposted), ((await desk.Cases.Find(number))!.OutsideRoute, (await desk.Cases.Find(number))!.Referral!.Stage));
        var bare = await lea.Send($"/cases/{number}/letters?kind=NotUpheld", $"/cases/{number}/letters", new() { ["Kind"] = "NotUpheld", ["Text"] = "We do not uphold it." });
        Assert.Contains("the letter does not say where they can go next", (await bare.Tree()).Words("#Text-error")); // by hand it is looked for, too
        await Post(lea, $"/cases/{number}/answer", $"/cases/{number}/answer", new() { ["Answer"] = "none", ["Via"] = "phone", ["Words"] = "It was not whole." });
        await Post(lea, $"/cases/{number}/outside", $"/cases/{number}/deadlock", new() { ["Why"] = "They want all of it." });
    }

    /// <summary>A case whose customer has the summary with two issues, of a company that says where to go next.</summary>
    private static async Task<(HttpClient Lea, long Number)> Summed(Desk desk)
    {
        await desk.Get<StoredSettings>().Set(await desk.Get<StoredSettings>().Company() with { OutsideRoute = Route });
        var complaint = await Complaint.Open(desk);
        var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        await Post(lea, $"/cases/{complaint.Number}/summary/new", $"/cases/{complaint.Number}/summaries", new()
        {
            ["Outcome"] = "A machine", ["AtRisk"] = "no", ["Happened"] = "Two damaged machines", ["Matters"] = "Saturday", ["Promised"] = "An answer", ["Issues"] = "The machine came damaged\r\nNobody called on Tuesday\r\n", ["Then"] = "send",
        });
        return (lea, complaint.Number);
    }

    private static Dictionary<string, string> Decision(Desk desk, params (string Finding, string Reasons, string CanDo)[] answers)
    {
        var fields = new Dictionary<string, string> { ["DoneBy"] = Local(desk, 48), ["AnswerBy"] = Local(desk, 72), ["CheckBackAt"] = Local(desk, 168), ["Then"] = "send" };
        foreach (var (answer, i) in answers.Select((answer, i) => (answer, i)))
        {
            fields[$"Issues[{i}].Id"] = $"{i + 1}";
            fields[$"Issues[{i}].Finding"] = answer.Finding;
            fields[$"Issues[{i}].Reasons"] = answer.Reasons;
            fields[$"Issues[{i}].CanDo"] = answer.CanDo;
        }

        return fields;
    }

    private static async Task Post(HttpClient browser, string page, string action, Dictionary<string, string> fields)
    {
        var answer = await browser.Send(page, action, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{action}: {answer.StatusCode}\n{await answer.Content.ReadAsStringAsync()}");
    }

    private static string Local(Desk desk, int hours) => desk.Clock.Now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm");
}
