using System.Globalization;
using System.Net;
using System.Text.Json;
using Amends.Data.Backups;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Web;

namespace Amends.Tests.Features.Api;

/// <summary>The recovery path by JSON, as programs walk it for one of us.</summary>
public sealed class RecoveryApiTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_complaint_walks_from_opening_to_yes_by_json(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        using var shop = await desk.ActingFor(jo, "Shop", Scopes.CasesRead, Scopes.CasesWrite, Scopes.RecoveryWrite);
        using var other = await desk.ActingFor(jo, "Other shop", Scopes.RecoveryWrite);
        using var head = await desk.ActingFor(lea, "Head", Scopes.RecoveryWrite, Scopes.MoneyRead);
        using var books = await desk.AsProgram("Books", Scopes.MoneyRead);
        var opened = await Done(shop, "/api/v1/cases", """{"customer":{"name":"Amara Okafor","email":"amara@customer.example"},"story":"The kettle leaks."}""");
        var path = $"/api/v1/cases/{opened.GetProperty("number")}";

        await Done(shop, path + "/owner", """{"take":true}""");
        await Done(shop, path + "/listening", """{"wanted_outcome":"My money back","impact":"No tea in the morning","at_risk":false,"support_needs":["plain_words"],"issues":["The kettle leaks","Nobody called back"]}""");
        Assert.Equal(1, (await Done(shop, path + "/summaries", """{"happened":"The kettle leaks","matters":"Tea in the morning","promised":"Options today"}""")).GetProperty("version").GetInt32());
        await Done(shop, path + "/summaries/1/confirmation", """{"via":"mail","words":"Yes, exactly."}""");
        await Done(shop, path + "/promises", $$"""{"due_at":"{{In(desk, 30)}}","reason":"The part is late"}""");
        Assert.Equal(In(desk, 48), Moment((await Done(shop, path + "/promises", $$"""{"due_at":"{{In(desk, 48)}}","what":"the options","via":"phone","words":"“Thank you for calling.”"}""")).GetProperty("promise_due_at")));
        await Done(shop, path + "/updates", $$"""{"did":["We asked the workshop."],"next":["We put options together."],"promise":"the options","due_at":"{{In(desk, 24)}}"}""");
        Assert.Equal("the options", (await shop.Get("/api/v1/promises?when=tomorrow")).GetProperty("items")[0].GetProperty("what").GetString());
        Assert.Empty((await shop.Get("/api/v1/promises?when=overdue")).GetProperty("items").EnumerateArray());

        var offer = Offer(desk, "The money back", Refund(desk, 8000), Apology(desk));
        var waits = await Done(shop, path + "/offers", offer, "offer");
        Assert.True(waits.GetProperty("awaits_approval").GetBoolean());
        Assert.Equal("case", waits.GetProperty("why_approval")[0].GetString());
        var replayed = await shop.Json(path + "/offers", offer, "offer");
        Assert.True(replayed.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(waits.GetRawText(), (await replayed.Read()).GetRawText());
        Assert.Equal(1, await desk.Value<long>("select count(*) from events where kind = 'offer_prepared'"));
        await No(shop, path + "/offers/1/sending", "{}", 422, "approval");
        await No(shop, path + "/offers/1/approval", "{}", 422, "second_person");
        await No(other, path + "/offers/1/approval", "{}", 422, "second_person"); // another program of the same person is the same person
        var asked = (await head.Get("/api/v1/approvals")).GetProperty("items")[0];
        Assert.Equal(("Jo", 8000), (asked.GetProperty("prepared_by").GetProperty("name").GetString(), asked.GetProperty("options")[0].GetProperty("value").GetProperty("minor").GetInt32()));
        Assert.NotEqual(JsonValueKind.Null, (await Done(head, path + "/offers/1/approval", "{}")).GetProperty("approved_at").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, (await Done(shop, path + "/offers/1/sending", "{}")).GetProperty("sent_at").ValueKind);
        var letters = await desk.Value<long>("select count(*) from outbox");
        await Done(shop, path + "/offers/1/sending", "{}"); // sent twice is sent once
        Assert.Equal(letters, await desk.Value<long>("select count(*) from outbox"));

        Assert.Equal("delivering", State(await Done(shop, path + "/choice", """{"offer_id":1,"option_id":1,"via":"phone","words":"The money, please."}""")));
        Assert.Equal("authorised", (await Done(shop, path + "/payments", """{"remedy_id":1}""")).GetProperty("payment").GetString());
        Assert.Equal(8000, (await head.Get("/api/v1/payments")).GetProperty("items")[0].GetProperty("amount").GetProperty("minor").GetInt32());
        await No(shop, path + "/remedies/1/steps", """{"done":true}""", 422, "payment");
        Assert.Equal("confirmed", (await Done(shop, path + "/payments/1/confirmation", """{"proof":"Statement 44, line 3"}""")).GetProperty("payment").GetString());
        Assert.Equal(0, (await Done(shop, path + "/remedies/2/steps", """{"letter":"We are sorry that your kettle leaked, and that nobody called you back."}""")).GetProperty("still_owed").GetInt32());
        Assert.Equal("check_back", State(await Done(shop, path + "/delivery", $$"""{"cause":"product","check_back_at":"{{In(desk, 72)}}"}""")));
        var end = await Done(shop, path + "/check-back/answer", """{"answer":"yes","via":"phone","words":"I have my tea.","survey":{"heard":5,"ease":6,"met":"met","return":"yes"}}""");
        Assert.Equal(("closed", "confirmed"), (State(end), end.GetProperty("close_reason").GetString()));

        var seen = await shop.Get(path);
        Assert.Equal("closed", State(seen));
        Assert.Equal(6, seen.GetProperty("check_back").GetProperty("survey").GetProperty("ease").GetInt32());
        var events = seen.GetProperty("events").EnumerateArray().Select(each => $"{each.GetProperty("name")} {each.GetProperty("by_kind")} {each.GetProperty("by_name")} {each.GetProperty("program")}").ToList();
        foreach (var word in new[] { "summary_sent person Jo Shop", "offer_approved person Lea Head", "option_chosen person Jo Shop", "payment_confirmed person Jo Shop", "check_back_answered person Jo Shop" })
            Assert.Contains(word, events);
        Assert.Contains(await desk.Outgoing(), mail => mail.Contains("The money back") && mail.Contains("From: \"Jo, "));
        var (first, last) = ((await books.Get("/api/v1/ledger?from=2026-03-01&to=2026-03-31")).GetProperty("items"), (await books.Get("/api/v1/ledger?cursor=2")).GetProperty("items"));
        Assert.Equal((4, 2), (first.GetArrayLength(), last.GetArrayLength()));
        Assert.Equal(("80.00", "refund", "EUR"), (first[0].GetProperty("debit").GetString() ?? first[1].GetProperty("debit").GetString(), first[0].GetProperty("type").GetString(), first[0].GetProperty("currency").GetString()));
        Assert.Empty((await books.Get("/api/v1/ledger?to=2026-03-01")).GetProperty("items").EnumerateArray());
        Assert.Single((await books.Get("/api/v1/payments?show=done")).GetProperty("items").EnumerateArray());
        Assert.Contains((await shop.Get("/api/v1/playbooks")).GetProperty("items").EnumerateArray(), playbook => playbook.GetProperty("key").GetString() == "late");
        foreach (var (query, field) in new[] { ("ledger?from=soon", "from"), ("ledger?cursor=odd", "cursor"), ("payments?show=odd", "show") })
            Assert.Equal(field, (await (await books.GetAsync("/api/v1/" + query)).Read()).GetProperty("field").GetString());
        var low = await head.GetAsync("/api/v1/ledger"); // a lead has no page with the books either
        Assert.Equal((HttpStatusCode.Forbidden, "not_allowed"), (low.StatusCode, (await low.Read()).GetProperty("code").GetString()));
        await using var snapshot = await Snapshot.Take(desk.Database);
        await VerifyChains.Run(snapshot, sentence => Assert.Fail(sentence)); // the program's name is in the chain
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_is_not_justified_is_decided_refused_changed_and_ended_by_json(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        using var shop = await desk.ActingFor(jo, "Shop", Scopes.CasesRead, Scopes.RecoveryWrite);
        using var head = await desk.ActingFor(lea, "Head", Scopes.RecoveryWrite);
        var path = await Understood(desk, shop, "Amara Okafor");

        await Done(shop, path + "/offers", Offer(desk, "Much", Refund(desk, 20_000)));
        Assert.NotEqual(JsonValueKind.Null, (await Done(head, path + "/offers/1/refusal", """{"why":"We can mend it by Friday."}""")).GetProperty("refused_at").ValueKind);
        await No(shop, path + "/offers/1/sending", "{}", 422, "refused");
        Assert.Equal("offered", State(await Done(shop, path + "/offers", Offer(desk, "A little", Refund(desk, 2000)))));
        Assert.Equal("working", State(await Done(shop, path + "/decline", """{"offer_id":2,"via":"phone","words":"I want a new kettle."}""")));

        Assert.Equal([1, 2], Ids(await Done(shop, path + "/decisions", """{"issues":[{"issue_id":1,"finding":"partly_upheld","reasons":"It was used without water.","can_do":"A new seal"},{"issue_id":2,"finding":"not_upheld","reasons":"We called on Monday.","can_do":"A note of the call"}]}"""), "open"));
        Assert.Equal([1, 2], Ids(await Done(shop, path + "/decisions", $$"""{"send":true,"answer_by":"{{In(desk, 72)}}"}"""), "told"));
        Assert.Contains(await desk.Outgoing(), mail => mail.Contains("Not upheld"));
        await Done(shop, path + "/choice", """{"offer_id":3,"option_id":1,"via":"letter","words":"Then do that."}""");
        Assert.Equal("done", (await Done(shop, path + "/remedies/1/steps", """{"step":"done","proof":"DHL 44"}""")).GetProperty("step").GetString());
        Assert.NotEqual(JsonValueKind.Null, (await Done(shop, path + "/remedies/2/failure", """{"note":"The note is lost."}""")).GetProperty("failed_at").ValueKind);

        await No(shop, path + "/closing", """{"reason":"deadlock","why":"They want more."}""", 422, "not_a_lead");
        await No(shop, path + "/closing", """{"reason":"answered"}""", 422, "complaint");
        Assert.Equal("withdrawn", (await Done(shop, path + "/closing", """{"reason":"withdrawn","why":"They took it back by phone.","customer":{"told":"They said so themselves."}}""")).GetProperty("close_reason").GetString());
        await No(shop, path + "/offers", Offer(desk, "Late", Refund(desk, 100)), 422, "closed");

        var later = await Understood(desk, shop, "Ben Ito");
        var both = $$"""{"options":[{{Option("Money", Refund(desk, 1000))}},{{Option("A voucher", $$"""{"kind":"voucher","what":"A voucher","amount":{"minor":1500,"currency":"EUR"},"due_at":"{{In(desk, 48)}}","rule":"For all kettles"}""")}}]}""";
        await Done(shop, later + "/offers", both);
        await Done(shop, later + "/choice", """{"offer_id":1,"option_id":1,"via":"phone","words":"The money."}""");
        await Done(shop, later + "/choice", """{"offer_id":1,"option_id":2,"via":"phone","words":"No, the voucher."}""");
        await Done(shop, later + "/remedies/2/steps", """{"step":"issued"}""");
        Assert.Equal(1500, await desk.Value<long>("select left_minor from vouchers"));
        await Done(shop, later + "/delivery", "{}");
        Assert.Equal("unconfirmed", (await Done(shop, later + "/check-back/answer", """{"answer":"no_need","via":"phone","words":"I am fine."}""")).GetProperty("close_reason").GetString());
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_code_and_its_field()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        using var shop = await desk.ActingFor(jo, "Shop", Scopes.CasesRead, Scopes.RecoveryWrite);
        using var alone = await desk.AsProgram("Alone", Scopes.CasesRead, Scopes.CasesWrite);
        var path = $"/api/v1/cases/{await desk.Complain("Amara Okafor", "Kettle", "It leaks.")}";
        await No(alone, path + "/listening", """{"impact":"No tea"}""", 403, "missing_scope");
        await No(shop, "/api/v1/cases/4711/listening", """{"impact":"No tea"}""", 404, "not_found");
        await No(shop, "/api/v1/cases/4711/offers", Offer(desk, "x", Refund(desk, 1)), 404, "not_found");
        await No(shop, path + "/offers", Offer(desk, "x", Refund(desk, 1)), 409, "listen_first");
        await No(shop, path + "/summaries", """{"happened":"a","matters":"b","promised":"c"}""", 409, "listen_first");
        await No(shop, path + "/choice", """{"offer_id":1,"option_id":1,"via":"phone","words":"Yes."}""", 422, "offer_changed");
        await No(shop, path + "/delivery", "{}", 422, "wrong_stage");
        await No(shop, path + "/promises", $$"""{"due_at":"{{In(desk, 24 * 20)}}","reason":"Holidays"}""", 422, "promise_too_far");
        await No(shop, path + "/updates", $$"""{"promise":"more","due_at":"{{In(desk, 24)}}"}""", 422, "steps");
        foreach (var (where, body, field) in new[]
        {
            ("/listening", "{}", "body"), ("/listening", """{"at_risk":"no"}""", "at_risk"), ("/listening", """{"mood":"bad"}""", "mood"), ("/listening", $$"""{"impact":"{{new string('x', 501)}}"}""", "impact"),
            ("/listening", """{"support_needs":[77]}""", "support_needs[0]"), ("/listening", """{"issues":[null]}""", "issues"), ("/listening", """{"category":"XXX"}""", "category"),
            ("/listening", """{"wanted_outcome":"a","did_not_say":true}""", "did_not_say"), ("/summaries", """{"happened":"a"}""", "matters"), ("/summaries/1/confirmation", """{"via":"page","words":"Yes"}""", "via"),
            ("/summaries/1/confirmation", """{"via":"phone"}""", "words"), ("/promises", """{"reason":"x"}""", "due_at"), ("/promises", """{"due_at":"9999-12-31T23:59:59Z","reason":"x"}""", "due_at"),
            ("/promises", $$"""{"due_at":"{{In(desk, 9)}}","reason":"x","what":"y"}""", "reason"), ("/promises", $$"""{"due_at":"{{In(desk, 9)}}","what":"y","via":"mail","words":"z"}""", "via"),
            ("/updates", """{"did":["a","b","c","d","e","f","g","h","i","j","k","l","m"],"promise":"x"}""", "did"), ("/owner", "{}", "body"), ("/owner", """{"take":true,"team":true}""", "body"), ("/owner", """{"owner_id":4711}""", "owner_id"),
            ("/offers", """{"options":[null]}""", "options"), ("/offers", """{"options":[{"title":"a","why":"b"}]}""", "options[0].remedies"), ("/offers", Offer(desk, "x", Refund(desk, -1)), "options[0].remedies[0].amount.minor"),
            ("/offers", Offer(desk, "x", Refund(desk, 1).Replace("EUR", "USD")), "options[0].remedies[0].amount.currency"), ("/offers", Offer(desk, "x", Refund(desk, 1).Replace("refund", "gold")), "options[0].remedies[0].kind"),
            ("/offers", Offer(desk, "x", Refund(desk, 1).Replace("\"kind\"", "\"address\":\"here\",\"kind\"")), "options[0].remedies[0].address"), ("/offers/1/refusal", "{}", "why"), ("/offers/1/approval", """{"why":"x"}""", "why"),
            ("/choice", """{"option_id":1,"via":"phone","words":"x"}""", "offer_id"), ("/decisions", "{}", "issues"), ("/decisions", """{"issues":[{"finding":"upheld"}]}""", "issues[0].issue_id"), ("/decisions", """{"issues":[{"issue_id":1,"finding":7}]}""", "issues[0].finding"),
            ("/closing", """{"reason":"confirmed"}""", "reason"), ("/closing", """{"reason":"withdrawn"}""", "why"), ("/remedies/1/steps", "{}", "body"), ("/remedies/1/steps", """{"step":"flown"}""", "step"), ("/remedies/1/failure", "{}", "note"),
            ("/delivery", """{"cause":"people"}""", "cause"), ("/check-back/answer", """{"answer":"maybe","via":"phone","words":"x"}""", "answer"), ("/check-back/answer", """{"answer":"no_need","score":3,"via":"phone","words":"x"}""", "answer"),
            ("/payments", "{}", "remedy_id"), ("/payments/1/confirmation", "{}", "proof"), ("/payments/1/failure", "{}", "problem"),
            ("/customer", "{}", "message_id"), ("/kind", "{}", "kind"), ("/waiting", """{"on":"god"}""", "on"), ("/rest", "{}", "until"), ("/fix", "{}", "due_at"), ("/fix", $$"""{"due_at":"{{In(desk, 9)}}","not_known":true}""", "due_at"), ("/hold", """{"why":"x"}""", "held"), ("/reopening", "{}", "why"),
            ("/escalation", "{}", "reason"), ("/review", """{"why":"x"}""", "reviewer_id"), ("/review", """{"why":"x","reviewer_id":4711}""", "reviewer_id"), ("/second-look", "{}", "complaint"), ("/suspicion", "{}", "words"), ("/suspicion/answer", """{"words":"x"}""", "shared"),
            ("/referral", """{"body":"a court"}""", "on"), ("/referral", """{"body":"a court","on":"1999-01-01"}""", "on"), ("/outside-decision", """{"outcome":"x","on":"2026-03-04"}""", "ends"),
            ("/remedies/1/return", $$"""{"carrier":"Post","expires_at":"{{In(desk, 99)}}","label":"TVo="}""", "label"), ("/remedies/1/return", """{"carrier":"Post","label":"?"}""", "label"), ("/remedies/1/return", """{"carrier":"Post"}""", "expires_at"), ("/remedies/1/return/inspection", "{}", "result"),
            ("/remedies/1/release", "{}", "why"), ("/remedies/1/consent", """{"via":"page","words":"Yes"}""", "via"), ("/remedies/1/visit", """{"times":["9999-12-31T23:59:59Z"]}""", "times[0]"), ("/remedies/1/visit/booking", """{"via":"phone","words":"x"}""", "from"),
            ("/remedies/1/visit/done", "{}", "diagnosis"), ("/remedies/1/visit/sign-off", """{"via":"phone"}""", "words"), ("/remedies/1/visit/missed", "{}", "whose"), ("/letters", """{"kind":"final"}""", "text"), ("/letters/draft", "{}", "kind"),
            ("/presets", "{}", "preset"), ("/presets/removal", """{"preset":"x"}""", "why"), ("/clock-starts", """{"starts_on":"escalation"}""", "on"), ("/reckoning", "{}", "why"), ("/extensions", """{"until":"2026-03-09","reason":"x"}""", "deadline_id"),
            ("/resolution", """{"said":"x","via":"mail"}""", "via"), ("/resolution", """{"said":"x","via":"phone","wanted_outcome":"a","did_not_say":true}""", "wanted_outcome"), ("/answered", """{"via":"mail","words":"x"}""", "via"), ("/call/attempts", """{"outcome":"later"}""", "from"), ("/call/they-rang", "{}", "phone"),
            ("/check-back/attempts", "{}", "outcome"), ("/check-back/agreement", """{"manner":"phone"}""", "due_at"), ("/follow-on", "{}", "text"), ("/notes", """{"text":"x","said_by":"Amara"}""", "said_at"), ("/notes/1", "{}", "text"), ("/signals/explanation", """{"why":"x"}""", "kind"),
            ("/promises", $$"""{"due_at":"{{In(desk, 9)}}","what":"y","via":"in_person","words":"z","minutes":3}""", "via"), ("/answers", """{"answers":[{"code":"no.such","words":"x"}]}""", "answers[0].code"), ("/answers", "{}", "answers"), ("/whys", "{}", "why"), ("/whys/1/taken-back", "{}", "reason"), ("/issues/1/withdrawal", "{}", "reason"),
        })
        {
            var answer = await shop.Json(path + where, body, "k");
            var problem = await answer.Read();
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest && problem.GetProperty("field").GetString() == field, $"{where} {body}: {answer.StatusCode} {problem}");
        }

        Assert.Equal(0, await desk.Value<long>("select count(*) from api_writes"));
    }

    /// <summary>Opens a case of somebody with an address and listens until the summary is confirmed; returns its path.</summary>
    internal static async Task<string> Understood(Desk desk, HttpClient shop, string customer)
    {
        var path = $"/api/v1/cases/{await desk.Complain(customer, "Kettle", "It leaks.")}";
        await Done(shop, path + "/listening", """{"did_not_say":true,"at_risk":false,"issues":["The kettle leaks","Nobody called back"]}""");
        await Done(shop, path + "/summaries", """{"happened":"The kettle leaks","matters":"Tea","promised":"Options","send":false}""");
        await Done(shop, path + "/summaries/1/confirmation", """{"via":"phone","words":"Yes."}""");
        return path;
    }

    internal static string Offer(Desk desk, string title, params string[] remedies) => $$"""{"options":[{{Option(title, remedies)}}],"one_option_reason":"It is all that is left.","answer_by":"{{In(desk, 72)}}"}""";

    internal static string Option(string title, params string[] remedies) => $$"""{"title":"{{title}}","why":"Because of tea.","remedies":[{{string.Join(",", remedies)}}]}""";

    internal static string Refund(Desk desk, int cents) => $$"""{"kind":"refund","what":"The money back","amount":{"minor":{{cents}},"currency":"EUR"},"due_at":"{{In(desk, 48)}}"}""";

    private static string Apology(Desk desk) => $$"""{"kind":"apology","what":"A letter","due_at":"{{In(desk, 48)}}"}""";

    internal static string In(Desk desk, int hours) => desk.Clock.Now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static string Moment(JsonElement at) => at.GetDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static string State(JsonElement answer) => answer.GetProperty("state").GetString()!;

    internal static IEnumerable<int> Ids(JsonElement answer, string name) => answer.GetProperty(name).EnumerateArray().Select(id => id.GetInt32());

    internal static async Task<JsonElement> Done(HttpClient program, string path, string body, string? key = null)
    {
        var answer = await program.Json(path, body, key ?? Guid.NewGuid().ToString());
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{path} {Cut(body)}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Read();
    }

    private static string Cut(string body) => body.Length <= 1000 ? body : body[..1000] + "…";

    internal static async Task No(HttpClient program, string path, string body, int status, string code)
    {
        var answer = await program.Json(path, body, Guid.NewGuid().ToString());
        var problem = await answer.Read();
        Assert.True((int)answer.StatusCode == status && problem.GetProperty("code").GetString() == code, $"{path} {body}: {answer.StatusCode} {problem}");
    }
}
