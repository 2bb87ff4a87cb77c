using System.Net;
using Amends.Adapters.LanguageModel;
using Amends.Data;
using Amends.Domain.Language;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Servers;
using Amends.Tests.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amends.Tests.Features.LanguageModel;

/// <summary>Whatever the other side does: a sentence, a line in the log, nobody who waits for ever, and nothing in the program's own log.</summary>
public sealed class ModelTroubleTests
{
    [Fact]
    public async Task Whatever_it_does_there_is_a_sentence_within_the_limit_and_the_log_says_what_became_of_it()
    {
        await using var model = await FakeModel.Start();
        var log = new LogBook();
        await using var desk = await Desk.Start(change: (_, builder) =>
        {
            builder.Services.AddSingleton<ILoggerProvider>(log);
            builder.Configuration["Logging:LogLevel:Default"] = "Trace";
        });
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Amaras(jo);
        using var browser = await desk.SignIn(jo);
        model.Key = "sk-zz9kestrel";
        foreach (var (trick, outcome, words, costs) in ((ModelTrick, ModelOutcome, string, bool)[])
        [
            (ModelTrick.Stalls, ModelOutcome.TimedOut, "No answer came within 1 seconds", true), (ModelTrick.StallsInTheMiddle, ModelOutcome.TimedOut, "No answer came", true), (ModelTrick.TooMuch, ModelOutcome.Refused, "asked too much", false), (ModelTrick.Breaks, ModelOutcome.Failed, "failure of its own (500)", false),
            (ModelTrick.SendsOn, ModelOutcome.Refused, "not followed", false), (ModelTrick.Page, ModelOutcome.Failed, "not an answer", true), (ModelTrick.OtherJson, ModelOutcome.Failed, "not an answer", true), (ModelTrick.NoWords, ModelOutcome.Failed, "not an answer", true),
            (ModelTrick.HalfABody, ModelOutcome.Failed, "broke off", true), (ModelTrick.Huge, ModelOutcome.Failed, "far too long", true), (ModelTrick.HugeAndSaysSo, ModelOutcome.Failed, "far too long", true), (ModelTrick.ImpossibleCounts, ModelOutcome.Answered, "", true),
        ])
        {
            await desk.Use(model, set => set with { LimitSeconds = 1, PriceIn = 100, PriceOut = 100, Ceiling = 100_000 });
            model.Trick = trick;
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var sent = await browser.Ask(number, new() { ["Task"] = "gist" });
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{trick} took {watch.Elapsed}");
            Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
            Assert.Contains(words, (await browser.Answer(sent)).Body!.TextContent);
            var row = (await desk.Rows<ModelCall>("select * from model_calls order by id desc limit 1"))[0];
            Assert.Equal((trick, outcome, costs, 0), (trick, row.How, row.Cost > 0, row.Counted));
        }

        Assert.Equal(12, model.Asked.Count); // each once: nothing is tried again by itself
        Assert.DoesNotContain("kettle", log.Text, StringComparison.OrdinalIgnoreCase);
        foreach (var secret in (string[])["sk-zz9kestrel", "Zz9words", "NW-20417", "Amara"])
            Assert.DoesNotContain(secret, log.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task After_three_failures_it_is_left_alone_for_a_minute_and_nobody_waits_meanwhile()
    {
        await using var model = await FakeModel.Start();
        await using var desk = await Desk.Start();
        await desk.Use(model);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Amaras(jo);
        using var browser = await desk.SignIn(jo);
        model.Trick = ModelTrick.Breaks;
        for (var i = 0; i < 3; i++)
            await browser.Ask(number, new() { ["Task"] = "gist" });
        var rests = await browser.Ask(number, new() { ["Task"] = "gist" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, rests.StatusCode);
        Assert.Contains("left alone for 60 seconds", (await rests.Tree()).Words("[role=alert]"));
        Assert.Equal(3, model.Asked.Count);

        desk.Clock.Now += TimeSpan.FromSeconds(61);
        model.Trick = ModelTrick.None;
        await browser.Answer(await browser.Ask(number, new() { ["Task"] = "gist" }));
        Assert.Equal(ModelOutcome.Answered, (ModelOutcome)await desk.Value<int>("select outcome from model_calls order by id desc limit 1"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_months_ceiling_holds_before_anything_is_sent_also_when_several_ask_at_once(string kind)
    {
        await using var model = await FakeModel.Start();
        await using var desk = await Desk.Start(kind);
        await desk.Use(model, set => set with { PriceIn = 100_000_000, PriceOut = 1_000_000, Ceiling = 120_000 }); // one call is reckoned with more than 40,000 cents, and costs 12,004
        desk.Clock.Now = new(2026, 3, 31, 21, 0, 0, TimeSpan.Zero);
        var people = new List<HttpClient>();
        var number = 0L;
        foreach (var name in (string[])["Jo", "Kim", "Lee", "Max"])
        {
            var person = await desk.AddPerson(name, Role.Agent);
            number = number == 0 ? await desk.Amaras(person) : number;
            people.Add(await desk.SignIn(person));
        }

        using var met = new ManualResetEventSlim();
        model.Answer = text =>
        {
            met.Wait(TimeSpan.FromSeconds(20)); // until one was refused: they meet, however slow the machine is
            return text;
        };
        var asked = people.Select(browser => browser.Ask(number, new() { ["Task"] = "gist" })).ToList();
        await Task.WhenAny(asked);
        met.Set();
        var answers = await Task.WhenAll(asked);
        model.Answer = text => text;
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity);
        while ((await people[0].Ask(number, new() { ["Task"] = "gist" })).StatusCode == HttpStatusCode.SeeOther)
        {
            // until it is used up
        }

        var over = await people[0].Ask(number, new() { ["Task"] = "gist" });
        Assert.Contains("ceiling would be passed", (await over.Tree()).Words("[role=alert]"));
        Assert.True(await desk.Value<long>("select sum(cost) from model_calls") <= 120_000L * CallCost.Millionths);
        Assert.Equal(model.Asked.Count, await desk.Value<long>("select count(*) from model_calls where outcome = 1"));
        Assert.True(await desk.Value<long>("select count(*) from model_calls where outcome = 5") >= 2);

        var sent = model.Asked.Count;
        desk.Clock.Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero); // a new month
        Assert.Equal(HttpStatusCode.SeeOther, (await people[0].Ask(number, new() { ["Task"] = "gist" })).StatusCode);
        Assert.Equal(sent + 1, model.Asked.Count);
        people.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task Whoever_leaves_ends_the_call_and_one_person_asks_one_thing_at_a_time()
    {
        await using var model = await FakeModel.Start();
        model.Trick = ModelTrick.Stalls;
        await using var desk = await Desk.Start();
        await desk.Use(model, set => set with { LimitSeconds = 60 });
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Amaras(jo);
        using var browser = await desk.SignIn(jo);
        var at = $"/cases/{number}/language-model";
        var seal = (await browser.Open(at + "?task=gist")).QuerySelector("[name=Seal]")!.GetAttribute("value")!;
        var form = new Dictionary<string, string> { ["Task"] = "gist", ["Into"] = "en", ["Seal"] = seal, ["__RequestVerificationToken"] = await browser.FormToken($"/cases/{number}") };
        using var leaves = new CancellationTokenSource();
        var waiting = browser.PostAsync(at + "/calls", new FormUrlEncodedContent(form), leaves.Token);
        await Until(() => Task.FromResult(model.Asked.Count == 1));
        var again = await browser.PostAsync(at + "/calls", new FormUrlEncodedContent(form));
        Assert.Contains("on its way", (await again.Tree()).Words("[role=alert]"));

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Until(async () => await desk.Value<int>("select outcome from model_calls") == (int)ModelOutcome.Left && model.Left == 1);
        Assert.Null(desk.Get<Breaker>().RestsUntil); // somebody who leaves is no failure of it
        Assert.Single(model.Asked);
    }

    private static async Task Until(Func<Task<bool>> what)
    {
        for (var tries = 0; !await what(); tries++)
        {
            Assert.True(tries < 400, "It does not come to that.");
            await Task.Delay(25);
        }
    }
}
