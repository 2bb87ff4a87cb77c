using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amends.Domain.Calendars;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Ledger;

namespace Amends.Data;

/// <summary>Writes the books, in the transaction of the change that they tell of.</summary>
public static class Books
{
    /// <summary>The columns that the hash covers, in their order, and that every reader needs.</summary>
    public const string Columns = "number, entry, kind, booked_on, at, case_number, remedy_id, remedy_kind, account, account_code, cost_centre, minor, currency, tax_points, tax_minor, order_ref, payment_ref, reversal_of, approved_by, law, hash";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Adds the entries that follow from what happened to a case.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="number">The case.</param>
    /// <param name="before">The case before.</param>
    /// <param name="news">What happened to it.</param>
    internal static async Task Write(Unit unit, long number, CaseState before, IReadOnlyList<CaseEvent> news)
    {
        var entries = Postings.Of(before, news).ToList();
        if (entries.Count == 0)
            return;
        var settings = await unit.Value<string?>("select value from settings where name = 'books'") is { } stored ? JsonSerializer.Deserialize<BookSettings>(stored, Json)! : new BookSettings();
        var company = await unit.Value<string?>("select value from settings where name = 'company'") is { } kept ? JsonSerializer.Deserialize<Company>(kept, Json)! : new Company();
        var order = await unit.Value<string?>("select o.number from cases c join orders o on o.id = c.order_id where c.number = @number", new { number }) ?? "";
        var after = news.Aggregate(before, (state, each) => state.After(each));
        foreach (var entry in entries)
            await Add(unit, number, entry, after.Remedies.First(each => each.Id == entry.Remedy), settings, company, new Refs(order, after.Payments.LastOrDefault(each => each.RemedyId == entry.Remedy)?.Reference ?? ""));
    }

    /// <summary>The hash of a line: SHA-256 over the hash before it and everything in it.</summary>
    public static byte[] Link(ReadOnlySpan<byte> before, LedgerRow line)
    {
        var words = string.Join('\u001f', line.Number, line.Entry, line.Kind, line.BookedOn, line.At, line.CaseNumber, line.RemedyId, line.RemedyKind, line.Account, line.AccountCode, line.CostCentre,
            line.Minor, line.Currency, line.TaxPoints, line.TaxMinor, line.OrderRef, line.PaymentRef, line.ReversalOf, line.ApprovedBy);
        if (line.Law.Length > 0)
            words += '\u001f' + line.Law; // lines from before this was asked keep their hash
        return SHA256.HashData([.. before, .. Encoding.UTF8.GetBytes(words)]);
    }

    private static async Task Add(Unit unit, long number, Entry entry, Domain.Remedies.Remedy remedy, BookSettings settings, Company company, Refs refs)
    {
        // What the books say of it last: what was turned round is owed no more, and what they never knew is owed first.
        var last = await unit.One<LastEntry>("select entry, kind from ledger_lines where case_number = @number and remedy_id = @Remedy order by number desc limit 1", new { number, entry.Remedy });
        var isOwed = last?.Kind is (int)EntryKind.Owed or (int)EntryKind.Returned;
        switch (entry.Kind)
        {
            case EntryKind.Owed when isOwed:
            case EntryKind.Reversed when !isOwed:
            case EntryKind.Paid when last?.Kind == (int)EntryKind.Paid:
                return;
            case EntryKind.Returned when isOwed:
                return;
            case EntryKind.Returned when last?.Kind != (int)EntryKind.Paid: // before there were books
                await Append(unit, number, Postings.Make(EntryKind.Owed, remedy, entry.At), null, settings, company, refs);
                return;
            case EntryKind.Paid when !isOwed:
                await Append(unit, number, Postings.Make(EntryKind.Owed, remedy, entry.At), null, settings, company, refs);
                break;
        }

        await Append(unit, number, entry, entry.Kind is EntryKind.Reversed or EntryKind.Returned ? last!.Entry : null, settings, company, refs);
    }

    private static async Task Append(Unit unit, long number, Entry entry, long? reversalOf, BookSettings settings, Company company, Refs refs)
    {
        var head = (await unit.One<Head>(
            """
            insert into ledger_head (id, number, hash) values (1, @count, @none) on conflict (id) do update set number = ledger_head.number + @count returning number, hash
            """, new { count = entry.Lines.Count, none = Array.Empty<byte>() }))!;
        var first = head.Number - entry.Lines.Count + 1;
        var (hash, day) = (head.Hash, settings.DayOf(entry.At, company.Zone()));
        foreach (var (line, i) in entry.Lines.Select((line, i) => (line, i)))
        {
            var points = line.Account is Account.Expense ? settings.TaxOf(entry.Of) : 0;
            var row = new LedgerRow
            {
                Number = first + i, Entry = first, Kind = (int)entry.Kind, BookedOn = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), At = entry.At.ToUnixTimeMilliseconds(), CaseNumber = number,
                RemedyId = entry.Remedy, RemedyKind = (int)entry.Of, Account = (int)line.Account, AccountCode = settings.CodeOf(line.Account, entry.Of), CostCentre = settings.CostCentre, Minor = line.Amount.Minor,
                Currency = line.Amount.Currency, TaxPoints = points, TaxMinor = Tax.In(line.Amount, points).Minor, OrderRef = refs.Order, PaymentRef = entry.Kind is EntryKind.Paid or EntryKind.Returned ? refs.Payment : "", ReversalOf = reversalOf, ApprovedBy = entry.ApprovedBy ?? "", Law = entry.Law ?? "",
            };
            hash = Link(hash, row);
            await unit.Run($"insert into ledger_lines ({Columns}) values (@Number, @Entry, @Kind, @BookedOn, @At, @CaseNumber, @RemedyId, @RemedyKind, @Account, @AccountCode, @CostCentre, @Minor, @Currency, @TaxPoints, @TaxMinor, @OrderRef, @PaymentRef, @ReversalOf, @ApprovedBy, @Law, @Hash)", row with { Hash = hash });
        }

        await unit.Run("update ledger_head set hash = @hash where id = 1", new { hash });
    }

    /// <summary>What else names an entry: the order, and the payment at whoever paid.</summary>
    private sealed record Refs(string Order, string Payment);

    private sealed class Head
    {
        public long Number { get; init; }
        public byte[] Hash { get; init; } = [];
    }

    private sealed class LastEntry
    {
        public long Entry { get; init; }
        public int Kind { get; init; }
    }
}

/// <summary>A line of the books as it is stored.</summary>
public sealed record LedgerRow
{
    public long Number { get; init; }
    public long Entry { get; init; }
    public int Kind { get; init; }
    public string BookedOn { get; init; } = "";
    public long At { get; init; }
    public long CaseNumber { get; init; }
    public int RemedyId { get; init; }
    public int RemedyKind { get; init; }
    public int Account { get; init; }
    public string AccountCode { get; init; } = "";
    public string CostCentre { get; init; } = "";
    public long Minor { get; init; }
    public string Currency { get; init; } = "";
    public int TaxPoints { get; init; }
    public long TaxMinor { get; init; }
    public string OrderRef { get; init; } = "";
    public string PaymentRef { get; init; } = "";
    public long? ReversalOf { get; init; }
    public string ApprovedBy { get; init; } = "";

    /// <summary>The law that gives it; empty where none does.</summary>
    public string Law { get; init; } = "";
    public byte[] Hash { get; init; } = [];
}

/// <summary>How the company keeps its books.</summary>
public sealed record BookSettings
{
    /// <summary>Codes of the accounts; those of single kinds of remedy as <c>Expense.Refund</c>.</summary>
    public IReadOnlyDictionary<string, string> Codes { get; init; } = new Dictionary<string, string>
    {
        [nameof(Account.Expense)] = "4900", [nameof(Account.Owed)] = "2150", [nameof(Account.Cash)] = "1200", [nameof(Account.Vouchers)] = "2160", [nameof(Account.Goods)] = "5000",
    };

    /// <summary>Tax in remedies that change the price of what was sold, by kind, in hundredths of a per cent. Pure compensation and vouchers have none.</summary>
    public IReadOnlyDictionary<string, int> TaxPoints { get; init; } = new Dictionary<string, int>();

    /// <summary>Written on every line.</summary>
    public string CostCentre { get; init; } = "";

    /// <summary>Cost of goods in their price, per cent; the advice on an offer counts with it.</summary>
    public int CostShare { get; init; } = 60;

    /// <summary>Nothing is booked on this day or before it any more, ISO 8601.</summary>
    public string? ClosedThrough { get; init; }

    /// <summary>The code of an account.</summary>
    public string CodeOf(Account account, Domain.Remedies.RemedyKind kind) => Codes.GetValueOrDefault($"{account}.{kind}") ?? Codes.GetValueOrDefault(account.ToString()) ?? "";

    /// <summary>The tax rate of a kind of remedy.</summary>
    public int TaxOf(Domain.Remedies.RemedyKind kind) => TaxPoints.GetValueOrDefault(kind.ToString());

    /// <summary>The day on which something is booked: its own, or the first one after the closed period.</summary>
    public DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone)
    {
        var day = LocalDay.Of(at, zone);
        return DateOnly.TryParse(ClosedThrough, CultureInfo.InvariantCulture, out var closed) && day <= closed ? closed.AddDays(1) : day;
    }
}
