// long: each test is a whole path on both sides, and they share the offer, the label and the people
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Domain.Visits;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CallBacks;
using Amends.Tests.Features.CustomerPages;
using Amends.Tests.Servers;
using Amends.Web;

namespace Amends.Tests.Features.Recovery;

/// <summary>Remedies that take more than a tick, by real pages on both sides and by programs.</summary>
public sealed class RemedyPagesTests
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Money_back_after_a_return_is_due_with_the_scan_and_the_customer_prints_the_label(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        using var hanna = await desk.SignIn(complaint.Jo);
        var number = complaint.Number;
        var at = $"/cases/{number}";

        var first = await (await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "Refund", "more"))).Tree();
        Assert.NotNull(first.QuerySelector("[name='Options[0].More.SendBack']"));
        var sent = await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "Refund", "send", ("SendBack", "scan"), ("PaymentReference", "Card 77")));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);

        using var amara = await complaint.Browse();
        await amara.Open("/c/choose");
        Assert.Contains("as soon as your parcel is handed in", amara.Text);
        await amara.Submit("/c/choose", ("option", "1"));
        Assert.Contains("we are preparing your label", amara.Text);

        var wrong = await Upload(hanna, $"{at}/remedies/1/return", "label.exe", Pdf);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Parcel post", (await wrong.Tree()).QuerySelector("#carrier")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Upload(hanna, $"{at}/remedies/1/return", "label.txt", Pdf)).StatusCode);
        Assert.Equal(0, await desk.Value<long>("select count(*) from return_numbers")); // a refusal takes no number
        Assert.Equal(HttpStatusCode.SeeOther, (await Upload(hanna, $"{at}/remedies/1/return", "label.pdf", Pdf)).StatusCode);
        Assert.Equal("R1000017", await desk.Value<string>("select number from returns"));
        await desk.RunDue();
        Assert.Contains("Your label for the return R1000017", (await BookedCallTests.LastMail(desk)).Text);

        await amara.Open("/c");
        await amara.Open(amara.Page.QuerySelector("a.btn.primary")!.GetAttribute("href")!);
        Assert.Contains("Hand it in at any post office.", amara.Text);
        await amara.Open("/c/return/1/label");
        Assert.Equal(("application/pdf", Pdf.Length), (amara.Response.Content.Headers.ContentType!.MediaType, (await amara.Response.Content.ReadAsByteArrayAsync()).Length));

        var tooEarly = await hanna.Send($"{at}/delivery", $"{at}/remedies/2/done", new() { ["note"] = "TX 1" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooEarly.StatusCode);
        using var carrier = await desk.AsProgram("Carrier", Scopes.CasesWrite, Scopes.CasesRead);
        const string Scan = """{"scans":[{"number":"pp 1","step":"in_transit"},{"number":"R1000017","step":"in_transit","where":"Leeds"},{"number":"R1000017","step":"in_transit"}]}""";
        var answers = (await (await carrier.Json("/api/v1/returns/scans", Scan, null)).Read()).GetProperty("scans");
        Assert.Equal((false, true, true), (answers[0].GetProperty("taken").GetBoolean(), answers[1].GetProperty("taken").GetBoolean(), answers[2].GetProperty("taken").GetBoolean()));
        var refund = (await complaint.State()).Remedies[1];
        Assert.Equal((false, desk.Clock.Now), (refund.IsWaiting, refund.ReleasedAt!.Value));
        var read = (await carrier.Get($"/api/v1/cases/{number}")).GetProperty("remedies")[0];
        Assert.Equal(("in_transit", "R1000017"), (read.GetProperty("step").GetString(), read.GetProperty("return").GetProperty("number").GetString()));
        await desk.RunDue();
        Assert.Contains("Your parcel is on its way", (await BookedCallTests.LastMail(desk)).Text);

        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send($"{at}/delivery", $"{at}/remedies/2/step", new() { ["step"] = "Confirmed", ["note"] = "TX 1" })).StatusCode);
        Assert.Contains("R1000017", (await hanna.Open("/returns")).Words("table"));
        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send("/returns", "/returns/scan", new() { ["number"] = "r100 001-7", ["step"] = "received" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await hanna.Send("/returns", "/returns/scan", new() { ["number"] = "R1000018", ["step"] = "received" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send($"{at}/remedies/1/return", $"{at}/remedies/1/return/inspection", new() { ["result"] = "Pass" })).StatusCode);
        Assert.All((await complaint.State()).Remedies, remedy => Assert.NotNull(remedy.DoneAt));
    }

    [Fact]
    public async Task A_carrier_that_fails_stalls_or_lies_costs_no_number_and_one_that_answers_makes_the_label()
    {
        await using var carrier = new FakeProvider();
        await using var desk = await Desk.Start();
        using var ona = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        var fields = new Dictionary<string, string> { ["LabelDays"] = "10", ["VisitMinutes"] = "90", ["VisitsAtOnce"] = "2", ["CarrierName"] = "Parcel post", ["CarrierUrl"] = carrier.Start, ["CarrierToken"] = "a secret" };
        Assert.Contains("begins with https", (await (await ona.Send("/settings/remedies", "/settings/remedies", new(fields) { ["CarrierUrl"] = "http://carrier.example/" })).Tree()).Words("#CarrierUrl-error"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ona.Send("/settings/remedies", "/settings/remedies", fields)).StatusCode);
        await Task.Delay(TimeSpan.FromSeconds(2.2)); // settings are read anew every two seconds
        var complaint = await Chosen(desk, new OptionRemedy(RemedyKind.Return, "Send it back", Money.Zero("EUR"), desk.Clock.Now.AddDays(3)));
        using var hanna = await desk.SignIn(complaint.Jo);
        var at = $"/cases/{complaint.Number}/remedies/1/return";
        desk.Get<Adapters.Carriers.CarrierLabels>().Patience = TimeSpan.FromSeconds(1);

        foreach (var (bad, words) in new (Func<Task<(int, string)>>, string)[]
        {
            (() => Task.FromResult((500, "{}")), "does not answer properly"), (() => Task.FromResult((200, "no json")), "does not answer properly"), (() => Task.FromResult((302, "{}")), "does not answer properly"),
            (() => Task.FromResult((200, """{"tracking":"PP 1","label":"AAAA"}""")), "does not answer properly"), (() => Task.FromResult((422, """{"error":"too heavy"}""")), "makes no label: too heavy"),
            (async () => { await Task.Delay(1500); return (200, "{}"); }, "does not answer properly"),
        })
        {
            carrier.Answer = _ => bad();
            var answer = await hanna.Send(at, at + "/carrier");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(words, (await answer.Tree()).Words("main"));
        }

        Assert.Equal(0, await desk.Value<long>("select count(*) from return_numbers"));
        await Task.Delay(1000); // the one that stalled is over
        carrier.Answer = _ => Task.FromResult((200, $$"""{"tracking":"PP 1","label":"{{Convert.ToBase64String(Pdf)}}"}"""));
        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send(at, at + "/carrier")).StatusCode);
        Assert.Equal(("R1000017", "Parcel post", "PP 1"), (await complaint.State()).Remedies[0].Return is { } parcel ? (parcel.Number, parcel.Label.Carrier, parcel.Label.Tracking!) : default);
    }

    [Fact]
    public async Task A_carriers_file_is_read_line_by_line_and_a_second_time_changes_nothing()
    {
        await using var desk = await Desk.Start();
        var complaint = await Chosen(desk, new OptionRemedy(RemedyKind.Return, "Send it back", Money.Zero("EUR"), desk.Clock.Now.AddDays(3)));
        using var hanna = await desk.SignIn(complaint.Jo);
        await Upload(hanna, $"/cases/{complaint.Number}/remedies/1/return", "label.pdf", Pdf);
        for (var i = 0; i < 2; i++)
        {
            var page = await (await File(hanna, "number;step;at;where\nPP 9;received;2026-03-04T10:00;\nPP 1;in_transit;2026-03-04T09:00;Leeds\nPP 1;lost;;\nPP 1;received;04.03.26 99:99;\n")).Tree();
            Assert.Contains("1 read, 3 refused", page.Words("main"));
            Assert.Contains("No return has the number PP 9", page.Words("table"));
        }

        Assert.Equal(1, await desk.Value<long>("select count(*) from events where kind = 'return_scanned'"));
        Assert.Contains("step is missing", (await (await File(hanna, "number\nPP 1\n")).Tree()).Words("main"));

        async Task<HttpResponseMessage> File(HttpClient browser, string csv)
        {
            using var form = new MultipartFormDataContent { { new StringContent(await browser.FormToken("/returns")), "__RequestVerificationToken" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "scans.csv" } };
            return await browser.PostAsync("/returns/import", form);
        }
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_visit_is_offered_chosen_on_the_customers_page_put_into_their_calendar_and_signed_off(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Chosen(desk, new OptionRemedy(RemedyKind.Visit, "Somebody mends it", Money.Zero("EUR"), desk.Clock.Now.AddDays(3)));
        using var hanna = await desk.SignIn(complaint.Jo);
        var at = $"/cases/{complaint.Number}/remedies/1/visit";
        var free = (await hanna.Open(at)).QuerySelectorAll("input[name=times]").Select(box => box.GetAttribute("value")!).ToList();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await hanna.Send(at, at, new() { ["times"] = free[0] })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Times(hanna, at, free[0], free[1])).StatusCode);

        using var amara = await complaint.Browse();
        await amara.Open("/c");
        await amara.Open(amara.Page.QuerySelector("a.btn.primary")!.GetAttribute("href")!);
        await amara.Submit("/c/visit/1", ("time", free[1]), ("address", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, amara.Response.StatusCode);
        Assert.NotNull(amara.Page.QuerySelector($"input[value='{free[1]}'][checked]"));
        await amara.SubmitTwice("/c/visit/1", ("time", free[1]), ("address", "12 Mill Lane"), ("words", "The upper bell"));
        Assert.Contains("It is agreed: we come then.", amara.Text);
        Assert.Equal(1, await desk.Value<long>("select count(*) from visit_times"));
        await desk.RunDue();
        var mail = await BookedCallTests.LastMail(desk);
        Assert.Contains("UID:visit-1001-1@localhost\r\nSEQUENCE:1\r\n", mail.File);
        await amara.Open("/c/visit/1/calendar");
        Assert.Equal("text/calendar", amara.Response.Content.Headers.ContentType!.MediaType);

        var booked = (await complaint.State()).Remedies[0].Visit!.Booked!.Value;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await hanna.Send(at, at + "/done", new() { ["diagnosis"] = "A loose wire" })).StatusCode); // not before it began
        desk.Clock.Now = booked.To;
        using var later = await desk.SignIn(complaint.Jo);
        Assert.Equal(HttpStatusCode.SeeOther, (await later.Send(at, at + "/done", new() { ["diagnosis"] = "A loose wire, tightened", ["technician"] = "Ben" })).StatusCode);
        using var again = await complaint.Browse();
        await again.Open("/c/visit/1");
        Assert.Contains("A loose wire, tightened", again.Text);
        await again.Submit("/c/visit/1/works", ("words", "It runs."));
        Assert.NotNull((await complaint.State()).Remedies[0].DoneAt);
    }

    [Fact]
    public async Task A_window_for_a_visit_is_never_given_to_more_customers_than_people_go_out()
    {
        var address = await PostgresServer.CreateDatabase();
        await using var one = await Desk.On(address);
        await using var two = await Desk.On(address);
        var rules = new RemedySettings().VisitRules();
        var all = new List<Complaint>();
        for (var i = 0; i < 6; i++)
            all.Add(await Chosen(one, new OptionRemedy(RemedyKind.Visit, "Somebody mends it", Money.Zero("EUR"), one.Clock.Now.AddDays(3)), $"Customer {i}", $"Jo{i}"));
        var times = VisitTimes.All(Complaint.Calendar, rules, one.Clock.Now).Take(2).ToList();
        var codes = await Task.WhenAll(all.Select((complaint, i) => Task.Run(async () =>
        {
            try
            {
                await (i % 2 == 0 ? one : two).Cases.Change(complaint.Number, @case => @case.OfferVisit(1, times, null, rules, complaint.Jo, Complaint.Calendar, one.Clock.Now));
                return "";
            }
            catch (Refused no)
            {
                return no.Code;
            }
        })));
        Assert.Equal((1, 5), (codes.Count(code => code == ""), codes.Count(code => code == "times_taken")));
        Assert.Equal(2, await one.Value<long>("select count(*) from visit_times"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_voucher_is_a_liability_until_it_is_used_and_two_tills_at_once_cannot_spend_it_twice(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Chosen(desk, new OptionRemedy(RemedyKind.Voucher, "For your next order", new Money(2000, "EUR"), desk.Clock.Now.AddDays(1)) { Data = new RemedyData { ValidUntil = desk.Clock.Now.AddYears(1) } });
        using var hanna = await desk.SignIn(complaint.Jo);
        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send($"/cases/{complaint.Number}/delivery", $"/cases/{complaint.Number}/remedies/1/voucher")).StatusCode);
        var code = (await desk.Value<string>("select code from vouchers"))!;
        await desk.RunDue();
        Assert.Contains("Subject: Your voucher", (await BookedCallTests.LastMail(desk)).Text);
        Assert.Contains("We owe € 20 on one code", (await hanna.Open("/vouchers")).Words(".lead").Replace('\u00A0', ' '));

        using var till = await desk.AsProgram("Till", Scopes.CasesWrite, Scopes.CasesRead);
        var uses = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => till.Json($"/api/v1/vouchers/{code}/uses", $$$"""{"amount":{"minor":1500,"currency":"EUR"},"reference":"N-{{{i}}}"}""", $"k{i}")));
        Assert.Single(uses, use => use.StatusCode == HttpStatusCode.Created);
        Assert.Equal(500, (await till.Get($"/api/v1/vouchers/{code.ToLowerInvariant()}")).GetProperty("left").GetProperty("minor").GetInt64());
        Assert.Equal(HttpStatusCode.NotFound, (await till.GetAsync("/api/v1/vouchers/AAAA")).StatusCode);

        var wrong = await hanna.Send("/vouchers", "/vouchers/use", new() { ["code"] = code, ["amount"] = "6", ["reference"] = "N-9" });
        Assert.Contains("are left on it", (await wrong.Tree()).Words("#amount-error"));
        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send("/vouchers", "/vouchers/use", new() { ["code"] = code, ["amount"] = "5", ["reference"] = "N-9" })).StatusCode);
        Assert.Contains("Nobody holds a code", (await hanna.Open("/vouchers")).Words(".lead"));
    }

    [Fact]
    public async Task A_charge_and_a_silent_swap_are_refused_beside_their_field()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        using var hanna = await desk.SignIn(complaint.Jo);
        var at = $"/cases/{complaint.Number}";
        var charged = await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "Repair", "send", ("CustomerCharge", "15")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, charged.StatusCode);
        Assert.Contains("cannot be charged to the customer", (await charged.Tree()).Words("#Options_1_CustomerCharge-error"));
        var swapped = await (await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "Substitute", "send"))).Tree();
        Assert.Contains("say what it takes the place of", swapped.Words("#Options_1_InsteadOf-error"));
        Assert.Equal("Because of tea", swapped.QuerySelector("#Options_1_Why")!.GetAttribute("value"));
        Assert.Empty((await complaint.State()).Offers);

        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "Substitute", "send", ("InsteadOf", "the blue kettle")))).StatusCode);
        using var amara = await complaint.Browse();
        await amara.Open("/c/choose");
        Assert.Contains("in place of the blue kettle", amara.Text);
        await amara.Submit("/c/choose", ("option", "1"));
        Assert.Equal("on the customer's page", (await complaint.State()).Remedies[0].Consent!.Via);
    }

    [Fact]
    public async Task Something_extra_is_proposed_agreed_to_and_picked_in_an_offer()
    {
        await using var desk = await Desk.Start();
        using var ona = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        using var hanna = await desk.SignIn(complaint.Jo);
        var fields = new Dictionary<string, string> { ["Kind"] = "Extra", ["Title"] = "A spare lid", ["Text"] = "It broke.", ["Cost"] = "2.50", ["Worth"] = "40", ["From"] = "2026-03-04", ["Reason"] = "Everybody asks for one." };
        Assert.Contains("is no amount", (await (await hanna.Send("/content/new?kind=extra", "/content/proposals", new(fields) { ["Cost"] = "two" })).Tree()).Words("#Cost-error"));
        Assert.Contains("of this name already", (await (await hanna.Send("/content/new?kind=extra", "/content/proposals", new(fields) { ["Title"] = "A month free" })).Tree()).Words("#Title-error"));
        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send("/content/new?kind=extra", "/content/proposals", fields)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ona.Send("/profile", "/content/proposals/1/decision", new() { ["answer"] = "yes" })).StatusCode);
        var at = $"/cases/{complaint.Number}";
        var asked = await (await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "ValueAdd", "more"))).Tree();
        Assert.StartsWith("A spare lid: worth", asked.QuerySelectorAll("#Options_1_Extra option")[1].TextContent); // the most for the least first
        await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "ValueAdd", "send", ("Extra", "A spare lid")));
        var remedy = (await complaint.State()).Offer!.Options[0].Remedies[0];
        Assert.Equal(("A spare lid", new Money(250, "EUR")), (remedy.Data!.Extra, remedy.Data.Cost!.Value));
    }

    [Fact]
    public async Task Money_for_the_trouble_shows_bands_with_something_that_is_not_money_first()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        using var hanna = await desk.SignIn(complaint.Jo);
        var at = $"/cases/{complaint.Number}";
        var asked = await (await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "Distress", "more"))).Tree();
        Assert.Equal(["Not said", "A moment's annoyance: A personal apology that names what went wrong; or up to € 0", "Minor: Free delivery with the next order; or up to € 10"],
            asked.QuerySelectorAll("#Options_1_Band option").Take(3).Select(option => option.TextContent.Replace('\u00A0', ' ')));
        var none = await (await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "Distress", "send", ("Band", "Minor")))).Tree();
        Assert.Contains("say how much", none.Words("#Options_1_Amount-error"));
    }

    [Fact]
    public async Task An_apology_goes_out_as_a_letter_with_its_signatory_and_is_done_with_that()
    {
        await using var desk = await Desk.Start();
        var complaint = await Chosen(desk, new OptionRemedy(RemedyKind.Apology, "A letter", Money.Zero("EUR"), desk.Clock.Now.AddDays(3)) { Data = new RemedyData { Signatory = "Lea Brandt" } });
        using var hanna = await desk.SignIn(complaint.Jo);
        var at = $"/cases/{complaint.Number}/remedies/1/letter";
        var draft = (await hanna.Open(at)).QuerySelector("#text")!.TextContent;
        Assert.Contains("Two damaged machines", draft);
        Assert.Contains("three dots", (await (await hanna.Send(at, at, new() { ["text"] = draft })).Tree()).Words("#text-error")); // a draft is no letter
        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send(at, at, new() { ["text"] = draft.Replace("…", "two people pack now.") })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send(at.Replace("/remedies/1/letter", "/delivery"), at, new() { ["text"] = "Once more." })).StatusCode);
        Assert.Equal(1, await desk.Value<long>("select count(*) from messages where direction = 2 and text like '%two people pack now%'"));
        Assert.Equal(RemedyStep.Sent, (await complaint.State()).Remedies[0].Step);
    }

    [Fact]
    public async Task A_change_that_is_done_is_noted_among_what_the_company_changed_once()
    {
        await using var desk = await Desk.Start();
        var complaint = await Chosen(desk, new OptionRemedy(RemedyKind.Change, "Two people pack", Money.Zero("EUR"), desk.Clock.Now.AddDays(3)) { Data = new RemedyData { Improvement = "Two people pack what breaks" } });
        using var hanna = await desk.SignIn(complaint.Jo);
        foreach (var step in new[] { "Agreed", "Done", "Done", "Told" })
            Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send($"/cases/{complaint.Number}/delivery", $"/cases/{complaint.Number}/remedies/1/step", new() { ["step"] = step })).StatusCode);
        Assert.Equal("Two people pack what breaks (case 1001)", await desk.Value<string>("select what from improvements"));
        Assert.NotNull((await complaint.State()).Remedies[0].DoneAt);
    }

    private static async Task<Complaint> Chosen(Desk desk, OptionRemedy remedy, string name = "Amara Okafor", string owner = "Hanna")
    {
        var complaint = await Complaint.Open(desk, name, owner);
        await complaint.Summarise();
        await desk.Cases.Change(complaint.Number, @case =>
        {
            @case.PrepareOffer(new Case.Draft([new Option(0, "This", "Because of tea.", [remedy], true)], null, desk.Clock.Now.AddDays(3), desk.Clock.Now.AddDays(7)), complaint.Jo, desk.Clock.Now);
            @case.SendOffer(1, complaint.Jo, Complaint.Calendar, desk.Clock.Now);
            @case.Choose(1, 1, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now);
        });
        return complaint;
    }

    private static Dictionary<string, string> Offer(Desk desk, string kind, string then, params (string Field, string Value)[] more)
    {
        var fields = new Dictionary<string, string>
        {
            ["AnswerBy"] = Local(desk, 72), ["CheckBackAt"] = Local(desk, 168), ["Then"] = then, ["Options[0].Title"] = "This", ["Options[0].Why"] = "Because of tea", ["Options[0].Kind"] = kind,
            ["Options[0].Due"] = Local(desk, 48), ["Options[0].AsWanted"] = "on",
        };
        foreach (var (field, value) in more)
            fields["Options[0].More." + field] = value;
        return fields;
    }

    private static string Local(Desk desk, int hours) => desk.Clock.Now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm");

    private static async Task<HttpResponseMessage> Upload(HttpClient browser, string page, string name, byte[] content)
    {
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await browser.FormToken(page)), "__RequestVerificationToken" }, { new StringContent("Parcel post"), "carrier" }, { new StringContent("PP 1"), "tracking" },
            { new StringContent("2026-03-20"), "expires" }, { new StringContent("Hand it in at any post office."), "instructions" }, { file, "files", name },
        };
        return await browser.PostAsync(page, form);
    }

    private static async Task<HttpResponseMessage> Times(HttpClient browser, string page, params string[] times) => await browser.PostAsync(page, new FormUrlEncodedContent(
        [.. times.Select(time => KeyValuePair.Create("times", time)), KeyValuePair.Create("__RequestVerificationToken", await browser.FormToken(page))]));
}
