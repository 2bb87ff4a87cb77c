using System.Net;
using Amends.Data;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Web;

namespace Amends.Tests.Features.Api;

/// <summary>What programs read and do, on both databases.</summary>
public sealed class CaseApiTests
{
    private const string Kettle = """{"customer":{"name":"Amara Okafor","email":"amara@customer.example"},"story":"The kettle leaks.","wanted_outcome":"A new one","channel":"phone"}""";

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_case_is_opened_answered_noted_and_read_back(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead, Scopes.CasesWrite, Scopes.CustomersRead);
        var opened = await shop.Json("/api/v1/cases", Kettle, "order-1");
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        var made = await opened.Read();
        var path = opened.Headers.Location!.ToString();
        Assert.Equal($"/api/v1/cases/{made.GetProperty("number")}", path);
        Assert.True(made.GetProperty("acknowledged").GetBoolean());
        Assert.Equal(HttpStatusCode.Created, (await shop.Json(path + "/messages", """{"kind":"reply","text":"A new one is on its way."}""", "r-1")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await shop.Json(path + "/messages", """{"kind":"note","text":"Lot 7 again."}""", "n-1")).StatusCode);

        var seen = await shop.Get(path);
        Assert.Equal("received", seen.GetProperty("state").GetString());
        Assert.Equal("phone", seen.GetProperty("channel").GetString());
        Assert.Equal("A new one", seen.GetProperty("wanted_outcome").GetString());
        Assert.NotEqual(default, seen.GetProperty("promise").GetProperty("due_at").GetDateTimeOffset());
        Assert.Equal(["in", "out", "out", "note"], seen.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("direction").GetString()!));
        var events = seen.GetProperty("events").EnumerateArray().Select(each => $"{each.GetProperty("name")} {each.GetProperty("by_kind")} {each.GetProperty("by_name")}").ToList();
        Assert.Contains("case_opened integration Shop", events);
        Assert.Contains("we_spoke integration Shop", events);
        Assert.Contains("note_written integration Shop", events);
        Assert.Equal(2, await desk.Value<long>("select count(*) from outbox"));
        Assert.Contains(await desk.Outgoing(), mail => mail.Contains("A new one is on its way.") && mail.Contains("Your team at"));

        var customer = await shop.Get($"/api/v1/customers/{made.GetProperty("customer_id")}");
        Assert.Equal("amara@customer.example", customer.GetProperty("addresses")[0].GetString());
        Assert.Equal(made.GetProperty("number").GetInt64(), customer.GetProperty("cases")[0].GetProperty("number").GetInt64());
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        Assert.Contains("Shop", await owner.GetStringAsync($"/cases/{made.GetProperty("number")}")); // the timeline names the program
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_write_that_arrives_again_is_done_once_and_has_the_same_answer(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var shop = await desk.AsProgram("Shop", Scopes.CasesWrite);
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.Json("/api/v1/cases", Kettle, "once")));
        Assert.All(all, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single(await Task.WhenAll(all.Select(answer => answer.Content.ReadAsStringAsync())) is var texts ? texts.Distinct() : []);
        Assert.Single(all, answer => !answer.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from messages where direction = 1"));

        var other = await shop.Json("/api/v1/cases", Kettle.Replace("leaks", "hums"), "once");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("idempotency_key", (await other.Read()).GetProperty("code").GetString());
        using var till = await desk.AsProgram("Till", Scopes.CasesWrite);
        Assert.False((await till.Json("/api/v1/cases", Kettle, "once")).Headers.Contains("Idempotency-Replayed")); // each program has keys of its own
        Assert.Equal(2, await desk.Value<long>("select count(*) from cases"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_was_refused_left_nothing_and_its_key_can_be_used_again(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var shop = await desk.AsProgram("Shop", Scopes.CasesWrite);
        var refused = await shop.Json("/api/v1/cases", """{"customer":{"id":4711},"story":"It leaks."}""", "k");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("customer", (await refused.Read()).GetProperty("code").GetString());
        Assert.Equal("There is no such customer.", (await refused.Read()).GetProperty("detail").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Json("/api/v1/cases/4711/messages", """{"kind":"note","text":"Hm."}""", "k")).StatusCode);
        Assert.Equal(0, await desk.Value<long>("select count(*) from api_writes"));
        Assert.Equal(HttpStatusCode.Created, (await shop.Json("/api/v1/cases", """{"customer":{"name":"Bo","phone":"123"},"story":"It hums."}""", "k")).StatusCode);
        var number = await desk.Value<long>("select number from cases");
        Assert.Equal("no_address", (await (await shop.Json($"/api/v1/cases/{number}/messages", """{"kind":"reply","text":"Hm."}""", "l")).Read()).GetProperty("code").GetString());
        Assert.Equal(1, await desk.Value<long>("select count(*) from api_writes"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Pages_follow_one_another_without_gap_or_repetition(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        var numbers = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            desk.Clock.Now += TimeSpan.FromMinutes(i % 2); // two and two at one moment
            numbers.Add(await desk.Complain("Amara Okafor", $"Kettle {i}", "It leaks."));
        }

        var since = desk.Clock.Now;
        desk.Clock.Now += TimeSpan.FromHours(1);
        await desk.Write(numbers[2], "Still.");
        await desk.Write(numbers[0], "Still.");
        Assert.Equal(Enumerable.Reverse(numbers), await All(shop, "/api/v1/cases?limit=3"));
        Assert.Equal([numbers[0], numbers[2]], await All(shop, $"/api/v1/cases?limit=1&updated_since={since.AddMinutes(1):yyyy-MM-ddTHH:mm:ssZ}"));
        Assert.Equal(7, (await All(shop, "/api/v1/cases?limit=2&updated_since=2020-01-01")).Distinct().Count());
        Assert.Equal(7, (await All(shop, "/api/v1/cases?view=open&state=received")).Count);
        Assert.Empty(await All(shop, "/api/v1/cases?view=closed"));
        foreach (var (query, field) in new[] { ("view=mine", "view"), ("state=odd", "state"), ("updated_since=soon", "updated_since"), ("cursor=odd", "cursor"), ("limit=0", "limit") })
            Assert.Equal(field, (await (await shop.GetAsync("/api/v1/cases?" + query)).Read()).GetProperty("field").GetString());
    }

    private static async Task<List<long>> All(HttpClient shop, string path)
    {
        var found = new List<long>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await shop.Get(cursor.Length == 0 ? path : $"{path}&cursor={cursor}");
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("number").GetInt64()));
            cursor = page.GetProperty("next_cursor").GetString();
        }

        return found;
    }
}
