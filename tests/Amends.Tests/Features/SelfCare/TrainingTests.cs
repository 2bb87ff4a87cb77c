using System.Net;
using Amends.Data;
using Amends.Domain.People;
using Amends.Domain.SelfCare;

namespace Amends.Tests.Features.SelfCare;

/// <summary>Practice on made-up complaints, and the content that ships for it.</summary>
public sealed class TrainingTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Practice_goes_step_by_step_loses_nothing_typed_and_touches_no_case_figure_list_limit_or_book(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        await PrivateTests.Closed(desk, jo);
        using var own = await desk.SignIn(jo);
        using var manager = await desk.SignIn(await desk.AddPerson("Mara", Role.Manager));
        string[] figures = ["/reports/outcomes", "/reports/approvals", "/reports/ledger", "/inbox/counts", "/inbox/team", "/inbox/closed", "/promises", "/today", "/settings/limits"];
        async Task<List<string>> Figures()
        {
            var shown = new List<string>();
            foreach (var path in figures)
                shown.Add(path == "/inbox/counts" ? await manager.GetStringAsync(path) : (await manager.Open(path)).Words("main"));
            return shown;
        }

        var (before, rows) = (await Figures(), await Tables.Dump(desk.Database, ("sessions", "seen_at")));
        var empty = await own.Send("/training/wrong_colour", "/training/wrong_colour", new() { ["Step"] = "1", ["Impact"] = "Two days off work" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Contains("Two days off work", await empty.Content.ReadAsStringAsync());
        await PrivateTests.Practise(own, "gently");

        var done = (await own.Open("/training/late_birthday")).Words("main");
        Assert.Contains("You asked before you solved anything: 1 question.", done);
        Assert.Contains("Your summary names it: Nobody answered her two mails.", done);
        Assert.Contains("One way is no choice.", done);
        Assert.Contains("A present that came too late", (await own.Open("/training")).Words("table"));
        var stale = await own.Send("/training/late_birthday", "/training/late_birthday", new() { ["Step"] = "4", ["Letter"] = "sent twice" });
        Assert.Equal(HttpStatusCode.SeeOther, stale.StatusCode);
        Assert.Single(await desk.Get<PracticeDesk>().Log(jo.Id));
        await own.Send("/training", "/training/late_birthday/again");
        Assert.Contains("Step 1 of 4", (await own.Open("/training/late_birthday")).Words("main"));

        Assert.Equal(before, await Figures());
        Assert.Equal(["practice_runs", "private_keys"], Tables.Differences(rows, await Tables.Dump(desk.Database, ("sessions", "seen_at"))).Select(line => line.Split(' ')[0]).Where(table => table != "sqlite_sequence").Distinct().Order());
    }

    [Fact]
    public void Everything_that_ships_is_whole()
    {
        Assert.True(PracticeDesk.Scenarios.Count >= 8);
        Assert.Equal(PracticeDesk.Scenarios.Count, PracticeDesk.Scenarios.Select(each => each.Key).Distinct().Count());
        Assert.Equal(PracticeDesk.Scenarios.Count, PracticeDesk.Scenarios.Select(each => each.Situation).Distinct().Count());
        Assert.All(PracticeDesk.Scenarios, each =>
        {
            Assert.All((string[])[each.Title, each.Customer, each.By, each.Story, each.Impact, each.Wanted, each.Watch], Assert.NotEmpty);
            Assert.True(each.Version > 0 && each.Answers.Count > 1 && each.Issues.Count > 1, each.Key);
            Assert.All(each.Issues, issue => Assert.True(issue.IsNamedIn(issue.Words), $"{each.Key}: its own words do not name “{issue.Words}”"));
            Assert.All(each.Issues, issue => Assert.False(issue.IsNamedIn("I am sorry."), issue.Words));
        });
        Assert.Equal(Enum.GetValues<Habit>(), LookBackPairs.All.Select(pair => pair.Habit));
        Assert.All(LookBackPairs.All, pair => Assert.True(pair.Did.StartsWith("Did you ", StringComparison.Ordinal) && pair.Instead.StartsWith("Or ", StringComparison.Ordinal), pair.Name));
        Assert.Equal(8, ContentFiles.AsShipped.Situations.Count);
        Assert.All(ContentFiles.AsShipped.Situations, question => Assert.True(question.Guide.Count == 4 && question.Listen.Count >= 2 && question.Scenario.Length > 0 && question.Ask.Length > 0, question.Title));
        Assert.True(LightCards.All.Count >= 7);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_hiring_kit_shows_own_complaints_without_anything_that_leads_to_the_customer_and_keeps_nothing(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Joachim", Role.Agent);
        var story = "My name is Zuleika Thornbury and I wait for order NW-77123 since 14 February 2026. I told Joachim on 0113 496 0142 that my husband Bertrand is at 12 Elm Street, Bradford, and to write to zuleika.thornbury@customer.example. I paid €49.90 for nothing.";
        var number = await desk.Complain("Zuleika Thornbury", "Nothing came", story, jo);
        var hidden = await desk.Complain("Zuleika Thornbury", "Danger", "The cable of my lamp began to smoke while the children slept next to it, and nobody of you rang back.", jo);
        await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product) select id, 'NW-77123', 'NW-77123', 0, 100, 'EUR', 'Lamp' from customers"));
        await desk.Cases.Change(hidden, @case => @case.CheckSafety(true, jo, desk.Clock.Now));
        foreach (var each in (long[])[number, hidden])
        {
            await desk.Cases.Change(each, @case =>
            {
                @case.Speak(900 + each, Domain.Cases.Channel.Phone, jo, desk.Clock.Now);
                @case.Withdraw(Domain.Cases.CloseReason.OutOfScope, "They took it back.", Domain.Cases.Told.Without("They said so themselves."), jo, desk.Clock.Now);
            });
        }

        using var manager = await desk.SignIn(await desk.AddPerson("Mara", Role.Manager));
        using var lead = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.GetAsync("/hiring")).StatusCode);
        var before = await Tables.Dump(desk.Database, ("sessions", "seen_at"));
        var page = await manager.Open("/hiring");
        var own = page.Words("[aria-labelledby=own]");
        Assert.Contains("My name is [name] and I wait for order [number] since [date].", own);
        Assert.Contains("I paid [amount] for nothing.", own);
        foreach (var personal in (string[])["Zuleika", "Thornbury", "NW", "77123", "Joachim", "0113", "Bertrand", "Elm", "Bradford", "@", "2026", "49", "smoke"])
            Assert.DoesNotContain(personal, own, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(9, page.QuerySelectorAll("main h2").Length);
        Assert.Empty(page.QuerySelectorAll("main form")); // nothing to fill in
        Assert.Empty(Tables.Differences(before, await Tables.Dump(desk.Database, ("sessions", "seen_at"))));
    }
}
