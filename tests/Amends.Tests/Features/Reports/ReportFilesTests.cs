using System.IO.Compression;
using System.Net;
using System.Xml.Linq;
using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.Approvals;
using Amends.Tests.Features.Payments;
using Amends.Web;

namespace Amends.Tests.Features.Reports;

/// <summary>The pages on money, and those that were pages alone, as files and as JSON, on both databases.</summary>
public sealed class ReportFilesTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Pages_on_money_have_files_and_json_from_the_same_query_for_those_whom_they_are_for(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead), await desk.AddPerson("Marta", Role.Manager));
        var law = await LimitTests.Understood(desk, jo, "=Amara"); // a name that a spreadsheet would run
        await LimitTests.Give(desk, law, jo, 500, statutory: true);
        await desk.Cases.Change(law, @case => @case.Choose(1, 1, Channel.Phone, "Yes.", jo, new Company().Calendar(), desk.Clock.Now));
        var owed = await PaymentTests.Owe(desk, jo, "Ben Ito");
        await desk.Cases.Change(owed, @case => @case.RequestPayment(1, ByHand.Key, false, jo, desk.Clock.Now));
        using var lead = await desk.SignIn(lea);
        using var manager = await desk.SignIn(marta);

        (HttpClient Who, string Page, string Export, string Head, string Line)[] files =
        [
            (manager, "/reports/approvals", "/reports/approvals/export?days=30", "role,sent,without_asking,asked,agreed_as_it_was,answered,waited_minutes", "agent,2,2,0,0,0,"),
            (lead, "/approvals/by-law", "/approvals/by-law/export?by=now", "case,customer,what,law,given_by,worth,limit,currency,at,seen_by", $"{law},'=Amara,"),
            (lead, "/reports/payments", "/reports/payments/export?show=waiting", "case,payment,customer,amount,currency,how_far,by,other_way,original,reference,asked_for,asked_by,seen,problem", $"{owed},1,Ben Ito,20,EUR,"),
        ];
        foreach (var (who, at, export, head, line) in files)
        {
            var page = await who.Open(at);
            foreach (var link in new[] { "/export", "format=xlsx", "/reports/mails?report=" })
                Assert.NotNull(page.QuerySelector($"main a[href*='{link}']"));
            var lines = (await who.GetStringAsync(export)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal((head, 2), (lines[0], lines.Length));
            Assert.StartsWith(line, lines[1]);
            Assert.Equal(ReportFile.Rows(string.Join("\r\n", lines)).SelectMany(row => row).Where(cell => cell is string).Select(cell => (string)cell!), (await Sheet(who, export + "&format=xlsx", 1)).SelectMany(row => row).Where(cell => cell.Length > 0 && !decimal.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _)));
        }

        Assert.StartsWith("case,payment", await lead.GetStringAsync("/reports/payments/export?show=failed"));
        Assert.Equal(HttpStatusCode.NotFound, (await lead.GetAsync("/reports/payments/export?show=lost")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/reports/gifts/export?table=lost")).StatusCode);
        var books = await Sheet(manager, "/reports/ledger/export?from=2026-03-01&to=2026-03-31&format=xlsx", 1);
        Assert.Equal(((await manager.GetStringAsync("/reports/ledger/export?from=2026-03-01&to=2026-03-31")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length, "number"), (books.Count, books[0][0]));
        foreach (var path in new[] { "/reports/approvals/export", "/reports/gifts/export", "/reports/ledger/export" })
            Assert.Equal(HttpStatusCode.Forbidden, (await lead.GetAsync(path)).StatusCode);

        desk.Clock.Now += TimeSpan.FromDays(31); // the sample is of the month before
        using var later = await desk.SignIn(marta);
        var gifts = await later.GetStringAsync("/reports/gifts/export?table=sample");
        Assert.Contains($"2026-03,{law},'=Amara,Jo,500,EUR,,,\r\n", gifts, StringComparison.Ordinal);
        Assert.Equal(gifts.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length, (await Sheet(later, "/reports/gifts/export?format=xlsx", 2)).Count);

        using var head1 = await desk.ActingFor(marta, "Head", Scopes.MoneyRead);
        using var lower = await desk.ActingFor(lea, "Lower", Scopes.MoneyRead);
        using var till = await desk.AsProgram("Till", Scopes.CasesRead);
        Assert.Equal(2, (await head1.Get("/api/v1/reports/approvals?days=90")).GetProperty("roles")[0].GetProperty("without_asking").GetInt32());
        Assert.Equal(("agent", "=Amara"), ((await head1.Get("/api/v1/reports/approvals")).GetProperty("roles")[0].GetProperty("role").GetString(), (await lower.Get("/api/v1/approvals/by-law")).GetProperty("items")[0].GetProperty("customer").GetString()));
        Assert.Equal((2, "2026-03-01"), ((await head1.Get("/api/v1/reports/gifts")).GetProperty("sample").GetArrayLength(), (await head1.Get("/api/v1/reports/gifts")).GetProperty("month").GetString()));
        foreach (var path in new[] { "/api/v1/reports/approvals", "/api/v1/reports/gifts" })
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ((await lower.GetAsync(path)).StatusCode, (await till.GetAsync(path)).StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, (await head1.GetAsync("/api/v1/reports/approvals?days=7")).StatusCode);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Outcomes_like_answers_how_it_hears_and_what_came_of_mentions_are_json_too(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Manager);
        foreach (var euros in new[] { 10, 11, 12, 13, 90 })
        {
            var number = await LimitTests.Understood(desk, jo, $"Customer {euros}");
            await desk.Cases.Change(number, @case => @case.Categorise("DEL.late", true, jo, desk.Clock.Now));
            await LimitTests.Give(desk, number, jo, euros);
            await desk.Cases.Change(number, @case => @case.Choose(1, 1, Channel.Phone, "Yes.", jo, new Company().Calendar(), desk.Clock.Now));
        }

        await desk.Database.Write(unit => unit.Run("insert into improvements (since, what, noted_by, noted_at) values (@at, 'Boxes with corners', @Id, @at)", new { at = desk.Clock.Now.AddDays(-1).ToUnixTimeMilliseconds(), jo.Id }));
        await desk.Get<ReportReader>().CatchUp();
        using var program = await desk.AsProgram("Board", Scopes.CasesRead, Scopes.MoneyRead);
        var outcomes = await program.Get("/api/v1/reports/outcomes?days=30");
        Assert.Equal((30, 5, "Boxes with corners", 0L), (outcomes.GetProperty("days").GetInt32(), outcomes.GetProperty("this").GetProperty("complaints").GetInt32(), outcomes.GetProperty("changed")[0].GetProperty("what").GetString(), outcomes.GetProperty("this").GetProperty("endings").GetProperty("put_right").GetInt64()));
        Assert.Equal(["came_again", "put_right", "put_right_of_all", "promises_kept", "satisfied"], outcomes.GetProperty("shares").EnumerateArray().Select(each => each.GetProperty("code").GetString()));
        var like = (await program.Get("/api/v1/reports/consistency?days=30")).GetProperty("items")[0];
        Assert.Equal((5, 1200L, 9000L), (like.GetProperty("cases").GetInt32(), like.GetProperty("median").GetProperty("minor").GetInt64(), like.GetProperty("stand_out")[0].GetProperty("worth").GetProperty("minor").GetInt64()));
        Assert.Equal(90, (await program.Get("/api/v1/reports/hearing")).GetProperty("days").GetInt32());
        Assert.Equal(HttpStatusCode.Created, (await (await desk.AsProgram("Scout", Scopes.CasesWrite)).Json("/api/v1/mentions", """{"mentions":[{"site":"Reviews","author":"B","text":"Late.","said_at":"2026-03-01T10:00:00Z","rating_before":2,"rating_after":4}]}""", "m")).StatusCode);
        var mentions = await program.Get("/api/v1/reports/mentions?days=30");
        Assert.Equal((1, "Reviews", 1), (mentions.GetProperty("all").GetProperty("mentions").GetInt32(), mentions.GetProperty("sites")[0].GetProperty("site").GetString(), mentions.GetProperty("change").GetProperty("up").GetInt32()));
        foreach (var report in new[] { "outcomes", "consistency", "hearing", "mentions" })
            Assert.Equal("days", (await (await program.GetAsync($"/api/v1/reports/{report}?days=8")).Read()).GetProperty("field").GetString());
    }

    private static async Task<List<List<string>>> Sheet(HttpClient who, string path, int sheet)
    {
        using var file = new ZipArchive(new MemoryStream(await who.GetByteArrayAsync(path)));
        await using var part = await file.GetEntry($"xl/worksheets/sheet{sheet}.xml")!.OpenAsync();
        return [.. XDocument.Load(part).Descendants().Where(each => each.Name.LocalName == "row").Select(row => row.Elements().Select(cell => cell.Value).ToList())];
    }
}
