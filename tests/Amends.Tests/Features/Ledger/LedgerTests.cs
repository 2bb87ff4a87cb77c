using System.Net;
using Amends.Commands;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Tests.Channels.Email;
using Amends.Tests.Commands;
using Amends.Tests.Features.Approvals;
using Dapper;

namespace Amends.Tests.Features.Ledger;

/// <summary>The books on both databases: written with the change, numbered without a gap, checked, exported.</summary>
public sealed class LedgerTests : IDisposable
{
    private static readonly Company Company = new();
    private readonly BackupDesk _files = new();

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_is_owed_given_and_turned_round_is_booked_with_the_change_and_a_refused_change_loses_no_number(string kind)
    {
        await using var desk = await Booked(kind);
        var lines = await Lines(desk);
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7, 8], lines.Select(line => line.Number));
        Assert.Equal([1L, 1, 3, 3, 5, 5, 7, 7], lines.Select(line => line.Entry));
        Assert.Equal([1, 1, 2, 2, 1, 1, 3, 3], lines.Select(line => line.Kind));
        Assert.Equal([null, null, null, null, null, null, 5L, 5L], lines.Select(line => line.ReversalOf));
        Assert.Equal(0, lines.Sum(line => line.Minor));

        await Assert.ThrowsAsync<InvalidOperationException>(() => desk.Cases.Change(1002, (@case, _) =>
        {
            @case.FinishRemedy(1, null, Actor.Person(1, "Jo", Role.Owner), desk.Clock.Now);
            throw new InvalidOperationException("the lights went out");
        }));
        Assert.Equal(8, (await Lines(desk)).Count);
        Assert.Empty(await Wrong(desk));
    }

    public static TheoryData<string, string, string> Harm
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (var kind in (string[])["sqlite", "postgres"])
            {
                all.Add(kind, "update ledger_lines set minor = minor + 100 where number = 3", "line 3 (case 1001) is not as it was written");
                all.Add(kind, "update ledger_lines set minor = minor + 100 where number = 3", "entry 3 does not balance by €\u00A01");
                all.Add(kind, "update ledger_lines set minor = minor + 100 where number = 3", "all lines together are €\u00A01");
                all.Add(kind, "update ledger_lines set approved_by = 'Sami' where number = 2", "line 2 (case 1001) is not");
                all.Add(kind, "delete from ledger_lines where number = 4", "line 4 is missing");
                all.Add(kind, "delete from ledger_lines where number > 6", "lines 7 to 8 are missing at the end");
                all.Add(kind, "update ledger_head set number = 7", "line 8 was added behind their back");
                all.Add(kind, "update ledger_head set hash = (select hash from ledger_lines where number = 1)", "line 8 is not the one that was written last");
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Harm))]
    public async Task Verify_names_the_line_that_somebody_changed_or_took_out(string kind, string sql, string found)
    {
        await using var desk = await Booked(kind);
        await BackupDesk.Tamper(desk.Database, sql);
        Assert.Contains(await Wrong(desk), sentence => sentence.StartsWith("Books: ", StringComparison.Ordinal) && sentence.Contains(found));
        Assert.Equal(1, await Verify.Run(_files.Line(desk.Get<Amends.Web.Surroundings>().Database)));
    }

    [Fact]
    public async Task The_report_agrees_with_the_cases_and_the_export_has_every_field_by_the_map_that_is_asked_for()
    {
        await using var desk = await Booked("sqlite");
        var manager = await desk.SignIn(await desk.AddPerson("Marta", Role.Manager));
        var page = await manager.Open("/reports/ledger?from=2026-03-01&to=2026-03-31");
        Assert.Contains("Yes. €\u00A020 was given, and the same is booked and exported.".Replace("\u00A0", " "), page.Words("[aria-labelledby=agrees]").Replace("\u00A0", " "));

        var sums = page.QuerySelectorAll("[aria-labelledby=accounts] td a").ToList();
        Assert.NotEmpty(sums);
        foreach (var sum in sums) // each sum is that of the lines to which it leads, and each line is of a case
        {
            var lines = (await manager.Open(sum.GetAttribute("href")!)).QuerySelectorAll("[aria-labelledby=lines] tbody tr");
            Assert.Equal(Minor(sum.ChildNodes[0].TextContent), lines.Sum(line => Minor(line.Children[5].TextContent) - Minor(line.Children[6].TextContent)) * (sum.TextContent.EndsWith("credit", StringComparison.Ordinal) ? -1 : 1));
            Assert.All(lines, line => Assert.NotNull(line.QuerySelector("a[href^='/cases/']")));
        }

        Assert.Equal(2_000, (await manager.Open(page.QuerySelector("[aria-labelledby=agrees] a")!.GetAttribute("href")!)).QuerySelectorAll("[aria-labelledby=lines] tbody tr").Sum(line => Minor(line.Children[5].TextContent)));
        static long Minor(string money) => money.Trim().Length == 0 ? 0 : (long)(100 * decimal.Parse(string.Concat(money.Where(letter => char.IsAsciiDigit(letter) || letter is '.' or '-' or '−')).Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture));

        var csv = await manager.GetStringAsync("/reports/ledger/export?from=2026-03-01&to=2026-03-31&map=generic");
        var rows = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(9, rows.Length);
        Assert.StartsWith("number,entry,date,case_no,remedy_line_id,type,currency,net,tax_rate,tax,gross,account,", rows[0]);
        Assert.StartsWith("1,1,2026-03-04,1001,1001-1,refund,EUR,20.00,0,0.00,20.00,expense,4900,", rows[1]);
        Assert.StartsWith("8,7,", rows[8]);
        Assert.Contains(",reversed,5,", rows[8]);
        Assert.Contains("JD,2150,,04/03/2026,1,owed refund 1001-1,-20.00,T9,0.00,", await manager.GetStringAsync("/reports/ledger/export?from=2026-03-01&to=2026-03-31&map=sage"));
        Assert.Contains("\"gross\": \"-20.00\"", await manager.GetStringAsync("/reports/ledger/export?from=2026-03-01&to=2026-03-31&format=json"));
        Assert.Equal("number", (await manager.GetStringAsync("/reports/ledger/export?from=2025-03-01&to=2025-03-31"))[..6]);

        var file = Path.Combine(_files.Folder, "books.csv");
        Assert.Equal(0, await ExportLedger.Run(_files.Line(desk.Get<Amends.Web.Surroundings>().Database, "--out", file)));
        Assert.Equal(csv, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_closed_period_takes_nothing_more_and_stays_closed()
    {
        await using var desk = await Booked("sqlite");
        var manager = await desk.SignIn(await desk.AddPerson("Marta", Role.Manager));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send("/settings/books", "/settings/books/period", new() { ["through"] = "2026-03-04" })).StatusCode); // today is not over
        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send("/settings/books", "/settings/books/period", new() { ["through"] = "2026-03-03" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send("/settings/books", "/settings/books/period", new() { ["through"] = "2026-02-28" })).StatusCode);
        Assert.Equal(new DateOnly(2026, 3, 4), new BookSettings { ClosedThrough = "2026-03-03" }.DayOf(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc));
        Assert.Equal(new DateOnly(2026, 3, 5), new BookSettings { ClosedThrough = "2026-03-03" }.DayOf(new(2026, 3, 5, 9, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc));
        Assert.Equal(1, await desk.Value<long>("select count(*) from authority_log where what = 'period'"));
    }

    public void Dispose() => _files.Dispose();

    private static Task<IReadOnlyList<LedgerRow>> Lines(Desk desk) => desk.Database.Read<IReadOnlyList<LedgerRow>>(async connection => (await connection.QueryAsync<LedgerRow>($"select {Books.Columns} from ledger_lines order by number")).AsList());

    private static async Task<List<string>> Wrong(Desk desk)
    {
        var sentences = new List<string>();
        await using var snapshot = await Snapshot.Take(desk.Database);
        await VerifyLedger.Run(snapshot, sentences.Add);
        return sentences;
    }

    /// <summary>Case 1001 was given 20 euros; in 1002 a voucher of 30 did not work.</summary>
    private static async Task<Desk> Booked(string kind)
    {
        var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Owner);
        foreach (var (euros, gift) in ((long, RemedyKind)[])[(20, RemedyKind.Refund), (30, RemedyKind.Voucher)])
        {
            var number = await LimitTests.Understood(desk, jo, "Amara Okafor");
            await LimitTests.Give(desk, number, jo, euros, 1, gift);
            await desk.Cases.Change(number, @case => @case.Choose(1, 1, Channel.Phone, "Yes.", jo, Company.Calendar(), desk.Clock.Now));
            await desk.Cases.Change(number, @case =>
            {
                if (gift == RemedyKind.Refund)
                    @case.FinishRemedy(1, null, jo, desk.Clock.Now);
                else
                    @case.FailRemedy(1, "The code did not work.", jo, Company.Calendar(), desk.Clock.Now);
            });
        }

        return desk;
    }
}
