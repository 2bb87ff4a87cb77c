using System.IO.Compression;
using System.Net;
using System.Xml.Linq;
using Amends.Data;
using Amends.Data.Regulatory;
using Amends.Data.Rollups;
using Amends.Domain.Cases;
using Amends.Domain.Handling;
using Amends.Domain.Issues;
using Amends.Domain.People;
using Amends.Domain.Regulatory;
using Amends.Domain.Remedies;
using Amends.Domain.Reports;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.Approvals;
using Amends.Tests.Storage;
using Amends.Web;
using AngleSharp.Dom;
using Known = Amends.Domain.Tests.Cases.Desk;

namespace Amends.Tests.Features.Reports;

/// <summary>Counts for regulators over a small history on both databases, against a recount of the logs by the pure rules and against counts by hand.</summary>
public sealed class RegulatoryTests
{
    private const string Page = "/reports/regulatory", Half = "period=2026-1";
    private static readonly DateTimeOffset March = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero); // a Wednesday

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_counts_are_those_of_a_recount_and_the_page_the_files_and_the_json_say_them_alike(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var numbers = await History(desk);
        await MustEqualARecount(desk);
        await desk.Get<ReportReader>().Forget();
        await desk.Get<ReportReader>().CatchUp();
        await MustEqualARecount(desk); // counted again from nothing

        using var marta = await desk.SignIn(await desk.AddPerson("Marta", Role.Manager));
        var page = await marta.Open($"{Page}?{Half}");
        Assert.Equal(["Outstanding at start 1", "Opened 10", "Closed 8", "Upheld 1", "Outstanding at end 3", "Closed here alone 1", "With a need of support 1"], page.QuerySelectorAll(".kpi").Select(each => $"{each.QuerySelector("dt")!.TextContent} {each.QuerySelector(".v")!.TextContent.Trim()}"));
        Assert.Equal(["Up to 4 weeks 4 0 1 3", "Over 4, up to 8 weeks 2 1 1 0", "Over 8 weeks 2 0 1 1"], Rows(page, "bands"));
        Assert.Equal(["Up to 3 business days 1 0 0 1", "Later, up to 8 weeks 5 1 2 2", "Over 8 weeks 2 0 1 1"], Rows(page, "bands_days"));
        Assert.Equal(["Upheld, in all or in part 1 25.0", "Rejected, with or without goodwill 3 75.0", "No finding written down 4 –"], Rows(page, "outcomes"));
        Assert.Equal(["rejected (goodwill) EUR €\u00A010 1,000", "without a finding EUR €\u00A020 2,000"], Rows(page, "redress"));
        Assert.Equal(["No order known 1 7 6 1 3 2 2", "Kettle 0 3 2 0 0 2 1"], Rows(page, "products"));
        Assert.Contains("DISP 1 Annex 1R", page.Words("main"));
        Assert.Contains("by 31 August 2026", page.Words("[aria-labelledby=asic]"));
        foreach (var (link, many) in page.QuerySelectorAll(".kpi").Select(each => (each.QuerySelector("a")!, int.Parse(each.QuerySelector(".v")!.TextContent, System.Globalization.CultureInfo.InvariantCulture))).Concat(page.QuerySelectorAll("[aria-labelledby=t-bands] tbody tr, [aria-labelledby=t-bands_days] tbody tr, [aria-labelledby=t-outcomes] tbody tr").Select(row => (row.QuerySelector("a")!, int.Parse(row.Children[1].TextContent, System.Globalization.CultureInfo.InvariantCulture)))))
            Assert.Equal(many, (await marta.Open(link.GetAttribute("href")!)).QuerySelectorAll("main tbody tr").Length); // each figure leads to its cases
        Assert.Contains($"#{numbers["28 days"]} ", Assert.Single((await marta.Open(page.QuerySelector("[aria-labelledby=t-redress] tbody a")!.GetAttribute("href")!)).QuerySelectorAll("main tbody tr")).TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await marta.GetAsync($"{Page}/cases?count=All")).StatusCode);

        foreach (var path in new[] { Page, "/reports/upheld", "/reports/survey", "/reports/worth", "/reports/ledger", "/reports/mentions", "/reports/hearing" })
            Assert.DoesNotContain((await marta.Open(path)).QuerySelectorAll("main a[href]"), link => link.GetAttribute("href")!.Contains("amp;", StringComparison.Ordinal)); // links to files say what they ask for
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (await marta.GetAsync(page.QuerySelector("a[href*='format=xlsx']")!.GetAttribute("href"))).Content.Headers.ContentType!.MediaType);
        var csv = (await marta.GetStringAsync($"{Page}/export?{Half}&table=bands")).Split("\r\n");
        Assert.Equal(["band,closed,upheld,rejected,not_decided", "Up to 4 weeks,4,0,1,3"], csv[..2]);
        using (var file = new ZipArchive(new MemoryStream(await marta.GetByteArrayAsync($"{Page}/export?{Half}&format=xlsx"))))
            Assert.Equal(["figures", "bands", "bands_days", "outcomes", "redress", "main_causes", "products", "products_main_causes", "redress_parts", "handling"], XDocument.Load(file.GetEntry("xl/workbook.xml")!.Open()).Descendants().Where(each => each.Name.LocalName == "sheet").Select(each => each.Attribute("name")!.Value));
        using var program = await desk.AsProgram("Returns", Scopes.CasesRead);
        var json = await program.Get($"/api/v1{Page}?{Half}");
        Assert.Equal(("old", 11, false, 8), (json.GetProperty("form").GetString(), json.GetProperty("complaints").GetInt32(), json.GetProperty("is_nil").GetBoolean(), json.GetProperty("figures")[2].GetProperty("value").GetInt32()));
        Assert.Equal(HttpStatusCode.BadRequest, (await program.GetAsync($"/api/v1{Page}?period=2026-5")).StatusCode);

        var mailed = await desk.Get<IEnumerable<MailedReport>>().Single(report => report.Key == "regulatory").Make(desk.App.Services, new(184, null, Known.Max, desk.Clock.Now), default);
        Assert.Equal(("period=2026-1", null, "8"), (mailed.Query, mailed.Finding, mailed.Lines[2].Value)); // the last half-year that is over
        Assert.Contains("products", mailed.Sheets.Select(sheet => sheet.Code));

        await Complaints(marta, numbers);
        await Periods(desk, marta);
        using var lead = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        foreach (var path in new[] { "", "/export", "/complaints/export", "/cases" })
            Assert.Equal(HttpStatusCode.Forbidden, (await lead.GetAsync(Page + path)).StatusCode);
        await LateFacts(desk, numbers);
    }

    /// <summary>The data of each complaint: one row for each that was received, open or closed.</summary>
    private static async Task Complaints(HttpClient marta, Dictionary<string, long> numbers)
    {
        var rows = ReportFile.Rows(await marta.GetStringAsync($"{Page}/complaints/export?{Half}"));
        Assert.Equal(ComplaintData.Columns.Select(column => column.Code), rows[0].Select(cell => $"{cell}"));
        Assert.Equal(numbers.Where(each => each.Key is not ("doubled" or "a question" or "next half")).Select(each => (double)each.Value).Order(), rows.Skip(1).Select(row => (double)row[0]!));
        string Of(string which) => string.Join('|', rows.Single(row => Equals(row[0], (double)numbers[which])).Skip(6));
        Assert.Equal("closed|mail|2026-03-04|2026-03-09|5|no|Kettle|||2000|EUR|", Of("kettle at the close"));
        Assert.Equal("closed|mail|2026-03-04|2026-04-01|28|no|||rejected|1000|EUR|", Of("28 days"));
        Assert.Equal("open|mail|2026-03-04||118|no|Kettle|||0|EUR|", Of("open"));
        Assert.Equal("closed|mail|2025-12-20|2026-03-05|75|no||||0|EUR|", Of("last year"));
        using var file = new ZipArchive(new MemoryStream(await marta.GetByteArrayAsync($"{Page}/complaints/export?{Half}&format=xlsx")));
        Assert.Equal(rows.Count, XDocument.Load(file.GetEntry("xl/worksheets/sheet1.xml")!.Open()).Descendants().Count(each => each.Name.LocalName == "row"));

        Assert.Single(ReportFile.Rows(await marta.GetStringAsync($"{Page}/complaints/export?period=2024-1"))); // nil: the head alone
        var free = await marta.GetAsync($"{Page}/complaints/export?from=2026-01-01&to=2026-05-31");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "This data is handed in by half-years. Choose January to June or July to December."), (free.StatusCode, await free.Content.ReadAsStringAsync()));
    }

    /// <summary>Days that were typed, and which form is for them.</summary>
    private static async Task Periods(Desk desk, HttpClient marta)
    {
        var later = await marta.Open($"{Page}?period=2027-1");
        Assert.Contains("consolidated return of PS25/19 applies", later.Words(".banner"));
        Assert.Contains("These days are not over yet.", later.Words(".banner"));
        Assert.Equal((0, 0, 1), (later.QuerySelectorAll("[aria-labelledby=t-bands]").Length, later.QuerySelectorAll("[aria-labelledby=t-bands_days]").Length, later.QuerySelectorAll("[aria-labelledby=t-outcomes]").Length));
        Assert.DoesNotContain("in its form for periods", later.Words("main"));
        Assert.Equal(HttpStatusCode.NotFound, (await marta.GetAsync($"{Page}/export?period=2027-1&table=bands")).StatusCode);
        Assert.Contains("neither is of them", (await marta.Open($"{Page}?from=2026-12-01&to=2027-01-31")).Words(".banner"));
        Assert.Contains("Nil: no complaint was outstanding at the start", (await marta.Open($"{Page}?period=2024-1")).Words("h1 + p"));
        Assert.Contains("Nil: no complaint was received", (await marta.Open($"{Page}?period=2024-1")).Words("[aria-labelledby=asic]"));
        desk.Clock.Now = new(2026, 8, 31, 12, 0, 0, TimeSpan.Zero);
        using (var august = await desk.SignIn(await desk.AddPerson("Mo", Role.Manager)))
            Assert.Contains("January to June 2026", (await august.Open(Page)).Words("h1 + p")); // may still be handed in

        using var owner = await desk.SignIn(await desk.AddPerson("Olive", Role.Owner));
        foreach (var (query, field, words) in new[]
        {
            ("period=first", "period", "Choose one of the half-years"), ("from=2026-02-30&to=2026-03-01", "from", "Choose the first day, from 2000 on."), ("from=2026-03-01", "to", "Choose the last day, from 2000 on."),
            ("from=2026-03-02&to=2026-03-01", "from", "after the last one"), ("from=2010-01-01&to=2026-03-01", "from", "more than ten years"),
        })
        {
            var refused = await owner.GetAsync($"{Page}?{query}");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(words, (await refused.Tree()).Words($"#{field}-error"));
        }
    }

    /// <summary>What was no complaint, and what was not taken back after all, find their way into past days.</summary>
    private static async Task LateFacts(Desk desk, Dictionary<string, long> numbers)
    {
        var before = await Counts(desk);
        await desk.Cases.Change(numbers["needs time"], @case => @case.ChangeKind(CaseKind.Question, Known.Jo, desk.Clock.Now));
        await desk.Cases.Change(numbers["taken back"], @case => @case.Reopen("They did not find it.", Known.Lea, Known.Hours, desk.Clock.Now));
        await desk.Database.Write(unit => Orders.Put(unit, new Order("open", "x@customer.example", "", "", "", DateTimeOffset.UnixEpoch, new(4000, "EUR"), "Sofa", "", "", "sent"), desk.Clock.Now)); // it was another product
        await desk.Get<ReportReader>().CatchUp();
        var after = await Counts(desk);
        Assert.Equal((10, 8, 9, 7), (before.Opened, before.Closed, after.Opened, after.Closed));
        await MustEqualARecount(desk);
    }

    private static async Task<(long Opened, long Closed)> Counts(Desk desk)
    {
        var figures = (await desk.Get<RegulatoryDesk>().Read(ReportingPeriod.Half(2026, 1), default)).Report.Figures;
        return (figures[1].Of, figures[2].Of);
    }

    /// <summary>Complaints by name: what was done to each, and when.</summary>
    private static async Task<Dictionary<string, long>> History(Desk desk)
    {
        var jo = await desk.AddPerson("Jo", Role.Owner);
        var numbers = new Dictionary<string, long>();
        foreach (var (name, received) in new (string, DateTimeOffset)[]
        {
            ("last year", new(2025, 12, 20, 12, 0, 0, TimeSpan.Zero)), ("kettle at the close", March), ("kettle a minute later", March), ("28 days", March), ("29 days, in part", March), ("56 days", March), ("57 days", March), ("taken back", March),
            ("open", March), ("silent", March), ("needs time", March), ("doubled", March), ("a question", March), ("next half", new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero)),
        })
        {
            desk.Clock.Now = received;
            numbers[name] = name is "a question" or "needs time" ? await desk.Complain(name, "Broken kettle", "It leaks.", jo) : await LimitTests.Understood(desk, jo, name);
        }

        await Offer("last year", March.AddDays(1), March.AddDays(1));
        await Offer("kettle at the close", March, new(2026, 3, 9, 17, 0, 0, TimeSpan.Zero));
        await desk.Cases.Change(numbers["kettle at the close"], @case => @case.FinishRemedy(1, null, jo, March.AddDays(8)));
        await Offer("kettle a minute later", March, new(2026, 3, 9, 17, 1, 0, TimeSpan.Zero));
        await Decide("28 days", Finding.NotUpheld, 28, 1000);
        await desk.Cases.Change(numbers["28 days"], @case => { @case.Choose(1, 1, Channel.Phone, "“Yes, please.”", jo, Known.Hours, March.AddDays(29)); @case.FinishRemedy(1, null, jo, March.AddDays(30)); });
        await Decide("29 days, in part", Finding.PartlyUpheld, 29);
        await Decide("56 days", Finding.NotUpheld, 56);
        await Decide("57 days", Finding.NotUpheld, 57);
        await desk.Cases.Change(numbers["taken back"], @case => @case.Withdraw(CloseReason.Withdrawn, "They found it.", Told.Without("By phone."), jo, March.AddDays(10)));
        await desk.Cases.Change(numbers["needs time"], @case => @case.NoteSupportNeeds([SupportNeed.MoreTime], null, jo, March));
        var other = new OtherCase(numbers["open"], (await desk.Cases.Find(numbers["open"]))! with { CustomerId = (await desk.Cases.Find(numbers["doubled"]))!.CustomerId });
        await desk.Cases.Change(numbers["doubled"], @case => @case.Withdraw(CloseReason.Duplicate, "The same.", Told.Without("By phone."), jo, March.AddDays(1), into: other));
        await desk.Cases.Change(numbers["a question"], @case => @case.ChangeKind(CaseKind.Question, jo, March.AddDays(1)));
        await Offer("silent", March, null);
        await desk.Cases.Change(numbers["silent"], @case =>
        {
            var passed = March.AddDays(8);
            @case.RemindOfOffer(1, new(1, 5), Channel.Mail, 9, jo, Known.Hours, passed);
            @case.CloseUnanswered(Told.Without("By letter."), null, jo, @case.State.SentOffer!.Reminders[0].WaitsUntil);
        });
        await desk.Database.Write(async unit =>
        {
            foreach (var name in new[] { "kettle at the close", "kettle a minute later", "open" })
            {
                await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product) select customer_id, @name, @name, 0, 4000, 'EUR', 'Kettle' from cases where number = @number", new { name, number = numbers[name] });
                await unit.Run("update cases set order_id = (select id from orders where number = @name) where number = @number", new { name, number = numbers[name] });
            }
        });
        desk.Clock.Now = new(2026, 7, 2, 10, 0, 0, TimeSpan.Zero);
        await desk.Get<ReportReader>().CatchUp();
        return numbers;

        Task Offer(string name, DateTimeOffset sent, DateTimeOffset? chosen) => desk.Cases.Change(numbers[name], @case =>
        {
            desk.Clock.Now = sent;
            @case.PrepareOffer(LimitTests.Draft(desk, 20), jo, sent);
            @case.SendOffer(1, jo, Known.Hours, sent);
            if (chosen is { } at)
                @case.Choose(1, 1, Channel.Phone, "“Yes, please.”", jo, Known.Hours, at);
        });

        Task Decide(string name, Finding finding, int days, long goodwill = 0) => desk.Cases.Change(numbers[name], @case =>
        {
            var at = March.AddDays(days);
            @case.Decide(1, finding, "It was filled above the mark.", goodwill > 0 ? null : "A descaler", "photo", jo, at,
                remedies: goodwill > 0 ? [new(RemedyKind.PriceReduction, "Part of the price", new(goodwill, "EUR"), at.AddDays(2)) { Data = new() { Reason = "It pours." } }] : null);
            @case.SendDecision(new(at.AddDays(2), at.AddDays(3), at.AddDays(7), "You can ask the ombudsman.", "EUR"), jo, Known.Hours, at);
        });
    }

    /// <summary>Every count of some periods, against the pure rules over all logs.</summary>
    private static async Task MustEqualARecount(Desk desk)
    {
        var (company, book) = (await desk.Get<StoredSettings>().Company(), await desk.Get<DeadlineDesk>().Book());
        var calendar = book.Calendar("gb-ew");
        var complaints = (await desk.Rows<(long Number, string Kind, string Body)>("select case_number, kind, body from events order by case_number, seq"))
            .GroupBy(row => row.Number).Select(log => CaseFacts.Of([.. log.Select(row => CaseJson.Event(row.Kind, row.Body))], ReportReader.RulesOf(company, book)).Reportable).OfType<ReportableComplaint>().ToList();
        Assert.InRange(complaints.Count, 11, 12);
        await RegulatoryRecount.MustEqual(desk, "after a history by hand");
        foreach (var period in new ReportingPeriod[] { ReportingPeriod.Half(2026, 1), ReportingPeriod.Half(2025, 2), ReportingPeriod.Half(2026, 2), new(new(2026, 3, 9), new(2026, 3, 9)), new(new(2026, 3, 10), new(2026, 4, 29)) })
        {
            DateOnly Day(DateTimeOffset at) => Amends.Domain.Calendars.LocalDay.Of(at, company.Zone());
            bool Open(ReportableComplaint each, DateOnly on) => Day(each.ReceivedAt) < on && (each.SettledAt is not { } at || Day(at) >= on);
            var closed = complaints.Where(each => each.SettledAt is { } at && Day(at) >= period.From && Day(at) <= period.To).ToList();
            var report = (await desk.Get<RegulatoryDesk>().Read(period, default)).Report;
            Assert.Equal([complaints.Count(each => Open(each, period.From)), complaints.Count(each => Day(each.ReceivedAt) >= period.From && Day(each.ReceivedAt) <= period.To), closed.Count, closed.Count(each => each.Outcome == ComplaintOutcome.Upheld), complaints.Count(each => Open(each, period.To.AddDays(1)))], report.Figures.Take(5).Select(figure => (int)figure.Of));
            if (FcaReturn.FormOf(period) == ReturnForm.Old)
            {
                Assert.Equal(Enum.GetValues<WeekBand>().Select(band => (long)closed.Count(each => ClosingBands.InWeeks(Day(each.ReceivedAt), Day(each.SettledAt!.Value)) == band)), report.Tables[0].Rows.Select(row => (long)row.Cells[1]!));
                Assert.Equal(Enum.GetValues<QuickBand>().Select(band => (long)closed.Count(each => ClosingBands.InDays(each.ReceivedAt, each.SettledAt!.Value, calendar, book.Rules) == band)), report.Tables[1].Rows.Select(row => (long)row.Cells[1]!));
            }
        }
    }

    private static IEnumerable<string> Rows(IDocument page, string table) => page.QuerySelectorAll($"[aria-labelledby=t-{table}] tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim())));
}
