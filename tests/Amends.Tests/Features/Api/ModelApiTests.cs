using System.Net;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.LanguageModel;
using Amends.Tests.Servers;
using Amends.Web;

namespace Amends.Tests.Features.Api;

/// <summary>Programs that act for a person look at what would be sent, send it, and say what became of it.</summary>
public sealed class ModelApiTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_program_sees_what_would_be_sent_sends_it_under_its_seal_and_reads_the_log_without_the_key(string kind)
    {
        await using var model = await FakeModel.Start();
        model.Key = "sk-amends-test";
        model.Answer = _ => "HAPPENED: The kettle leaks on my new table, order [ORDER_1].\nMATTERS: They want 70 EUR.\nPROMISED: -";
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Amaras(jo);
        using var program = await desk.ActingFor(jo, "Shop", Scopes.RecoveryWrite, Scopes.CasesRead);
        var at = $"/api/v1/cases/{number}/language-model";
        using var reports = await desk.AsProgram("Reports", Scopes.CasesRead);
        Assert.False((await reports.Get("/api/v1/language-model")).GetProperty("is_on").GetBoolean());
        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/api/v1/language-model/calls")).StatusCode); // an agent's token
        var off = await program.Json(at + "/preview", """{"task":"summary"}""", null);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "off"), (off.StatusCode, (await off.Read()).GetProperty("code").GetString()));
        await desk.Use(model);

        var preview = await (await program.Json(at + "/preview", """{"task":"summary"}""", null)).Read();
        Assert.DoesNotContain("NW-20417", preview.GetRawText());
        Assert.Empty(model.Asked);
        var seal = preview.GetProperty("seal").GetString();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await program.Json(at + "/calls", """{"task":"gist","seal":"guessed"}""", null)).StatusCode);
        var sent = await program.Json(at + "/calls", $$"""{"task":"summary","seal":"{{seal}}"}""", null);
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var answer = await sent.Read();
        Assert.Equal(("answered", "The kettle leaks on my new table, order NW-20417."), (answer.GetProperty("outcome").GetString(), answer.GetProperty("lines").GetProperty("happened").GetString()));
        Assert.Equal(["They want 70 EUR."], answer.GetProperty("not_theirs").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(["70"], answer.GetProperty("new_figures").EnumerateArray().Select(each => each.GetString()));

        var decision = $"{at}/calls/{answer.GetProperty("call_id").GetInt64()}/decision";
        Assert.Equal(HttpStatusCode.BadRequest, (await program.Json(decision, "{}", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.Json(decision, """{"taken":false}""", null)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await program.Json(decision, """{"taken":true}""", null)).StatusCode);
        var log = await reports.Get($"/api/v1/language-model/calls?number={number}");
        var call = Assert.Single(log.GetProperty("items").EnumerateArray());
        Assert.Equal(("summary", false, jo.Id), (call.GetProperty("task").GetString(), call.GetProperty("taken").GetBoolean(), call.GetProperty("person_id").GetInt64()));
        Assert.DoesNotContain("NW-20417", log.GetRawText());
        var settings = await reports.Get("/api/v1/language-model");
        Assert.True(settings.GetProperty("has_key").GetBoolean());
        Assert.DoesNotContain("sk-amends-test", settings.GetRawText());
        Assert.DoesNotContain(await desk.Value<string>("select value from settings where name = 'language_model'") is { } stored ? System.Text.Json.JsonDocument.Parse(stored).RootElement.GetProperty("key").GetString()! : "", settings.GetRawText());

        foreach (var (body, status) in ((string, HttpStatusCode)[])[("{}", HttpStatusCode.BadRequest), ("""{"task":"calmer"}""", HttpStatusCode.BadRequest), ("""{"task":"translation","into":"tlh"}""", HttpStatusCode.UnprocessableEntity), ("""{"task":"gist","message_id":99999}""", HttpStatusCode.UnprocessableEntity)])
            Assert.Equal(status, (await program.Json(at + "/preview", body, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.Json("/api/v1/cases/4711/language-model/preview", """{"task":"summary"}""", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reports.Json(at + "/preview", """{"task":"summary"}""", null)).StatusCode);
        Assert.Single(model.Asked);
    }
}
