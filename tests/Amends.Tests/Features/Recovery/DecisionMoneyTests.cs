using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;

namespace Amends.Tests.Features.Recovery;

/// <summary>Money and goods in a decision letter: by the forms and by JSON, within limits, on both databases.</summary>
public sealed class DecisionMoneyTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_decision_with_money_waits_for_a_second_person_and_the_letter_the_page_and_the_books_say_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Get<StoredSettings>().Set(await desk.Get<StoredSettings>().Company() with { OutsideRoute = "Retail Ombudsman, 1 High Street" });
        var complaint = await Complaint.Open(desk, owner: "Lea");
        await complaint.Summarise();
        var number = complaint.Number;
        await desk.Database.Write(async unit =>
        {
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, 'R-1', 'r1', opened_at, 20000, 'EUR' from cases where number = @number", new { number });
            await unit.Run("update cases set order_id = (select max(id) from orders) where number = @number", new { number });
        });
        var josId = await desk.AddPerson("Jo", Role.Agent);
        using var jo = await desk.SignIn(josId);
        using var lea = await desk.SignIn(complaint.Jo);
        string form = $"/cases/{number}/decision", post = $"/cases/{number}/decisions";
        var page = await jo.Open(form);
        Assert.Contains("You may give up to € 50 in this case. Above that a second person approves before the letter goes out.", page.Words("main"));
        Assert.False(page.QuerySelector("fieldset details")!.HasAttribute("open")); // words alone stay as short as they were

        var fields = new Dictionary<string, string>
        {
            ["Issues[0].Id"] = "1", ["Issues[0].Finding"] = "NotUpheld", ["Issues[0].Reasons"] = "The box was whole when it was signed for.", ["Issues[0].CanDo"] = "We give back part of the price.",
            ["Issues[0].Do[0].Kind"] = "PriceReduction", ["Issues[0].Do[0].Amount"] = "80", ["DoneBy"] = Local(desk, 48), ["AnswerBy"] = Local(desk, 72), ["CheckBackAt"] = Local(desk, 168), ["Then"] = "send",
        };
        var bare = await jo.Send(form, post, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        var again = await bare.Tree();
        Assert.Contains("give the reason. The customer reads it.", again.Words("#Issue_1_Do_1_Reason-error"));
        Assert.Equal("80", again.QuerySelector("#Issue_1_Do_1_Amount")!.GetAttribute("value"));
        Assert.Contains("The order of € 200 leaves € 0: goods cost 60 %", again.Words("main")); // 120 are the goods, and 80 is given
        Assert.Contains("“lots” is not an amount.", (await (await jo.Send(form, post, new(fields) { ["Issues[0].Do[0].Amount"] = "lots" })).Tree()).Words("#Issue_1_Do_1_Amount-error"));
        Assert.NotNull((await (await jo.Send(form, post, new(fields) { ["Then"] = "more" })).Tree()).QuerySelector("#Issue_1_Do_1_PaymentReference"));
        Assert.Empty((await desk.Cases.Find(number))!.Issues[0].Decisions);

        fields["Issues[0].Do[0].Why"] = "You need a crew to set it up again.";
        fields["Issues[0].Do[1].Kind"] = "Replacement";
        fields["Issues[0].Do[1].What"] = "A new cable";
        fields["Issues[0].Do[1].Why"] = "Yours is bent.";
        fields["Issues[0].Do[1].Due"] = Local(desk, 96);
        Assert.Equal(HttpStatusCode.SeeOther, (await jo.Send(form, post, fields)).StatusCode);
        await desk.RunDue();
        Assert.DoesNotContain(await desk.Outgoing(), mail => mail.Contains("Not upheld"));
        Assert.Contains("A second person must agree before it goes out.", (await jo.Open($"/cases/{number}")).Words("#side"));
        Assert.Contains("Part of the price back", (await jo.Open(form)).QuerySelector("#Issue_1_Do_1_Kind option[selected]")!.TextContent); // what was decided stands in the form
        Assert.Equal("We give back part of the price.", (await jo.Open(form)).QuerySelector("#Issue_1_CanDo")!.TextContent);
        await jo.Send(form, $"/cases/{number}/offers/1/approval"); // their own
        await jo.Send(form, $"/cases/{number}/offers/1/sending");
        Assert.Equal((CaseStage.Working, true), ((await desk.Cases.Find(number))!.Stage, (await desk.Cases.Find(number))!.Offer!.AwaitsApproval));
        Assert.Equal(0, await desk.Value<long>("select count(*) from money_given"));

        Assert.Contains("We give back part of the price. (€ 80)", (await lea.Open("/approvals")).Words("main"));
        var review = (await lea.Open($"/cases/{number}/offer")).Words("main");
        foreach (var words in new[] { "Approve this decision?", "The box was whole when it was signed for.", "You need a crew to set it up again.", "no loss" })
            Assert.Contains(words, review);
        Assert.Equal(HttpStatusCode.SeeOther, (await lea.Send($"/cases/{number}/offer", $"/cases/{number}/offers/1/approval")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await jo.Send($"/cases/{number}/offer", $"/cases/{number}/offers/1/sending")).StatusCode);
        Assert.Equal((8000L, 0L), (await desk.Value<long>("select minor from money_given"), await desk.Value<long>("select chosen from money_given")));
        var letter = await desk.Value<string>("select text from messages where direction = 2 and text like '%Not upheld%'");
        foreach (var words in new[] { "- We give back part of the price (€\u00A080), by Friday 6 March. You need a crew to set it up again.", "- A new cable, by Sunday 8 March. Yours is bent.", "this is where you can go next:\nRetail Ombudsman" })
            Assert.Contains(words, letter);
        Assert.Equal(1, await desk.Value<long>("select count(*) from letters")); // kept, and on paper
        using (var file = await lea.GetAsync($"/cases/{number}/letters/{await desk.Value<long>("select id from letters")}/pdf"))
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);

        using var customer = await complaint.Browse();
        await customer.Open("/c/choose");
        Assert.Contains("We give back part of the price (€\u00A080), by Friday 6 March. You need a crew to set it up again.", customer.Text);
        await customer.SubmitTwice("/c/choose", ("words", "Thank you for looking."));
        Assert.Contains("You accepted what we can do", customer.Text);
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal([(RemedyKind.PriceReduction, 8000L, "Lea"), (RemedyKind.Replacement, 0L, "Lea")], state.Remedies.Select(remedy => (remedy.Kind, remedy.Value.Minor, remedy.ApprovedBy!)));
        Assert.Equal((8000L, 1L), (await desk.Value<long>("select minor from money_given"), await desk.Value<long>("select chosen from money_given")));
        await desk.RunDue();
        Assert.Contains(await desk.Outgoing(), mail => mail.Contains("This is what we do now"));

        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        var told = (await shop.Get($"/api/v1/cases/{number}")).GetProperty("issues")[0].GetProperty("decision").GetProperty("remedies")[0];
        Assert.Equal(("price_reduction", 8000, "You need a crew to set it up again."), (told.GetProperty("kind").GetString(), told.GetProperty("value").GetProperty("minor").GetInt32(), told.GetProperty("reason").GetString()));
        await using var snapshot = await Data.Backups.Snapshot.Take(desk.Database);
        await Data.Backups.VerifyChains.Run(snapshot, sentence => Assert.Fail(sentence));
    }

    [Fact]
    public async Task By_json_a_decision_carries_remedies_and_what_comes_up_later_is_owed_on_top()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk, owner: "Lea");
        await complaint.Summarise();
        using var shop = await desk.ActingFor(await desk.AddPerson("Jo", Role.Agent), "Shop", Scopes.CasesRead, Scopes.RecoveryWrite);
        var path = $"/api/v1/cases/{complaint.Number}/decisions";
        string Body(int issue, int cents, string more = "") => $$"""{"send":true,"issues":[{"issue_id":{{issue}},"finding":"partly_upheld","reasons":"Some of it.","remedies":[{"kind":"distress","what":"Money for the trouble","amount":{"minor":{{cents}},"currency":"EUR"},"due_at":"{{desk.Clock.Now.AddDays(2):yyyy-MM-dd'T'HH:mm:ss'Z'}}"{{more}}}]}]}""";
        var why = await (await shop.Json(path, Body(1, 2000), "a")).Read();
        Assert.Equal("why", why.GetProperty("code").GetString());
        var sent = await (await shop.Json(path, Body(1, 2000, ",\"reason\":\"You waited at home.\""), "b")).Read();
        Assert.Equal(("offered", false), (sent.GetProperty("state").GetString(), sent.GetProperty("offer").GetProperty("awaits_approval").GetBoolean()));

        await desk.Cases.Change(complaint.Number, @case =>
        {
            @case.Choose(1, 1, Channel.Phone, "Fine.", complaint.Jo, Complaint.Calendar, desk.Clock.Now);
            @case.RaiseIssue("The cable is too short", complaint.Jo, desk.Clock.Now);
        });
        var waits = await (await shop.Json(path, Body(2, 4000, ",\"reason\":\"It is our slip.\""), "c")).Read(); // 20 are given already, and 50 are the limit
        Assert.Equal(("delivering", true), (waits.GetProperty("state").GetString(), waits.GetProperty("offer").GetProperty("awaits_approval").GetBoolean()));
        using var lea = await desk.SignIn(complaint.Jo);
        Assert.Contains("Look over the decision", (await lea.Open($"/cases/{complaint.Number}")).Words("#side"));
        await lea.Send($"/cases/{complaint.Number}/offer", $"/cases/{complaint.Number}/offers/2/approval");
        await lea.Send($"/cases/{complaint.Number}/offer", $"/cases/{complaint.Number}/offers/2/sending");
        var state = (await desk.Cases.Find(complaint.Number))!;
        Assert.Equal([2000L, 4000L], state.Remedies.Select(remedy => remedy.Value.Minor));
        Assert.Equal(6000, await desk.Value<long>("select sum(minor) from money_given where chosen = 1"));
        Assert.Contains("What we can do is added to what they chose", (await lea.Open($"/cases/{complaint.Number}")).Words("main"));
        Assert.Contains(await desk.Outgoing(), mail => mail.Contains("We do this on top of what you chose"));
    }

    private static string Local(Desk desk, int hours) => desk.Clock.Now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm");
}
