using System.Net;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.People;
using Amends.Mail.Mime;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Features.Reports;

/// <summary>Reports that come by mail, through a real dialogue with a server; on both databases.</summary>
public sealed class ReportMailTests
{
    private const string Page = "/reports/mails";

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_report_comes_once_for_each_time_with_its_file_and_once_after_days_without_the_program(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var server = await Catcher.Start();
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        using var manager = await desk.SignIn(marta);
        await desk.Complain("Amara", "Broken kettle", "It leaks.", marta);
        await desk.Get<ReportReader>().CatchUp();
        var sender = desk.Get<SendReports>();

        Assert.Equal($"{Page}?report=recovery", (await manager.Open("/reports/recovery")).QuerySelectorAll(".report-tabs a").Single(link => link.TextContent.Contains("Mail me this")).GetAttribute("href"));
        var wrong = await manager.Send($"{Page}?report=recovery", Page, Form("recovery", day: "9"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("Choose a day of the week.", (await wrong.Tree()).Words("main"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send(Page, Page, Form("worth", days: "7"))).StatusCode); // that one counts quarters and years
        await manager.Send($"{Page}?report=recovery", Page, Form("recovery", day: "1"));
        Assert.Contains("every Monday at 08:00", (await manager.Open(Page)).Words("main"));
        var change = await manager.Open((await manager.Open(Page)).QuerySelector("main a[href$='change=1']")!.GetAttribute("href")!);
        Assert.Equal(("1", "recovery", "Change it"), (change.QuerySelector("input[name=Id]")!.GetAttribute("value"), change.QuerySelector("#Report option[selected]")!.GetAttribute("value"), change.Words("form.panel .btn.primary")));
        var again = await (await manager.Send(Page, Page, new(Form("recovery", day: "9")) { ["Id"] = "1" })).Tree();
        Assert.Equal("1", again.QuerySelector("input[name=Id]")!.GetAttribute("value")); // it stays a change
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Send(Page, Page, new(Form("recovery")) { ["Id"] = "7" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send(Page, Page, new(Form("recovery", day: "2")) { ["Id"] = "1" })).StatusCode);
        Assert.Contains("every Tuesday at 08:00", (await manager.Open(Page)).Words("main"));
        Assert.Single(await desk.Get<ReportMailDesk>().List(null));
        await manager.Send(Page, Page, new(Form("recovery", day: "1")) { ["Id"] = "1" });

        await sender.RunOnce(default);
        Assert.Empty(server.Mails);
        desk.Clock.Now = desk.Clock.Now.AddDays(22); // nobody was there on three Mondays
        await Task.WhenAll(sender.RunOnce(default), sender.RunOnce(default));
        await sender.RunOnce(default);
        var mail = MimeReader.Read(System.Text.Encoding.UTF8.GetBytes(Assert.Single(server.Mails)));
        Assert.StartsWith("Service recovery, ", mail.Subject);
        Assert.Contains("Auto-Submitted: auto-generated", server.Mails[0]);
        Assert.Contains("Customers recovered: – (nothing to count)", mail.Text);
        Assert.Contains("/reports/recovery?from=", mail.Text);
        var file = Assert.Single(mail.Attachments);
        Assert.StartsWith("figure,name,value,", System.Text.Encoding.UTF8.GetString(file.Content.ToArray()));

        await sender.RunOnce(default);
        Assert.Single(server.Mails); // the same time is not mailed twice
        desk.Clock.Now = desk.Clock.Now.AddDays(7);
        await sender.RunOnce(default);
        Assert.Equal(2, server.Mails.Count);
        Assert.Equal(2, await desk.Value<long>("select count(*) from report_letters where state = 3"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_one_may_not_read_does_not_come_and_letters_are_their_readers_alone(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var server = await Catcher.Start();
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        var (kai, marta, ona) = (await desk.AddPerson("Kai", Role.Agent), await desk.AddPerson("Marta", Role.Manager), await desk.AddPerson("Ona", Role.Owner));
        using var agent = await desk.SignIn(kai);
        using var manager = await desk.SignIn(marta);
        using var owner = await desk.SignIn(ona);
        var sender = desk.Get<SendReports>();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await agent.Send(Page, Page, Form("recovery"))).StatusCode);
        await agent.Send(Page, Page, Form("steps"));
        await manager.Send(Page, Page, Form("worth", days: "90", format: "Workbook"));
        await manager.Send(Page, Page, Form("causes", days: "30"));
        Assert.Equal(HttpStatusCode.NotFound, (await agent.Send(Page, $"{Page}/2/now", [])).StatusCode);
        await agent.Send(Page, $"{Page}/1/now", []);
        await owner.Send(Page, $"{Page}/2/now", []); // the owner may for all
        await manager.Send(Page, $"{Page}/3/now", []);
        await sender.RunOnce(default);
        Assert.Equal(3, server.Mails.Count);
        Assert.Equal(["xl/workbook.xml"], server.Mails.Select(text => MimeReader.Read(System.Text.Encoding.UTF8.GetBytes(text))).Where(mail => mail.Attachments[0].FileName!.EndsWith(".xlsx", StringComparison.Ordinal))
            .SelectMany(mail => new System.IO.Compression.ZipArchive(new MemoryStream(mail.Attachments[0].Content.ToArray())).Entries.Select(entry => entry.FullName).Where(name => name == "xl/workbook.xml")));
        var steps = await desk.Value<long>("select l.id from report_letters l join report_mails r on r.id = l.report_mail_id where r.report = 'steps'");
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync($"{Page}/letters/{steps}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"{Page}/letters/{steps}")).StatusCode);
        Assert.Equal("text/csv", (await agent.GetAsync($"{Page}/letters/{steps}/file")).Content.Headers.ContentType!.MediaType);

        await desk.Database.Write(unit => unit.Run("update people set role = 2 where id = @Id", new { marta.Id }));
        await desk.Database.Write(unit => unit.Run("update people set active = 0 where id = @Id", new { kai.Id }));
        desk.Clock.Now = desk.Clock.Now.AddDays(8);
        await sender.RunOnce(default);
        Assert.Equal(3, server.Mails.Count);
        using var later = await desk.SignIn(ona);
        var all = (await later.Open(Page)).Words("main");
        Assert.Contains("They may not read this report any more.", all);
        Assert.Contains("They do not work here any more.", all);
        await later.Send(Page, $"{Page}/2/end", []);
        Assert.Equal(2, (await desk.Get<ReportMailDesk>().List(null)).Count);
    }

    [Fact]
    public async Task A_crash_between_the_mail_and_its_record_sends_the_same_bytes_again_and_a_pause_holds()
    {
        await using var desk = await MailDesk.Start("sqlite");
        await using var server = await Catcher.Start();
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        using var manager = await desk.SignIn(marta);
        await manager.Send(Page, Page, Form("survey"));
        await manager.Send(Page, $"{Page}/1/now", []);
        var sender = desk.Get<SendReports>();
        await sender.RunOnce(default);
        await desk.Database.Write(unit => unit.Run("update report_letters set state = 2")); // as if the program had ended before it wrote the answer down
        desk.Clock.Now = desk.Clock.Now.AddHours(2);
        await sender.RunOnce(default);
        Assert.Equal(2, server.Mails.Count);
        Assert.Equal(server.Mails[0], server.Mails[1]);

        await manager.Send(Page, $"{Page}/1/pause", []);
        desk.Clock.Now = desk.Clock.Now.AddDays(8);
        await sender.RunOnce(default);
        using var later = await desk.SignIn(marta);
        await later.Send(Page, $"{Page}/1/going-on", []);
        await sender.RunOnce(default);
        Assert.Equal(2, server.Mails.Count); // what was missed while it rested does not come
        Assert.Contains("What went", (await later.Open(Page)).Words("main"));
    }

    [Fact]
    public async Task What_has_a_page_of_its_own_beside_the_counts_comes_by_mail_too()
    {
        await using var desk = await MailDesk.Start("sqlite");
        await using var server = await Catcher.Start();
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        using var manager = await desk.SignIn(marta);
        for (var i = 0; i < 6; i++) // five like answers, and one that stands out
        {
            var number = await Approvals.LimitTests.Understood(desk, marta, $"Customer {i}");
            await desk.Cases.Change(number, @case => @case.Categorise("DEL.late", true, marta, desk.Clock.Now));
            await Approvals.LimitTests.Give(desk, number, marta, i == 5 ? 90 : 10 + i);
            await desk.Cases.Change(number, @case => @case.Choose(1, 1, Domain.Cases.Channel.Phone, "Yes.", marta, new Company().Calendar(), desk.Clock.Now));
        }

        (string Report, string Days, string Line, string Head)[] expected =
        [
            ("approvals", "90", "Sent without asking: 100 % (6 of 6 offers with money)", "role,sent,without_asking,asked"), ("by-law", "90", "Given by law above a limit: 0 times", "case,customer,what,law"),
            ("gifts", "180", "0 of 0 looked at", "what,given_by,given_to,count,of,cases"), ("payments", "30", "On their way: 0 refunds (nobody waits)", "case,payment,customer,amount"), ("ledger", "30", "Lines: 0 lines", "account,currency,debit,credit,balance"),
            ("mentions", "90", "Answered: – (0 of 0: too few to say)", "from,to,site,mentions"), ("improvements", "30", "None is proposed yet.", "id,what,problem,state,owner"), ("learnings", "91", "Nobody wrote down anything in these days.", "day,learned,case,subject,category"),
            ("follow-on", "90", "Letters of thanks: 0", "figure,name,days,count,of,share,low,high"), ("consistency", "365", "one case stands out", "about,severity,cases,median,lower_quartile,upper_quartile,currency,stands_out"),
            ("hearing", "90", "Corrected: –", "part,group,figure,hits,of,share,low,high"), ("staffing", "56", "At the telephone in the busiest half hour: –", "day,from,calls,"),
        ];
        foreach (var (report, days, _, _) in expected)
        {
            Assert.Contains($"{Page}?report={report}", await manager.GetStringAsync(At(report)));
            Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send(Page, Page, Form(report, days: days))).StatusCode);
        }

        for (var i = 1; i <= expected.Length; i++)
            await manager.Send(Page, $"{Page}/{i}/now", []);
        await desk.Get<SendReports>().RunOnce(default);
        var mails = server.Mails.Select(text => MimeReader.Read(System.Text.Encoding.UTF8.GetBytes(text))).ToList();
        foreach (var (report, _, line, head) in expected)
        {
            var mail = Assert.Single(mails, each => each.Text!.Contains($"{At(report)}?", StringComparison.Ordinal));
            Assert.Contains(line, mail.Text, StringComparison.OrdinalIgnoreCase);
            Assert.StartsWith(head, System.Text.Encoding.UTF8.GetString(mail.Attachments[0].Content.ToArray()));
        }
    }

    private static string At(string report) => report switch { "by-law" => "/approvals/by-law", "improvements" => "/improvements", "learnings" => "/learn/learnings", _ => "/reports/" + report };

    [Fact]
    public void What_only_looks_like_a_number_stays_a_text() =>
        Assert.Equal(["lot", 12.5, -3.0, "007", "1E5", null, "12345678901234567890"], ReportFile.Rows("lot,12.50,-3,007,1E5,,12345678901234567890\r\n")[0]);

    [Fact]
    public async Task Each_report_with_a_file_has_the_same_cells_as_a_workbook()
    {
        await using var demo = await DemoDesk.Start();
        using var manager = await demo.Desk.SignIn(await demo.Desk.AddPerson("Mo", Role.Manager));
        foreach (var at in new[] { "/reports/survey/export?days=90", "/reports/outcomes/export?days=90", "/reports/staffing/export?weeks=8", "/reports/hearing/export?days=90", "/reports/worth/export?days=90", "/reports/causes/export?days=90", "/reports/partner/export?by=carrier&of=Northline", "/reports/mentions/export?days=90", "/improvements/export?by=now", "/reports/consistency/export?days=365", "/reports/follow-on/export?days=365", "/reports/follow-on/export?days=365&table=letters", "/reports/approvals/export?days=365", "/learn/learnings/export?weeks=52" })
        {
            var rows = ReportFile.Rows(await manager.GetStringAsync(at));
            using var file = new System.IO.Compression.ZipArchive(new MemoryStream(await manager.GetByteArrayAsync(at + "&format=xlsx")));
            await using var sheet = await file.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync();
            var cells = System.Xml.Linq.XDocument.Load(sheet).Descendants().Where(each => each.Name.LocalName == "row").Select(row => row.Elements().Select(cell => cell.Value).ToList()).ToList();
            Assert.True(rows.Count > 1, at);
            Assert.Equal(rows.Select(row => row.Select(cell => Convert.ToString(cell is double number ? number.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture) : cell, System.Globalization.CultureInfo.InvariantCulture) ?? "")), cells);
        }
    }

    private static Dictionary<string, string> Form(string report, string days = "90", string day = "1", string format = "Csv") => new()
    {
        ["Report"] = report, ["Days"] = days, ["Category"] = "", ["Rhythm"] = "Weekly", ["Weekday"] = day, ["Monthday"] = "1", ["Hour"] = "8", ["Format"] = format,
    };
}
