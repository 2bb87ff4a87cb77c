using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Signals;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Approvals;
using Amends.Tests.Features.Payments;

namespace Amends.Tests.Features.Signals;

/// <summary>What is looked at before much is given, and what was given: counted, explained, and never a refusal by itself.</summary>
public sealed class SignalTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_was_counted_is_said_explained_and_gone_and_a_suspicion_needs_a_second_person(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        var numbers = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            numbers.Add(await LimitTests.Understood(desk, jo, "Amara Okafor"));
            await desk.Database.Write(unit => unit.Run("update cases set customer_id = (select min(id) from customers)"));
            await desk.Cases.Change(numbers[i], @case => @case.Categorise("DEL.lost", true, jo, desk.Clock.Now));
        }

        var number = numbers[3];
        Assert.DoesNotContain("did not arrive", await browser.GetStringAsync($"/cases/{numbers[0]}/deadlines"));
        var page = await (await browser.GetAsync($"/cases/{number}/signals")).Tree();
        Assert.Contains("4 parcels that did not arrive in a year, with 0 orders.", page.Words("main"));
        await LimitTests.Prepare(desk, number, jo, 20);
        Assert.Contains("It decides nothing", await browser.GetStringAsync($"/cases/{number}/offer"));

        Assert.Contains("Say how it is explained", (await (await browser.Send($"/cases/{number}/signals", $"/cases/{number}/signals/1/explanation", new() { ["why"] = " " })).Tree()).Words("#Why_1-error"));
        desk.Clock.Now += TimeSpan.FromMinutes(1);
        await browser.Send($"/cases/{number}/signals", $"/cases/{number}/signals/1/explanation", new() { ["why"] = "The carrier left all of them with a neighbour." });
        page = await (await browser.GetAsync($"/cases/{number}/signals")).Tree();
        Assert.DoesNotContain("4 parcels", page.Words("main"));
        Assert.Contains("left all of them with a neighbour", page.Words("main"));

        Dictionary<string, string> refusal = new() { ["Issues[0].Id"] = "1", ["Issues[0].Finding"] = "NotUpheld", ["Issues[0].Reasons"] = "It was signed for.", ["Issues[0].CanDo"] = "A look at the next one", ["Issues[0].OnSuspicion"] = "on", ["Then"] = "save" };
        await desk.Cases.Change(number, @case => @case.RaiseIssue("The parcel did not come", jo, desk.Clock.Now));
        var alone = await browser.Send($"/cases/{number}/decision", $"/cases/{number}/decisions", refusal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, alone.StatusCode);
        Assert.Contains("Nobody is refused on the suspicion of one person alone", WebUtility.HtmlDecode(await alone.Content.ReadAsStringAsync()));
        await browser.Send($"/cases/{number}/signals", $"/cases/{number}/suspicion", new() { ["Words"] = "The signature is hers." });
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Send("/profile", $"/cases/{number}/suspicion/answer", new() { ["Shared"] = "yes", ["Answer"] = "Yes." })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lea.Send($"/cases/{number}/signals", $"/cases/{number}/suspicion/answer", new() { ["Answer"] = "Yes." })).StatusCode);
        await lea.Send($"/cases/{number}/signals", $"/cases/{number}/suspicion/answer", new() { ["Shared"] = "yes", ["Answer"] = "I saw it." });
        await browser.Send($"/cases/{number}/decision", $"/cases/{number}/decisions", refusal);
        Assert.Equal(Domain.Issues.Finding.NotUpheld, (await desk.Cases.Find(number))!.Issues[0].Decision!.Finding);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Managers_see_patterns_in_what_was_given_and_a_sample_that_nobody_checks_for_themselves(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        var jo = await desk.AddPerson("Jo", Role.Owner);
        for (var i = 0; i < 12; i++)
            await PaymentTests.Owe(desk, i == 0 ? marta : jo, "Amara Okafor");
        await desk.Database.Write(unit => unit.Run("update money_given set customer_id = (select min(id) from customers)"));
        await desk.Database.Write(unit => unit.Run("insert into customer_addresses (address_key, address, customer_id) select email_key, email, (select min(id) from customers) from people where name = 'Jo'"));
        desk.Clock.Now += TimeSpan.FromDays(31);

        var manager = await desk.SignIn(marta);
        var table = (await (await manager.GetAsync("/reports/gifts")).Tree()).Words("table");
        Assert.Contains("The customer has an address of one of usJo", table);
        Assert.Contains("The same two, again and againJo", table);
        var checks = desk.Get<GiftChecks>();
        var (found, again) = (await checks.Read(desk.Clock.Now, default), await checks.Read(desk.Clock.Now.AddHours(1), default));
        Assert.Equal((12, 12), (found.Given, found.Sample.Count));
        Assert.Equal(found.Sample.Select(gift => gift.CaseNumber), again.Sample.Select(gift => gift.CaseNumber));
        var own = found.Sample.Single(gift => gift.PersonId == marta.Id);
        var other = found.Sample.First(gift => gift.PersonId == jo.Id);
        Assert.Equal("second_person", (await Assert.ThrowsAsync<Refused>(() => checks.Note(own.CaseNumber, own.OfferId, true, null, marta, desk.Clock.Now, default))).Code);
        var bare = await manager.Send("/reports/gifts", "/reports/gifts", new() { ["Case"] = $"{other.CaseNumber}", ["Offer"] = $"{other.OfferId}", ["Right"] = "no" });
        Assert.Contains("Say what is not right", (await bare.Tree()).Words("[role=alert]"));
        await manager.Send("/reports/gifts", "/reports/gifts", new() { ["Case"] = $"{other.CaseNumber}", ["Offer"] = $"{other.OfferId}", ["Right"] = "no", ["Words"] = "No photo" });
        Assert.Equal(new(false, "No photo", "Marta"), (await checks.Read(desk.Clock.Now, default)).Sample.Single(gift => gift.CaseNumber == other.CaseNumber).Verdict);
    }
}
