using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Customers;

namespace Amends.Features.Api;

/// <summary>Customers and orders for shops and directories: orders come in, two customers become one and two again, and who is neglected can be asked.</summary>
public sealed class CustomerApi(Database database, CustomerMerges merges, StoredSettings settings, DoOnce once, CaseStore cases, TimeProvider clock)
{
    private const int MostOrders = 500, LongestText = 500;

    /// <summary>Takes orders; each is taken or refused by itself. The number of an order makes it count once.</summary>
    public async Task<IResult> TakeOrders(HttpContext context)
    {
        var (asked, _) = await ApiJson.Read<SendOrders>(context.Request);
        if (asked.Orders is not { Count: > 0 and <= MostOrders } sent)
            throw new BadField("orders", $"Send one order at least, and {MostOrders} at the most.");
        if (sent.Any(order => order is null))
            throw new BadField("orders", "No entry may be null.");
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var answers = new List<OrderTaken>(sent.Count);
        foreach (var order in sent)
        {
            try
            {
                var read = Read(order, company);
                answers.Add(new(read.Number, true, await database.Write(unit => Orders.Put(unit, read, now), context.RequestAborted), null, null));
            }
            catch (Refused no)
            {
                answers.Add(new(order.Number, false, null, no.Code, no.Message));
            }
        }

        return ApiJson.Answer(new OrdersAnswer(answers));
    }

    /// <summary>Joins another customer to this one.</summary>
    public async Task<IResult> Merge(long id, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<MergeCustomers>(context.Request);
        var from = asked.CustomerId ?? throw new BadField("customer_id", "Say who joins: the id of the other customer.");
        return await once.Run(context, body, async (unit, by, now) =>
            await Customers.Current(unit, id) is null ? null : new Written(StatusCodes.Status201Created, $"/api/v1/customers/{id}", new MergedAnswer(await merges.Merge(unit, id, from, asked.Why, by, now), id, from)));
    }

    /// <summary>Takes a merge back.</summary>
    public async Task<IResult> TakeBack(long merge, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<SplitCustomers>(context.Request);
        return await once.Run(context, body, async (unit, by, now) =>
            await merges.TakeBack(unit, merge, asked.Why, by, now) is { } back ? new Written(StatusCodes.Status201Created, $"/api/v1/customers/{back}", new SplitAnswer(back)) : null);
    }

    /// <summary>Moves cases and addresses to a new customer.</summary>
    public async Task<IResult> MoveOut(long id, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<MoveOut>(context.Request);
        return await once.Run(context, body, async (unit, by, now) =>
        {
            if (await Customers.Current(unit, id) is null)
                return null;
            var fresh = await merges.MoveOut(unit, id, asked.Cases ?? [], asked.Addresses ?? [], asked.Name, asked.Why, by, now);
            return new Written(StatusCodes.Status201Created, $"/api/v1/customers/{fresh}", new SplitAnswer(fresh));
        });
    }

    /// <summary>Customers who look alike.</summary>
    public async Task<DuplicatesAnswer> Alike(CancellationToken ct) =>
        new([.. (await LikelyDuplicates.Find(database, null, ct)).Select(pair => new DuplicateAnswer(new(pair.OneId, pair.One), new(pair.OtherId, pair.Other), pair.Why))]);

    /// <summary>Who has heard nothing from us for too long.</summary>
    public async Task<NeglectedAnswer> Neglect(CancellationToken ct)
    {
        var found = await Neglected.Find(database, (await settings.Company(ct)).Calendar(), clock.GetUtcNow(), ct);
        return new(found.SilentCount, [.. found.Silent.Select(row => Of(row, row.SilentSince))], found.UnansweredCount, [.. found.Unanswered.Select(row => Of(row, row.ReplyDueAt ?? row.SilentSince))],
            [.. found.Dormant.Select(row => new DormantAnswer(new(row.Id, row.Name), row.Number, row.UsualDays, Moment(row.LastAt)))]);
    }

    /// <summary>What was before a case; <c>null</c> when there is none.</summary>
    public async Task<HistoryAnswer?> History(long number, CancellationToken ct)
    {
        if (await cases.Find(number, ct) is not { } state)
            return null;
        var straw = LastStraw.Of(state, await database.Read(connection => EarlierComplaints.Of(connection, number), ct));
        return new(straw.IsNear, straw.Days, straw.Failures, [.. straw.Reasons.Select(reason => new HistoryReason(reason.Kind, reason.Number))],
            [.. straw.Earlier.Select(each => new EarlierAnswer(each.Number, each.Subject, each.OpenedAt, each.ClosedAt, each.CloseReason, each.Category, each.Failures))]);
    }

    private static Order Read(SentOrder order, Company company)
    {
        var number = Text(order.Number, "number") is { Length: > 0 and <= 60 } given ? given : throw new Refused("number", "The order number is missing, or longer than 60 characters.");
        var email = Text(order.Email, "email");
        if (Customers.WrongAddress(email) is { } wrong)
            throw new Refused("email", wrong);
        var total = order.Total ?? throw new Refused("total", "Say what it cost: minor units, and the currency.");
        var currency = string.IsNullOrEmpty(total.Currency) ? company.Currency : total.Currency.ToUpper(CultureInfo.InvariantCulture);
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper) || total.Minor < 0)
            throw new Refused("total", "The amount is zero or more minor units, with a currency such as EUR.");
        return new(number, email, Text(order.Name, "name"), Text(order.Phone, "phone"), Text(order.Place, "place"), order.PlacedAt ?? throw new Refused("placed_at", "The date is missing."), new(total.Minor, currency),
            Text(order.Product, "product"), Text(order.Lot, "lot"), Text(order.Carrier, "carrier"), Text(order.Status, "status")) { Serial = Text(order.Serial, "serial"), Supplier = Text(order.Supplier, "supplier"), Site = Text(order.Site, "site") };
    }

    private static string Text(string? text, string field) => Storable.Of(text ?? "").Trim() is { Length: <= LongestText } said ? said : throw new Refused(field, $"That is longer than {LongestText} characters.");

    private static NeglectedCaseAnswer Of(NeglectedCase row, long since) => new(row.Number, row.Subject, new(row.CustomerId, row.Customer), row.Owner, Moment(since));

    private static DateTimeOffset Moment(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);
}

/// <summary>Orders of a shop.</summary>
public sealed record SendOrders(IReadOnlyList<SentOrder>? Orders);

/// <summary>An order; the same number again brings it up to date.</summary>
public sealed record SentOrder
{
    public string? Number { get; init; }

    /// <summary>The customer's address, by which they are found.</summary>
    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Place { get; init; }
    public DateTimeOffset? PlacedAt { get; init; }
    public Amount? Total { get; init; }
    public string? Product { get; init; }
    public string? Lot { get; init; }

    /// <summary>Its serial number; several parted by commas.</summary>
    public string? Serial { get; init; }
    public string? Carrier { get; init; }

    /// <summary>Who made or supplied it.</summary>
    public string? Supplier { get; init; }

    /// <summary>The shop, warehouse or works that it came from.</summary>
    public string? Site { get; init; }
    public string? Status { get; init; }
}

/// <summary>What became of each order, in order.</summary>
public sealed record OrdersAnswer(IReadOnlyList<OrderTaken> Orders);

/// <summary>An order that was taken, new or known, or refused with a code and a sentence.</summary>
public sealed record OrderTaken(string? Number, bool Taken, bool? IsNew, string? Code, string? Detail);

/// <summary>Who joins, and what shows that they are the same person.</summary>
public sealed record MergeCustomers(long? CustomerId, string? Why);

/// <summary>A merge, by which it is taken back.</summary>
public sealed record MergedAnswer(long Merge, long CustomerId, long JoinedId);

/// <summary>What shows that they are not the same person.</summary>
public sealed record SplitCustomers(string? Why);

/// <summary>What belongs to somebody else.</summary>
public sealed record MoveOut(IReadOnlyList<long>? Cases, IReadOnlyList<string>? Addresses, string? Name, string? Why);

/// <summary>The customer whose it is now.</summary>
public sealed record SplitAnswer(long CustomerId);

/// <summary>Customers who look alike.</summary>
public sealed record DuplicatesAnswer(IReadOnlyList<DuplicateAnswer> Pairs);

/// <summary>Two who look alike, and in what.</summary>
public sealed record DuplicateAnswer(Named One, Named Other, string Why);

/// <summary>Who hears nothing from us.</summary>
/// <param name="SilentCount">How many open cases had no word for longer than a silence may last.</param>
/// <param name="Silent">The longest of them first.</param>
/// <param name="UnansweredCount">How many wait for an answer past its time.</param>
/// <param name="Unanswered">The longest of them first.</param>
/// <param name="Dormant">Customers who stopped ordering after a complaint.</param>
public sealed record NeglectedAnswer(long SilentCount, IReadOnlyList<NeglectedCaseAnswer> Silent, long UnansweredCount, IReadOnlyList<NeglectedCaseAnswer> Unanswered, IReadOnlyList<DormantAnswer> Dormant);

/// <summary>A case whose customer waits, and since when.</summary>
public sealed record NeglectedCaseAnswer(long Case, string Subject, Named Customer, string? Owner, DateTimeOffset Since);

/// <summary>A customer who went quiet, their last complaint, and how often they used to order.</summary>
public sealed record DormantAnswer(Named Customer, long Case, int UsualDays, DateTimeOffset LastOrderAt);

/// <summary>What was before a case.</summary>
/// <param name="LastStraw">It may be the last straw.</param>
/// <param name="Days">Days since the last one; null for the first.</param>
/// <param name="Failures">What was to put earlier ones right and failed.</param>
/// <param name="Reasons">Why it may be the last straw.</param>
/// <param name="Earlier">The complaints before, newest first.</param>
public sealed record HistoryAnswer(bool LastStraw, int? Days, int Failures, IReadOnlyList<HistoryReason> Reasons, IReadOnlyList<EarlierAnswer> Earlier);

/// <summary>A reason, and the case that gives it; null for the case itself.</summary>
public sealed record HistoryReason(LastStrawKind Kind, long? Case);

/// <summary>A complaint before.</summary>
public sealed record EarlierAnswer(long Case, string Subject, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, CloseReason? CloseReason, string? Category, int Failures);
