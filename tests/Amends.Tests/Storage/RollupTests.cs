using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Reports;
using Amends.Domain.Tests.Cases;
using Amends.Tests.Channels.Email;
using Dapper;
using Known = Amends.Domain.Tests.Cases.Desk;

namespace Amends.Tests.Storage;

/// <summary>What is kept for reports is what a recount of all logs gives: after random histories, in odd pieces, with the program killed in between, on both databases.</summary>
public sealed class RollupTests
{
    private const int Cases = 12, Rounds = 6, StepsInRound = 8;

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_counts_equal_a_recount_after_random_histories_and_kills(string kind)
    {
        await using var desk = await Desk.Start(kind);
        foreach (var who in new[] { Known.Jo, Known.Lea, Known.Max, Known.Rita })
            Assert.Equal(who.Id, (await desk.AddPerson(who.Name, who.Role)).Id);
        for (var id = 1; id <= 10; id++)
            Assert.Equal(id, (await desk.AddCustomer(id == Known.Amara.Id ? Known.Amara.Name : $"Customer {id}")).Id);
        var (seed, killed, late) = (Random.Shared.Next(), 0, 0);
        try
        {
            var random = new Random(seed);
            var (numbers, ended, at, book) = (new List<long>(), Array.Empty<long>(), Known.Start, await desk.Get<DeadlineDesk>().Book());
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < Cases / Rounds; i++)
                    numbers.Add(await desk.Cases.Open(Known.Opened(repeat: random.Next(4) == 0)));
                foreach (var number in numbers)
                {
                    for (var i = 0; i < StepsInRound; i++)
                    {
                        at = at.AddMinutes(1 + random.Next(240));
                        var step = random.Next(100_000) is var any && random.Next(2) == 0 ? any - any % 3 : any;
                        try
                        {
                            await desk.Cases.Change(number, @case => RandomVerbs.Try(@case, step, at, (int)(number % 4), book));
                        }
                        catch (Refused)
                        {
                            // anybody tries anything
                        }
                    }
                }

                // Ends, and ends that are taken back after they were counted: random verbs seldom come so far.
                foreach (var number in ended)
                {
                    await desk.Cases.Change(number, @case => @case.Reopen("They changed their mind.", Known.Lea, Known.Hours, at));
                    late++;
                }

                ended = [await desk.Cases.Open(Known.Opened()), await desk.Cases.Open(Known.Opened())];
                foreach (var number in ended)
                    await desk.Cases.Change(number, @case => @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without("They wrote it themselves."), Known.Lea, at));

                var reader = new ReportReader(desk.Database, desk.Get<StoredSettings>()); // a fresh one: it remembers nothing
                for (var piece = 0; piece < 3; piece++)
                {
                    if ((piece == 0 || random.Next(2) == 0) && await reader.Waiting() > 0)
                    {
                        killed++;
                        await Assert.ThrowsAsync<TimeoutException>(() => reader.Step(most: 3, before: _ => throw new TimeoutException("killed before the commit")));
                    }

                    await reader.Step(most: 1 + random.Next(40));
                }

                if (round % 3 == 2)
                {
                    await reader.CatchUp();
                    await MustEqual(desk, "after round " + round);
                }
            }

            Assert.InRange(killed, Rounds, int.MaxValue); // otherwise this proves little
            Assert.Equal(2 * (Rounds - 1), late);
            var kinds = (await desk.Rows<int>("select distinct measure from report_counts order by measure")).Select(each => (Measure)each).ToList();
            Assert.Superset(new HashSet<Measure>([Measure.Opened, Measure.Closed, Measure.Promise, Measure.InStep, Measure.Contacts]), kinds.ToHashSet());

            await TeamsMustEqual(desk);
            var before = await Stored(desk);
            await desk.Get<ReportReader>().Forget();
            await desk.Get<ReportReader>().Step(most: 2);
            await desk.Get<ReportReader>().Step(most: 2); // stopped in the middle, and begun again
            await desk.Get<ReportReader>().CatchUp();
            Assert.Equal(before, await Stored(desk));

            await desk.Get<StoredSettings>().Set(new Company { TimeZone = "Asia/Tokyo" });
            await desk.Get<ReportReader>().CatchUp();
            Assert.NotEqual(before, await Stored(desk));
            await MustEqual(desk, "in another zone");
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"new Random({seed}) on {kind}: {e.Message}", e);
        }
    }

    /// <summary>A team's figures are those of the cases that its people have now, asked of the tables; whoever moves takes theirs along.</summary>
    private static async Task TeamsMustEqual(Desk desk)
    {
        var (teams, categories) = (desk.Get<TeamDesk>(), (await desk.Get<StoredSettings>().Company()).Content.Categories);
        var first = await desk.Database.Write(unit => teams.Add(unit, new() { Name = "First", People = [Known.Jo.Id, Known.Max.Id] }, categories, Known.Max, desk.Clock.Now));
        var (withJo, without) = (await Row("First", [Known.Jo.Id, Known.Max.Id]), await Row("Others", [Known.Lea.Id, Known.Rita.Id, 0]));
        Assert.True(without is null && withJo is not null); // one alone is not shown
        await desk.AddPerson("Ned", Amends.Domain.People.Role.Agent);
        without = await Row("Others", [Known.Lea.Id, Known.Rita.Id, 0]);
        await desk.Database.Write(unit => teams.Change(unit, first, new() { People = [Known.Lea.Id, Known.Max.Id] }, categories, Known.Max, desk.Clock.Now));
        var withLea = await Row("First", [Known.Lea.Id, Known.Max.Id]);
        Assert.Equal(withJo.Came + without!.Came, withLea!.Came + (await Row("Others", [Known.Jo.Id, Known.Rita.Id, 0]))!.Came);

        async Task<(long Came, int Closed, int Due)?> RowOf(string name)
        {
            var report = await desk.Get<ReportBook>().Read(ReportBook.All.Single(entry => entry.Key == "teams"), new Slice(new(2020, 1, 1), new(2029, 12, 31), null), null, default);
            return report.Tables[0].Rows.SingleOrDefault(row => (string)row.Cells[0]! == name) is { } row ? ((long)row.Cells[1]!, ((Amends.Domain.Statistics.Proportion)row.Cells[3]!).Of, ((Amends.Domain.Statistics.Proportion)row.Cells[5]!).Of) : null;
        }

        async Task<TeamRow?> Row(string name, long[] people)
        {
            if (await RowOf(name) is not { } row)
                return null;
            var owned = $"from cases where kind = 1 and coalesce(owner_id, 0) in ({string.Join(',', people)})";
            var rules = ReportReader.RulesOf(await desk.Get<StoredSettings>().Company(), await desk.Get<DeadlineDesk>().Book());
            var due = 0L;
            foreach (var log in (await desk.Rows<(long Number, string Kind, string Body)>($"select case_number, kind, body from events where case_number in (select number {owned}) order by case_number, seq")).GroupBy(each => each.Number))
                due += CaseFacts.Of([.. log.Select(each => CaseJson.Event(each.Kind, each.Body))], rules).Marks.Where(mark => mark.Key is { Measure: Measure.Promise, Bucket: (int)PromiseEnd.Kept or (int)PromiseEnd.Missed }).Sum(mark => mark.Value);
            Assert.Equal((await desk.Value<long>($"select count(*) {owned}"), (int)await desk.Value<long>($"select count(*) {owned} and closed_at is not null"), (int)due), row);
            return new(row.Came, row.Closed, row.Due);
        }
    }

    private sealed record TeamRow(long Came, int Closed, int Due);

    /// <summary>Counts all logs anew without what is stored, and asks lists that nothing of this made.</summary>
    internal static async Task MustEqual(Desk desk, string when)
    {
        var company = await desk.Get<StoredSettings>().Company();
        var rules = ReportReader.RulesOf(company, await desk.Get<DeadlineDesk>().Book());
        var facts = (await desk.Rows<(long Number, string Kind, string Body)>("select case_number, kind, body from events order by case_number, seq"))
            .GroupBy(row => row.Number).Select(log => CaseFacts.Of([.. log.Select(row => CaseJson.Event(row.Kind, row.Body))], rules)).ToList();
        var cells = new Dictionary<Cell, long>();
        foreach (var each in facts)
        {
            // nobody orders anything in these histories
            foreach (var (mark, count) in each.Marks.Concat(SameCustomer.MarksOf(each, facts.Where(other => other.CustomerId == each.CustomerId), company.Zone())).Concat(OrderedAgain.MarksOf(each, null, company.Zone())))
            {
                foreach (var cell in Cell.Of(mark, each.Category))
                    cells[cell] = cells.GetValueOrDefault(cell) + count;
            }
        }

        var fromLogs = await Stored(desk, $"where measure < {(int)Measure.WorthEnded} or measure in ({(int)Measure.CameTo}, {(int)Measure.CameAgainTo}, {(int)Measure.PromisedBy})");
        Assert.True(Words(cells).SequenceEqual(fromLogs), $"{when}: {string.Join("; ", Words(cells).Except(fromLogs).Take(5))} against {string.Join("; ", fromLogs.Except(Words(cells)).Take(5))}");
        await WorthRollupTests.MustEqual(desk, when);
        foreach (var (measure, sql) in new[]
        {
            (Measure.Opened, "select count(*) from cases where kind = 1"), (Measure.Closed, "select count(*) from cases where kind = 1 and closed_at is not null"),
            (Measure.Contacts, "select count(*) from cases where kind = 1 and closed_at is not null"),
            (Measure.Summed, "select count(*) from events e join cases c on c.number = e.case_number where c.kind = 1 and e.kind in ('summary_written', 'summary_corrected')"),
        })
            Assert.Equal(await desk.Value<long>(sql), await desk.Value<long>($"select cast(coalesce(sum(n), 0) as bigint) from report_counts where measure = {(int)measure} and grain = {Cell.Month} and category = '{Cell.All}'"));
        foreach (var sums in new[] { "select cast(coalesce(sum(n), 0) as bigint) from report_counts where grain = 1", "select cast(coalesce(sum(n), 0) as bigint) from report_counts where grain = 2 and category <> '*'" })
            Assert.Equal(await desk.Value<long>("select cast(coalesce(sum(n), 0) as bigint) from report_counts where grain = 2 and category = '*'"), await desk.Value<long>(sums));
        Assert.Equal(0, await desk.Value<long>("select count(*) from report_counts where n <= 0"));
    }

    private static async Task<List<string>> Stored(Desk desk, string where = "") => Words((await desk.Rows<Row>($"select measure, grain, span, category, part, bucket, n from report_counts {where}"))
        .ToDictionary(row => new Cell((Measure)row.Measure, row.Grain, row.Span, row.Category, row.Part, row.Bucket), row => row.N));

    private static List<string> Words(Dictionary<Cell, long> cells) => [.. cells.Where(cell => cell.Value != 0).Select(cell => $"{cell.Key} = {cell.Value}").Order(StringComparer.Ordinal)];

    private sealed class Row
    {
        public int Measure { get; init; }
        public int Grain { get; init; }
        public int Span { get; init; }
        public string Category { get; init; } = "";
        public long Part { get; init; }
        public int Bucket { get; init; }
        public long N { get; init; }
    }
}
