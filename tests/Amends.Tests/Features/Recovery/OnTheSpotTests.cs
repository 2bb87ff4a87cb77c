using System.Net;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.Recovery;

/// <summary>A complaint that is settled while the customer is still there: one form, all steps, and a letter afterwards; on both databases.</summary>
public sealed class OnTheSpotTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task One_form_takes_a_complaint_by_phone_and_puts_it_right(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));

        var answer = await browser.Send("/cases/new?by=phone", "/cases", new(Agreed(desk))
        {
            ["Channel"] = "Phone", ["Name"] = "Amara Okafor", ["Email"] = "amara@customer.example", ["Story"] = "It leaks on the table.", ["Spot.Done"] = "on", ["Spot.Cause"] = "product",
        });
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var number = long.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal((CaseStage.CheckBack, "product", desk.Clock.Now.AddDays(7)), (state.Stage, state.Cause, state.CheckBack!.DueAt));
        Assert.Equal(new(2050, "EUR"), state.SentOffer!.Options[0].Value);

        await desk.RunDue();
        var letter = (await desk.Value<string>("select text from messages where case_number = @number and direction = 2 and subject like '%choice%'", new { number }))!;
        Assert.Contains("This is what we understood: The kettle leaks", letter);
        Assert.DoesNotContain("This is what we do now", letter); // they have it already

        var page = await browser.Open($"/cases/{number}");
        Assert.Contains("Money back today", page.Words("main"));
        await browser.Send($"/cases/{number}/check-back/answer", $"/cases/{number}/answer", new() { ["Answer"] = "Yes", ["Via"] = "phone", ["Words"] = "It is fine." });
        Assert.Equal(CheckBackAnswer.Yes, (await desk.Cases.Find(number))!.CheckBack!.Answer);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_case_that_came_by_mail_is_put_right_by_a_call_and_what_is_missing_is_said_beside_its_field(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");
        var page = await browser.Open($"/cases/{number}/resolution");
        Assert.NotNull(page.QuerySelector("input[name='Spot.Words']"));

        async Task Says(string sentence, Dictionary<string, string> change)
        {
            var fields = new Dictionary<string, string>(Agreed(desk)) { ["Channel"] = "Phone", ["Said"] = "“I want my money back.”" };
            foreach (var (name, value) in change)
                fields[name] = value;
            var refused = await browser.Send($"/cases/{number}/resolution", $"/cases/{number}/resolution", fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(sentence, WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()));
            Assert.Equal(CaseStage.Received, (await desk.Cases.Find(number))!.Stage);
        }

        await Says("Write down what was said", new() { ["Said"] = "" });
        await Says("Ask first whether anybody is in danger.", new() { ["AtRisk"] = "" });
        await Says("a lead looks at this first", new() { ["AtRisk"] = "yes" });
        await Says("above what you may give unaided", new() { ["Spot.Amount"] = "50.01" });
        await Says("Offer two or more options", new() { ["Spot.AsWanted"] = "" });
        await Says("Quote how they said yes.", new() { ["Spot.Words"] = "" });
        await Says("“ten” is not an amount.", new() { ["Spot.Amount"] = "ten" });

        var agreed = await browser.Send($"/cases/{number}/resolution", $"/cases/{number}/resolution", new(Agreed(desk)) { ["Channel"] = "Phone", ["Said"] = "“I want my money back.”" });
        Assert.Equal(HttpStatusCode.SeeOther, agreed.StatusCode);
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal((CaseStage.Delivering, desk.Clock.Now), (state.Stage, state.LastContactAt));
        Assert.Equal(desk.Clock.Now.AddDays(2), Assert.Single(state.Remedies).DueAt);
        Assert.Equal(1, await desk.Value<long>("select count(*) from messages where case_number = @number and direction = 4 and text = '“I want my money back.”'", new { number }));
    }

    private static Dictionary<string, string> Agreed(Desk desk) => new()
    {
        ["Outcome"] = "Money back", ["AtRisk"] = "no", ["Happened"] = "The kettle leaks", ["Matters"] = "Tea in the morning",
        ["Spot.Title"] = "Money back today", ["Spot.Kind"] = "Refund", ["Spot.Amount"] = "20.50", ["Spot.AsWanted"] = "on", ["Spot.Words"] = "“Yes, fine.”",
        ["Spot.Due"] = Local(desk, 2), ["Spot.CheckBackAt"] = Local(desk, 7),
    };

    private static string Local(Desk desk, int days) => desk.Clock.Now.AddDays(days).ToString("yyyy-MM-ddTHH:mm");
}
