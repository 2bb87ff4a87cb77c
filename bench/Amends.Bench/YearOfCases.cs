using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Demo;
using Dapper;

namespace Amends.Bench;

/// <summary>
/// A year of very many cases. The stories are real ones: those of the demo, and short ones made through the verbs of the domain. Their rows
/// are written again with other numbers, customers and times, each with a chain of its own, as the program would have written them. Of a hundred
/// cases six are complaints with the whole way, 68 short complaints, 25 questions; one in a hundred is open.
/// </summary>
public static partial class YearOfCases
{
    /// <summary>What orders are of.</summary>
    public static readonly string[] Carriers = ["Kestrel Parcel", "Northway", "Harbour Post", "Bluebird", "Redline"];

    private const int InBatch = 5_000, ShortStories = 40, OrdersBesides = 2;
    private const long Day = 86_400_000L;

    private static readonly string[] Tables = ["events", "messages", "money_given", "ledger_lines", "case_work", "case_costs", "tones", "payments"];

    /// <summary>Makes the stories.</summary>
    public static async Task MakeStories(IServiceProvider services)
    {
        await ActivatorUtilities.CreateInstance<MakeDemo>(services).Run(_ => { });
        var (database, cases, settings) = (services.GetRequiredService<Database>(), services.GetRequiredService<CaseStore>(), services.GetRequiredService<StoredSettings>());
        var (company, now) = (await settings.Company(), DateTimeOffset.UtcNow);
        var agent = await database.Read(async connection => await connection.QuerySingleAsync<(long Id, string Name)>($"select id, name from people where role = {(int)Role.Agent} order by id limit 1"));
        var by = Actor.Person(agent.Id, agent.Name, Role.Agent);
        var codes = CategorySet.All.SelectMany(group => group.Parts.Select(part => part.Code)).ToList();
        await database.Write(async unit =>
        {
            var (id, name) = await Customers.FindOrAdd(unit, "short@stories.example", "Short Story", null, now);
            var customer = Actor.Customer(id, name);
            for (var i = 0; i < ShortStories; i++)
            {
                var chance = new Random(i);
                var (begun, kind) = (now.AddDays(-9).AddMinutes(chance.Next(0, 1440)), i % 4 == 0 ? CaseKind.Question : CaseKind.Complaint);
                var story = DataSet.Text(chance, 60);
                var opening = new Opening(i % 3 == 0 ? Channel.Form : Channel.Mail, kind, "short: " + DataSet.Text(chance, 5), story, id, name, by);
                var number = await cases.OpenIn(unit, Case.Open(opening, customer, company.Calendar(), begun));
                await Conversation.Add(unit, number, new NewMessage(Direction.In, Channel.Mail, name, story, begun) { Subject = "short" });
                await cases.ChangeIn(unit, number, async (@case, inner) =>
                {
                    var answered = begun.AddMinutes(20 + chance.Next(0, 3000));
                    if (kind == CaseKind.Question)
                    {
                        @case.Speak(await Conversation.Add(inner, number, new NewMessage(Direction.Out, Channel.Mail, by.Name, DataSet.Text(chance, 40), answered) { AuthorId = by.Id, Subject = "short" }), Channel.Mail, by, answered);
                        @case.CloseAsAnswered(1, by, answered);
                        return;
                    }

                    @case.Categorise(codes[i * 7 % codes.Count], confirmed: true, by, answered);
                    @case.Withdraw(CloseReason.Withdrawn, "They had what they needed.", Told.Without("They wrote it themselves."), by, answered.AddMinutes(chance.Next(10, 4000)));
                });
            }

            await unit.Run("delete from jobs");
        });
    }

    /// <summary>Writes so many cases more; returns how many events they have.</summary>
    public static async Task<long> Fill(IServiceProvider services, int count, Action<int> tell)
    {
        var database = services.GetRequiredService<Database>();
        await using var connection = await database.Connect(CancellationToken.None);
        var isPostgres = database is PostgresDatabase;
        await connection.ExecuteAsync(isPostgres ? "set session_replication_role = replica; set synchronous_commit = off" : "pragma foreign_keys = off; pragma synchronous = off; pragma cache_size = -1000000; pragma wal_autocheckpoint = 50000");
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var stories = new List<Story>();
        foreach (var row in Rows(await connection.QueryAsync("select * from cases order by number")))
        {
            var of = new Dictionary<string, List<Template>>();
            foreach (var table in Tables)
                of[table] = [.. Rows(await connection.QueryAsync($"select * from {table} where case_number = @number order by 1", new { number = row["number"] })).Select(each => new Template(table, each))];
            of["events"] = [.. of["events"].OrderBy(each => Convert.ToInt64(each.Row["seq"]))];
            stories.Add(new(new Template("cases", row), of, (string)row["subject"]! is var subject && subject.StartsWith("short: ", StringComparison.Ordinal), row["closed_at"] is not null, Convert.ToInt64(row["opened_at"]), Convert.ToInt64(row["kind"]) == (int)CaseKind.Complaint));
        }

        var (whole, open) = (stories.Where(story => story is { IsShort: false, IsClosed: true, IsComplaint: true }).ToList(), stories.Where(story => !story.IsClosed).ToList());
        var (complaints, questions) = (stories.Where(story => story is { IsShort: true, IsComplaint: true }).ToList(), stories.Where(story => story is { IsShort: true, IsComplaint: false }).ToList());
        var first = await connection.QuerySingleAsync<(long Number, long Customer, long Order, long Line)>("select (select max(number) from cases) + 1, (select max(id) from customers) + 1, (select max(id) from orders) + 1, (select coalesce(max(number), 0) from ledger_lines) + 1");
        var (events, line) = (0L, first.Line);
        var key = (await connection.ExecuteScalarAsync<byte[]>("select text_key from customers order by id limit 1"))!;
        var currency = (await services.GetRequiredService<StoredSettings>().Company()).Currency;
        for (var from = 0; from < count; from += InBatch)
        {
            var batch = new RowWriter(connection, isPostgres);
            for (var i = from; i < Math.Min(count, from + InBatch); i++)
            {
                var chance = new Random(i);
                var target = now - (long)((1 - (double)i / count) * 365 * Day);
                var story = i > count * 0.96 && i % 4 == 0 ? open[i % open.Count] : (i * 37L % 100) switch { < 6 => whole[(int)(i / 3L % whole.Count)], < 31 => questions[i % questions.Count], _ => complaints[i % complaints.Count] };
                var shift = Math.Min(0, target - story.OpenedAt);
                var opened = story.OpenedAt + shift;
                var put = new Put(first.Number + i, first.Customer + i * 3L / 4, chance.Next(5) > 0 ? first.Order + i : null, shift);
                if (i == 0 || put.Customer != first.Customer + (i - 1) * 3L / 4)
                {
                    batch.Add("customers", [("id", put.Customer), ("name", $"Customer {put.Customer}"), ("since", opened - 90 * Day), ("created_at", opened - 90 * Day), ("text_key", key)]);
                    batch.Add("customer_addresses", [("address_key", $"c{put.Customer}@year.example"), ("address", $"c{put.Customer}@year.example"), ("customer_id", put.Customer)]);
                }

                batch.Add("orders", Order(chance, first.Order + i, put.Customer, opened - chance.Next(3, 25) * Day, currency));
                for (var extra = 0; extra < OrdersBesides; extra++)
                    batch.Add("orders", Order(chance, first.Order + count + (long)i * OrdersBesides + extra, put.Customer, Math.Min(now, opened + chance.Next(-80, 90) * Day), currency));
                var heads = Events(story, put, batch);
                events += story.Of["events"].Count;
                batch.Add("cases", story.Case.Filled(put, ("chain_head", heads), ("wake_at", null), ("order_id", put.Order), ("sealed_for", null)));
                foreach (var table in Tables.Skip(1))
                {
                    foreach (var row in story.Of[table])
                        batch.Add(table, table == "ledger_lines" ? row.Filled(put, ("number", line), ("entry", line++)) : table == "messages" ? row.Filled(put, ("mail_id", null)) : row.Filled(put));
                }
            }

            await batch.Write();
            tell(Math.Min(count, from + InBatch));
        }

        await connection.ExecuteAsync("update report_reader set rules = ''"); // all of it is counted anew
        await connection.ExecuteAsync(isPostgres
            ? "select setval(pg_get_serial_sequence('cases', 'number'), (select max(number) from cases)); select setval(pg_get_serial_sequence('orders', 'id'), (select max(id) from orders)); select setval(pg_get_serial_sequence('customers', 'id'), (select max(id) from customers))"
            : "pragma wal_checkpoint(truncate)");
        return events;
    }

    private static byte[] Events(Story story, Put put, RowWriter batch)
    {
        byte[] head = [];
        foreach (var each in story.Of["events"])
        {
            var (seq, at) = (Convert.ToInt32(each.Row["seq"]), Convert.ToInt64(each.Row["at"]) + put.Shift);
            head = CaseJson.Link(head, put.Number, seq, at, (string)each.Row["kind"]!, each.Text("sealed", put));
            batch.Add("events", each.Filled(put, ("hash", head), ("message_id", null)));
        }

        return head;
    }

    private static (string, object?)[] Order(Random chance, long id, long customer, long placed, string currency)
    {
        var product = chance.Next(25);
        return
        [
            ("id", id), ("customer_id", customer), ("number", $"Y-{id}"), ("number_key", $"y{id}"), ("placed_at", placed), ("total_minor", (long)chance.Next(900, 40_000)), ("currency", currency), ("product", $"Product {product}"),
            ("lot", $"L{product}-{placed / Day / 14}"), ("carrier", Carriers[chance.Next(Carriers.Length)]), ("supplier", $"Supplier {product % 6}"), ("site", $"Site {chance.Next(4)}"),
        ];
    }

    private static IEnumerable<IDictionary<string, object?>> Rows(IEnumerable<dynamic> rows) => rows.Select(row => (IDictionary<string, object?>)row);

    private sealed record Story(Template Case, Dictionary<string, List<Template>> Of, bool IsShort, bool IsClosed, long OpenedAt, bool IsComplaint);

    private readonly record struct Put(long Number, long Customer, long? Order, long Shift);

    /// <summary>A row to write again.</summary>
    private sealed partial class Template
    {
        private const long Earliest = 1_200_000_000_000, Latest = 2_200_000_000_000; // a number between these is a time in milliseconds

        private readonly List<(string Column, Func<Put, object?> Value)> _columns = [];
        private readonly Dictionary<string, Func<Put, string>> _texts = [];

        public Template(string table, IDictionary<string, object?> row)
        {
            Row = row;
            foreach (var (column, value) in row)
            {
                if (column == "id" && table is not "payments")
                    continue;
                _columns.Add((column, column switch
                {
                    "case_number" => put => put.Number,
                    "number" when table == "cases" => put => put.Number,
                    "customer_id" => put => put.Customer,
                    _ => value switch
                    {
                        long ms and > Earliest and < Latest => put => ms + put.Shift,
                        string text => _texts[column] = Shifting(text),
                        _ => _ => value,
                    },
                }));
            }
        }

        public IDictionary<string, object?> Row { get; }

        public string Text(string column, Put put) => _texts[column](put);

        public IEnumerable<(string, object?)> Filled(Put put, params (string Column, object? Value)[] other) =>
            _columns.Select(each => (each.Column, other.Where(one => one.Column == each.Column).Select(one => (true, one.Value)).FirstOrDefault() is (true, var own) ? own : each.Value(put)));

        private static Func<Put, string> Shifting(string text)
        {
            var pieces = new List<(string Before, Func<Put, string> Then)>();
            var begin = 0;
            foreach (Match match in Moving().Matches(text))
            {
                var value = match.Groups.Cast<Group>().Skip(1).First(group => group.Success);
                var word = value.Value;
                pieces.Add((text[begin..value.Index], match.Groups[1].Success ? (DateTimeOffset.Parse(word, System.Globalization.CultureInfo.InvariantCulture) is var at ? put => JsonSerializer.Serialize(at.AddMilliseconds(put.Shift))[1..^1] : null!)
                    : match.Groups[2].Success ? (DateOnly.Parse(word, System.Globalization.CultureInfo.InvariantCulture) is var day ? put => day.AddDays((int)(put.Shift / Day)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null!)
                    : put => put.Customer.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                begin = value.Index + value.Length;
            }

            if (pieces.Count == 0)
                return _ => text;
            var rest = text[begin..];
            return put =>
            {
                var all = new StringBuilder(text.Length + 16);
                foreach (var (before, then) in pieces)
                    all.Append(before).Append(then(put));
                return all.Append(rest).ToString();
            };
        }

        [GeneratedRegex("""(?<=")(\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:\d\d))(?=")|(?<="|^)(\d{4}-\d\d-\d\d)(?="|$)|"customer_id":(\d+)|"kind":"customer","id":(\d+)""")]
        private static partial Regex Moving();
    }
}
