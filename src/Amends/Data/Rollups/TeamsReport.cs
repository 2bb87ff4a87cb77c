using Amends.Domain.Outcomes;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;

namespace Amends.Data.Rollups;

/// <summary>
/// What goes wrong where, team by team: problems for each order first, then whether they came again. What was put right stands last and orders nothing, since whoever counts recoveries gets problems to recover from
/// (practice 4-4). How long anybody took is not in it. People are added up by the team in which they are now.
/// </summary>
public static class TeamsReport
{
    private const int PerOrders = 1000;

    private const string Whose = "Whoever has a complaint now, or had it at its end, counts it for the team in which they are now, also what came before they joined it. A team of one person is counted with the others, who are people without a team and what nobody has.";

    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var ((came, came0), (again, again0)) = (await ask.Both(Measure.CameTo), await ask.Both(Measure.CameAgainTo));
        var ((ended, ended0), (promised, promised0)) = (await ask.Both(Measure.EndedBy), await ask.Both(Measure.PromisedBy));
        var (orders, orders0) = (await ask.Orders(ask.Slice), await ask.Orders(ask.Slice.Before));
        var groups = await TeamGroups.Read(ask.Connection);
        var lines = groups.Shown.Select(group => Line.Of(group, came, again, ended, promised, orders)).ToList();
        return new("teams", "Teams", "Where do fewer problems come from, and do they stay away?", ask.Slice,
            [
                new("problem_rate", "Problem rate", $"Complaints that came for each {PerOrders:N0} orders placed in these days, of all teams together; of all categories, an order has none.", FigureUnit.Mean, Rate(came.All, orders), orders) { Before = orders0 < Proportion.Few ? null : Rate(came0.All, orders0), MoreIsBetter = false, Cases = Of(Measure.CameTo) },
                Figure.OfShare("recurrence", "Came again", "Closed complaints whose customer complained of the same category again within 30 days, of all that were closed.", Again(again), Again(again0), false, Again(again).Hits == 0 ? null : Of(Measure.CameAgainTo, 1, 1)),
                Figure.OfShare("self_made", "Problems we made ourselves", "Complaints that ended and were about how we answered or handled something, or went back to a complaint whose fix failed or in which we had broken a promise, of all that ended with an answer, without agreement or without a word.", SelfMade(ended), SelfMade(ended0), false, Of(Measure.EndedBy, Marks.SelfMade)),
                Figure.OfShare("promises_kept", "Promises kept", "Promised contacts that came in time, of those that were due and not moved beforehand.", PromiseReport.Kept(promised), PromiseReport.Kept(promised0), true, Of(Measure.PromisedBy, (int)PromiseEnd.Kept, (int)PromiseEnd.Kept)),
                Figure.OfShare("put_right", "Put right by their own yes", "Complaints whose customer said in the end that it is put right, of those that ended and were not of our own making: what we broke ourselves is no recovery.", PutRight(ended), PutRight(ended0), true, Of(Measure.EndedBy, (int)Ending.PutRight, (int)Ending.PutRight)),
            ],
            [
                new("teams", "Team by team", $"Fewest complaints for each order first, then fewest that came again; no other order is offered. {Whose} The rate is of all orders of these days, so a team that answers for more has more: read it beside what the team answers for.",
                    [new("team", "Team"), new("complaints", "Complaints"), new("per_1000_orders", "For 1,000 orders"), new("recurrence", "Came again"), new("self_made", "We made it ourselves"), new("promises_kept", "Promises kept"), new("put_right", "Put right")],
                    [.. InOrder(lines).Select(line => line.Row(ask))]),
            ])
        {
            Finding = groups.HasTeams ? null : "There is no team of two people or more yet. Managers make teams under Settings, Teams.",
        };

        string Of(Measure measure, int? least = null, int? most = null) => CasesOf(ask, TeamGroups.Everybody, measure, least, most);
    }

    /// <summary>Promises by team, by name; nothing where there is no team to show.</summary>
    public static async Task<IReadOnlyList<ReportTable>> Promises(Question ask)
    {
        var groups = await TeamGroups.Read(ask.Connection);
        if (!groups.HasTeams)
            return [];
        var promised = await ask.Counts.Of(Measure.PromisedBy, ask.Slice);
        return
        [
            new("teams", "By team", $"Promises of these days by the team of whoever has the case. {Whose}", [new("team", "Team"), new("due", "Due"), new("kept", "Kept"), new("missed", "Missed"), new("moved", "Moved")],
                [.. groups.Shown.Select(group => (Group: group, Sums: promised.Where(group.Has))).Select(each => new ReportRow([each.Group.Name, Due(each.Sums), PromiseReport.Kept(each.Sums), each.Sums.At((int)PromiseEnd.Missed), each.Sums.At((int)PromiseEnd.Moved)])
                {
                    CellCases = [null, Of(each, PromiseEnd.Kept, PromiseEnd.Missed), Of(each, PromiseEnd.Kept), Of(each, PromiseEnd.Missed), Of(each, PromiseEnd.Moved)],
                })]),
        ];

        static long Due(Sums promises) => promises.At((int)PromiseEnd.Kept) + promises.At((int)PromiseEnd.Missed);

        string? Of((TeamGroup Group, Sums Sums) each, PromiseEnd least, PromiseEnd? most = null) => each.Sums.Between((int)least, (int)(most ?? least)) == 0 ? null : CasesOf(ask, each.Group.Key, Measure.PromisedBy, (int)least, (int)(most ?? least));
    }

    private static IEnumerable<Line> InOrder(IEnumerable<Line> lines) => lines.OrderBy(line => line.Group.Key == TeamGroups.Others).ThenBy(line => line.Came)
        .ThenBy(line => line.Again is { IsFew: false, Share: { } share } ? share : 1).ThenBy(line => line.Group.Name, StringComparer.Ordinal);

    private static double? Rate(long complaints, long orders) => orders == 0 ? null : (double)PerOrders * complaints / orders;

    private static Proportion Again(Sums closed) => Question.Share(closed.At(1), closed.All);

    private static Proportion SelfMade(Sums ended) => Question.Share(ended.Between(Marks.SelfMade, int.MaxValue), ended.All);

    private static Proportion PutRight(Sums ended) => Question.Share(ended.At((int)Ending.PutRight), ended.Between(0, Marks.SelfMade - 1));

    private static string CasesOf(Question ask, string group, Measure measure, int? least = null, int? most = null) => $"{ask.CasesOf(measure, null, least, most)}&team={group}";

    /// <summary>A row.</summary>
    private sealed record Line(TeamGroup Group, long Came, double? Rate, Proportion Again, Proportion SelfMade, Proportion Kept, Proportion PutRight)
    {
        public static Line Of(TeamGroup group, Sums came, Sums again, Sums ended, Sums promised, long orders)
        {
            var (mine, theirs) = (came.Where(group.Has).All, ended.Where(group.Has));
            return new(group, mine, TeamsReport.Rate(mine, orders), TeamsReport.Again(again.Where(group.Has)), TeamsReport.SelfMade(theirs), PromiseReport.Kept(promised.Where(group.Has)), TeamsReport.PutRight(theirs));
        }

        public ReportRow Row(Question ask)
        {
            string? Of(long count, Measure measure, int? least = null, int? most = null) => count == 0 ? null : CasesOf(ask, Group.Key, measure, least, most);
            return new([Group.Name, Came, Rate, Again, SelfMade, Kept, PutRight])
            {
                CellCases =
                [
                    null, Of(Came, Measure.CameTo), Of(Came, Measure.CameTo), Of(Again.Hits, Measure.CameAgainTo, 1, 1), Of(SelfMade.Hits, Measure.EndedBy, Marks.SelfMade),
                    Of(Kept.Hits, Measure.PromisedBy, (int)PromiseEnd.Kept, (int)PromiseEnd.Kept), Of(PutRight.Hits, Measure.EndedBy, (int)Ending.PutRight, (int)Ending.PutRight),
                ],
            };
        }
    }
}
