using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Amends.Data.Rollups;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;
using AngleSharp.Dom;

namespace Amends.Tests.Features.Reports;

/// <summary>Reports from the counts: the page, its files and JSON from the same numbers, the cases behind a figure, and who sees what.</summary>
public sealed class ReportPageTests
{
    private const string Days = "from=2026-02-01&to=2026-03-31";

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_problem_rate_stands_beside_what_was_recovered_with_late_promises_and_fixes_under_way(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager));
        var number = await desk.Complain("Amara Okafor", "Cracked lid", "It is cracked.", jo);
        await desk.Database.Write(async unit =>
        {
            for (var i = 0; i < 25; i++)
                await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, @name, @name, @at, 100, 'EUR' from cases", new { name = $"N-{i}", at = desk.Clock.Now.ToUnixTimeMilliseconds() });
            await unit.Run("insert into improvements (since, what, noted_by, noted_at, state, owner_id, due) values (1, 'Corner guards', @Id, 1, 3, @Id, '2026-03-30'), (1, 'Only proposed', @Id, 1, 1, null, null), (1, 'Done long ago', @Id, 1, 4, null, null)", new { lea.Id });
        });
        using var marta = await desk.SignIn(lea);
        Assert.Contains("Nothing to show", (await marta.Open("/reports/recovery")).Words("section[aria-labelledby=t-needs_leader]")); // nothing is late yet
        await desk.Database.Write(unit => unit.Run("update cases set urgency = 1, mood = 3 where number = @number", new { number }));
        var upset = (await marta.Open("/reports/recovery")).QuerySelectorAll("section[aria-labelledby=t-needs_leader] tbody tr").Single();
        Assert.Equal($"/cases/{number}", upset.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(["Jo", "–", "Very upset", "€\u00a025"], upset.QuerySelectorAll("td").Select(cell => cell.TextContent));
        desk.Clock.Now += TimeSpan.FromDays(20);
        await desk.Get<ReportReader>().CatchUp();
        using var later = await desk.SignIn(lea); // nobody stays signed in for so long
        var page = await later.Open("/reports/recovery");
        Assert.Equal(["Customers recovered", "Problem rate"], page.QuerySelectorAll(".kpi dt").Take(2).Select(name => name.TextContent));
        Assert.Equal("4.0", page.QuerySelectorAll(".kpi")[1].QuerySelector(".v")!.TextContent.Trim()); // one for 25
        var late = page.QuerySelector("section[aria-labelledby=t-needs_leader] tbody tr")!;
        Assert.Equal($"/cases/{number}", late.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Amara Okafor: Cracked lid", late.TextContent, StringComparison.Ordinal);
        var fix = Assert.Single(page.QuerySelectorAll("section[aria-labelledby=t-fixes] tbody tr"));
        Assert.Contains("Corner guards", fix.TextContent, StringComparison.Ordinal);
        Assert.Equal("/improvements/1", fix.QuerySelector("a")!.GetAttribute("href"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_figure_its_files_and_its_cases_say_the_same_and_a_late_no_changes_a_past_day(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (marta, first) = (await desk.SignIn(await desk.AddPerson("Marta", Role.Manager)), await Complaint.Open(desk));
        Assert.Equal(["–"], (await marta.Open("/reports/recovery")).QuerySelectorAll(".kpi .v").Select(value => value.TextContent.Trim()).Distinct()); // nothing is no share
        Assert.Contains("not counted yet", (await marta.Open("/reports/recovery")).Words(".banner"));

        var all = new List<Complaint> { first };
        for (var i = 1; i < 12; i++)
            all.Add(new(desk, first.Jo, Actor.Customer((await desk.AddCustomer($"Customer {i}")).Id, $"Customer {i}"), await desk.Complain($"Customer {i}", "Broken kettle", "It leaks.", first.Jo)));
        foreach (var complaint in all)
        {
            await complaint.Summarise();
            await complaint.Offer();
            await desk.Cases.Change(complaint.Number, @case => @case.Choose(@case.State.Offer!.Id, 1, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
        }

        await desk.Cases.Change(all[1].Number, @case => @case.Categorise("DEL.late", true, first.Jo, desk.Clock.Now));
        desk.Clock.Now = desk.Clock.Now.AddMinutes(90);
        foreach (var complaint in all)
        {
            await complaint.Deliver();
            if (complaint != all[11])
                await desk.Cases.Change(complaint.Number, @case => @case.AnswerCheckBack(complaint == all[10] ? CheckBackAnswer.No : CheckBackAnswer.Yes, complaint == all[10] ? 1 : 5, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now, new Survey(Heard: 4, Ease: 6, Return: WouldReturn.Yes, Recommend: complaint == all[10] ? 0 : complaint == all[9] ? 8 : 10)));
        }

        await desk.Get<ReportReader>().CatchUp();
        var page = await marta.Open($"/reports/recovery?{Days}");
        var card = page.QuerySelectorAll(".kpi")[0];
        Assert.Equal(["Customers recovered", "91 %", "10 of 11", "95 % interval 62 to 98 %"], card.Children.Take(4).Select(each => each.TextContent.Trim()));
        Assert.Contains("said in the end that it is put right", card.Words(".what"));
        Assert.Equal(10, (await marta.Open(card.QuerySelector("a")!.GetAttribute("href")!)).QuerySelectorAll("tbody tr").Length);
        Assert.NotNull(page.QuerySelector("svg.chart[role=img] rect.kept"));
        Assert.Contains("96", page.QuerySelectorAll(".kpi .v").Last().TextContent); // twelve times 80 for ten who say yes

        var csv = (await marta.GetStringAsync($"/reports/recovery/export?{Days}")).Split("\r\n");
        Assert.StartsWith("recovered,Customers recovered,0.909091,share,10,11,0.6226", csv[1]);
        var book = Read(await marta.GetByteArrayAsync($"/reports/recovery/export?{Days}&format=xlsx"));
        Assert.Equal(["recovered", "Customers recovered", "0.909091", "share", "10", "11"], book["figures"][1].Take(6));
        Assert.Equal(["figures", "promises", "open", "needs_leader", "fixes", "said", "why", "remedies"], book.Keys);
        Assert.Equal(["Yes, it is put right", "10", "0.909091", "10", "11"], book["said"][1].Take(5));
        using var json = JsonDocument.Parse(await (await desk.AsProgram("shop", Scopes.CasesRead)).GetStringAsync($"/api/v1/reports/recovery?{Days}"));
        var figure = json.RootElement.GetProperty("figures")[0];
        Assert.Equal((10, 11), (figure.GetProperty("hits").GetInt32(), figure.GetProperty("of").GetInt32()));
        Assert.Equal(HttpStatusCode.BadRequest, (await (await desk.AsProgram("till", Scopes.CasesRead)).GetAsync("/api/v1/reports/times?from=soon")).StatusCode);

        Assert.Contains("1 are too few to say", (await marta.Open($"/reports/recovery?{Days}&category=DEL")).QuerySelectorAll(".kpi")[0].TextContent);
        var times = await marta.Open($"/reports/times?{Days}");
        Assert.Equal("1 h 30 min", times.QuerySelectorAll(".kpi .v")[4].TextContent.Trim()); // to all done
        foreach (var key in ReportBook.All.Select(entry => entry.Key))
            Assert.NotEmpty((await marta.Open($"/reports/{key}?{Days}")).QuerySelectorAll(".kpi .what"));
        Assert.Equal("100 %", (await marta.Open($"/reports/satisfaction?{Days}")).QuerySelectorAll(".kpi .v")[3].TextContent.Trim()); // found it easy

        Assert.Equal(10, Closed(await marta.GetStringAsync($"/reports/repeats/export?{Days}&table=along")));
        var score = (await marta.Open($"/reports/satisfaction?{Days}")).QuerySelectorAll(".kpi")[6];
        Assert.Equal(["Net promoter score", "+73", "of 11", "95 % interval +36 to +100"], score.Children.Take(4).Select(each => each.TextContent.Trim())); // nine of eleven less one

        await desk.Cases.Change(all[0].Number, @case => @case.Reopen("It leaks again.", all[0].Customer, Complaint.Calendar, desk.Clock.Now.AddDays(1)));
        await desk.Get<ReportReader>().CatchUp();
        Assert.Equal(9, Closed(await marta.GetStringAsync($"/reports/repeats/export?{Days}&table=along"))); // an end less, on the day on which it was
    }

    [Fact]
    public async Task Days_that_make_no_sense_are_said_and_kept_and_steps_are_seen_by_whoever_took_them()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        var (marta, jo, hanna) = (await desk.SignIn(await desk.AddPerson("Marta", Role.Manager)), await desk.SignIn(await desk.AddPerson("Jo", Role.Agent)), await desk.SignIn(complaint.Jo));
        foreach (var (query, field, words) in new[] { ("from=2026-03-05&to=2026-03-01", "from", "after the last one"), ("from=soon", "from", "Choose a day"), ("to=9999-01-01", "to", "Choose a day"), ("category=NOPE", "category", "Choose one of the categories"), ("from=2001-01-01&to=2026-01-01", "from", "more than ten years") })
        {
            var refused = await marta.GetAsync("/reports/promises?" + query);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var tree = await refused.Tree();
            Assert.Contains(words, tree.Words("#errors"));
            if (field != "category")
                Assert.Contains(tree.QuerySelector($"input[name={field}]")!.GetAttribute("value")!, query);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await marta.GetAsync("/reports/promises/export?table=nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await marta.GetAsync($"/reports/cases?measure=Stepped&part={complaint.Jo.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await jo.GetAsync("/reports/recovery")).StatusCode);

        await complaint.Summarise();
        await complaint.Offer();
        await desk.Cases.Change(complaint.Number, @case => @case.Choose(1, 1, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
        await complaint.Deliver();
        await desk.Cases.Change(complaint.Number, @case => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
        await desk.Get<ReportReader>().CatchUp();
        var mine = await hanna.Open("/reports/steps");
        Assert.Equal("of 1, too few", mine.QuerySelectorAll("tbody tr")[0].Children[1].TextContent);
        Assert.Single((await hanna.Open("/reports/steps/cases")).QuerySelectorAll("tbody tr"));
        Assert.Empty((await jo.Open("/reports/steps/cases")).QuerySelectorAll("tbody tr"));
        foreach (var other in new[] { jo, marta })
        {
            var theirs = await other.Open("/reports/steps");
            Assert.Contains("would say too much of each", theirs.Words(".lead"));
            Assert.All(theirs.QuerySelectorAll("tbody tr"), row => Assert.Equal("–", row.Children[1].TextContent));
        }
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Who_bought_again_is_told_by_how_fast_it_was_put_right_once_ninety_days_have_passed(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var marta = await desk.SignIn(await desk.AddPerson("Marta", Role.Manager));
        var first = await Complaint.Open(desk);
        var began = desk.Clock.Now;
        for (var i = 0; i < 24; i++) // twelve within a day, of whom eleven buy again; twelve after a week, of whom two do
        {
            desk.Clock.Now = began;
            var (id, name) = await desk.AddCustomer($"Customer {i}");
            var complaint = new Complaint(desk, first.Jo, Actor.Customer(id, name), await desk.Complain(name, "Broken kettle", "It leaks.", first.Jo));
            await complaint.Summarise();
            await complaint.Offer();
            await desk.Cases.Change(complaint.Number, @case => @case.Choose(@case.State.Offer!.Id, 2, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
            desk.Clock.Now = began.AddHours(i < 12 ? 5 : 180);
            await complaint.Deliver();
            await desk.Cases.Change(complaint.Number, @case => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
            foreach (var days in new[] { -60, i is < 11 or > 21 ? 30 : 120 }) // what came before, or too late, says nothing
                await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) values (@id, @number, @number, @at, 100, 'EUR')", new { id, number = $"N{i} {days}", at = desk.Clock.Now.AddDays(days).ToUnixTimeMilliseconds() }));
        }

        await desk.Get<ReportReader>().CatchUp();
        desk.Clock.Now = began.AddDays(80);
        marta = await desk.SignIn(await desk.AddPerson("Mara", Role.Manager));
        Assert.Equal("nothing to count", (await marta.Open("/reports/stayed")).QuerySelectorAll(".kpi")[0].Children[3].TextContent);
        desk.Clock.Now = began.AddDays(120);
        marta = await desk.SignIn(await desk.AddPerson("Maud", Role.Manager));
        var page = await marta.Open("/reports/stayed");
        Assert.Equal(["13 of 24", "11 of 12", "2 of 12"], page.QuerySelectorAll(".kpi").Take(3).Select(card => card.Children[2].TextContent.Trim()));
        Assert.Contains("What was put right within three days, customers bought again more often, by 75 points (36 to 89).", page.Words(".lead"));
        Assert.Equal(["12", "0", "0", "12", "0", "0"], page.QuerySelectorAll("section[aria-labelledby=t-speed] tbody tr").Select(row => row.Children[1].TextContent));
    }

    private static int Closed(string csv) => csv.Split("\r\n").Skip(1).Where(line => line.Length > 0).Sum(line => int.Parse(line.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A workbook as a spreadsheet reads it: by its relations, sheet by sheet.</summary>
    private static Dictionary<string, List<List<string>>> Read(byte[] file)
    {
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", packaged = "http://schemas.openxmlformats.org/package/2006/relationships";
        using var zip = new ZipArchive(new MemoryStream(file));
        var types = Xml("[Content_Types].xml");
        Assert.Equal(zip.Entries.Count - 3, types.Elements().Count(each => each.Name.LocalName == "Override")); // every part but types and relations says what it is
        var targets = Xml("xl/_rels/workbook.xml.rels").Elements(packaged + "Relationship").ToDictionary(each => each.Attribute("Id")!.Value, each => each.Attribute("Target")!.Value);
        Assert.Equal("xl/workbook.xml", Assert.Single(Xml("_rels/.rels").Elements(packaged + "Relationship")).Attribute("Target")!.Value);
        return Xml("xl/workbook.xml").Descendants(main + "sheet").ToDictionary(sheet => sheet.Attribute("name")!.Value, sheet => Xml("xl/" + targets[sheet.Attribute(relations + "id")!.Value]).Descendants(main + "row")
            .Select(row => row.Elements(main + "c").Select(cell => cell.Value).ToList()).ToList());

        XElement Xml(string path)
        {
            using var stream = zip.GetEntry(path)!.Open();
            return XElement.Load(stream);
        }
    }
}
