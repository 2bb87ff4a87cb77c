using System.Net;
using Amends.Adapters.LanguageModel;
using Amends.Data;
using Amends.Domain.Language;
using Amends.Domain.People;
using Amends.Features.LanguageModel;
using Amends.Tests.Channels.Email;
using Amends.Tests.Servers;

namespace Amends.Tests.Features.LanguageModel;

/// <summary>The settings, the test of the connection, the log and its end.</summary>
public sealed class ModelSettingsTests
{
    private const string Page = "/settings/language-model";

    [Fact]
    public async Task As_it_ships_it_is_off_no_page_leads_there_and_a_manager_switches_each_thing_on_by_itself()
    {
        await using var model = await FakeModel.Start();
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Amaras(jo);
        using var browser = await desk.SignIn(jo);
        using var manager = await desk.SignIn(await desk.AddPerson("Mia", Role.Manager));
        string[] pages = [$"/cases/{number}", $"/cases/{number}/summary/new", $"/cases/{number}/actions", $"/cases/{number}/second-reader"];
        foreach (var page in pages) // without it no button leads nowhere
            Assert.DoesNotContain("language-model", await browser.GetStringAsync(page), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Say it otherwise", await browser.GetStringAsync(pages[0]));
        var off = await browser.Open($"/cases/{number}/language-model?task=summary");
        Assert.Contains("switched off", off.Words("main"));
        Assert.Empty(off.QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(Page)).StatusCode);

        Dictionary<string, string> Fields(params (string Name, string Value)[] more)
        {
            var fields = new Dictionary<string, string> { ["Address"] = model.Url + "/", ["Model"] = "large", ["Limit"] = "7", ["KeepDays"] = "40", ["Then"] = "save" };
            foreach (var (name, value) in more)
                fields[name] = value;
            return fields;
        }

        foreach (var (field, value, words) in ((string, string, string)[])
        [
            ("Address", "http://models.example/v1", "https://"), ("Address", "", "such as"), ("Model", "", "model's name"), ("Key", "two words", "no blanks"), ("Limit", "121", "from 1 to 120"), ("PriceIn", "cheap", "not an amount"), ("KeepDays", "30", "from 31"),
        ])
        {
            var wrong = await manager.Send(Page, Page, Fields((field, value), ("Summary", "on")));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains(words, (await wrong.Tree()).Words($"#{field}-error"));
        }

        Assert.Contains("how much a month", (await (await manager.Send(Page, Page, Fields(("Summary", "on"), ("PriceOut", "0.60")))).Tree()).Words("#Ceiling-error"));
        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send(Page, Page, Fields(("Key", "sk-amends-test"), ("Summary", "on"), ("PriceIn", "0.15"), ("PriceOut", "0,60"), ("Ceiling", "5")))).StatusCode);
        var set = (await desk.Get<StoredSettings>().Get<LanguageModelSettings>(LanguageModelSettings.Setting))!;
        Assert.Equal((model.Url, "large", 7, 15L, 60L, 500L, 40), (set.Address, set.Model, set.LimitSeconds, set.PriceIn, set.PriceOut, set.Ceiling, set.KeepDays));
        Assert.Equal([ModelFeature.Summary], set.On);
        Assert.DoesNotContain("sk-amends-test", set.Key + await manager.GetStringAsync(Page));
        Assert.Equal("sk-amends-test", desk.Get<AskModel>().KeyIn(set));
        Assert.Contains("?task=summary", await browser.GetStringAsync(pages[1]));
        Assert.DoesNotContain("Say it otherwise", await browser.GetStringAsync(pages[0])); // each by itself
        Assert.DoesNotContain("sk-amends-test", await desk.Value<string>("select detail from authority_log where what = 'language_model'"));

        await manager.Send(Page, Page, Fields(("Summary", "on"))); // empty keeps the key
        Assert.NotNull(desk.Get<AskModel>().KeyIn(await desk.Get<AskModel>().Settings(default)));
        await manager.Send(Page, Page, Fields(("Address", "http://127.0.0.1:9/v1"), ("Gist", "on")));
        Assert.Null(desk.Get<AskModel>().KeyIn(await desk.Get<AskModel>().Settings(default))); // a key goes nowhere but where it was meant to go
        await manager.Send(Page, Page, Fields(("Address", ""), ("Model", "")));
        Assert.DoesNotContain("language-model", await browser.GetStringAsync(pages[0]));
    }

    [Fact]
    public async Task The_test_of_the_connection_says_in_a_sentence_what_is_wrong_and_saves_nothing()
    {
        await using var model = await FakeModel.Start();
        await using var desk = await Desk.Start();
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        async Task Says(string words, string? address = null, string named = "large", string? key = null, ModelTrick trick = ModelTrick.None)
        {
            model.Trick = trick;
            var fields = new Dictionary<string, string> { ["Address"] = address ?? model.Url, ["Model"] = named, ["Limit"] = "1", ["Then"] = "try" };
            if (key is not null)
                fields["Key"] = key;
            var answer = await owner.Send(Page, Page, fields);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = await answer.Tree();
            Assert.Contains(words, page.Words(".banner"));
            Assert.Equal(named, page.QuerySelector("[name=Model]")!.GetAttribute("value")); // what was typed stays
        }

        await Says("ms and knows the model. Nothing is saved yet.");
        await Says("knows the model", named: "small"); // as small:latest
        await Says("does not know this model. It has small:latest, large.", named: "huge");
        await Says("the connection was refused", $"http://127.0.0.1:{OwnProcess.FreePort()}/v1");
        await Says("name of the address is not known", "http://no-such-host.invalid-lan.test/v1");
        await Says("(TLS)", model.Url.Replace("http:", "https:", StringComparison.Ordinal)); // no TLS there
        await Says("lists no models", model.Url.Replace("/v1", "/v2", StringComparison.Ordinal));
        await Says("not with JSON", trick: ModelTrick.Page);
        await Says("not with JSON", trick: ModelTrick.OtherJson);
        await Says("No answer came", trick: ModelTrick.Stalls);
        await Says("far too long", trick: ModelTrick.Huge);
        await Says("not followed", trick: ModelTrick.SendsOn);
        model.Key = "sk-right";
        await Says("key is not taken", key: "sk-wrong");
        await Says("knows the model", key: "sk-right");
        Assert.Empty(model.Asked); // nothing of any case is sent for it
        Assert.Equal(0, await desk.Value<long>("select count(*) from settings where name = 'language_model'"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_log_is_for_managers_goes_into_a_file_is_erased_by_case_and_forgets_by_itself(string kind)
    {
        await using var model = await FakeModel.Start();
        model.Answer = _ => "=cmd() The kettle of [NAME_1] leaks.";
        await using var desk = await Desk.Start(kind);
        await desk.Use(model, set => set with { KeepDays = 40 });
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var (one, two) = (await desk.Amaras(jo), await desk.Complain("Bo Berg", "The lid", "The lid of Bo Berg is gone.", jo));
        using var browser = await desk.SignIn(jo);
        foreach (var number in (long[])[one, two])
            await browser.Answer(await browser.Ask(number, new() { ["Task"] = "gist" }));
        const string log = Page + "/log";
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(log)).StatusCode);
        using var manager = await desk.SignIn(await desk.AddPerson("Mia", Role.Manager));
        var page = await manager.Open(log);
        Assert.Equal(2, page.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("[NAME_1]", page.Words("tbody"));
        Assert.DoesNotContain("Okafor", page.Words("tbody"));
        Assert.Single((await manager.Open($"{log}?number={two}")).QuerySelectorAll("tbody tr"));
        var file = await manager.GetStringAsync(log + "/export");
        Assert.StartsWith("id,at,person,case,task,into,host,model,prompt_version,tokens_in", file);
        Assert.Contains(",Jo,", file);
        Assert.Contains("'=cmd()", file); // no formula for a spreadsheet
        Assert.DoesNotContain("Okafor", file);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send(log, log + "/erasure")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send(log, log + "/erasure", new() { ["number"] = $"#{one}" })).StatusCode);
        Assert.Equal(1, await desk.Value<long>("select count(*) from model_calls where request = '' and answer = '' and placeholders = '' and erased_at is not null"));
        Assert.Contains("words erased", (await manager.Open($"{log}?number={one}")).Words("tbody"));
        var id = await desk.Value<long>("select id from model_calls where case_number = @one", new { one });
        Assert.Contains("words were erased", (await browser.Open($"/cases/{one}/language-model?call={id}")).Words("main"));

        var lea = await desk.AddPerson("Lea", Role.Lead);
        await desk.Cases.Change(two, @case => @case.SetLegalHold(true, "A court asked", lea, desk.Clock.Now));
        Assert.Contains("may be deleted", (await (await manager.Send(log, log + "/erasure", new() { ["number"] = $"{two}" })).Tree()).Words("[role=alert]"));
        desk.Clock.Now += TimeSpan.FromDays(39);
        await desk.Get<ForgetModelCalls>().RunOnce(default);
        Assert.Equal(2, await desk.Value<long>("select count(*) from model_calls"));
        desk.Clock.Now += TimeSpan.FromDays(2);
        await desk.Get<ForgetModelCalls>().RunOnce(default);
        Assert.Equal(two, await desk.Value<long>("select case_number from model_calls")); // what is held stays
    }
}
