using System.Data.Common;
using System.Globalization;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Exports;
using Amends.Domain.Promises;
using Dapper;

namespace Amends.Data.Exports;

/// <summary>Where the rows of an export come from. They are read by their ids, a stretch at a time, so that no statement and no snapshot lasts long.</summary>
public sealed class ExportSource
{
    private ExportSource(ExportOf what, string title, string holds) => (What, Title, Holds) = (what, title, holds);

    /// <summary>Which rows.</summary>
    public ExportOf What { get; }

    /// <summary>What people call them.</summary>
    public string Title { get; }

    /// <summary>What a row is, as the end of a sentence.</summary>
    public string Holds { get; }

    /// <summary>The head of the file.</summary>
    internal IReadOnlyList<string> Head { get; private init; } = [];

    /// <summary>The table whose ids are gone along, and its id.</summary>
    internal (string Table, string Id) Along { get; private init; }

    /// <summary>What is selected after the id.</summary>
    private string Columns { get; init; } = "";

    /// <summary>The table with what is joined to it.</summary>
    private string From { get; init; } = "";

    /// <summary>What always holds.</summary>
    private string Always { get; init; } = "1 = 1";

    /// <summary>The column with the moment, or the day, of a row.</summary>
    private string Moment { get; init; } = "";

    /// <summary>Makes the cells of the row on which a reader stands; the id is its first column.</summary>
    internal Func<DbDataReader, Func<object?[]>> Cells { get; private init; } = _ => () => [];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ExportSource> All { get; } = [Cases(), Messages(), Promises(), Answers(), Orders(), Ledger(), Events()];

    /// <summary>The one for these rows.</summary>
    public static ExportSource For(ExportOf what) => All.First(source => source.What == what);

    /// <summary>The condition of a plan, and its values; the days are those of the company.</summary>
    internal (string Where, DynamicParameters Values) Condition(ExportPlan plan, TimeZoneInfo zone)
    {
        var (where, values) = (Always, new DynamicParameters());
        values.Add("nl", "\n");
        if (plan.From is { } first)
        {
            where += $" and {Moment} >= @begins";
            values.Add("begins", What == ExportOf.Ledger ? Day(first) : Ms(first, zone));
        }

        if (plan.To is { } last)
        {
            where += $" and {Moment} {(What == ExportOf.Ledger ? "<=" : "<")} @ends";
            values.Add("ends", What == ExportOf.Ledger ? Day(last) : Ms(last.AddDays(1), zone));
        }

        if (plan.Category is { } category)
        {
            where += " and (c.category = @category or substr(c.category, 1, @length) = @under)";
            values.Add("category", category);
            values.Add("under", category + ".");
            values.Add("length", category.Length + 1);
        }

        if (plan.Cases != CasesIn.All)
            where += plan.Cases == CasesIn.Open ? " and c.closed_at is null" : " and c.closed_at is not null";
        return (where, values);
    }

    /// <summary>How many rows are in a stretch of ids.</summary>
    internal string CountSql(string where) => $"select count(*) from {From} where {Along.Id} > @after and {Along.Id} <= @until and {where}";

    /// <summary>Some rows of a stretch of ids, in their order.</summary>
    internal string PageSql(string where) => $"select {Along.Id} as along, {Columns} from {From} where {Along.Id} > @after and {Along.Id} <= @until and {where} order by {Along.Id} limit @rows";

    private static ExportSource Cases() => new(ExportOf.Cases, "Cases", "A case that was opened on these days, as it stands now.")
    {
        Head = ["number", "state", "kind", "channel", "severity", "subject", "customer_id", "customer", "owner", "opened_at", "closed_at", "close_reason", "category", "cause", "promise_due_at", "promise_missed", "fix_due_at", "order_number", "last_message_at", "events"],
        Along = ("cases", "c.number"), Moment = "c.opened_at",
        From = "cases c join customers k on k.id = c.customer_id left join people p on p.id = c.owner_id left join orders o on o.id = c.order_id",
        Columns = "c.stage, c.kind, c.channel, c.severity, c.subject, c.customer_id, k.name, p.name, c.opened_at, c.closed_at, c.close_reason, c.category, c.cause, c.next_contact_at, c.missed, c.fix_due_at, o.number, c.last_message_at, c.chain_length",
        Cells = reader =>
        {
            var row = new Row(reader);
            return () =>
            [
                row.Number(0), row.Word<CaseStage>(1), row.Word<CaseKind>(2), row.Word<Channel>(3), row.Word<Severity>(4), row.Text(5), row.Number(6), row.Text(7), row.Text(8), row.Time(9), row.Time(10), row.Word<CloseReason>(11),
                row.Text(12), row.Text(13), row.Time(14), row.Number(15) == 1 ? "true" : "false", row.Time(16), row.Text(17), row.Time(18), row.Number(19),
            ];
        },
    };

    private static ExportSource Messages() => Plain(new(ExportOf.Messages, "Messages", "Something that was said on these days: a mail, a note, a call, with its words.")
    {
        Along = ("messages", "m.id"), Moment = "m.at", Columns = PlainRow.Messages, From = "messages m join cases c on c.number = m.case_number",
    });

    private static ExportSource Orders() => Plain(new(ExportOf.Orders, "Orders", "An order that was placed on these days. Amounts are in the smallest unit of their currency.")
    {
        Along = ("orders", "c.id"), Moment = "c.placed_at", Columns = PlainRow.Orders, From = "orders c",
    });

    private static ExportSource Events() => Plain(new(ExportOf.Events, "Events of the log", "Something that happened to a case on these days, as the log has it: a document in JSON, with the hash that chains it.")
    {
        Along = ("events", "e.id"), Moment = "e.at", Columns = PlainRow.Events + ", e.at, e.hash", From = "events e join cases c on c.number = e.case_number",
    });

    private static ExportSource Ledger() => new(ExportOf.Ledger, "Lines of the books", "A line of the books, booked on these days. What is credited is below zero.")
    {
        Head = LedgerExport.Fields, Along = ("ledger_lines", "number"), Moment = "booked_on", Columns = Books.Columns, From = "ledger_lines",
        Cells = reader =>
        {
            var parse = reader.GetRowParser<LedgerRow>();
            return () =>
            {
                var fields = LedgerExport.Of(parse(reader));
                return [.. LedgerExport.Fields.Select(name => Typed(name, fields[name]))];
            };
        },
    };

    private static ExportSource Promises() => new(ExportOf.Promises, "Promises", "Something that a customer was told on these days to hear by a moment, and what became of it: kept, missed, moved, open, or no longer due, because the customer came first.")
    {
        Head = ["case_number", "promise", "what", "made_at", "made_by", "due_at", "became", "kept_at", "missed_at", "moved_at", "moved_because"],
        Along = ("events", "e.id"), Moment = "e.at", Always = "e.kind = 'next_contact_promised'", From = "events e join cases c on c.number = e.case_number",
        Columns = "e.case_number, e.body, (select string_agg(k.kind || ' ' || k.body, @nl) from events k where k.case_number = e.case_number and k.kind in ('next_contact_kept', 'next_contact_missed', 'next_contact_moved'))",
        Cells = reader => () => PromiseCells(reader),
    };

    private static ExportSource Answers() => new(ExportOf.Answers, "Answers to the check-back", "What a customer answered on these days when they were asked whether it is put right, with what they added: scales as they were shown, words as they were written.")
    {
        Head = ["case_number", "at", "answer", "score", "via", "words", "heard", "ease", "met", "would_return", "told", "recommend"],
        Along = ("events", "e.id"), Moment = "e.at", Always = "e.kind = 'check_back_answered'", From = "events e join cases c on c.number = e.case_number", Columns = "e.case_number, e.body",
        Cells = reader => () =>
        {
            var said = (CheckBackAnswered)CaseJson.Event("check_back_answered", reader.GetString(2));
            var more = said.Survey;
            return
            [
                reader.GetInt64(1), PlainRow.Time(said.At), PlainRow.Word(said.Answer), (long?)said.Score, PlainRow.Word(said.Via), said.Words, (long?)more?.Heard, (long?)more?.Ease,
                more?.Met is { } met ? PlainRow.Word(met) : null, more?.Return is { } back ? PlainRow.Word(back) : null, (long?)more?.Told, (long?)more?.Recommend,
            ];
        },
    };

    /// <summary>Columns as they are named, their values as <see cref="PlainRow"/> says.</summary>
    private static ExportSource Plain(ExportSource source)
    {
        string[] names = [.. source.Columns.Split(", ").Select(column => column[(column.IndexOf('.') + 1)..])];
        return new(source.What, source.Title, source.Holds)
        {
            Head = names, Along = source.Along, Moment = source.Moment, Columns = source.Columns, From = source.From,
            Cells = reader => () => [.. names.Select((name, i) => PlainRow.Of(name, reader.GetValue(i + 1)) switch { true => "true", false => "false", var other => other })],
        };
    }

    private static object?[] PromiseCells(DbDataReader reader)
    {
        var made = (NextContactPromised)CaseJson.Event("next_contact_promised", reader.GetString(2));
        NextContactKept? kept = null;
        NextContactMissed? missed = null;
        NextContactMoved? moved = null;
        foreach (var line in reader.IsDBNull(3) ? [] : reader.GetString(3).Split('\n'))
        {
            switch (CaseJson.Event(line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..]))
            {
                case NextContactKept e when e.Id == made.Id: kept ??= e; break;
                case NextContactMissed e when e.Id == made.Id: missed ??= e; break;
                case NextContactMoved e when e.Id == made.Id: moved ??= e; break;
            }
        }

        var became = missed is not null || kept is { InTime: false } ? "missed" : moved is not null ? "moved" : kept is null ? "open" : kept.By.Kind == Domain.People.ActorKind.Customer ? "no_longer_due" : "kept";
        return [reader.GetInt64(1), (long)made.Id, made.What, PlainRow.Time(made.At), made.By.Name, PlainRow.Time(made.DueAt), became, At(kept), At(missed), At(moved), moved?.Reason];

        static string? At(CaseEvent? news) => news is null ? null : PlainRow.Time(news.At);
    }

    private static object? Typed(string name, string value) => value.Length == 0 ? null
        : name is "number" or "entry" or "case_no" or "reversal_of" ? long.Parse(value, CultureInfo.InvariantCulture)
        : name is "net" or "tax_rate" or "tax" or "gross" or "debit" or "credit" or "voucher_liability" ? decimal.Parse(value, CultureInfo.InvariantCulture)
        : value;

    private static long Ms(DateOnly day, TimeZoneInfo zone) => Domain.Calendars.LocalDay.Begins(day, zone).ToUnixTimeMilliseconds();

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The row on which a reader stands.</summary>
    private readonly struct Row(DbDataReader reader)
    {
        public object? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        public long? Number(int column) => reader.IsDBNull(column) ? null : Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);

        public string? Time(int column) => Number(column) is { } ms ? PlainRow.Time(ms) : null;

        public string? Word<T>(int column) where T : struct, Enum => Number(column) is { } value ? PlainRow.Word((T)Enum.ToObject(typeof(T), value)) : null;
    }
}
