using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;

namespace Amends.Tests.Features.Recovery.Listening;

/// <summary>How upset the customer's words are, from their message to the page, the list, the JSON and what people say of it.</summary>
public sealed class TonePagesTests
{
    private const string Furious = "This is the THIRD time I write and you ignore me! I am furious, your driver was rude and the lamp is broken again. What a disgrace.";

    [Theory, InlineData("sqlite"), InlineData("postgres")]
    public async Task Upset_words_are_underlined_with_their_reasons_and_a_person_puts_the_level_right(string kind)
    {
        await using var desk = await Desk.Start(kind);
        using var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        var number = await Open(desk, "Amara", Furious);

        var state = (await desk.Cases.Find(number))!;
        Assert.True(state.Tone!.Level >= UpsetLevel.Upset, $"{state.Tone}");
        var page = await jo.Open($"/cases/{number}");
        Assert.NotNull(page.QuerySelector($".case-head a[href='/cases/{number}/tone'] .mood"));
        Assert.Contains(page.QuerySelectorAll(".timeline u"), word => word.TextContent.Contains("furious", StringComparison.Ordinal));
        Assert.NotNull((await jo.Open("/inbox/unassigned")).QuerySelector($"#row-{number} .mood"));
        Assert.Equal(state.Tone.Level.Code(), (await shop.Get($"/api/v1/cases/{number}")).GetProperty("tone").GetProperty("level").GetString());

        var refused = await jo.Send($"/cases/{number}/tone", $"/cases/{number}/tone", new() { ["message"] = "0", ["level"] = "cross" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await jo.Send($"/cases/{number}/tone", $"/cases/{number}/tone", new() { ["message"] = "0", ["level"] = "calm" })).StatusCode);
        state = (await desk.Cases.Find(number))!;
        Assert.Equal((UpsetLevel.Calm, true), (state.Tone!.Level, state.Tone.Tone.Level >= UpsetLevel.Upset));
        Assert.Equal(0, await desk.Value<long>("select mood from cases"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from tone_corrections where level = 0 and heard >= 2"));
        Assert.Null((await jo.Open($"/cases/{number}")).QuerySelector(".case-head .mood"));
        Assert.Contains("One of us read calm", (await jo.Open($"/cases/{number}/tone")).Words("main"));
    }

    [Fact]
    public async Task An_insulting_message_says_first_what_it_is_about_and_danger_and_threats_stand_with_their_sentences()
    {
        await using var desk = await Desk.Start();
        using var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await Open(desk, "Amara", "You useless idiots. The heater caught fire on Monday. I will go to the ombudsman, and I am cancelling my contract.");
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal((Urgency.Danger, true), (state.Urgency, state.MayBeDanger));
        var page = await jo.Open($"/cases/{number}");
        var message = page.QuerySelector(".timeline .msg .body")!;
        Assert.DoesNotContain("idiots", string.Concat(message.Children.Where(part => part.TagName == "P").Select(part => part.TextContent)), StringComparison.Ordinal);
        Assert.Contains("The heater caught fire on Monday.", string.Concat(message.Children.Where(part => part.TagName == "P").Select(part => part.TextContent)), StringComparison.Ordinal);
        Assert.Contains("idiots", message.QuerySelector("details")!.TextContent, StringComparison.Ordinal);
        foreach (var flag in new[] { "danger", "may leave", "somebody outside" })
            Assert.Contains(flag, page.Words(".case-head"));
        var tone = await jo.Open($"/cases/{number}/tone");
        Assert.Contains(tone.QuerySelectorAll("q"), quoted => quoted.TextContent.Contains("ombudsman", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_one_of_us_wrote_down_is_not_taken_for_the_customer_s_tone()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        Assert.Null((await desk.Cases.Find(await Open(desk, "Amara", Furious, jo)))!.Tone);
    }

    [Fact]
    public async Task Nobody_gets_all_the_upset_ones()
    {
        await using var desk = await Desk.Start();
        await desk.AddPerson("Jo", Role.Agent);
        await desk.AddPerson("Sami", Role.Agent);
        foreach (var (name, words) in new[] { ("A", Furious), ("B", Furious), ("C", "When do you open?"), ("D", "Do you have it in green?"), ("E", Furious), ("F", Furious) })
            await Open(desk, name, words, atOnce: true);
        Assert.Equal(2, await desk.Value<long>("select count(*) from cases where mood >= 2 and owner_id = (select min(id) from people)"));
        Assert.Equal(2, await desk.Value<long>("select count(*) from cases where mood >= 2 and owner_id = (select max(id) from people)"));
    }

    private static async Task<long> Open(Desk desk, string name, string words, Actor? by = null, bool atOnce = false)
    {
        var customer = await desk.AddCustomer(name);
        return await desk.Database.Write(unit => Intake.Open(unit, desk.Cases, new Company { AssignAtOnce = atOnce }, new NewCase(Channel.Mail, CaseKind.Complaint, "Lamp", words, customer.Id, by ?? Actor.Customer(customer.Id, customer.Name), desk.Clock.Now),
            _ => new NewMessage(Direction.In, Channel.Mail, customer.Name, words, desk.Clock.Now.AddMinutes(-2)))); // mail is from before its case
    }
}
