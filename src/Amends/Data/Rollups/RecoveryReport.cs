using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Improvements;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Outcomes;
using Amends.Domain.Remedies;
using Amends.Domain.Reports;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>Where a manager lands: what customers said in the end, which promises were kept, how long it takes, what repeats, what it costs.</summary>
public static class RecoveryReport
{
    private const int MostCategories = 8, MostListed = 6;

    private static readonly (Ending Ending, string Words)[] Endings =
    [
        (Ending.PutRight, "Yes, it is put right"), (Ending.Partly, "Partly"), (Ending.NotPutRight, "No, it is not"), (Ending.NoAnswer, "Nothing: no answer"), (Ending.NoNeed, "Nothing: no follow-up wanted"), (Ending.NoAgreement, "We could not agree"),
    ];

    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var ((ended, endedBefore), (promises, promisesBefore)) = (await ask.Both(Measure.Ended), await ask.Both(Measure.Promise));
        var answered = Marks.TimePart((int)Milestone.Answered, TimeCount.Open);
        var ((took, tookBefore), (closed, closedBefore)) = (await ask.Both(Measure.Took, answered), await ask.Both(Measure.Closed));
        var ((said, saidBefore), (asked, _)) = (await ask.Both(Measure.Said), await ask.Both(Measure.Asked));
        var ((recurred, recurredBefore), (worth, worthBefore)) = (await ask.Both(Measure.Recurred), await ask.Both(Measure.Worth));
        var remedies = await ask.Counts.Of(Measure.Remedy, ask.Slice);
        var (put, putBefore) = (ended.Of(Ending.PutRight), endedBefore.Of(Ending.PutRight));
        List<Figure> figures =
        [
            Figure.OfShare("recovered", "Customers recovered", "Complaints whose customer said in the end that it is put right, of those that were answered with yes, partly or no.", Recovered(ended), Recovered(endedBefore), true, ask.CasesOf(Measure.Ended, (int)Ending.PutRight)),
            await ProblemRate(ask), // recoveries never stand without how much goes wrong
            Figure.OfShare("promises_kept", "Promises kept", "Promised contacts that came in time, of those that were due and not moved beforehand.", PromiseReport.Kept(promises), PromiseReport.Kept(promisesBefore), true, ask.CasesOf(Measure.Promise, null, (int)PromiseEnd.Missed, (int)PromiseEnd.Missed)),
            Figure.OfTime("first_answer", "First human answer", "Open hours from receipt to the first word from a person: the median, by the day of that word.", took.Durations(answered), tookBefore.Durations(answered), ask.CasesOf(Measure.Took, answered)),
            Figure.OfShare("satisfied", "Rated 4 or 5", "Ratings of 4 or 5 of 5 after the end, of those that were given.", SatisfactionReport.Top(said, Scale.Satisfied, 4), SatisfactionReport.Top(saidBefore, Scale.Satisfied, 4), true, ask.CasesOf(Measure.Said, (int)Scale.Satisfied)),
            Figure.OfShare("silent", "Said nothing", "Customers whom we asked whether it is put right and who did not answer, of all whom we asked.", Question.Share(asked.Of(Reply.Silent), asked.Of(Reply.Silent) + asked.Of(Reply.Answered)), null, false, ask.CasesOf(Measure.Asked, (int)Reply.Silent)),
            Figure.OfShare("confirmed_closed", "Closed with their yes", "Complaints closed because the customer said yes, of all that were closed.", Question.Share(closed.Of(CloseReason.Confirmed), closed.All), Question.Share(closedBefore.Of(CloseReason.Confirmed), closedBefore.All), true, ask.CasesOf(Measure.Closed, (int)CloseReason.Confirmed)),
            Figure.OfShare("recurrence", "Came again", "Closed complaints whose customer complained of the same category again within 30 days, of all that were closed.", Question.Share(recurred.All, closed.All), Question.Share(recurredBefore.All, closedBefore.All), false, recurred.All == 0 ? null : ask.CasesOf(Measure.Recurred)),
            new("cost", "Cost per recovery", "What done refunds, vouchers and goods are worth, for each complaint whose customer said that it is put right.", FigureUnit.Money, put == 0 ? null : (double)worth.All / put, put) { Before = putBefore < 10 ? null : (double)worthBefore.All / putBefore, Cases = ask.CasesOf(Measure.Worth) },
        ];
        var promise = await PromiseReport.Along(ask);
        var endings = new ReportTable("said", "What they said in the end", "Each complaint that ended or was answered, once, by its newest answer; silence is never a yes.",
            [new("said", "What"), new("complaints", "Complaints"), new("share", "Share")],
            [.. Endings.Select(each => new ReportRow([each.Words, ended.Of(each.Ending), Question.Share(ended.Of(each.Ending), ended.All)], ask.CasesOf(Measure.Ended, (int)each.Ending)))]) { Chart = ChartKind.Rows, Width = 6, Drawn = ["complaints"] };
        var done = new ReportTable("remedies", "What we did", "Remedies done in these days, what they are worth, and how many did not work.",
            [new("kind", "Remedy"), new("done", "Done"), new("failed", "Did not work"), new("worth", "Worth")],
            [.. remedies.Parts.OrderByDescending(part => part.Count).Select(part => new ReportRow([KindWords((RemedyKind)part.Part), remedies.Of(part.Part, 1), remedies.Of(part.Part, 2), new Money(worth.Of((RemedyKind)part.Part), ask.Company.Currency)], ask.CasesOf(Measure.Remedy, part.Part)))]) { Width = 6 };
        return new("recovery", "Service recovery", "Did customers say that it is put right, did we do what we promised, and what came back?", ask.Slice, figures, [promise with { Width = 8 }, (await BottleneckReport.Open(ask)) with { Width = 4 }, await NeedsLeader(ask), await Fixes(ask), endings, await Why(ask), done])
        {
            Finding = $"{closed.All:N0} {(closed.All == 1 ? "complaint" : "complaints")} closed, beside {closedBefore.All:N0} in as many days before.",
        };
    }

    /// <summary>Put right, of those with an answer.</summary>
    public static Domain.Statistics.Proportion Recovered(Sums ended) => Question.Share(ended.Of(Ending.PutRight), ended.Of(Ending.PutRight) + ended.Of(Ending.Partly) + ended.Of(Ending.NotPutRight));

    private static async Task<Figure> ProblemRate(Question ask)
    {
        var (came, came0) = ((await ask.Counts.Of(Measure.Opened, ask.Slice)).All, (await ask.Counts.Of(Measure.Opened, ask.Slice.Before)).All);
        var (orders, orders0) = (await ask.Orders(ask.Slice), await ask.Orders(ask.Slice.Before));
        return new("problem_rate", "Problem rate", "Complaints that came for each 100 orders placed in these days; it stands beside what was recovered, since a problem that was not made needs no recovery.", FigureUnit.Mean, orders == 0 ? null : 100.0 * came / orders, orders)
        {
            Before = orders0 < Domain.Statistics.Proportion.Few ? null : 100.0 * came0 / orders0, MoreIsBetter = false, Cases = ask.CasesOf(Measure.Opened),
        };
    }

    /// <summary>Open complaints whose promise is broken now, the longest first, then those of people in danger, in need or very upset; they are of today, whatever days the report is about.</summary>
    private static async Task<ReportTable> NeedsLeader(Question ask)
    {
        var rows = (await Open("c.next_contact_at < @now", "c.next_contact_at, c.number", MostListed)).ToList();
        if (rows.Count < MostListed)
            rows.AddRange(await Open($"c.next_contact_at >= @now and c.urgency <= {(int)Urgency.Serious}", "c.urgency, c.next_contact_at, c.number", MostListed - rows.Count));
        return new("needs_leader", "Needs a leader today", $"Open complaints whose promised contact is late now, the longest first, then people who may be in danger, are in need or very upset; {MostListed} at the most, whatever days are chosen above.",
            [new("case", "Case"), new("with", "With"), new("late", "Late by"), new("mood", "Words"), new("ordered", "Ordered for")],
            [.. rows.Select(row => new ReportRow(
                [$"{row.Customer}: {Texts.Cut(row.Subject, 60)}", row.Owner ?? "Nobody", row.NextContactAt < ask.Now.ToUnixTimeMilliseconds() ? ask.Now - DateTimeOffset.FromUnixTimeMilliseconds(row.NextContactAt) : null, row.Mood is { } mood ? UpsetWords.Of((UpsetLevel)mood) : null, new Money(row.Ordered, ask.Company.Currency)]) { Page = $"/cases/{row.Number}" })]) { Width = 8 };

        Task<IEnumerable<LeaderRow>> Open(string which, string order, int most) => ask.Connection.QueryAsync<LeaderRow>(
            $"""
            select c.number, c.subject, u.name as customer, p.name as owner, c.next_contact_at, c.mood, (select coalesce(sum(o.total_minor), 0) from orders o where o.customer_id = c.customer_id and o.currency = @currency) as ordered
            from (select number, subject, customer_id, owner_id, next_contact_at, mood, urgency from cases c where c.closed_at is null and c.kind = {(int)CaseKind.Complaint} and {which} order by {order} limit {most}) c join customers u on u.id = c.customer_id left join people p on p.id = c.owner_id order by {order}
            """, new { now = ask.Now.ToUnixTimeMilliseconds(), currency = ask.Company.Currency });
    }

    /// <summary>Improvements that are agreed or in progress, by the day on which they are due.</summary>
    private static async Task<ReportTable> Fixes(Question ask)
    {
        var rows = await ask.Connection.QueryAsync<FixRow>($"select i.id, i.what, i.due, p.name as owner from improvements i left join people p on p.id = i.owner_id where i.state in ({(int)ImprovementState.Agreed}, {(int)ImprovementState.InProgress}) order by coalesce(i.due, '9999'), i.id limit {MostListed}");
        return new("fixes", "Fixes under way", "Improvements that are agreed to or in progress, those that are due first on top; whatever days are chosen above.",
            [new("what", "What"), new("owner", "Who"), new("due", "Due")],
            [.. rows.Select(row => new ReportRow([Texts.Cut(row.What, 80), row.Owner ?? "Nobody", row.Due is { } due ? DateOnly.ParseExact(due, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "no day"]) { Page = $"/improvements/{row.Id}" })]) { Width = 4 };
    }

    private sealed class LeaderRow
    {
        public long Number { get; init; }
        public string Subject { get; init; } = "";
        public string Customer { get; init; } = "";
        public string? Owner { get; init; }
        public long NextContactAt { get; init; }
        public int? Mood { get; init; }
        public long Ordered { get; init; }
    }

    private sealed class FixRow
    {
        public long Id { get; init; }
        public string What { get; init; } = "";
        public string? Due { get; init; }
        public string? Owner { get; init; }
    }

    private static async Task<ReportTable> Why(Question ask)
    {
        var now = await ask.Counts.ByCategory(Measure.Opened, ask.Slice);
        var before = (await ask.Counts.ByCategory(Measure.Opened, ask.Slice.Before)).ToDictionary(each => each.Category, each => each.Count);
        var all = now.Sum(each => each.Count);
        var rows = now.Take(MostCategories).Select(each => new ReportRow([CategoryWords(each.Category), each.Count, Question.Share(each.Count, all), before.GetValueOrDefault(each.Category)], ask.CasesOf(Measure.Opened, category: each.Category))).ToList();
        if (now.Skip(MostCategories).Sum(each => each.Count) is > 0 and var rest)
            rows.Add(new(["All others", rest, Question.Share(rest, all), now.Skip(MostCategories).Sum(each => before.GetValueOrDefault(each.Category))],
                ask.CasesOf(Measure.Opened) + "&without=" + string.Join(',', now.Take(MostCategories).Select(each => each.Category.Length == 0 ? Slice.NoCategory : Uri.EscapeDataString(each.Category)))));
        return new("why", "Why customers complain", "Complaints that came in these days by their category, beside as many days before.",
            [new("category", "Category"), new("complaints", "Complaints"), new("share", "Share"), new("before", "Before")], rows) { Chart = ChartKind.Rows, Width = 6, Drawn = ["complaints"] };
    }

    /// <summary>A category in words.</summary>
    public static string CategoryWords(string code) => code.Length == 0 ? "No category yet" : CategorySet.WordsOf(code) ?? code;

    private static string KindWords(RemedyKind kind) => string.Concat(kind.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
