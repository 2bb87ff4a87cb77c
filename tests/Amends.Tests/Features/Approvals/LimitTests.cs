using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;
using Dapper;

namespace Amends.Tests.Features.Approvals;

/// <summary>Limits and budgets over many cases, on both databases, and the pages on which they are set.</summary>
public sealed class LimitTests
{
    private static readonly Company Company = new();

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_one_customer_was_given_in_other_cases_counts_for_90_days(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var numbers = new List<long>();
        for (var i = 0; i < 3; i++)
            numbers.Add(await Understood(desk, jo, "Amara Okafor"));
        await Give(desk, numbers[0], jo, 50);
        await Give(desk, numbers[1], jo, 50);
        var third = await Prepare(desk, numbers[2], jo, 1);
        Assert.Equal([ApprovalReason.Customer], third.WhyApproval);

        var other = await Understood(desk, jo, "Ben Ito");
        Assert.False((await Prepare(desk, other, jo, 50)).NeedsApproval); // somebody else's money
        desk.Clock.Now += TimeSpan.FromDays(91);
        Assert.False((await Prepare(desk, numbers[2], jo, 50)).NeedsApproval);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_was_declined_is_free_again_and_what_is_chosen_counts_with_its_own_worth(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await Understood(desk, jo, "Amara Okafor");
        await Give(desk, number, jo, 50);
        Assert.Equal(5000, await desk.Value<long>("select sum(minor) from money_given"));
        await desk.Cases.Change(number, @case => @case.Decline(1, Channel.Phone, "None of it.", jo, Company.Calendar(), desk.Clock.Now));
        Assert.Equal(0, await desk.Value<long>("select count(*) from money_given"));

        await Give(desk, number, jo, 20, 2); // 20 or 40 euros
        Assert.Equal((4000L, 0L), (await desk.Value<long>("select minor from money_given"), await desk.Value<long>("select chosen from money_given")));
        await desk.Cases.Change(number, @case => @case.Choose(2, 1, Channel.Phone, "The first.", jo, Company.Calendar(), desk.Clock.Now));
        Assert.Equal((2000L, 1L), (await desk.Value<long>("select minor from money_given"), await desk.Value<long>("select chosen from money_given")));
        await desk.Cases.Change(number, @case => @case.FailRemedy(1, "The bank sent it back.", jo, Company.Calendar(), desk.Clock.Now));
        Assert.Equal(0, await desk.Value<long>("select sum(minor) from money_given"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_budget_is_not_overspent_except_by_what_the_law_gives(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var max = await desk.AddPerson("Max", Role.Owner);
        await desk.Database.Write(unit => unit.Run("insert into budgets (kind, minor) values (0, 10000), (1, 7000)"));
        var (first, second, third) = (await Understood(desk, max, "Amara Okafor"), await Understood(desk, max, "Ben Ito"), await Understood(desk, max, "Cy Roe"));
        await Give(desk, first, max, 60);
        var no = await Assert.ThrowsAsync<Refused>(() => Give(desk, second, max, 11));
        Assert.Equal(("budget", true), (no.Code, no.Message.Contains("€\u00A010 left of €\u00A070")));
        await Give(desk, second, max, 40, 1, RemedyKind.Voucher); // another kind, up to the whole month's
        Assert.Equal("budget", (await Assert.ThrowsAsync<Refused>(() => Give(desk, third, max, 1, 1, RemedyKind.Voucher))).Code);
        await Give(desk, third, max, 500, 1, RemedyKind.Refund, statutory: true);
        desk.Clock.Now = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);
        await Give(desk, await Understood(desk, max, "Di Poe"), max, 70); // a new month
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Limits_are_set_on_their_page_hold_at_once_and_every_change_is_kept(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta, owen) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager), await desk.AddPerson("Owen", Role.Owner));
        var (manager, owner) = (await desk.SignIn(marta), await desk.SignIn(owen));
        var wrong = await manager.Send("/settings/limits", "/settings/limits", Row(("Role", "Agent"), ("PerCase", "lots"), ("PerDay", "5")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var form = await wrong.Tree();
        Assert.Equal(("lots", "5"), (form.QuerySelector("#Rows_0_PerCase")!.GetAttribute("value"), form.QuerySelector("#Rows_0_PerDay")!.GetAttribute("value")));

        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send("/settings/limits", "/settings/limits", Row(("Role", "Agent"), ("PerCase", "75,50")))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send("/settings/limits", "/settings/limits", Row(("Role", "Manager"), ("PerCase", "9000000")))).StatusCode); // their own: stays
        var authority = await MoneyDesk.AuthorityOf(desk.Database, Company);
        Assert.Equal((7550L, 100000L), (authority.General(Role.Agent).PerCase, authority.General(Role.Manager).PerCase));
        Assert.Equal(1, await desk.Value<long>("select count(*) from authority_log where what = 'limits'"));
        var number = await Understood(desk, jo, "Amara Okafor");
        Assert.False((await Prepare(desk, number, jo, 75)).NeedsApproval);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send("/settings/limits", "/settings/limits/profile", new() { ["profile"] = "Solo" })).StatusCode);
        await owner.Send("/settings/limits", "/settings/limits/profile", new() { ["profile"] = "TrustFirst" });
        Assert.Equal(200000, (await MoneyDesk.AuthorityOf(desk.Database, Company)).General(Role.Agent).PerCase);
        await owner.Send("/settings/limits", "/settings/limits/kinds", new() { ["role"] = "Agent", ["kind"] = "Voucher" });
        Assert.Contains("Agent, voucher", (await owner.Open("/settings/limits")).Words("table"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Lent_limits_let_somebody_approve_until_they_end_by_themselves(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, hanna, lea, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Hanna", Role.Agent), await desk.AddPerson("Lea", Role.Lead), await desk.AddPerson("Marta", Role.Manager));
        var (manager, agent) = (await desk.SignIn(marta), await desk.SignIn(hanna));
        var number = await Understood(desk, jo, "Amara Okafor");
        await Prepare(desk, number, jo, 200);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await agent.Send("/profile", $"/cases/{number}/offers/1/approval")).StatusCode);

        var loan = new Dictionary<string, string> { ["From"] = $"{lea.Id}", ["To"] = $"{hanna.Id}", ["Until"] = "2026-03-05T12:00", ["Why"] = "Lea is ill" };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send("/settings/limits", "/settings/limits/delegations", new(loan) { ["Until"] = "2027-03-05T12:00" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send("/settings/limits", "/settings/limits/delegations", new(loan) { ["Why"] = " " })).StatusCode);
        await manager.Send("/settings/limits", "/settings/limits/delegations", loan);
        await manager.Send("/settings/limits", "/settings/limits/delegations", loan); // twice is once
        Assert.Equal(1, await desk.Value<long>("select count(*) from delegations"));
        Assert.Contains("You have the limits of Lea", await desk.Value<string>("select text from notices where person_id = @Id", new { hanna.Id }));
        var page = await agent.Open("/approvals");
        Assert.NotNull(page.QuerySelector($"form[action='/cases/{number}/offers/1/approval']"));
        await agent.Send("/profile", $"/cases/{number}/offers/1/approval", new() { ["then"] = "list" });
        Assert.Equal("Hanna", (await desk.Cases.Find(number))!.Offer!.ApprovedBy);

        desk.Clock.Now = new(2026, 3, 5, 12, 0, 1, TimeSpan.Zero);
        var later = await Understood(desk, jo, "Ben Ito");
        await Prepare(desk, later, jo, 200);
        await Assert.ThrowsAsync<Refused>(() => desk.Cases.Change(later, async (@case, unit) => @case.ApproveOffer(1, hanna, desk.Clock.Now, await MoneyDesk.PowerIn(unit, Company, hanna, @case.State.CustomerId, later, desk.Clock.Now))));
    }

    [Fact]
    public async Task A_no_reaches_whoever_has_the_case_with_its_reason_and_the_report_counts_it()
    {
        await using var desk = await Desk.Start();
        var (jo, lea, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead), await desk.AddPerson("Marta", Role.Manager));
        var (lead, manager) = (await desk.SignIn(lea), await desk.SignIn(marta));
        var number = await Understood(desk, jo, "Amara Okafor");
        await Prepare(desk, number, jo, 200);
        await desk.RunDue();
        Assert.Equal("Jo asks for your agreement to what a customer is to get", await desk.Value<string>("select text from notices where person_id = @Id", new { lea.Id }));
        Assert.Contains("Tea in the morning", (await lead.Open("/approvals")).Words("article"));

        desk.Clock.Now += TimeSpan.FromHours(2);
        var silent = await lead.Send($"/cases/{number}/offer", $"/cases/{number}/offers/1/refusal", new() { ["Why"] = "" });
        Assert.Contains("Say why not", (await silent.Tree()).Words("#Why-error"));
        await lead.Send($"/cases/{number}/offer", $"/cases/{number}/offers/1/refusal", new() { ["Why"] = "We can mend it by Friday." });
        await desk.RunDue();
        Assert.Equal(1, await desk.Value<long>("select count(*) from notices where person_id = @Id and text = 'Lea did not agree to what you put together: We can mend it by Friday.'", new { jo.Id }));
        Assert.Contains("Nothing waits", (await lead.Open("/approvals")).Words(".empty"));
        var report = await manager.Open("/reports/approvals");
        Assert.Equal(["Agent", "0", "0", "1 Somebody was asked, cases of the role Agent", "0", "2 h"], report.QuerySelectorAll("table tbody td").Select(cell => cell.TextContent.Trim()));
        Assert.Contains($"#{number} Broken kettle", Assert.Single((await manager.Open(Assert.Single(report.QuerySelectorAll("table tbody td a")).GetAttribute("href")!)).QuerySelectorAll("main tbody tr")).TextContent);
        Assert.Contains("No case is counted here", (await manager.Open("/reports/approvals/cases?days=30&role=Agent&count=Sent")).Words("main")); // it was asked about, and not sent
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/reports/approvals/cases?count=All")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.GetAsync("/reports/approvals/cases")).StatusCode);
    }

    internal static async Task<long> Understood(Desk desk, Actor by, string customer)
    {
        var number = await desk.Complain(customer, "Broken kettle", "It leaks.", by);
        await desk.Cases.Change(number, @case =>
        {
            @case.BeginListening(by, desk.Clock.Now);
            @case.HearWantedOutcome("My money back", by, desk.Clock.Now);
            @case.CheckSafety(false, by, desk.Clock.Now);
            @case.WriteSummary("The kettle leaks", "Tea in the morning", "Options", by, desk.Clock.Now);
            @case.ConfirmSummary(1, Channel.Phone, "Yes.", by, desk.Clock.Now);
        });
        return number;
    }

    internal static Case.Draft Draft(Desk desk, long euros, int options = 1, RemedyKind kind = RemedyKind.Refund, bool statutory = false) => new(
        [.. Enumerable.Range(1, options).Select(i => new Option(0, $"Option {i}", "Because of tea.", [new OptionRemedy(kind, "Money back", new Money(euros * 100 * i, "EUR"), desk.Clock.Now.AddDays(2)) { IsStatutory = statutory, Law = statutory ? new(null, "Consumer Rights Act 2015") : null }], true))],
        null, desk.Clock.Now.AddDays(3), desk.Clock.Now.AddDays(7));

    internal static async Task<Offer> Prepare(Desk desk, long number, Actor by, long euros) =>
        (await desk.Cases.Change(number, async (@case, unit) => @case.PrepareOffer(Draft(desk, euros), by, desk.Clock.Now, await MoneyDesk.PowerIn(unit, Company, by, @case.State.CustomerId, number, desk.Clock.Now))))!.Offer!;

    internal static Task Give(Desk desk, long number, Actor by, long euros, int options = 1, RemedyKind kind = RemedyKind.Refund, bool statutory = false) => desk.Cases.Change(number, async (@case, unit) =>
    {
        var power = await MoneyDesk.PowerIn(unit, Company, by, @case.State.CustomerId, number, desk.Clock.Now);
        @case.PrepareOffer(Draft(desk, euros, options, kind, statutory), by, desk.Clock.Now, power);
        @case.SendOffer(@case.State.Offer!.Id, by, Company.Calendar(), desk.Clock.Now, power);
    });

    private static Dictionary<string, string> Row(params (string Name, string Value)[] cells) => cells.ToDictionary(cell => $"Rows[0].{cell.Name}", cell => cell.Value);
}
