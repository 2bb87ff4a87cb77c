using System.Net;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Issues;
using Amends.Domain.People;
using Amends.Domain.Worth;
using Amends.Features.Worth;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.Approvals;
using Amends.Web;

namespace Amends.Tests.Features.Worth;

/// <summary>What recovery is worth, on both databases, with every figure recounted by hand.</summary>
public sealed class WorthTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_is_at_stake_stands_beside_the_remedy_before_it_is_chosen_and_follows_its_assumptions(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager));
        var number = await LimitTests.Understood(desk, jo, "Amara Okafor");
        using var browser = await desk.SignIn(jo);
        Assert.Contains("with no order of theirs known", (await browser.Open($"/cases/{number}/offer/new")).Words("#stake"));
        await Ordered(desk, number);
        await Certain(desk, marta);

        // 80 a year are left, and as much in years to come; 0.6 leave or 0.25: 48 less 20
        Assert.Contains("At stake if it is not put right: € 0 to € 68, € 28 in the middle, by their 4 orders", (await browser.Open($"/cases/{number}/offer/new")).Words("#stake"));
        await LimitTests.Prepare(desk, number, jo, 20);
        Assert.Contains("Putting it right costs us € 20.", (await browser.Open($"/cases/{number}/offer")).Words("#stake"));
        Assert.Contains("At stake", (await browser.Open($"/cases/{number}/cost")).Words("main"));
        var customer = await desk.Value<long>("select customer_id from cases");
        Assert.Contains("Worth€ 80€ 80 to € 80", (await browser.Open($"/customers/{customer}")).Words(".kpis"));
        Assert.DoesNotContain("At stake", (await browser.Open($"/cases/{number}")).Words("main"));

        using var manager = await desk.SignIn(marta);
        const string page = "/settings/assumptions/leave.unresolved";
        var wrong = await manager.Send(page, page, new() { ["Low"] = "50", ["Value"] = "40", ["High"] = "90", ["Source"] = "Our own count", ["Grade"] = "Survey" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var typed = await wrong.Tree();
        Assert.Equal("40", typed.QuerySelector("#Value")!.GetAttribute("value"));
        Assert.Contains("The low end lies above the value.", typed.Words("main"));
        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send(page, page, new() { ["Low"] = "40", ["Value"] = "50", ["High"] = "50,5", ["Source"] = "A survey of ours", ["Dated"] = "2026", ["Grade"] = "Survey" })).StatusCode);
        Assert.Contains("€ 20 in the middle", (await browser.Open($"/cases/{number}/offer/new")).Words("#stake")); // (0.5 - 0.25) x 80
        var after = (await manager.Open(page)).Words("main");
        Assert.Contains("A survey of ours (2026)", after);
        Assert.Contains("from the start", after); // how it shipped stays below
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/settings/assumptions/no.such")).StatusCode);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Minutes_are_seen_between_signs_of_work_or_written_down_and_are_of_the_case_alone(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, rae) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Rae", Role.Reader));
        var (one, two) = (await LimitTests.Understood(desk, jo, "Amara Okafor"), await LimitTests.Understood(desk, jo, "Ben Ito"));
        using var browser = await desk.SignIn(jo);
        using var reader = await desk.SignIn(rae);
        await Write(browser, one);
        desk.Clock.Now += TimeSpan.FromMinutes(2);
        await Write(browser, one); // two minutes
        desk.Clock.Now += TimeSpan.FromMinutes(20);
        await Write(browser, one); // away in between
        desk.Clock.Now += TimeSpan.FromMinutes(3);
        await Write(browser, two); // three minutes more of the first
        await reader.Open($"/cases/{two}");
        desk.Clock.Now += TimeSpan.FromMinutes(1);
        await reader.Open($"/cases/{two}"); // who only reads is not at work, and looking at a page writes nothing
        await browser.Open($"/cases/{two}");
        Assert.Equal(300, await Seconds(desk, one, 300));
        Assert.Equal(0, await Seconds(desk, two, 0));
        Assert.Equal(1, await desk.Value<long>("select count(*) from work_signs")); // the last sign of each, and no more

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send($"/cases/{one}/cost", $"/cases/{one}/costs", new() { ["Kind"] = "Minutes", ["HowMuch"] = "half an hour", ["Why"] = "A call" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"/cases/{one}/cost", $"/cases/{one}/costs", new() { ["Kind"] = "Minutes", ["HowMuch"] = "25", ["Why"] = "A call to the carrier" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"/cases/{one}/cost", $"/cases/{one}/costs", new() { ["Kind"] = "Shipping", ["HowMuch"] = "4,90", ["Why"] = "There and back" })).StatusCode);
        await Chosen(desk, one, jo);
        var seen = await desk.Value<long>("select coalesce(sum(seconds), 0) from case_work where case_number = @one", new { one });
        using var program = await desk.AsProgram("Books", Scopes.MoneyRead, Scopes.CasesWrite);
        var cost = await program.Get($"/api/v1/cases/{one}/worth");
        var labour = (long)Math.Round((seen + 25 * 60) / 3600.0 * 3000, MidpointRounding.AwayFromZero); // 30 an hour
        Assert.Equal((labour, 2000L, 490L, labour + 2490), (Minor(cost, "labour"), Minor(cost, "remedies"), Minor(cost, "shipping"), Minor(cost, "total")));
        Assert.Equal(HttpStatusCode.Created, (await program.Json($"/api/v1/cases/{one}/costs", """{"kind":"written_off","amount":{"minor":1000,"currency":"EUR"},"why":"Broken beyond repair"}""", "a")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await program.Json($"/api/v1/cases/{one}/costs", """{"kind":"minutes","why":"Nothing"}""", "b")).StatusCode);
        Assert.Equal(1000, Minor(await program.Get($"/api/v1/cases/{one}/worth"), "written_off"));
        var line = await desk.Value<long>("select id from case_costs where kind = 3");
        await browser.Send($"/cases/{one}/cost", $"/cases/{one}/costs/{line}/removal");
        Assert.Equal(0, Minor(await program.Get($"/api/v1/cases/{one}/worth"), "written_off"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Own_figures_take_the_place_of_what_is_quoted_and_say_so(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager));
        using var manager = await desk.SignIn(marta);
        var number = await LimitTests.Understood(desk, jo, "Amara Okafor");
        var before = (await manager.Open("/settings/assumptions")).Words("main");
        Assert.Contains("none of 10 that are needed", before);
        Assert.Contains("folklore, unverified", before);

        // 3,000 for 60 new customers are 50 each; the months are 40 and 60 each
        var result = await desk.Get<SpendImport>().Run(new StringReader("Month;Spend;New customers\n2026-01;1200.00;30\n2026-02;1800;30\n2026-13;5;1\n2026-02;x;1\n"), "EUR");
        Assert.Equal((2, 0), (result.Added, result.Updated));
        Assert.Equal([(4, "Months are written 2026-03: 2026-13"), (5, "This is no amount in EUR: x")], result.Refused);
        await Assert.ThrowsAsync<Refused>(() => desk.Get<SpendImport>().Run(new StringReader("month,spend\n2026-01,5\n"), "EUR"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send("/reports/worth", "/reports/worth/voices", new() { ["Asked"] = "200", ["Told"] = "201", ["On"] = "2026-03-01", ["How"] = "By mail" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send("/reports/worth", "/reports/worth/voices", new() { ["Asked"] = "200", ["Told"] = "4", ["On"] = "2026-03-01", ["How"] = "By mail, chosen by chance" })).StatusCode);
        await desk.Get<ReportReader>().CatchUp(); // before answers without a story of their own
        for (var i = 0; i < 30; i++)
            await Answered(desk, number, 500 + i, new CheckBackAnswered(desk.Clock.Now, jo, CheckBackAnswer.Yes, 5, Channel.Phone, null, new Survey(Told: i % 2 == 0 ? 2 : 4)));
        desk.Get<WorthDesk>().Forget();

        var book = await desk.Get<WorthDesk>().Book();
        var (acquisition, voice, told) = (book[AssumptionBook.Acquisition], book[AssumptionBook.Voice], book[AssumptionBook.Told]);
        Assert.Equal((true, 60, 40.0, 50.0, 60.0), (acquisition.IsOwn, acquisition.Counted!.N, acquisition.Range!.Value.Low, acquisition.Range.Value.Mid, acquisition.Range.Value.High));
        Assert.Equal((true, 200, 0.02), (voice.IsOwn, voice.Counted!.N, voice.Range!.Value.Mid));
        Assert.Equal((true, 30, 3.0), (told.IsOwn, told.Counted!.N, told.Range!.Value.Mid));
        Assert.Equal((false, Grade.Folklore), (book[AssumptionBook.Retention].IsOwn, book[AssumptionBook.Retention].Grade));
        var page = (await manager.Open("/settings/assumptions")).Words("main");
        Assert.Contains("n = 60, € 40 to € 60, from 1 Jan 2026 on; counts in its place", page);
        Assert.Contains("n = 200, 0.8 % to 5 %, from 1 Mar 2026 on", page); // Wilson of 4 in 200

        // one complaint over 2 %, with chance in the one: never the middle alone
        var silent = (await manager.Open("/reports/worth")).Words("#silent");
        Assert.Contains("by 200 customers whom you asked", silent);
        using var program = await desk.AsProgram("Board", Scopes.MoneyRead, Scopes.CustomersWrite);
        var unhappy = Figure(await program.Get("/api/v1/reports/worth"), "unhappy");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, unhappy.GetProperty("value").ValueKind);
        Assert.True(unhappy.GetProperty("low").GetDouble() < 50 && unhappy.GetProperty("high").GetDouble() > 50);
        Assert.Equal(HttpStatusCode.Created, (await program.Json("/api/v1/acquisition-spend", """{"months":[{"month":"2026-02","spend":{"minor":60000,"currency":"EUR"},"new_customers":30}]}""", "a")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await program.Json("/api/v1/acquisition-spend", """{"months":[{"month":"2026-02","new_customers":30}]}""", "b")).StatusCode);
        Assert.Equal(30, (await program.Get("/api/v1/assumptions")).GetProperty("assumptions").EnumerateArray().First(each => each.GetProperty("key").GetString() == "acquisition.cost").GetProperty("value").GetDouble()); // 1,800 for 60
        Assert.Equal(2, (await program.Get("/api/v1/acquisition-spend")).GetProperty("months").GetArrayLength());
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_report_keeps_and_loses_what_a_hand_counts_and_every_figure_leads_to_its_cases(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager));
        await Certain(desk, marta);
        var (right, lost, unknown, open) = (await LimitTests.Understood(desk, jo, "Amara Okafor"), await LimitTests.Understood(desk, jo, "Ben Ito"), await LimitTests.Understood(desk, jo, "Cleo Dahl"), await LimitTests.Understood(desk, jo, "Dan Fox"));
        foreach (var number in new[] { right, lost, unknown })
            await Ordered(desk, number);
        await Chosen(desk, right, jo);
        await Chosen(desk, unknown, jo);
        await desk.Database.Write(unit => CaseCosts.Add(unit, right, CostKind.Minutes, 12, Money.Zero("EUR"), "A call", desk.Clock.Now)); // six at 30 an hour
        desk.Clock.Now = desk.Clock.Now.AddHours(1);
        await End(desk, right, jo, (@case, at) => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Phone, "It is.", jo, new Company().Calendar(), at));
        await End(desk, unknown, jo, (@case, at) => @case.WaiveCheckBack(Channel.Phone, "No need.", jo, at));
        await desk.Cases.Change(lost, @case =>
        {
            @case.Categorise("SRV.slow", confirmed: true, jo, desk.Clock.Now);
            @case.Decide(1, Finding.NotUpheld, "It was filled above the mark.", "A descaler", "The photo", jo, desk.Clock.Now);
            @case.SendDecision(new DecisionTerms(desk.Clock.Now.AddDays(2), desk.Clock.Now.AddDays(3), desk.Clock.Now.AddDays(7), "You can ask the Retail Ombudsman.", "EUR"), jo, new Company().Calendar(), desk.Clock.Now);
            @case.DeclareDeadlock("They want all of it.", marta, desk.Clock.Now);
        });
        desk.Clock.Now = desk.Clock.Now.AddDays(100);
        await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, 'Z', 'Z', @at, 500, 'EUR' from cases where number = @right", new { right, at = desk.Clock.Now.AddDays(-80).ToUnixTimeMilliseconds() }));

        await desk.Get<ReportReader>().CatchUp();

        using var program = await desk.AsProgram("Board", Scopes.MoneyRead);
        var report = await program.Get("/api/v1/reports/worth?days=365&within=90");
        string Ends(string key) => Figure(report, key) is var figure ? $"{Number(figure, "low")} {Number(figure, "value")} {Number(figure, "high")}" : "";
        Assert.Equal("0 2800 6800", Ends("kept"));
        Assert.Equal("0 2800 6800", Ends("lost"));
        Assert.Equal("0 2800 6800", Ends("unknown"));
        Assert.Equal(" 600  /  4000  /  4600 ", $"{Ends("cost.labour")} / {Ends("cost.remedies")} / {Ends("cost.total")}");
        Assert.Equal(-1, Number(Figure(report, "roi"), "low")!.Value, 1e-9); // nothing kept for 46
        Assert.Equal(2200 / 4600.0, Number(Figure(report, "roi"), "high")!.Value, 1e-9); // 68 kept for 46
        Assert.Equal(" 4600 ", Ends("keeping"));
        Assert.Equal([right], await Cases(program, "kept.2026-03"));
        Assert.Equal([right], await Cases(program, "kept"));
        Assert.Equal([lost], await Cases(program, "lost"));
        Assert.Equal([lost], await Cases(program, "mended.handling")); // about our own service
        Assert.Equal([right], await Cases(program, "right.yes")); // bought again, of one: too few to show
        Assert.Equal((true, 4L), (Figure(report, "right.yes").GetProperty("too_few").GetBoolean(), Figure(report, "mended.problems").GetProperty("cases").GetInt64()));
        Assert.Equal([right, lost, unknown, open], (await Cases(program, "mended.problems")).Order());
        Assert.Equal([right, unknown], (await Cases(program, "cost.remedies")).Order());
        Assert.Equal(100.0 * 4 / 7, Number(Figure(report, "problem_rate"), "value")!.Value, 1e-9); // two orders of each of the three lie in the year, and the new one
        Assert.Equal(0, (await program.Get("/api/v1/reports/worth?days=90")).GetProperty("figures").EnumerateArray().First(each => each.GetProperty("key").GetString() == "kept").GetProperty("n").GetInt64());
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NotFound), ((await program.GetAsync("/api/v1/reports/worth?days=12")).StatusCode, (await program.GetAsync("/api/v1/reports/worth/nothing/cases")).StatusCode));

        using var manager = await desk.SignIn(marta);
        var page = await manager.Open("/reports/worth?within=90");
        Assert.Contains("€ 0 to € 68", page.Words("#kept"));
        var mended = page.Words("#mended");
        Assert.Contains("Complaints told, for 100 orders", mended); // recoveries never stand without the problems
        foreach (var link in page.QuerySelectorAll("main a[href^='/reports/worth/cases']").Select(link => link.GetAttribute("href")!).Distinct())
            await manager.Open(link);
        Assert.Contains($"#{right}", (await manager.Open("/reports/worth/cases?of=kept&days=365&within=90")).Words("main"));
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/reports/worth/cases?of=nothing")).StatusCode);
        var csv = await manager.GetStringAsync("/reports/worth/export?days=365&within=90");
        Assert.Contains("kept,kept,Kept,money,EUR,1,0,28,68,1,", csv);
        Assert.Contains("silent,unhappy,Unhappy customers,number,,4,", csv);
        var paper = (await manager.Open("/reports/worth/print?days=365")).Words("article");
        Assert.Contains("Kept by putting it right€ 0 to € 68", paper);
        Assert.Contains("folklore, unverified", paper);
        using var agent = await desk.SignIn(jo);
        Assert.NotEqual(HttpStatusCode.OK, (await agent.GetAsync("/reports/worth")).StatusCode);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_case_says_what_its_customer_is_expected_to_bring_and_the_report_what_loyal_ones_brought_by_their_first_order(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager));
        await Certain(desk, marta);
        var (often, once, never) = (await LimitTests.Understood(desk, jo, "Amara Okafor"), await LimitTests.Understood(desk, jo, "Ben Ito"), await LimitTests.Understood(desk, jo, "Cleo Dahl"));
        await Ordered(desk, often);
        await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, 'B', 'B', @at, 5000, 'EUR' from cases where number = @once", new { once, at = desk.Clock.Now.AddDays(-50).ToUnixTimeMilliseconds() }));
        for (var i = 0; i < 30; i++)
        {
            var customer = (await desk.AddCustomer($"Loyal {i}")).Id;
            foreach (var (days, minor) in new[] { (800, 1000), (300, 1000 * (i % 10 + 1)), (100, 0) })
                await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) values (@customer, @order, @order, @at, @minor, 'EUR')", new { customer, order = $"L{i}-{days}", minor, at = desk.Clock.Now.AddDays(-days).ToUnixTimeMilliseconds() }));
        }

        desk.Get<WorthDesk>().Forget();
        using var agent = await desk.SignIn(jo);
        var years = await desk.Get<WorthDesk>().Of(await desk.Value<long>($"select customer_id from cases where number = {often}"), await desk.Get<WorthDesk>().Book(), default);
        Assert.Equal(2, years!.OrdersPerYear, 1e-6);
        var stay = (await desk.Get<WorthDesk>().Book())[AssumptionBook.Retention].Range!.Value.Mid is var kept && kept > CustomerWorth.MostStay ? CustomerWorth.MostStay : kept;
        var multiple = stay / (1 - stay);
        Assert.Contains(Brings(8000 * multiple), (await agent.Open($"/cases/{often}")).Words(".case-head")); // two orders a year of 100 with 40 left
        Assert.Contains(Brings(2000 * multiple), (await agent.Open($"/cases/{once}")).Words(".case-head")); // one order of 50
        Assert.DoesNotContain("to come", (await agent.Open($"/cases/{never}")).Words(".case-head"));

        using var program = await desk.AsProgram("Board", Scopes.MoneyRead);
        var report = await program.Get("/api/v1/reports/worth");
        double Value(string key) => Number(Figure(report, key), "value")!.Value;
        Assert.Equal(31, Figure(report, "loyal.times").GetProperty("n").GetInt64()); // thirty, and the one with four orders
        Assert.Equal((40_000 / 31.0, 1000, 7000, 6), (Value("loyal.first"), Value("loyal.first_median"), Value("loyal.lifetime_median"), Value("loyal.times_median")));
        Assert.Equal((3 * 65_000 + 40_000) / 31.0, Value("loyal.lifetime"), 1e-6);
        Assert.Equal(199 / 31.0, Value("loyal.times"), 1e-9);
        var held = (await desk.Get<WorthDesk>().Book())[AssumptionBook.LoyalMultiple];
        Assert.Equal((true, 31), (held.IsOwn, held.Counted!.N)); // own figures in place of what is said everywhere
        Assert.Equal(199 / 31.0, held.Range!.Value.Mid, 1e-9);
    }

    /// <summary>What the case says of so many minor units; pages are read with plain blanks.</summary>
    private static string Brings(double minor) => $"{Rough.Of((long)Math.Round(minor), "EUR")} to come".Replace('\u00A0', ' ');

    /// <summary>Four orders of 100 in two years until the complaint: two a year.</summary>
    private static Task<HttpResponseMessage> Write(HttpClient browser, long number) => browser.Send($"/cases/{number}", $"/cases/{number}/messages", new() { ["kind"] = "note", ["text"] = "Looked at the scans." });

    private static Task Ordered(Desk desk, long number) => desk.Database.Write(async unit =>
    {
        foreach (var days in new[] { 730.5, 400, 40, 20 })
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, @order, @order, @at, 10000, 'EUR' from cases where number = @number", new { number, order = $"{number}-{days}", at = desk.Clock.Now.AddDays(-days).ToUnixTimeMilliseconds() });
    });

    /// <summary>Half stay, and money keeps its worth: the years to come bring as much as one year.</summary>
    private static Task Certain(Desk desk, Actor by) => desk.Database.Write(async unit =>
    {
        foreach (var (key, value) in new[] { (AssumptionBook.Retention, 0.5), (AssumptionBook.Discount, 0.0) })
            await AssumptionBook.Change(unit, AssumptionBook.Shipped.First(each => each.Key == key).With(value, value, value, "For the test", null, Grade.Survey), by, desk.Clock.Now);
    });

    private static Task Answered(Desk desk, long number, int seq, CheckBackAnswered answer) => desk.Database.Write(unit =>
        unit.Run("insert into events (case_number, seq, at, kind, body, sealed, hash) values (@number, @seq, @at, 'check_back_answered', @body, '', @hash)", new { number, seq, at = answer.At.ToUnixTimeMilliseconds(), body = CaseJson.Write(answer), hash = Array.Empty<byte>() }));

    private static async Task<long> Seconds(Desk desk, long number, long expected)
    {
        for (var i = 0; i < 50 && await Now() != expected; i++)
            await Task.Delay(50); // signs are noted once the answer has gone
        return await Now();

        Task<long> Now() => desk.Value<long>("select coalesce(sum(seconds), 0) from case_work where case_number = @number", new { number });
    }

    private static System.Text.Json.JsonElement Figure(System.Text.Json.JsonElement report, string key) => report.GetProperty("figures").EnumerateArray().First(each => each.GetProperty("key").GetString() == key);

    private static double? Number(System.Text.Json.JsonElement figure, string name) => figure.GetProperty(name) is { ValueKind: System.Text.Json.JsonValueKind.Number } number ? number.GetDouble() : null;

    private static async Task<IEnumerable<long>> Cases(HttpClient program, string key) => (await program.Get($"/api/v1/reports/worth/{key}/cases?days=365&within=90")).GetProperty("cases").EnumerateArray().Select(each => each.GetInt64());

    private static async Task Chosen(Desk desk, long number, Actor by)
    {
        await LimitTests.Give(desk, number, by, 20);
        await desk.Cases.Change(number, @case => @case.Choose(1, 1, Channel.Phone, "Yes.", by, new Company().Calendar(), desk.Clock.Now));
    }

    /// <summary>What was chosen is done; the rest is said by the customer, or not.</summary>
    private static Task End(Desk desk, long number, Actor by, Action<Case, DateTimeOffset> last) => desk.Cases.Change(number, @case =>
    {
        @case.FinishRemedy(1, null, by, desk.Clock.Now);
        @case.CompleteDelivery(null, desk.Clock.Now.AddDays(1), by, new Company().Calendar(), desk.Clock.Now);
        last(@case, desk.Clock.Now);
    });

    private static long Minor(System.Text.Json.JsonElement answer, string name) => answer.GetProperty(name).GetProperty("minor").GetInt64();
}
