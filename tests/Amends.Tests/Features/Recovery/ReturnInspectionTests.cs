using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Features.CustomerFiles;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Features.Recovery;

/// <summary>What came back is compared with what the order says was sent, and above a worth something comes back.</summary>
public sealed class ReturnInspectionTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_number_that_differs_is_asked_for_twice_noted_and_explained_and_refuses_nothing(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (complaint, order) = await Arrived(desk);
        var (number, page) = (complaint.Number, $"/cases/{complaint.Number}/remedies/1/return");
        using var browser = await desk.SignIn(complaint.Jo);
        var form = await (await browser.GetAsync(page)).Tree();
        Assert.Equal("A-1 Kettle (SN-118206, L-2291)", form.QuerySelector("#order option[selected]")!.TextContent);

        Dictionary<string, string> sent = new() { ["order"] = $"{order}", ["mark"] = " sn 118260", ["note"] = "Same kettle.", ["result"] = "Other" };
        var first = await browser.Send(page, page + "/inspection", sent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, first.StatusCode);
        var again = await first.Tree();
        Assert.Contains("SN-118206, L-2291 was sent with order A-1, and this is another number. Look once more.", again.Words("#mark-error"));
        Assert.Equal((" sn 118260", "Same kettle."), (again.QuerySelector("input[name=read]")!.GetAttribute("value"), again.QuerySelector("#note")!.TextContent));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send(page, page + "/inspection", new(sent) { ["read"] = "sn 118260", ["order"] = "999999" })).StatusCode);
        Assert.Null((await desk.Cases.Find(number))!.Remedies[0].Return!.Inspection);

        await browser.Send(page, page + "/inspection", new(sent) { ["read"] = "sn 118260" });
        await desk.RunDue();
        var parcel = (await desk.Cases.Find(number))!.Remedies[0].Return!;
        Assert.Equal((Inspection.Other, "sn 118260", "SN-118206, L-2291", true), (parcel.Inspection!.Value, parcel.Mark!, parcel.Sent!, parcel.IsAnother));
        Assert.True((await desk.Cases.Find(number))!.Remedies[1].IsOpen); // the money stays due
        Assert.Contains("Another number came back", (await (await browser.GetAsync(page)).Tree()).Words("main"));
        Assert.Contains("Another number: sn 118260 came back", await browser.GetStringAsync($"/cases/{number}"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from notices where text like 'sn 118260 came back%'"));
        Assert.Contains("sn 118260 came back in R1000017", (await (await browser.GetAsync($"/cases/{number}/signals")).Tree()).Words("main"));
        Assert.Equal(order, await desk.Value<long>("select order_id from cases"));

        desk.Clock.Now += TimeSpan.FromMinutes(1);
        await browser.Send($"/cases/{number}/signals", $"/cases/{number}/signals/5/explanation", new() { ["why"] = "The depot packed two orders at once." });
        var signals = (await (await browser.GetAsync($"/cases/{number}/signals")).Tree()).Words("main");
        Assert.DoesNotContain("came back in R", signals);
        Assert.Contains("The depot packed two orders at once", signals);
    }

    [Fact]
    public async Task A_number_that_fits_is_said_so_and_nothing_is_compared_where_nothing_is_known()
    {
        await using var desk = await Desk.Start();
        var (complaint, order) = await Arrived(desk);
        using var browser = await desk.SignIn(complaint.Jo);
        var page = $"/cases/{complaint.Number}/remedies/1/return";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send(page, page + "/inspection", new() { ["mark"] = new string('x', 300), ["result"] = "Pass" })).StatusCode);
        await browser.Send(page, page + "/inspection", new() { ["order"] = $"{order}", ["mark"] = "(10)L2291", ["result"] = "Pass" });
        Assert.Contains("as it was sent", (await (await browser.GetAsync(page)).Tree()).Words("main"));
        Assert.Empty(await SignalDesk.Of(desk.Database, (await desk.Cases.Find(complaint.Number))!.CustomerId, complaint.Number, desk.Clock.Now, withOthers: true));

        var (second, _) = await Arrived(desk, "Jonas Berg", order: false);
        using var other = await desk.SignIn(second.Jo);
        page = $"/cases/{second.Number}/remedies/1/return";
        await other.Send(page, page + "/inspection", new() { ["mark"] = "SN-5", ["result"] = "Pass" });
        Assert.Contains("the order does not say which was sent", (await (await other.GetAsync(page)).Tree()).Words("main"));
    }

    [Fact]
    public async Task Orders_bring_serial_numbers_and_an_update_without_one_keeps_them()
    {
        await using var desk = await Desk.Start();
        var import = desk.Get<OrderImport>();
        await import.Run(new StringReader("number,email,placed_at,total,Serial No\nA-1,a@mail.example,2026-03-01,20,SN-1\n"), "EUR", TimeZoneInfo.Utc);
        await import.Run(new StringReader("number,email,placed_at,total\nA-1,a@mail.example,2026-03-01,21\n"), "EUR", TimeZoneInfo.Utc);
        Assert.Equal(("SN-1", 2100L), (await desk.Value<string>("select serial from orders"), await desk.Value<long>("select total_minor from orders")));
    }

    [Fact]
    public async Task Above_a_worth_the_return_is_proposed_and_to_do_without_has_a_reason()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        var set = await (await owner.GetAsync("/settings/remedies")).Tree();
        var fields = set.QuerySelectorAll("form[action='/settings/remedies'] [name]").Where(field => field.GetAttribute("name") is not "__RequestVerificationToken").ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? field.TextContent);
        Assert.Equal("", fields["ReturnAbove"]);
        Assert.Contains("Write an amount such as 30", (await (await owner.Send("/settings/remedies", "/settings/remedies", new(fields) { ["ReturnAbove"] = "much" })).Tree()).Words("#ReturnAbove-error"));
        await owner.Send("/settings/remedies", "/settings/remedies", new(fields) { ["ReturnAbove"] = "30" });

        using var browser = await desk.SignIn(complaint.Jo);
        var at = $"/cases/{complaint.Number}";
        Assert.Contains("they keep. Above that the return is proposed", await browser.GetStringAsync($"{at}/offer/new"));
        Dictionary<string, string> offer = new()
        {
            ["Options[0].Title"] = "Your money back", ["Options[0].Why"] = "You asked for it.", ["Options[0].Kind"] = "Refund", ["Options[0].Amount"] = "40", ["Options[0].Due"] = "2026-03-09T12:00", ["Options[0].AsWanted"] = "on",
            ["AnswerBy"] = "2026-03-07T12:00", ["CheckBackAt"] = "2026-03-12T12:00", ["Then"] = "save",
        };
        var asked = await browser.Send($"{at}/offer/new", $"{at}/offers", offer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        var form = await asked.Tree();
        Assert.Contains("is worth more than", form.Words("#Options_1_KeepsWhy-error"));
        Assert.Equal("scan", form.QuerySelector("#Options_1_SendBack option[selected]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send($"{at}/offer/new", $"{at}/offers", new(offer) { ["Options[0].More.SendBack"] = "no" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"{at}/offer/new", $"{at}/offers", new(offer) { ["Options[0].Amount"] = "30" })).StatusCode); // up to it they keep it
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"{at}/offer/new", $"{at}/offers", new(offer) { ["Options[0].More.SendBack"] = "no", ["Options[0].More.KeepsWhy"] = "It is broken glass." })).StatusCode);
        Assert.Contains("They keep what they have: It is broken glass.", WebUtility.HtmlDecode(await browser.GetStringAsync($"{at}/offer")));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"{at}/offer/new", $"{at}/offers", new(offer) { ["Options[0].Law"] = "other", ["Options[0].OtherLaw"] = "The law on sales" })).StatusCode); // what the law gives is not asked about
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"{at}/offer/new", $"{at}/offers", new(offer) { ["Options[0].More.SendBack"] = "scan" })).StatusCode);
        Assert.Equal([RemedyKind.Return, RemedyKind.Refund], (await desk.Cases.Find(complaint.Number))!.Offer!.Options[0].Remedies.Select(remedy => remedy.Kind));
    }

    private static async Task<(Complaint Complaint, long Order)> Arrived(Desk desk, string name = "Amara Okafor", bool order = true)
    {
        var complaint = await Complaint.Open(desk, name, "Hanna" + name[0]);
        await complaint.Summarise();
        var (number, jo, now, calendar) = (complaint.Number, complaint.Jo, desk.Clock.Now, new Company().Calendar());
        var option = new OptionRemedy(RemedyKind.Refund, "The price back", new Money(2000, "EUR"), now.AddDays(4)) { Data = new RemedyData { ReleaseOn = ReleaseOn.Receipt } };
        await desk.Cases.Change(number, async (@case, unit) =>
        {
            @case.PrepareOffer(new Case.Draft([new Option(0, "Money", "You asked.", option.WithReturn(), true)], null, now.AddDays(2), now.AddDays(6)), jo, now);
            @case.SendOffer(1, jo, calendar, now);
            @case.Choose(1, 1, Channel.Phone, "Yes.", jo, calendar, now);
            @case.IssueReturn(1, new ReturnLabel("Parcel post", $"T{number}", null, "Hand it in.", now.AddDays(9)), await RemedyDesk.NextReturn(unit), jo, now);
            @case.ScanReturn(1, RemedyStep.Received, now, null, jo, calendar, now);
        });
        var customer = (await desk.Cases.Find(number))!.CustomerId;
        if (order)
            await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot, serial) values (@customer, 'A-1', 'A-1', 0, 2000, 'EUR', 'Kettle', 'L-2291', 'SN-118206')", new { customer }));
        return (complaint, order ? await desk.Value<long>("select max(id) from orders") : 0);
    }
}
