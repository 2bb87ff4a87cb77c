using Amends.Features.Inbox;
using Amends.Features.Shared;
using Dapper;

namespace Amends.Tests.Features.Inbox;

/// <summary>
/// How the databases read lists: along one index and in its order. A list that is sorted after
/// reading, or a number that looks at closed cases, costs nothing on a young desk and everything on an old one.
/// </summary>
public sealed class ListPlanTests
{
    private static readonly object Values = new { me = 3L, now = 1L, today = 2L, at = 3L, number = 1001L, rank = 1, Held = "" };

    private static readonly Dictionary<string, string> IndexOf = new()
    {
        ["mine"] = "cases_open_owner", ["team"] = "cases_open_promise", ["unassigned"] = "cases_open_owner", ["overdue"] = "cases_open_promise", ["due"] = "cases_open_promise",
        ["with-customer"] = "cases_with_customer", ["follow-ups"] = "cases_stage", ["others"] = "cases_others", ["second-look"] = "cases_second_look", ["hard"] = "cases_hard", ["closed"] = "cases_closed",
    };

    private static IEnumerable<InboxView> InOneOrder => InboxView.All.Values.Where(view => view.Bands == 0);

    private static IEnumerable<(InboxView View, int? From)> ByUrgency =>
        InboxView.All.Values.Where(view => view.Bands > 0).SelectMany(view => Enumerable.Range(-1, view.Bands + 1).Select(from => (view, from < 0 ? (int?)null : from)));

    [Fact]
    public async Task SQLite_finds_the_page_of_an_urgent_list_in_its_index_alone_and_sorts_only_what_is_due()
    {
        await using var desk = await Desk.Start();
        foreach (var (view, from) in ByUrgency)
        {
            var plan = await Plan(desk, InboxQuery.UrgentSql(view, from));
            var bands = view.Bands - (from ?? 0);
            var found = plan.Split('\n').Where(line => line.StartsWith("SEARCH c USING COVERING INDEX", StringComparison.Ordinal)).ToList();
            Assert.Equal(bands, found.Count);
            Assert.All(found, line => Assert.Contains(IndexOf[view.Id], line));
            var sorted = Enumerable.Range(from ?? 0, bands).Count(band => band < 2); // overdue, due today
            Assert.Equal(sorted + 1, plan.Split('\n').Count(line => line.Contains("TEMP B-TREE"))); // and the page itself
        }
    }

    [Fact]
    public async Task PostgreSQL_reads_an_urgent_list_too()
    {
        await using var desk = await Desk.Start("postgres");
        foreach (var (view, from) in ByUrgency)
        {
            var plan = await desk.Database.Read(async connection =>
            {
                await connection.ExecuteAsync("set enable_seqscan = off; set enable_bitmapscan = off"); // a desk without cases would be read whole
                var lines = await connection.QueryAsync<string>("explain " + InboxQuery.UrgentSql(view, from), Values);
                await connection.ExecuteAsync("reset all");
                return string.Join('\n', lines);
            });
            Assert.Matches(@"Index (Only )?Scan using cases_\w+ on cases c", plan);
            Assert.DoesNotContain("Seq Scan on cases", plan);
        }
    }

    [Fact]
    public async Task SQLite_reads_every_list_along_its_index_and_sorts_nothing()
    {
        await using var desk = await Desk.Start();
        foreach (var view in InOneOrder)
        {
            foreach (var later in (bool[])[false, true])
            {
                var plan = await Plan(desk, InboxQuery.SqlOf(view, later));
                Assert.Matches($@"(SCAN|SEARCH) c USING (COVERING )?INDEX {IndexOf[view.Id]}\b", plan);
                Assert.DoesNotContain("TEMP B-TREE", plan);
            }
        }
    }

    [Fact]
    public async Task PostgreSQL_can_read_every_list_along_an_index_and_sorts_nothing()
    {
        await using var desk = await Desk.Start("postgres");
        foreach (var view in InOneOrder)
        {
            foreach (var later in (bool[])[false, true])
            {
                var plan = await desk.Database.Read(async connection =>
                {
                    await connection.ExecuteAsync("set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off"); // a desk without cases would be read whole
                    var lines = await connection.QueryAsync<string>("explain " + InboxQuery.SqlOf(view, later), Values);
                    await connection.ExecuteAsync("reset all");
                    return string.Join('\n', lines);
                });
                Assert.Matches(@"Index (Only )?Scan( Backward)? using cases_\w+ on cases c", plan); // which one its statistics say
                Assert.DoesNotContain("Sort", plan);
            }
        }
    }

    [Fact]
    public async Task The_numbers_in_the_navigation_look_at_no_case_that_they_do_not_count()
    {
        await using var desk = await Desk.Start();
        var lines = (await Plan(desk, DeskNumbers.Sql)).Split('\n').Where(line => line.Contains("cases")).ToList();

        Assert.Equal(8, lines.Count);
        Assert.All(lines, line => Assert.Matches(@"USING (COVERING )?INDEX cases_(open_owner|open_promise|with_customer|stage|second_look|call|approval)\b", line));
        Assert.Equal(2, lines.Count(line => line.Contains("SEARCH cases USING COVERING INDEX cases_open_owner (owner_id=?")));
    }

    private static async Task<string> Plan(Desk desk, string sql) =>
        string.Join('\n', await desk.Database.Read(async connection => (await connection.QueryAsync<(long, long, long, string Detail)>("explain query plan " + sql, Values)).Select(row => row.Detail).ToList()));
}
