using System.Text;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Web;
using static Amends.Tests.Features.Api.RecoveryApiTests;

namespace Amends.Tests.Features.Api;

/// <summary>What stands beside the path, by JSON: rest, the second stage, letters and deadlines, parcels, visits, and what is decided outside.</summary>
public sealed class HandlingApiTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_case_rests_goes_to_the_second_stage_with_its_deadlines_and_its_letter_and_lies_outside_by_json(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        await desk.Get<DeadlineDesk>().Set(new DeadlineSettings { Switched = new Dictionary<string, bool> { ["uk-housing-code"] = true, ["generic-small-shop"] = false, ["generic-one-touch"] = false } });
        using var shop = await desk.ActingFor(jo, "Shop", Scopes.CasesRead, Scopes.RecoveryWrite);
        using var head = await desk.ActingFor(lea, "Head", Scopes.CasesRead, Scopes.RecoveryWrite);
        var path = await Understood(desk, shop, "Amara Okafor");

        await No(shop, path + "/kind", """{"kind":"question"}""", 422, "kind");
        await No(shop, path + "/customer", """{"message_id":1}""", 422, "message"); // it hands nothing on
        await Done(shop, path + "/owner", """{"take":true}""");
        await Done(shop, path + "/escalation", """{"reason":"It is the third kettle."}""");
        await Done(shop, path + "/waiting", """{"on":"supplier","what":"a seal"}""");
        await Done(shop, path + "/promises", $$"""{"due_at":"{{In(desk, 48)}}","what":"the seal","via":"phone","words":"“Thank you.”"}""");
        await No(shop, path + "/rest", $$"""{"until":"{{In(desk, 49)}}"}""", 422, "snooze"); // never past the promise
        Assert.Equal(In(desk, 24), Moment((await Done(shop, path + "/rest", $$"""{"until":"{{In(desk, 24)}}","why":"The seal comes tomorrow."}""")).GetProperty("snoozed_until")));
        Assert.Equal(JsonValueKind.Null, (await Done(shop, path + "/rest/end", "{}")).GetProperty("snoozed_until").ValueKind);
        await Done(shop, path + "/fix", $$"""{"due_at":"{{In(desk, 72)}}"}""");
        await No(shop, path + "/hold", """{"held":true,"why":"A court asks."}""", 422, "not_a_lead");
        await Done(head, path + "/hold", """{"held":true,"why":"A court asks."}""");
        await Done(shop, path + "/answers", $$"""{"answers":[{"code":"ANY.begin","words":"On Monday."}]}""");
        await No(shop, path + "/whys", """{"why":"Lea forgot the seal"}""", 422, "person");
        await Done(shop, path + "/whys", """{"why":"The seal was old","evidence":"The stamp on it"}""");
        Assert.Equal([1, 2], Ids(await Done(shop, path + "/whys", """{"why":"Nobody counts their age","under":1,"can_change":true}"""), "whys"));
        await No(shop, path + "/whys/1/taken-back", """{"reason":"It was new."}""", 422, "under");
        Assert.Equal([1], Ids(await Done(shop, path + "/whys/2/taken-back", """{"reason":"They do."}"""), "whys"));
        Assert.Equal([1], Ids(await Done(shop, path + "/issues/2/withdrawal", """{"reason":"It is the same.","into":1}"""), "issues"));
        var seen = await shop.Get(path);
        Assert.Equal(("supplier", true, In(desk, 72)), (seen.GetProperty("waits_for").GetString(), seen.GetProperty("legal_hold").GetBoolean(), Moment(seen.GetProperty("fix_due_at"))));

        await No(shop, path + "/review", $$"""{"reviewer_id":{{lea.Id}},"why":"“No.”"}""", 422, "too_early");
        await Done(shop, path + "/offers", Offer(desk, "A little", Refund(desk, 1000)));
        await Done(shop, path + "/decline", """{"offer_id":1,"via":"phone","words":"I want a new kettle."}""");
        await No(shop, path + "/review", $$"""{"reviewer_id":{{jo.Id}},"why":"“I want a new kettle.”"}""", 422, "same_person");
        var review = await Done(shop, path + "/review", $$"""{"reviewer_id":{{lea.Id}},"why":"“I want a new kettle.”"}""");
        var owed = review.GetProperty("owed").EnumerateArray().ToDictionary(each => each.GetProperty("name").GetString()!, each => (Id: each.GetProperty("id").GetInt32(), Due: Moment(each.GetProperty("due_at"))));
        Assert.Equal(("2026-03-12T00:00:00Z", "2026-04-02T00:00:00Z"), (owed["stage-two-acknowledge"].Due, owed["stage-two"].Due)); // the ends of 5 and 20 working days after Wednesday 4 March
        await No(shop, path + "/decisions", """{"issues":[{"issue_id":1,"finding":"upheld"}]}""", 422, "same_person");

        await No(head, path + "/letters", """{"kind":"holding","text":"It takes longer."}""", 422, "until");
        var sent = await Done(head, path + "/letters", """{"kind":"update","text":"We have asked for another look at the seal."}""");
        Assert.Equal(["stage-two"], sent.GetProperty("owed").EnumerateArray().Select(each => each.GetProperty("name").GetString()).Where(name => name!.StartsWith("stage-two", StringComparison.Ordinal)));
        var letter = (await shop.Get(path + "/letters")).GetProperty("items").EnumerateArray().Single(each => each.GetProperty("message_id").GetInt64() == sent.GetProperty("message_id").GetInt64());
        Assert.Equal(("update", "Lea", 64), (letter.GetProperty("kind").GetString(), letter.GetProperty("author").GetString(), letter.GetProperty("sha256").GetString()!.Length));
        var more = $$"""{"deadline_id":{{owed["stage-two"].Id}},"until":"2026-04-20","reason":"The part comes late."}""";
        Assert.Contains((await Done(head, path + "/extensions", more)).GetProperty("owed").EnumerateArray(), each => each.GetProperty("name").GetString() == "stage-two" && Moment(each.GetProperty("due_at")) == "2026-04-21T00:00:00Z");
        await No(head, path + "/letters", """{"kind":"final","text":"We looked at it."}""", 422, "legal");
        await Done(head, path + "/decisions", """{"issues":[{"issue_id":1,"finding":"not_upheld","reasons":"The seal was worn by lime.","can_do":"A new seal"}]}""");
        var looked = await Draft(head, path, """{"kind":"not_upheld","text":"We looked at it."}""");
        Assert.Contains(looked.GetProperty("missing").EnumerateArray(), missing => missing.GetProperty("sentence").GetString()!.Contains("Housing Ombudsman", StringComparison.Ordinal));
        var draft = await Draft(head, path, """{"kind":"not_upheld"}""");
        Assert.Contains("The seal was worn by lime.", draft.GetProperty("text").GetString());
        Assert.Empty(draft.GetProperty("missing").EnumerateArray());
        await Done(head, path + "/decisions", """{"send":true}"""); // the reviewer's answer ends the second stage
        Assert.Contains((await shop.Get(path)).GetProperty("deadlines").EnumerateArray(), each => each.GetProperty("name").GetString() == "stage-two" && each.GetProperty("met_at").ValueKind != JsonValueKind.Null);

        await No(head, path + "/reckoning", """{"why":"A holiday."}""", 422, "same");
        await No(head, path + "/clock-starts", """{"starts_on":"received","on":"2026-03-04"}""", 422, "start");
        await Done(shop, path + "/clock-starts", """{"starts_on":"order_promise_date","on":"2026-03-09"}""");
        await No(shop, path + "/presets/removal", """{"preset":"uk-housing-code","why":"No landlord."}""", 422, "not_a_lead");
        Assert.Empty((await Done(head, path + "/presets/removal", """{"preset":"uk-housing-code","why":"No landlord."}""")).GetProperty("owed").EnumerateArray());
        Assert.NotEmpty((await Done(shop, path + "/presets", """{"preset":"uk-housing-code"}""")).GetProperty("owed").EnumerateArray());

        await Done(shop, path + "/suspicion", """{"words":"The lime is on another kettle."}""");
        await No(shop, path + "/suspicion/answer", """{"shared":true,"words":"So it is."}""", 422, "second_person");
        await Done(head, path + "/suspicion/answer", """{"shared":false,"words":"It is the same kettle."}""");
        await No(shop, path + "/outside-decision", """{"outcome":"A new kettle","on":"2026-03-04","ends":true}""", 422, "not_referred");
        Assert.Equal("2026-03-04", (await Done(shop, path + "/referral", """{"body":"the Housing Ombudsman","on":"2026-03-04"}""")).GetProperty("referred_on").GetString());
        Assert.Equal("outside_decision", (await Done(shop, path + "/outside-decision", """{"outcome":"A new seal is enough.","on":"2026-03-04","ends":true}""")).GetProperty("close_reason").GetString());
        Assert.NotEqual(JsonValueKind.Null, (await Done(shop, path + "/reopening", """{"why":"They found the old seal."}""")).GetProperty("promise_due_at").ValueKind);

        await Done(shop, path + "/offers", Offer(desk, "A seal", Refund(desk, 500)).Insert(1, "\"send\":false,"));
        Assert.True((await Done(shop, path + "/offers/3/asking", "{}")).GetProperty("awaits_approval").GetBoolean());
        await Done(shop, path + "/closing", """{"reason":"withdrawn","why":"They took it back."}""");
        await desk.Cases.Change(long.Parse(path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture), @case => @case.DrawSecondLook(desk.Clock.Now));
        await No(shop, path + "/second-look", """{"complaint":true}""", 422, "not_a_lead");
        Assert.Equal(JsonValueKind.Null, (await Done(head, path + "/second-look", """{"complaint":true}""")).GetProperty("close_reason").ValueKind);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_parcel_a_visit_and_a_substitute_are_walked_to_their_end_by_json(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        using var shop = await desk.ActingFor(jo, "Shop", Scopes.CasesRead, Scopes.CasesWrite, Scopes.RecoveryWrite);
        var path = await Understood(desk, shop, "Amara Okafor");
        string Line(string kind, string more) => $$"""{"kind":"{{kind}}","what":"The {{kind}}","due_at":"{{In(desk, 96)}}"{{more}}}""";
        await Done(shop, path + "/offers", Offer(desk, "All of it", Line("return", ""), Refund(desk, 1000).Insert(1, "\"release_on\":\"receipt\","), Line("substitute", ",\"instead_of\":\"The red one\""), Line("visit", ",\"address\":\"Mill Lane 4\"")));
        await Done(shop, path + "/choice", """{"offer_id":1,"option_id":1,"via":"phone","words":"All of it."}""");

        await No(shop, path + "/remedies/1/return/carrier", "{}", 422, "carrier_off");
        await No(shop, path + "/remedies/3/return", $$"""{"carrier":"Post","instructions":"We collect it.","expires_at":"{{In(desk, 240)}}"}""", 422, "remedy");
        await No(shop, path + "/remedies/1/return", $$"""{"carrier":"Post","expires_at":"{{In(desk, 240)}}"}""", 422, "label");
        var label = $$"""{"carrier":"Post","tracking":"PP 7","expires_at":"{{In(desk, 240)}}","label":"{{Convert.ToBase64String([.. "%PDF-1.4\n"u8, .. new byte[2 * 1024 * 1024]])}}"}"""; // more than what other bodies may hold
        Assert.Equal("R1000017", (await Done(shop, path + "/remedies/1/return", label)).GetProperty("return_number").GetString());
        Assert.Equal(1, await desk.Value<long>("select count(*) from return_numbers where last = 1"));
        await No(shop, path + "/remedies/1/return/inspection", """{"result":"pass"}""", 422, "not_received");
        await No(shop, path + "/remedies/2/steps", """{"done":true}""", 422, "waiting");
        Assert.True((await (await shop.Json("/api/v1/returns/scans", """{"scans":[{"number":"PP 7","step":"in_transit"}]}""", null)).Read()).GetProperty("scans")[0].GetProperty("taken").GetBoolean());
        Assert.Equal(4, (await Done(shop, path + "/remedies/2/release", """{"why":"They wait for long."}""")).GetProperty("still_owed").GetInt32());
        await shop.Json("/api/v1/returns/scans", """{"scans":[{"number":"R1000017","step":"received"}]}""", null);
        Assert.Equal(("pass", 3), (await Done(shop, path + "/remedies/1/return/inspection", """{"result":"pass"}""")) is var found ? (found.GetProperty("inspection").GetString(), found.GetProperty("still_owed").GetInt32()) : default);

        await No(shop, path + "/remedies/2/consent", """{"via":"phone","words":"Yes."}""", 422, "remedy");
        await Done(shop, path + "/remedies/3/consent", """{"via":"phone","words":"The blue one is fine."}"""); // they said so when they chose it: nothing is told twice
        Assert.Equal(1, await desk.Value<long>("select count(*) from events where kind = 'substitute_agreed'"));
        Assert.Equal(2, (await Done(shop, path + "/remedies/3/steps", """{"done":true}""")).GetProperty("still_owed").GetInt32());
        Assert.NotEqual(JsonValueKind.Null, (await shop.Get(path)).GetProperty("remedies")[2].GetProperty("agreed_at").ValueKind);

        Assert.Equal(404, (int)(await shop.GetAsync(path + "/remedies/1/visit/times")).StatusCode);
        async Task<List<string>> Free() => [.. (await shop.Get(path + "/remedies/4/visit/times")).GetProperty("items").EnumerateArray().Select(time => Moment(time.GetProperty("from")))];
        var free = await Free();
        await No(shop, path + "/remedies/4/visit", $$"""{"times":["{{free[0]}}"]}""", 422, "times");
        await Done(shop, path + "/remedies/4/visit", $$"""{"times":["{{free[0]}}","{{free[1]}}"]}""");
        await No(shop, path + "/remedies/4/visit/booking", $$"""{"from":"{{free[2]}}","via":"phone","words":"Then."}""", 422, "time");
        var booked = await Done(shop, path + "/remedies/4/visit/booking", $$"""{"from":"{{free[1]}}","via":"phone","words":"The second."}""");
        Assert.Equal((free[1], 0), (Moment(booked.GetProperty("from")), booked.GetProperty("held").GetArrayLength()));
        await No(shop, path + "/remedies/4/visit/missed", """{"whose":"theirs"}""", 422, "too_early");
        desk.Clock.Now = booked.GetProperty("to").GetDateTimeOffset();
        Assert.Equal(JsonValueKind.Null, (await Done(shop, path + "/remedies/4/visit/missed", """{"whose":"ours","note":"The van broke down."}""")).GetProperty("from").ValueKind);
        free = await Free();
        Assert.Equal(2, (await Done(shop, path + "/remedies/4/visit", $$"""{"times":["{{free[0]}}","{{free[3]}}"],"address":"Mill Lane 5"}""")).GetProperty("held").GetArrayLength());
        desk.Clock.Now = (await Done(shop, path + "/remedies/4/visit/booking", $$"""{"from":"{{free[0]}}","via":"mail","words":"The first one."}""")).GetProperty("to").GetDateTimeOffset();
        await No(shop, path + "/remedies/4/visit/sign-off", """{"via":"phone","words":"It works."}""", 422, "not_visited");
        Assert.Equal(JsonValueKind.Null, (await Done(shop, path + "/remedies/4/visit/done", """{"diagnosis":"A worn seal, replaced.","parts":"Seal 7","technician":"Ravi"}""")).GetProperty("done_at").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, (await Done(shop, path + "/remedies/4/visit/sign-off", """{"via":"phone","words":"It works."}""")).GetProperty("done_at").ValueKind);
        await desk.RunDue(); // what was said has its letters
        Assert.Contains(await desk.Outgoing(), mail => mail.Contains("R1000017", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Notes_calls_an_answer_elsewhere_and_a_matter_settled_on_the_spot_are_written_by_json(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        using var shop = await desk.ActingFor(jo, "Shop", Scopes.CasesRead, Scopes.RecoveryWrite);
        var path = $"/api/v1/cases/{await desk.Complain("Amara Okafor", "Kettle", "It leaks.")}";

        var note = (await Done(shop, path + "/notes", $$"""{"text":"It drips at night.","said_by":"Amara Okafor","said_at":"{{In(desk, -1)}}"}""")).GetProperty("note_id").GetInt64();
        await Done(shop, path + $"/notes/{note}", """{"text":"It drips by night.","edit":true}""");
        await No(shop, path + "/notes/4711", """{"text":"It drips."}""", 422, "note");
        Assert.Equal(2, await desk.Value<long>("select count(*) from notes"));
        var ring = await Done(shop, path + "/call/they-rang", """{"phone":"0113 496 0142"}""");
        Assert.NotEqual(JsonValueKind.Null, ring.GetProperty("from").ValueKind);
        await No(shop, path + "/call/attempts", """{"outcome":"reached"}""", 422, "outcome");
        Assert.Equal(1, (await Done(shop, path + "/call/attempts", """{"outcome":"no_answer","note":"A machine answers."}""")).GetProperty("attempts").GetInt32());
        await Done(shop, path + "/promises", $$"""{"due_at":"{{In(desk, 48)}}","what":"the seal","via":"phone","words":"“It is the seal.”","they_rang":true,"minutes":12,"balance":"mostly_them"}""");
        Assert.Equal((12, true), (await shop.Get(path)).GetProperty("calls")[0] is var call ? (call.GetProperty("minutes").GetInt32(), call.GetProperty("they_rang").GetBoolean()) : default);
        Assert.Equal(In(desk, 30), Moment((await Done(shop, path + "/answered", $$"""{"via":"letter","words":"The seal is on its way.","what":"whether it fits","due_at":"{{In(desk, 30)}}"}""")).GetProperty("promise_due_at")));
        await Done(shop, path + "/signals/explanation", """{"kind":"shared_phone","why":"It is her mother's number."}""");
        Assert.Equal(1, await desk.Value<long>("select count(*) from signal_corrections"));

        var spot = $$"""{"said":"“A new seal is fine.”","via":"phone","at_risk":false,"wanted_outcome":"A new seal","happened":"It drips","matters":"Tea","title":"A new seal","remedy":{"kind":"other","what":"A new seal","due_at":"{{In(desk, 48)}}"},"as_wanted":true,"words":"“Yes.”","done":true,"cause":"product"}""";
        Assert.Equal("check_back", State(await Done(shop, path + "/resolution", spot)));
        await No(shop, path + "/resolution", spot, 422, "wrong_stage");
        await No(shop, path + "/check-back/attempts", """{"outcome":"no_answer"}""", 422, "no_call_due");
        Assert.Equal(In(desk, 50), Moment((await Done(shop, path + "/check-back/agreement", $$"""{"due_at":"{{In(desk, 50)}}","manner":"phone"}""")).GetProperty("due_at")));
        desk.Clock.Now = desk.Clock.Now.AddHours(51);
        await desk.RunDue();
        Assert.True((await Done(shop, path + "/check-back/attempts", """{"outcome":"no_answer"}""")).GetProperty("attempts").GetInt32() > 0);
        await No(shop, path + "/check-back/answer", """{"answer":"yes","via":"phone","words":"She is content.","by_representative":true}""", 422, "representative");
        await No(shop, path + "/follow-on", """{"text":"Thank you."}""", 422, "follow_on");
        await Done(shop, path + "/check-back/answer", """{"answer":"yes","score":5,"via":"phone","words":"All well."}""");
        await desk.Get<StoredSettings>().Set((await desk.Get<StoredSettings>().Company()) with { FollowOn = new() { IsOn = true, HasCodes = true } });
        await Done(shop, path + "/follow-on", """{"text":"Thank you for your patience.","with_code":true}""");
        Assert.Equal(await desk.Value<string>("select code from follow_ons"), (await shop.Get(path)).GetProperty("follow_on").GetProperty("code").GetString());
    }

    private static async Task<JsonElement> Draft(HttpClient program, string path, string body)
    {
        var answer = await program.PostAsync(path + "/letters/draft", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Read();
    }
}
