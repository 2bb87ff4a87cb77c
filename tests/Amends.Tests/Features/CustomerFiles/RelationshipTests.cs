using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Customers;
using Amends.Domain.Handling;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;

namespace Amends.Tests.Features.CustomerFiles;

/// <summary>Who customers are to us, on pages and as JSON, on both databases.</summary>
public sealed class RelationshipTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Customers_who_look_alike_are_proposed_joined_with_a_reason_and_parted_again_on_pages(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");
        var (one, two) = (await desk.AddCustomer("Amara Okafor"), await desk.AddCustomer("Amara O"));
        var three = await desk.AddCustomer("Jonas Berg");
        await desk.Database.Write(async unit =>
        {
            await Customers.AddAddress(unit, two.Id, "amara.okafor+shop@customer.example");
            await unit.Run("update customers set phone = '+44 113 496-0142' where id = @Id", new { one.Id });
            await unit.Run("update customers set phone = '(0113) 496.0142' where id = @Id", new { three.Id });
        });
        var twin = await desk.Complain("Amara O", "The lid is missing", "No lid.");

        var pairs = await browser.Open("/customers/duplicates");
        Assert.Contains("the same mail address, but for what follows a plus", pairs.Words("tbody"));
        Assert.Contains("the same phone number", pairs.Words("tbody"));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send("/customers/duplicates", $"/customers/{one.Id}/apart", new() { ["with"] = $"{three.Id}" })).StatusCode);
        Assert.DoesNotContain("Jonas Berg", (await browser.Open("/customers/duplicates")).Words("main"));
        Assert.Contains("Amara O: the same mail address", (await browser.Open($"/customers/{one.Id}")).Words(".banner"));

        var merge = $"/customers/{one.Id}/merge";
        Assert.Contains($"Amara O ({two.Id}) brings one case and 0 orders", (await browser.Open($"{merge}?with={two.Id}")).Words("main"));
        var nothing = await browser.Send(merge, merge, new() { ["With"] = "amara.o@customer.example", ["Why"] = "" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        Assert.Equal("amara.o@customer.example", (await nothing.Tree()).QuerySelector("#With")!.GetAttribute("value"));
        Assert.Contains("the same customer twice", (await (await browser.Send(merge, merge, new() { ["With"] = $"{one.Id}", ["Why"] = "x" })).Tree()).Words("#errors"));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(merge, merge, new() { ["With"] = "amara.o@customer.example", ["Why"] = "She said so." })).StatusCode);

        Assert.Equal($"/customers/{one.Id}", (await browser.GetAsync($"/customers/{two.Id}")).Headers.Location?.OriginalString);
        var page = await browser.Open($"/customers/{one.Id}");
        Assert.Contains($"#{twin} The lid is missing", page.Words("tbody"));
        Assert.Contains("made Amara O and Amara Okafor one customer: she said so", (await browser.Open($"/cases/{twin}")).Words(".timeline"));
        Assert.Contains("2 cases", (await browser.Open($"/cases/{number}")).Words(".case-head"));
        Assert.DoesNotContain("Amara O ", (await browser.Open("/customers")).Words("tbody") + " ");

        var history = await browser.Open($"/customers/{one.Id}/history");
        var undo = history.QuerySelector("form[action$='/undo']")!.GetAttribute("action")!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send($"/customers/{one.Id}/history", undo, new() { ["Why"] = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"/customers/{one.Id}/history", undo, new() { ["Why"] = "Two sisters." })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/customers/{two.Id}")).StatusCode);
        Assert.Contains("is one of their own again", (await browser.Open($"/customers/{one.Id}/history")).Words("main"));

        var move = $"/customers/{one.Id}/move-out";
        Assert.Contains("at least one case or address", (await (await browser.Send($"/customers/{one.Id}/history", move, new() { ["Name"] = "Ben", ["Why"] = "His." })).Tree()).Words("#errors"));
        var moved = await browser.Send($"/customers/{one.Id}/history", move, new() { ["Numbers"] = $"{number}", ["Name"] = "Ben Okafor", ["Why"] = "His kettle." });
        Assert.Equal("Ben Okafor", (await desk.Cases.Find(number))!.CustomerName);
        Assert.Contains("#" + number, (await browser.Open(moved.Headers.Location!.OriginalString)).Words("tbody"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_a_customer_told_us_once_is_known_in_every_case_and_gone_when_they_want_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        var id = (await desk.AddCustomer("Amara Okafor")).Id;
        var care = $"/customers/{id}/care";
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(care, care + "/preferences", new() { ["PreferredName"] = "Amy", ["Channel"] = "Phone", ["Language"] = "en-GB" })).StatusCode);
        Assert.Contains("Write the short form", (await (await browser.Send(care, care + "/preferences", new() { ["PreferredName"] = "Amy", ["Language"] = "English, please" })).Tree()).Words("#errors"));
        Assert.Contains("Ask first whether we may keep it", (await (await browser.Send(care, care + "/support", new() { ["Needs"] = "LargePrint", ["SupportWords"] = "Large" })).Tree()).Words("#errors"));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(care, care + "/support", new() { ["Needs"] = "LargePrint", ["SupportWords"] = "Large", ["Agreed"] = "on" })).StatusCode);

        var state = (await desk.Cases.Find(number))!;
        Assert.Equal(("Amy", PreferredChannel.Phone, SupportNeed.LargePrint), (state.PreferredName, state.PreferredChannel, state.SupportNeeds.Single()));
        Assert.StartsWith("Hello Amy,", Amends.Letters.Words.Hello(state));
        Assert.Contains("They would rather talk", (await browser.Open($"/cases/{number}")).Words(".side"));
        var next = (await desk.Cases.Find(await desk.Complain("Amara Okafor", "And the lid", "It is gone.")))!;
        Assert.Equal(("Amy", SupportNeed.LargePrint), (next.PreferredName, next.SupportNeeds.Single()));

        var case2 = $"/cases/{number}/representative";
        var nobody = await browser.Send(case2, case2, new() { ["Name"] = "Nell", ["May"] = "Hear", ["LettersTo"] = "Both", ["ProvenOn"] = "2026-03-04" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
        Assert.Equal("Nell", (await nobody.Tree()).QuerySelector("#Name")!.GetAttribute("value"));
        Dictionary<string, string> nell = new() { ["Name"] = "Nell Quill", ["Relation"] = "daughter", ["Email"] = "nell@mail.example", ["May"] = "Hear", ["LettersTo"] = "Both", ["Proof"] = "She said so", ["ProvenOn"] = "2026-03-04", ["Until"] = "2026-03-31", ["Remember"] = "on" };
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(case2, case2, nell)).StatusCode);
        Assert.Contains("Nell Quill (daughter) speaks for them: may hear how things stand, not agree", (await browser.Open($"/cases/{number}")).Words(".side"));
        Assert.Equal("Nell Quill", (await desk.Cases.Find(await desk.Complain("Amara Okafor", "And the cable", "It is short.")))!.Representative?.Name);

        var letter = await desk.Database.Write(async unit =>
        {
            var queued = 0L;
            await desk.Cases.ChangeIn(unit, number, async (@case, inside) => queued = await desk.Get<Outbox>().Queue(inside, new Company(), number, Amends.Letters.PlainReply.For(new Company(), number, @case.State, "We look into it.", "Jo"), jo, desk.Clock.Now));
            return queued;
        });
        Assert.Equal("amara.okafor@customer.example nell@mail.example", await desk.Value<string>(kind == "postgres" ? "select string_agg(recipient, ' ' order by recipient) from outbox where message_id = @letter" : "select group_concat(recipient, ' ') from (select recipient from outbox where message_id = @letter order by recipient)", new { letter }));
        Assert.Equal(2, await desk.Value<long>("select count(distinct raw_digest) from outbox where message_id = @letter", new { letter })); // each has a link of their own
        Assert.Equal(1, await desk.Value<long>("select count(*) from customer_links where case_number = @number and through = 'Nell Quill'", new { number }));
        var session = await desk.Database.Write(async unit => (await CustomerLinks.Redeem(unit, await CustomerLinks.Issue(unit, number, desk.Clock.Now, through: "Nell Quill"), desk.Clock.Now))!);
        Assert.Equal("Nell Quill", (await CustomerLinks.Find(desk.Database, session, desk.Clock.Now))!.Through);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(care, care + "/representative/end", new() { ["EndWhy"] = "She speaks for herself." })).StatusCode);
        Assert.Null(await CustomerLinks.Find(desk.Database, session, desk.Clock.Now)); // the link ends with the mandate

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(care, care + "/support", new() { ["SupportWords"] = "" })).StatusCode);
        Assert.Empty((await desk.Cases.Find(number))!.SupportNeeds);
        Assert.Null(await desk.Value<long?>("select support_agreed_at from customers where id = @id", new { id }));
        Assert.DoesNotContain("large", (await browser.Open($"/customers/{id}/history")).Words("main"), StringComparison.OrdinalIgnoreCase); // nor in the log
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Whoever_has_heard_nothing_for_too_long_is_found_and_so_is_whoever_went_quiet_after_a_complaint(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var lea = await desk.AddPerson("Lea", Role.Lead);
        var lead = await desk.SignIn(lea);
        var silent = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        var quiet = await desk.AddCustomer("Jonas Berg");
        var start = desk.Clock.Now;
        await desk.Database.Write(async unit =>
        {
            for (var i = 0; i < 4; i++)
                await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) values (@Id, @n, @n, @at, 100, 'EUR')", new { quiet.Id, n = $"J-{i}", at = start.AddDays(-30 + i * 10).ToUnixTimeMilliseconds() });
        });
        var complaint = await desk.Complain("Jonas Berg", "Late again", "It came late.");
        await desk.Cases.Change(complaint, @case => @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without("They said so themselves."), jo, start));

        var page = await lead.Open("/customers/neglected");
        Assert.Equal(["0", "0", "0"], page.QuerySelectorAll(".kpi .v").Select(each => each.TextContent));
        desk.Clock.Now = start.AddDays(8);
        lead = await desk.SignIn(lea);
        page = await lead.Open("/customers/neglected");
        Assert.Equal(["1", "1", "0"], page.QuerySelectorAll(".kpi .v").Select(each => each.TextContent));
        Assert.Contains($"#{silent} The kettle leaks", page.Words("table"));
        await desk.Cases.Change(silent, @case => @case.Speak(1, Channel.Phone, jo, desk.Clock.Now));
        desk.Clock.Now = start.AddDays(25);
        lead = await desk.SignIn(lea);
        page = await lead.Open("/customers/neglected");
        Assert.Equal(["1", "0", "1"], page.QuerySelectorAll(".kpi .v").Select(each => each.TextContent));
        Assert.Contains("Jonas Berg", page.QuerySelectorAll("table")[^1].TextContent);

        using var shop = await desk.AsProgram("Shop", Scopes.CustomersRead);
        var json = await (await shop.GetAsync("/api/v1/customers/neglected")).Read();
        Assert.Equal((1, 0, 10), (json.GetProperty("silent_count").GetInt32(), json.GetProperty("unanswered_count").GetInt32(), json.GetProperty("dormant")[0].GetProperty("usual_days").GetInt32()));
        await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) values (@Id, 'J-9', 'J-9', @at, 100, 'EUR')", new { quiet.Id, at = desk.Clock.Now.ToUnixTimeMilliseconds() }));
        Assert.Equal("0", (await lead.Open("/customers/neglected")).QuerySelectorAll(".kpi .v")[2].TextContent); // they came back
        Assert.Equal(HttpStatusCode.Forbidden, (await (await desk.SignIn(jo)).GetAsync("/customers/neglected")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_was_before_stands_beside_the_case_and_thanks_reach_the_people_they_are_for(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var first = await desk.Complain("Amara Okafor", "The parcel is late", "It is late.", jo);
        await desk.Cases.Change(first, @case =>
        {
            @case.Categorise("DEL.late", true, jo, desk.Clock.Now);
            @case.Withdraw(CloseReason.Withdrawn, "It came.", Told.Without("They said so themselves."), jo, desk.Clock.Now);
        });
        desk.Clock.Now = desk.Clock.Now.AddDays(12);
        browser = await desk.SignIn(jo);
        var second = await desk.Complain("Amara Okafor", "Late again", "Again.", jo);
        Assert.Equal("1 earlier, the last 12 days before", (await browser.Open($"/cases/{second}")).Words(".cust a[href$='/history']"));
        await desk.Cases.Change(second, @case => @case.Categorise("DEL.late", false, jo, desk.Clock.Now));
        Assert.Equal("It may be the last straw: 1 earlier, the last 12 days before", (await browser.Open($"/cases/{second}")).Words(".cust a[href$='/history']"));
        Assert.Contains("The same kind of trouble within sixty days.", (await browser.Open($"/cases/{second}/history")).Words("main li"));
        Assert.Null((await browser.Open($"/cases/{first}")).QuerySelector(".cust a[href$='/history']"));
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        var json = await (await shop.GetAsync($"/api/v1/cases/{second}/history")).Read();
        Assert.Equal((true, 12, "same_again"), (json.GetProperty("last_straw").GetBoolean(), json.GetProperty("days").GetInt32(), json.GetProperty("reasons")[0].GetProperty("kind").GetString()));

        var id = (await desk.AddCustomer("Amara Okafor")).Id;
        var thanks = $"/customers/{id}/thanks";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send(thanks, thanks, new() { ["Words"] = " " })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(thanks, thanks, new() { ["Words"] = "Jo was so kind on the phone.", ["Channel"] = "phone", ["People"] = $"{jo.Id}" })).StatusCode);
        Assert.Contains("Amara Okafor thanks you: “Jo was so kind on the phone.”", (await browser.Open("/notices")).Words("main"));
        Assert.Contains("Jo was so kind", (await browser.Open($"/customers/{id}")).Words("main"));
        Assert.Contains("With us since 2026 · no orders known · thanked us once · 3 cases", (await browser.Open($"/cases/{second}")).Words(".case-head"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send(thanks, thanks + "/letter", new() { ["Letter"] = "", ["About"] = $"{first}" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(thanks, thanks + "/letter", new() { ["Letter"] = "Thank you for your patience.", ["About"] = $"{first}" })).StatusCode);
        Assert.Equal("amara.okafor@customer.example", await desk.Value<string>("select recipient from outbox where case_number = @first", new { first }));
        Assert.Equal(CloseReason.Withdrawn, (await desk.Cases.Find(first))!.CloseReason); // it stays closed
        Assert.Contains("Thank you for your patience.", (await browser.Open($"/cases/{first}")).Words(".timeline"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Orders_come_in_as_json_once_by_their_number_and_programs_join_and_part_customers(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var shop = await desk.AsProgram("Shop", Scopes.CustomersWrite, Scopes.CustomersRead);
        const string order = """{"number":"A-1","email":"amara@customer.example","name":"Amara","placed_at":"2026-02-03T10:00:00Z","total":{"minor":4990,"currency":"EUR"},"status":"sent"}""";
        var answer = await (await shop.Json("/api/v1/orders", $$"""{"orders":[{{order}},{"number":"A-2","email":"nobody"},{"number":"A-3","email":"a@b.example","placed_at":"2026-02-03T10:00:00Z","total":{"minor":-1,"currency":"EUR"} }]}""", null)).Read();
        Assert.Equal(["True/True/", "False//email", "False//total"], answer.GetProperty("orders").EnumerateArray().Select(each => $"{each.GetProperty("taken")}/{each.GetProperty("is_new")}/{each.GetProperty("code")}"));
        answer = await (await shop.Json("/api/v1/orders", $$"""{"orders":[{{order.Replace("sent", "delivered")}}]}""", null)).Read();
        Assert.False(answer.GetProperty("orders")[0].GetProperty("is_new").GetBoolean());
        Assert.Equal("delivered", await desk.Value<string>("select status from orders"));
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.Json("/api/v1/orders", """{"orders":[]}""", null)).StatusCode);

        var (amara, other) = ((await desk.AddCustomer("Amara")).Id, (await desk.AddCustomer("Amara Two")).Id);
        var into = await desk.Value<long>("select customer_id from orders");
        var joined = await (await shop.Json($"/api/v1/customers/{into}/merges", $$"""{"customer_id":{{other}},"why":"The shop says so."}""", "k1")).Read();
        var again = await (await shop.Json($"/api/v1/customers/{into}/merges", $$"""{"customer_id":{{other}},"why":"The shop says so."}""", "k1")).Read();
        Assert.Equal(joined.GetProperty("merge").GetInt64(), again.GetProperty("merge").GetInt64()); // sent twice, done once
        var read = await (await shop.GetAsync($"/api/v1/customers/{other}")).Read();
        Assert.Equal((into, other), (read.GetProperty("id").GetInt64(), read.GetProperty("joined_ids")[0].GetInt64())); // the old id leads to whom it is now
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shop.Json($"/api/v1/customers/{into}/merges", $$"""{"customer_id":{{other}},"why":"Again."}""", "k2")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Json("/api/v1/customers/4711/merges", $$"""{"customer_id":{{other}},"why":"x"}""", "k3")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.Json($"/api/v1/customers/{into}/merges", """{"why":"x"}""", "k4")).StatusCode);
        var split = await (await shop.Json($"/api/v1/customers/merges/{joined.GetProperty("merge").GetInt64()}/undo", """{"why":"Two people."}""", "k5")).Read();
        Assert.Equal(other, split.GetProperty("customer_id").GetInt64());
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Json("/api/v1/customers/merges/4711/undo", """{"why":"x"}""", "k6")).StatusCode);
        var moved = await (await shop.Json($"/api/v1/customers/{into}/move-out", """{"addresses":["amara@customer.example"],"name":"Amara Elsewhere","why":"Hers."}""", "k7")).Read();
        Assert.Equal(moved.GetProperty("customer_id").GetInt64(), await desk.Value<long>("select customer_id from customer_addresses where address = 'amara@customer.example'"));
        Assert.Equal(0, (await (await shop.GetAsync("/api/v1/customers/duplicates")).Read()).GetProperty("pairs").GetArrayLength());
        Assert.True(amara > 0);
    }

    [Fact]
    public async Task A_mail_of_whoever_acts_for_the_customer_is_theirs_and_wakes_the_case_as_the_customers_would()
    {
        await using var desk = await MailDesk.Start("sqlite");
        var jo = Actor.Person(1, "Jo", Role.Agent);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await desk.Cases.Change(number, @case => @case.NameRepresentative(new("Nell Quill", "daughter", "nell@mail.example", null, Mandate.Hear, "She said so", new DateOnly(2026, 3, 4), null, LettersTo.Customer), jo, desk.Clock.Now));
        var company = await desk.Get<StoredSettings>().Company();
        await desk.Database.Write(unit => desk.Cases.ChangeIn(unit, number, async (@case, inside) => @case.Speak(await desk.Get<Outbox>().Queue(inside, company, number, Amends.Letters.PlainReply.For(company, number, @case.State, "We look into it.", "Jo"), jo, desk.Clock.Now), Channel.Mail, jo, desk.Clock.Now)));
        Assert.Equal(["amara.okafor@customer.example"], await desk.Rows<string>("select recipient from outbox")); // letters go to the customer alone
        var ours = MailDesk.Header((await desk.Outgoing()).Single(), "Reply-To");
        var to = ours[(ours.IndexOf('<') + 1)..].TrimEnd('>');
        desk.Clock.Now = desk.Clock.Now.AddMinutes(5);
        await desk.Post(MailDesk.Mail("Nell <nell@mail.example>", "Re: The kettle leaks", "It got worse.", to: to), to, "nell@mail.example");
        await desk.ReadAll();
        Assert.Equal("Nell Quill, for Amara Okafor", await desk.Value<string>("select author_name from messages where direction = 1 order by id desc limit 1"));
        Assert.Contains("\"through\":\"Nell Quill\"", await desk.Value<string>("select body from events where kind = 'customer_spoke' order by id desc limit 1"));
        Assert.DoesNotContain("Nell", await desk.Value<string>("select sealed from events where kind = 'customer_spoke' order by id desc limit 1")); // the chain holds a digest of it
        Assert.True((await desk.Cases.Find(number))!.WaitsForReply);
    }
}
