// long: one file for what a long file may do between being asked for and its end
using System.Net;
using System.Net.Http.Headers;
using Amends.Data;
using Amends.Data.Exports;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Exports;
using Amends.Domain.People;
using Amends.Domain.Promises;
using Amends.Tests.Channels.Email;
using Amends.Web;
using Dapper;
using static Amends.Tests.Features.Exports.ExportFiles;

namespace Amends.Tests.Features.Exports;

/// <summary>Long files by the pages: they hold what they say, go to whom they are for, and end when somebody cancels them.</summary>
public sealed class ExportTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Each_file_holds_the_rows_of_its_days_and_nothing_else(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Get<StoredSettings>().Set(new Company { TimeZone = "Europe/Berlin" });
        var (jo, ona) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Ona", Role.Owner));
        desk.Clock.Now = new(2026, 3, 9, 22, 59, 0, TimeSpan.Zero); // the last minute of the ninth in Berlin
        await desk.Complain("Bo", "Too early", "Before these days.");
        desk.Clock.Now = desk.Clock.Now.AddMinutes(2);
        var late = await desk.Complain("Amara", "=1+1", "It \"leaks\",\r\nand how.", jo);
        var lost = await desk.Complain("Cy", "Parcel", "It is lost.", jo);
        await desk.Database.Write(unit => unit.Run("update cases set category = case when number = @late then 'DEL.late' else 'DELX' end where number > @first", new { late, first = late - 1 }));
        var (made, customer) = (desk.Clock.Now, Actor.Customer(1, "Amara"));
        await desk.Happened(late, new NextContactPromised(made, jo, 70, "what the depot says", made.AddHours(5), made.AddHours(4)));
        await desk.Happened(late, new NextContactMoved(made.AddHours(1), jo, 70, made.AddHours(5), made.AddHours(9), "The depot is shut."));
        await desk.Happened(late, new NextContactPromised(made, jo, 71, "the new one", made.AddHours(5), made.AddHours(4)));
        await desk.Happened(late, new NextContactMissed(made.AddHours(5), Actor.Amends, 71, made.AddHours(5), jo.Id));
        await desk.Happened(late, new NextContactKept(made.AddHours(6), jo, 71, false));
        await desk.Happened(lost, new NextContactPromised(made, jo, 72, "where it is", made.AddHours(5), made.AddHours(4)));
        await desk.Happened(lost, new NextContactKept(made.AddHours(1), jo, 72, true));
        await desk.Happened(lost, new CheckBackAnswered(made, customer, CheckBackAnswer.No, 2, Channel.Mail, "-Still gone", new Survey(Heard: 4, Ease: 6, Met: OutcomeMet.Missed, Told: 3)));
        await desk.Database.Write(async unit =>
        {
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot) select min(id), 'A-1', 'a1', @at, 4999, 'EUR', 'Kettle', '007' from customers", new { at = made.ToUnixTimeMilliseconds() });
            foreach (var (number, day) in new[] { (1, "2026-03-09"), (2, "2026-03-10"), (3, "2026-03-11") })
                await unit.Run($"insert into ledger_lines ({Books.Columns}) values (@number, 1, 1, @day, 0, 1001, 1, 1, 1, '4730', '', -1250, 'EUR', 0, 0, 'A-1', '', null, 'Jo', '', @hash)", new { number, day, hash = new byte[] { 7 } });
        });
        desk.Clock.Now = new(2026, 3, 10, 23, 0, 0, TimeSpan.Zero); // midnight: the eleventh
        await desk.Complain("Dee", "Too late", "After these days.");

        using var owner = await desk.SignIn(ona);
        var maker = desk.Maker();
        async Task<List<string[]>> Made(string what, string category = "", string cases = "All")
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await owner.Send(Page, Page, Form(what, "2026-03-10", "2026-03-10", category: category, cases: cases))).StatusCode);
            Assert.True(await maker.RunOnce(default));
            var id = await desk.Value<long>("select max(id) from exports");
            var answer = await owner.GetAsync($"{Page}/{id}/file");
            Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal($"{what.ToLowerInvariant()}-2026-03-10-to-2026-03-10.csv", answer.Content.Headers.ContentDisposition!.FileName);
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            var rows = Cells(await answer.Content.ReadAsStringAsync());
            Assert.Equal(rows.Count - 1, await desk.Value<long>("select row_count from exports where id = @id", new { id }));
            Assert.Equal(answer.Content.Headers.ContentLength, await desk.Value<long>("select byte_count from exports where id = @id", new { id }));
            return rows;
        }

        var found = await Made("Cases");
        Assert.Equal([$"{late}", $"{lost}"], found.Skip(1).Select(row => row[0]));
        string Of(string[] row, string column) => row[Array.IndexOf(found[0], column)];
        Assert.Equal(("received", "complaint", "mail", "'=1+1", "Amara", "Jo", "2026-03-09T23:01:00.000Z", "", "DEL.late", "false"),
            (Of(found[1], "state"), Of(found[1], "kind"), Of(found[1], "channel"), Of(found[1], "subject"), Of(found[1], "customer"), Of(found[1], "owner"), Of(found[1], "opened_at"), Of(found[1], "closed_at"), Of(found[1], "category"), Of(found[1], "promise_missed")));
        Assert.Single((await Made("Cases", category: "DEL")).Skip(1)); // with all that belongs to it, and not what only begins alike
        Assert.Empty((await Made("Cases", cases: "Closed")).Skip(1));

        var said = await Made("Messages");
        Assert.Equal(await desk.Database.Read(connection => connection.QueryAsync<string>("select text from messages where case_number in (@late, @lost) order by id", new { late, lost })), said.Skip(1).Select(row => row[Array.IndexOf(said[0], "text")]));
        Assert.Contains("It \"leaks\",\r\nand how.", said[1]);
        Assert.Equal([$"{late}", $"{lost}"], said.Skip(1).Select(row => row[1]).Distinct());

        var events = await Made("Events");
        Assert.Equal(await desk.Database.Read(connection => connection.QueryAsync<string>("select body from events where case_number in (@late, @lost) and at < @midnight order by id", new { late, lost, midnight = desk.Clock.Now.ToUnixTimeMilliseconds() })), events.Skip(1).Select(row => row[Array.IndexOf(events[0], "body")]));
        var promises = (await Made("Promises")).Skip(1).Where(row => int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture) >= 70).ToList();
        Assert.Equal([("70", "moved", "", "", "The depot is shut."), ("71", "missed", "2026-03-10T05:01:00.000Z", "2026-03-10T04:01:00.000Z", ""), ("72", "kept", "2026-03-10T00:01:00.000Z", "", "")], promises.Select(row => (row[1], row[6], row[7], row[8], row[10])));
        Assert.Equal([[$"{lost}", "2026-03-09T23:01:00.000Z", "no", "2", "mail", "'-Still gone", "4", "6", "missed", "", "3", ""]], (await Made("Answers")).Skip(1));
        Assert.Equal(["1", "A-1", "2026-03-09T23:01:00.000Z", "4999", "EUR", "Kettle", "007"], (await Made("Orders"))[1][..7]);
        var lines = await Made("Ledger");
        Assert.Equal(LedgerExport.Fields, lines[0]);
        Assert.Equal(("2", "-12.50"), (Assert.Single(lines.Skip(1))[0], lines[1][Array.IndexOf(lines[0], "gross")]));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_is_cancelled_half_way_stops_at_once_and_leaves_nothing_and_can_be_asked_for_again(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        using var manager = await desk.SignIn(marta);
        await desk.ManyMessages(await desk.Complain("Amara", "Kettle", "It leaks."), 40);
        await manager.Send(Page, Page, Form("Messages"));
        var pages = 0;
        var maker = desk.Maker(async rows =>
        {
            pages++;
            if (rows < 6 || await desk.Value<long>("select state from exports") == (int)ExportState.Cancelled)
                return;
            Assert.InRange(await desk.Value<long>("select count(*) from export_pieces"), 1, 99);
            var half = await manager.Open(Page);
            Assert.Matches(@"6 of about 4\d rows, 1\d %", half.Words("#exports"));
            Assert.NotNull(half.QuerySelector("#exports progress[value]"));
            Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"{Page}/1/file")).StatusCode); // never half a file
            Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send(Page, $"{Page}/1/end")).StatusCode);
        });
        Assert.True(await maker.RunOnce(default));
        Assert.Equal(4, pages); // three of two rows, and the one at which it was cancelled
        maker.BeforePage = null;
        Assert.False(await maker.RunOnce(default));
        Assert.Equal((0L, (long)ExportState.Cancelled), (await desk.Value<long>("select count(*) from export_pieces"), await desk.Value<long>("select state from exports")));
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"{Page}/1/file")).StatusCode);
        var piece = await (await manager.Part(Page)).Content.ReadAsStringAsync();
        Assert.Contains("Cancelled; there is no file", piece);
        Assert.DoesNotContain("<html", piece);
        Assert.DoesNotContain("every 5s", piece); // nothing is on its way

        await manager.Send(Page, $"{Page}/1/again");
        await maker.RunOnce(default);
        Assert.Equal(await desk.Value<long>("select count(*) from messages") + 1, Cells(await manager.GetStringAsync($"{Page}/2/file")).Count);
        await manager.Send(Page, $"{Page}/2/end"); // removed, before its time
        await maker.RunOnce(default);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"{Page}/2/file")).StatusCode);
        Assert.Equal(0, await desk.Value<long>("select count(*) from export_pieces"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Files_are_their_askers_and_the_owners_and_what_is_asked_wrongly_is_answered_in_words(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (marta, mo) = (await desk.AddPerson("Marta", Role.Manager), await desk.AddPerson("Mo", Role.Manager));
        using var manager = await desk.SignIn(marta);
        using var other = await desk.SignIn(mo);
        using var agent = await desk.SignIn(await desk.AddPerson("Kai", Role.Agent));
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        await desk.Complain("Amara", "Kettle", "It leaks.");
        foreach (var (form, words) in new[]
        {
            (Form("Cases", "2026-02-30"), "Write a day like 2026-03-31"), (Form("Cases", "2026-03-05", "2026-03-04"), "The first day is after the last one"), (Form("Cases", "1900-01-01"), "Choose a day from 2000 on"),
            (Form("Orders", category: "DEL"), "have no category"), (Form("Cases", category: "NONE"), "Choose one of the categories"), (Form("Messages", cases: "Open"), "can be chosen for cases only"), (Form("Events"), "is for the role owner"),
            (Form("99"), "Choose what the file should hold"), (Form("Cases", format: "Pdf"), "Choose a CSV file or a workbook"),
        })
        {
            var answer = await manager.Send(Page, Page, form);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var page = await answer.Tree();
            Assert.Contains(words, page.Words("main"));
            Assert.Equal(form["From"], page.QuerySelector("#From")!.GetAttribute("value") ?? ""); // nothing typed is lost
        }

        Assert.DoesNotContain("Events", (await manager.Open(Page)).Words("#What"));
        Assert.Contains("Events", (await owner.Open(Page)).Words("#What"));
        await manager.Send(Page, Page, Form("Cases"));
        await manager.Send(Page, Page, Form("Messages"));
        Assert.Contains("2 of your exports wait or are being made", (await (await manager.Send(Page, Page, Form("Cases"))).Tree()).Words("main"));
        Assert.Equal(HttpStatusCode.SeeOther, (await other.Send(Page, Page, Form("Cases"))).StatusCode); // somebody else's count for themselves
        var maker = desk.Maker();
        while (await maker.RunOnce(default))
        {
        }

        foreach (var path in new[] { $"{Page}/1/end", $"{Page}/1/again" })
            Assert.Equal(HttpStatusCode.NotFound, (await other.Send(Page, path)).StatusCode);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.OK], await Task.WhenAll(new[] { manager, other, agent, owner }.Select(async browser => (await browser.GetAsync($"{Page}/1/file")).StatusCode)));
        Assert.Equal(1, (await other.Open(Page)).QuerySelectorAll("#exports li").Length);
        var all = (await owner.Open(Page)).Words("#exports");
        Assert.Contains("by Marta", all);
        Assert.Contains("/exports", await manager.GetStringAsync("/search/suggest?q=export"));
        Assert.DoesNotContain("/exports", await agent.GetStringAsync("/search/suggest?q=export"));
        Assert.Contains((await manager.Open("/reports/recovery")).QuerySelectorAll(".report-tabs a"), link => link.GetAttribute("href") == Page);
        Assert.Contains("by Mo", all);

        await desk.Ask(marta, ExportOf.Cases);
        await desk.Database.Write(unit => unit.Run("update people set role = 2 where id = @Id", new { marta.Id })); // before it was made
        await maker.RunOnce(default);
        Assert.Contains("They may not have such a file any more.", (await owner.Open(Page)).Words("#exports"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_workbook_goes_on_on_another_sheet_and_keeps_texts_as_texts_and_is_read_from_anywhere(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        using var manager = await desk.SignIn(marta);
        var number = await desk.Complain("Amara", "007", "=1+1");
        foreach (var text in new[] { "1E5", " bell\u0007 _x0041_ ", new string('y', 40_000), "half \ud83d\ude00", "-3", "last" })
            await desk.Write(number, text);
        await manager.Send(Page, Page, Form("Messages", format: "Workbook"));
        await desk.Maker().RunOnce(default);
        var answer = await manager.GetAsync($"{Page}/1/file");
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType!.MediaType);
        var file = await answer.Content.ReadAsByteArrayAsync();
        var sheets = Sheets(file);
        var count = (int)await desk.Value<long>("select count(*) from messages");
        Assert.Equal(Enumerable.Range(1, (count + 2) / 3).Select(i => i == 1 ? "messages" : $"messages_{i}"), sheets.Select(sheet => sheet.Name));
        Assert.All(sheets, sheet => Assert.Equal("case_number", sheet.Rows[0][1]));
        Assert.All(sheets, sheet => Assert.InRange(sheet.Rows.Count, 2, 4));
        var texts = sheets.SelectMany(sheet => sheet.Rows.Skip(1)).Select(row => row[7]).ToList();
        Assert.Equal(count, texts.Count);
        foreach (var text in new[] { "=1+1", "1E5", " bell_x0007_ _x005F_x0041_ ", new string('y', StreamedWorkbook.LongestText), "half \ud83d\ude00", "-3", "last" })
            Assert.Contains(text, texts);
        Assert.Contains("1 text is longer than the 32,767 characters", (await manager.Open(Page)).Words("#exports"));

        using var part = new HttpRequestMessage(HttpMethod.Get, $"{Page}/1/file") { Headers = { Range = new RangeHeaderValue(95, file.Length - 5) } };
        var rest = await manager.SendAsync(part);
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(file[95..^4], await rest.Content.ReadAsByteArrayAsync());
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Of_two_nodes_one_makes_it_and_whoever_lost_its_lease_publishes_nothing(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await using var second = kind == "postgres" ? await Desk.On(desk.Get<Surroundings>().Database) : null;
        var marta = await desk.AddPerson("Marta", Role.Manager);
        using var manager = await desk.SignIn(marta);
        await desk.ManyMessages(await desk.Complain("Amara", "Kettle", "It leaks."), 20);
        await desk.Ask(marta, ExportOf.Messages);
        var other = (second ?? desk).Maker();
        await Task.WhenAll(desk.Maker().RunOnce(default), other.RunOnce(default), desk.Maker().RunOnce(default));
        Assert.Equal((1L, 1L), (await desk.Value<long>("select epoch from exports"), await desk.Value<long>("select count(distinct epoch) from export_pieces")));
        Assert.Equal(await desk.Value<long>("select count(*) from messages") + 1, Cells(await (await manager.GetAsync($"{Page}/1/file")).Content.ReadAsStringAsync()).Count);

        await desk.Ask(marta, ExportOf.Messages);
        var isTaken = false;
        await desk.Maker(async rows =>
        {
            if (rows < 6 || isTaken)
                return;
            isTaken = true;
            await desk.Database.Write(unit => unit.Run("update exports set lease_until = 0 where id = 2")); // as if this node had slept for longer than the lease
            await other.RunOnce(default);
            Assert.Equal((long)ExportState.Done, await desk.Value<long>("select state from exports where id = 2"));
        }).RunOnce(default);
        Assert.True(isTaken);
        await other.RunOnce(default);
        Assert.Equal((2L, 2L, 2L), (await desk.Value<long>("select epoch from exports where id = 2"), await desk.Value<long>("select min(epoch) from export_pieces where export_id = 2"), await desk.Value<long>("select max(epoch) from export_pieces where export_id = 2")));
        Assert.Equal(await manager.GetStringAsync($"{Page}/1/file"), await manager.GetStringAsync($"{Page}/2/file"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_file_goes_after_seven_days_and_a_full_disk_a_failure_or_a_stop_leave_no_part_of_one(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        await desk.ManyMessages(await desk.Complain("Amara", "Kettle", "It leaks."), 20);
        async Task<ExportState> State(long id) => (ExportState)await desk.Value<long>("select state from exports where id = @id", new { id });
        var maker = desk.Maker();
        await desk.Ask(marta, ExportOf.Messages);
        await maker.RunOnce(default);
        desk.Clock.Now += ExportPlan.Kept - TimeSpan.FromMinutes(1);
        await maker.RunOnce(default);
        Assert.Equal(ExportState.Done, await State(1));
        desk.Clock.Now += TimeSpan.FromMinutes(1);
        await maker.RunOnce(default);
        Assert.Equal((ExportState.Removed, 0L), (await State(1), await desk.Value<long>("select count(*) from export_pieces")));

        maker.BeforePage = rows => rows < 6 ? Task.CompletedTask : throw (kind == "sqlite" ? new Microsoft.Data.Sqlite.SqliteException("database or disk is full", 13) : new Npgsql.PostgresException("could not extend file", "ERROR", "ERROR", "53100"));
        await desk.Ask(marta, ExportOf.Messages);
        await maker.RunOnce(default);
        Assert.Equal(ExportState.Failed, await State(2));
        using (var manager = await desk.SignIn(marta))
            Assert.Contains("There is no room left where the database is.", (await manager.Open(Page)).Words("#exports"));

        await desk.Ask(marta, ExportOf.Messages);
        using var stop = new CancellationTokenSource();
        maker.BeforePage = rows => rows < 6 ? Task.CompletedTask : stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => maker.RunOnce(stop.Token));
        Assert.Equal(ExportState.Waiting, await State(3)); // for any node, at once
        maker.BeforePage = rows => rows < 6 ? Task.CompletedTask : throw new InvalidOperationException("a bug");
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await maker.RunOnce(default));
            Assert.False(await maker.RunOnce(default)); // after a pause
            desk.Clock.Now += TimeSpan.FromSeconds(11);
        }

        Assert.Equal((ExportState.Failed, "It failed 3 times. The log of the program says where; ask whoever looks after it."), (await State(3), await desk.Value<string>("select note from exports where id = 3")));
        maker.BeforePage = null;
        maker.Sizes = Small with { Largest = 300 };
        await desk.Ask(marta, ExportOf.Messages);
        await maker.RunOnce(default);
        await maker.RunOnce(default);
        Assert.Equal((ExportState.Failed, 0L), (await State(4), await desk.Value<long>("select count(*) from export_pieces")));
        desk.Clock.Now += TimeSpan.FromDays(366);
        await maker.RunOnce(default);
        Assert.Equal(0, await desk.Value<long>("select count(*) from exports")); // nor is its line kept for ever
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_backup_has_the_lines_and_no_file(string kind)
    {
        using var files = new Commands.BackupDesk();
        await using var desk = await Desk.Start(kind);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        await desk.Complain("Amara", "Kettle", "It leaks.");
        await desk.Ask(marta, ExportOf.Cases);
        await desk.Maker().RunOnce(default);
        await desk.Ask(marta, ExportOf.Messages);
        var backup = await files.Take(desk);
        await using var restored = Database.Open(await files.Fresh(kind));
        await Commands.BackupDesk.Restore(backup, restored);
        Assert.Equal([(1, (int)ExportState.Removed), (2, (int)ExportState.Waiting)], await restored.Read(connection => connection.QueryAsync<(int, int)>("select id, state from exports order by id")));
        Assert.Equal(0, await restored.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from export_pieces")));
    }
}
