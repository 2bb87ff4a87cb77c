using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Demo;
using Amends.Features.Team.Setup;
using Amends.Tests.Channels.Email;
using Amends.Tests.Web;
using Amends.Web;
using Dapper;

namespace Amends.Tests.Browser;

/// <summary>
/// No page breaks a rule that axe-core knows, in light and dark, on a desk and on a phone. The pages are those of the
/// running host's own list, so a new one is looked at without being named here; the states that a list cannot know are.
/// </summary>
public sealed class AxeTests
{
    /// <summary>Answers that are no pages of ours: files, streams, pieces of pages, and a stranger's mail in its sandbox.</summary>
    private static readonly string[] NoPages =
    [
        "/brand.css", PageDictionary.Path, "/healthz", "/readyz", "/live", "/inbox/counts", "/inbox/row/{number:long}", "/search/suggest", "/files/{file:long}", "/cases/{number:long}/files/{file:long}",
        "/cases/{number:long}/messages/{id:long}/raw", "/cases/{number:long}/messages/{id:long}/body", "/cases/{number:long}/presence", "/cases/{number:long}/remedies/{id:int}/return/label", "/quarantine/{id:long}/raw", "/incoming/mails/{id:long}/raw", "/reports/ledger/export",
        "/cases/{number:long}/letters/{id:long}/pdf", "/cases/{number:long}/case-file", "/settings/notice/qr.svg", "/reports/survey/export", "/reports/outcomes/export", "/reports/signals/export", "/reports/mentions/export", "/reports/mails/letters/{id:long}/file", "/exports/{id:long}/file", "/reports/regulatory/export", "/reports/regulatory/complaints/export", "/reports/worth/export", "/reports/causes/export", "/reports/partner/export", "/improvements/export", "/who-else/export", "/reports/staffing/export", "/settings/language-model/log/export", "/reports/hearing/export", "/reports/consistency/export", "/reports/follow-on/export", "/reports/approvals/export", "/approvals/by-law/export", "/reports/gifts/export", "/reports/payments/export", "/learn/learnings/export", "/no-letters/link", .. Amends.Data.Rollups.ReportBook.All.Select(entry => $"/reports/{entry.Key}/export"),
    ];

    [Fact]
    public async Task No_page_of_the_demo_company_breaks_a_rule()
    {
        await using var demo = await DemoDesk.Start();
        var desk = demo.Desk;
        await desk.AddPerson("Ona", Role.Owner);
        await desk.AddPerson("Rae", Role.Reader);
        await using var chrome = await Chrome.Start();
        var axe = new Axe(chrome, desk);

        var all = new List<Sight>();
        foreach (var endpoint in desk.Endpoints().Where(endpoint => endpoint.Verbs().Contains("GET") && endpoint.Policy() != Policies.Customer && !NoPages.Contains(endpoint.Route()) && !endpoint.Route().StartsWith("/api/", StringComparison.Ordinal)))
            all.Add(new((await demo.PathOf(endpoint.Route()))!));
        all.AddRange(new[] { "mine", "overdue", "second-look", "closed", "nowhere" }.Select(view => new Sight("/inbox/" + view)));
        all.AddRange(Enum.GetValues<CaseStage>().Select(stage => new Sight($"/cases/{demo.In(stage)}")));
        all.AddRange([new($"/cases/{demo.Number}?in=team"), new("/search?q=kettle"), new("/search?q=nothinglikethis"), new("/customers?q=amara"), new("/cases/new?by=in_person"), new("/outbox?state=failed")]);
        all.AddRange(new[] { "", "/inbox", "/list", "/customer", "/sign-in", "/settings" }.Select(page => new Sight($"/styleguide{page}")));
        all.AddRange([new("/inbox/team", Keys: "Control+k"), new("/inbox/team", Keys: "?"), new($"/cases/{demo.Number}/delivery")]);
        foreach (var (stage, form) in ((CaseStage, string)[])[(CaseStage.Listening, "summary/new"), (CaseStage.Working, "offer/new"), (CaseStage.Offered, "answer"), (CaseStage.Working, "call"), (CaseStage.Working, "promise"), (CaseStage.Working, "actions")])
            all.Add(new($"/cases/{demo.In(stage)}/{form}", Send: "main form[method=post]"));
        var (decided, deadlock) = (await demo.Desk.Value<long>("select number from cases where subject = 'The desk wobbles, and nobody called'"), await demo.Desk.Value<long>("select number from cases where subject = 'The lamp went out after two years'"));
        all.AddRange([new($"/cases/{decided}"), new($"/cases/{decided}/issues"), new($"/cases/{decided}/decision"), new($"/cases/{decided}/decision", Send: "main form[method=post]"), new($"/cases/{decided}/offer/new"),
            new($"/cases/{decided}/outside", Send: "main form[action$='/referral']"), new($"/cases/{deadlock}"), new($"/cases/{deadlock}/outside")]);
        var (due, extended) = (await desk.Value<long>("select number from cases where subject = 'The kettle trips the fuse'"), await desk.Value<long>("select number from cases where subject = 'The shelf has a board too few'"));
        all.AddRange([new($"/cases/{due}/deadlines"), new($"/cases/{extended}/deadlines"), new($"/cases/{extended}/letters"), new($"/cases/{extended}/letters?kind=Holding", Send: "main form[method=post]"), new($"/cases/{due}/deadlines", Send: "main form[action$='/presets']"),
            new("/settings/holidays", Send: "form[action$='/ie']")]);
        var called = await desk.Database.Read(connection => connection.QueryFirstAsync<long>("select number from cases where call_at is not null order by number"));
        all.AddRange([new($"/cases/{called}"), new($"/cases/{called}/call-back", Send: "form[action$='/call-back']"), new($"/cases/{called}/call?back=1"), new($"/cases/{called}/they-rang"), new("/calls?day=2026-03-05"), new($"/cases/{called}/handling", Send: "form[action$='/review']"), new("/settings/replies", Send: "main form[method=post]"), new("/settings/calls", Send: "main form[method=post]")]);
        foreach (var subject in new[] { DemoRemedies.OnItsWay, DemoRemedies.Booked, DemoRemedies.Voucher, DemoRemedies.Instead })
            all.Add(new($"/cases/{await demo.About(subject)}/delivery"));
        all.AddRange([new($"/cases/{await demo.About(DemoRemedies.WithLabel)}/remedies/1/return", Send: "form[enctype]"), new($"/cases/{await demo.About(DemoRemedies.Booked)}/remedies/1/visit", Send: "form[action$='/done']"), new($"/cases/{await demo.About(DemoRemedies.ToChoose)}/remedies/1/visit", Send: "form[action$='/visit']"),
            new($"/cases/{await demo.About(DemoRemedies.Instead)}/remedies/1/letter", Send: "main form[method=post]"), new("/returns", Send: "form[action='/returns/scan']"), new("/vouchers", Send: "main form[method=post]"), new("/settings/remedies", Send: "main form[method=post]"), new("/content/questions.del"), new("/content/hiring.kit"), new("/content/new", Send: "main form[method=post]")]);
        all.AddRange([new($"/cases/{await demo.About(DemoAfter.CallDue)}/check-back", Send: "form[action$='/day']"), new($"/cases/{await demo.About(DemoAfter.CallDue)}"), new($"/cases/{await demo.About(DemoAfter.Duplicate)}"), new("/settings/check-backs", Send: "main form[method=post]")]);
        all.AddRange([new($"/cases/{await demo.About(DemoCourse.Silent)}/reminder", Send: "form[action$='/reminders']"), new($"/cases/{await demo.About(DemoAfter.Tap)}"), new($"/cases/{await demo.About(DemoAfter.Tap)}/ending?as=duplicate", Send: "main form[method=post]"), new($"/cases/{demo.Number}/ending?as=withdrawn"), new("/settings/no-answer", Send: "main form[method=post]"), new("/settings/assumptions/leave.resolved", Send: "main form[method=post]"), new("/settings/spend", Send: "main form[method=post]"), new("/settings/teams", Send: "form[action='/settings/teams']"), new("/reports/worth", Send: "form[action$='/voices']"), new($"/cases/{demo.Number}/cost", Send: "form[action$='/costs']"), new($"/cases/{await demo.About(DemoCourse.Late)}"), new($"/cases/{await demo.About(DemoCourse.Late)}/continuation", Send: "main form[method=post]")]);
        all.AddRange([new("/cases/new", Send: "main form[method=post]"), new("/profile", Send: "form[action='/profile/password']"), new("/settings/people", Send: "form[action='/settings/people']"), new("/settings/tokens", Send: "form[action='/settings/tokens']"),
            new("/settings/company", Send: "main form[method=post]"), new("/settings/mail", Send: "form[action='/settings/mail/mailboxes']"), new($"/quarantine/{demo.Held}", Send: "main form[method=post]"),
            new($"/customers/{demo.Customer}", Send: "form[action$='/addresses']")]);
        all.AddRange([new("/my/swaps", Send: "form[action='/my/swaps']"), new("/settings/wording", Send: "form[action='/settings/wording/try']"), new("/training/wrong_colour", Send: "main form"), new($"/cases/{demo.Number}/second-reader", Send: "main form"),
            new($"/cases/{demo.In(CaseStage.Received)}/listening-help"), new($"/cases/{demo.In(CaseStage.Working)}/listening-help"), new($"/cases/{demo.In(CaseStage.Received)}/summary/new?draft=1")]);
        var (twice, spoken) = (await demo.About(DemoCare.Twice), await demo.About(DemoCare.SpokenFor));
        var second = await desk.Value<long>("select customer_id from cases where number = @twice", new { twice });
        all.AddRange([new($"/customers/{second}"), new($"/customers/{second}/merge?with={second - 1}"), new($"/customers/{second}/merge", Send: "main form[method=post]"), new($"/customers/{second}/history", Send: "form[action$='/move-out']"), new($"/customers/{second}/care", Send: "form[action$='/preferences']"),
            new($"/customers/{second}/thanks", Send: "form[action$='/thanks']"), new($"/cases/{spoken}"), new($"/cases/{spoken}/representative", Send: "form[action$='/representative']"), new($"/cases/{twice}/history")]);
        await axe.Look(await axe.In("ona"), all.Distinct());

        await axe.Look(await axe.In("rae"), [new($"/cases/{demo.Number}"), new("/settings/company")]);
        await desk.Get<StoredSettings>().Set(OutboxHold.Setting, new OutboxHold(desk.Clock.Now, desk.Clock.Now)); // a restored desk, of which one letter waits
        await desk.Database.Write(unit => unit.Run("update outbox set state = 1, queued_at = 0 where id = @Letter", new { demo.Letter }));
        await axe.Look(await axe.In("ona"), [new("/outbox?state=waiting"), new("/inbox/team")]);
        await desk.Database.Write(unit => unit.Run("delete from settings where name = @Setting", new { OutboxHold.Setting }));

        Assert.True(axe.Report() is "", axe.Report());
    }

    [Fact]
    public async Task No_page_of_an_empty_desk_breaks_a_rule()
    {
        await using var desk = await Desk.Start();
        await using var chrome = await Chrome.Start();
        var axe = new Axe(chrome, desk);
        await desk.Get<FirstRun>().NewCode();
        await axe.Look(await axe.In(null), [new("/setup"), new("/setup", Send: "main form")]);
        await desk.AddPerson("Ona", Role.Owner);
        await axe.Look(await axe.In("ona"),
            [.. ((string[])["/inbox/mine", "/inbox/team", "/search", "/customers", "/quarantine", "/outbox", "/settings/company", "/settings/hours", "/settings/mail", "/settings/people", "/settings/tokens", "/settings/charter", "/settings/orders", "/settings/stock", "/settings/spend", "/reports/worth", "/mentions", "/reports/mentions", "/walk", "/promise"]).Select(path => new Sight(path))]);
        Assert.True(axe.Report() is "", axe.Report());
    }
}
