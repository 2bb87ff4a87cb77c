using System.Net;
using System.Text.Json;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Web;

namespace Amends.Tests.Features.Api;

/// <summary>Programs have a reply read over.</summary>
public sealed class WordingApiTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_program_has_a_reply_read_over_beside_its_case_and_a_blank_is_refused(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", await desk.AddPerson("Jo", Role.Agent));
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead, Scopes.CasesWrite);
        async Task<JsonElement> Read(string body)
        {
            var answer = await shop.Json("/api/v1/wording", body, null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Read();
        }

        var found = await Read($$"""{"text":"Dear Tom,\n\nplease calm down.","case":{{number}}}""");
        Assert.True(found.GetProperty("asks_once").GetBoolean());
        Assert.False(found.GetProperty("blocks").GetBoolean());
        Assert.Equal(["name-other", "calm"], found.GetProperty("hints").EnumerateArray().Where(hint => hint.GetProperty("severity").GetInt32() == 3).Select(hint => hint.GetProperty("rule").GetString()));
        var calm = found.GetProperty("hints").EnumerateArray().Single(hint => hint.GetProperty("rule").GetString() == "calm");
        Assert.Equal(("calm down", 18, 9), (calm.GetProperty("words").GetString(), calm.GetProperty("start").GetInt32(), calm.GetProperty("length").GetInt32()));
        Assert.Equal("other", found.GetProperty("salutation").GetString());
        Assert.False(found.GetProperty("markers").GetProperty("next_contact").GetBoolean());
        Assert.DoesNotContain("name-other", (await Read("""{"text":"Dear Tom, it is here."}""")).GetProperty("hints").EnumerateArray().Select(hint => hint.GetProperty("rule").GetString())); // of no case
        Assert.Equal("de", (await Read("""{"text":"Bitte beruhigen Sie sich.","language":"de-AT"}""")).GetProperty("pack").GetString());

        foreach (var (body, status) in ((string, HttpStatusCode)[])[("{}", HttpStatusCode.BadRequest), ("""{"text":"x","language":"!"}""", HttpStatusCode.BadRequest), ("""{"text":"x","case":4711}""", HttpStatusCode.NotFound), ($$"""{"text":"{{new string('x', 50_001)}}"}""", HttpStatusCode.BadRequest)])
            Assert.Equal(status, (await shop.Json("/api/v1/wording", body, null)).StatusCode);
        using var mail = await desk.AsProgram("Mail", Scopes.MailRead);
        Assert.Equal(HttpStatusCode.Forbidden, (await mail.Json("/api/v1/wording", """{"text":"x"}""", null)).StatusCode);

        var blank = await shop.Json($"/api/v1/cases/{number}/messages", """{"kind":"reply","text":"Dear {{name}},\n\nit is here."}""", "k1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, blank.StatusCode);
        Assert.Equal("blank", (await blank.Read()).GetProperty("code").GetString());
        Assert.Equal(0, await desk.Value<long>("select count(*) from outbox"));
    }
}
