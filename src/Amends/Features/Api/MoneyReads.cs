using System.Globalization;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.Api;

/// <summary>What waits for a second person, payments, the books; and the team's promises and playbooks.</summary>
public sealed class MoneyReads(Database database, ApprovalsQuery approvals, BoardQuery board, PlaybookDesk playbooks, StoredSettings settings, TimeProvider clock)
{
    private const int Lines = 200;

    /// <summary>Offers that wait, the longest first.</summary>
    public async Task<ApprovalListAnswer> Approvals(CancellationToken ct) => new([.. (await approvals.Waiting(ct)).Select(row => new ApprovalAnswer(
        row.Number, row.State.Subject, new(row.State.CustomerId, row.State.CustomerName), row.Offer.Id, new(row.Offer.PreparedById, row.PreparedBy), row.Offer.AskedAt, row.Offer.WhyApproval, row.Offer.Evidence,
        [.. row.Offer.Options.Select(option => new OptionAnswer(option.Id, option.Title, option.Why, option.IsAsWanted, new(option.Value.Minor, option.Value.Currency)))]))]);

    /// <summary>Payments of all cases.</summary>
    /// <exception cref="BadField"><c>show</c>: there is no such list.</exception>
    public async Task<PaymentListAnswer> Payments(string? show, CancellationToken ct)
    {
        var shown = show switch { null or "waiting" => PaymentsShown.Waiting, "failed" => PaymentsShown.Failed, "done" => PaymentsShown.Done, _ => throw new BadField("show", "There are the lists waiting, failed and done.") };
        return new([.. (await PaymentDesk.List(database, shown, ct)).Select(row => new PaymentAnswer(
            row.CaseNumber, row.Id, row.Customer, row.How, new(row.Minor, row.Currency), row.Provider, row.OtherRoute == 1, row.Original, row.Reference, DateTimeOffset.FromUnixTimeMilliseconds(row.RequestedAt), row.AskedBy, row.Problem) { SeenAt = row.SeenAt is { } seen ? DateTimeOffset.FromUnixTimeMilliseconds(seen) : null })]);
    }

    /// <summary>A page of the books.</summary>
    /// <exception cref="BadField">A day or the cursor cannot be read.</exception>
    public async Task<LedgerAnswer> Ledger(string? from, string? to, string? cursor, CancellationToken ct)
    {
        var after = cursor is null ? 0 : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : throw new BadField("cursor", "Send what the page before gave as next_cursor, with the same days.");
        var (first, last) = (Day("from", from) ?? "", Day("to", to) ?? "9999-12-31");
        var rows = await database.Read(async connection => (await connection.QueryAsync<LedgerRow>(LedgerExport.PageSql, new { from = first, to = last, after, rows = Lines + 1 })).AsList(), ct);
        var more = rows.Count > Lines;
        return new([.. rows.Take(Lines).Select(row => LedgerExport.Json(row).Deserialize<LedgerLineAnswer>(ApiJson.Options)!)], more ? rows[Lines - 1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Promises that are open, soonest first.</summary>
    /// <exception cref="BadField">A filter or the cursor cannot be read.</exception>
    public async Task<PromiseListAnswer> Promises(string? when, string? owner, string? cursor, CancellationToken ct)
    {
        if (when is not null && !BoardQuery.Spans.ContainsKey(when))
            throw new BadField("when", $"There are {string.Join(", ", BoardQuery.Spans.Keys)}.");
        if (owner is not (null or "all" or "unassigned") && !long.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new BadField("owner", "A person's id, or unassigned.");
        if (cursor is not null && !(cursor.Split('-') is [var due, var number] && long.TryParse(due, NumberStyles.None, CultureInfo.InvariantCulture, out _) && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            throw new BadField("cursor", "Send what the page before gave as next_cursor, with the same filters.");
        var now = clock.GetUtcNow();
        var page = await board.Read(when ?? "all", owner ?? "all", 0, (await settings.Company(ct)).Zone(), cursor, ct);
        return new([.. page.Promises.Select(each => new PromisedAnswer(each.Number, each.Subject, each.What, each.DueAt, each.DueAt < now, each.Customer, each.OwnerId is { } id ? new(id, each.Owner ?? "") : null))], page.Next);
    }

    /// <summary>The versions of playbooks that hold today.</summary>
    public async Task<PlaybookListAnswer> Playbooks(CancellationToken ct) =>
        new([.. Playbook.On(await playbooks.All(ct), PlaybookDesk.DayOf(clock.GetUtcNow(), await settings.Company(ct))).OrderBy(each => each.Key, StringComparer.Ordinal)]);

    private static string? Day(string field, string? text) =>
        text is null ? null : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : throw new BadField(field, "A day such as 2026-03-04.");
}

/// <summary>Maps the lists.</summary>
internal static class MoneyReadEndpoints
{
    /// <summary>Maps all of them. A token that acts for somebody opens no more of the money than their own pages do.</summary>
    public static void MapMoneyReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/approvals", async (MoneyReads reads, CancellationToken ct) => ApiJson.Answer(await reads.Approvals(ct)))
            .Describe<ApprovalListAnswer>("Offers that wait for a second person, the longest first", Scopes.MoneyRead);
        api.MapGet("/payments", async (MoneyReads reads, string? show, CancellationToken ct) => ApiJson.Answer(await reads.Payments(show, ct)))
            .Describe<PaymentListAnswer>("Payments of all cases: waiting (the oldest first), failed or done (the newest first); 200 at the most", Scopes.MoneyRead).ProducesProblem(400).From(Role.Lead);
        api.MapGet("/ledger", async (MoneyReads reads, string? from, string? to, string? cursor, CancellationToken ct) => ApiJson.Answer(await reads.Ledger(from, to, cursor, ct)))
            .Describe<LedgerAnswer>("The books, line by line, of all days or of some", Scopes.MoneyRead).ProducesProblem(400).From(Role.Manager);
        api.MapGet("/promises", async (MoneyReads reads, string? when, string? owner, string? cursor, CancellationToken ct) => ApiJson.Answer(await reads.Promises(when, owner, cursor, ct)))
            .Describe<PromiseListAnswer>("Promises that are open, soonest first: all, overdue, today, tomorrow or later", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/playbooks", async (MoneyReads reads, CancellationToken ct) => ApiJson.Answer(await reads.Playbooks(ct)))
            .Describe<PlaybookListAnswer>("The playbooks, each in the version that holds today", Scopes.CasesRead);
    }

    internal static void From(this RouteHandlerBuilder endpoint, Role role) => endpoint.AddEndpointFilter(async (context, next) =>
        BearerToken.Of(context.HttpContext) is { Kind: ActorKind.Person } person && person.Role < role
            ? TypedResults.Problem($"This is open from the role {role.ToString().ToLowerInvariant()} on, and {person.Name}, for whom this token acts, has another.", statusCode: 403, title: "This token may not do that", extensions: new Dictionary<string, object?> { ["code"] = "not_allowed" })
            : await next(context));
}

/// <summary>Offers that wait.</summary>
public sealed record ApprovalListAnswer(IReadOnlyList<ApprovalAnswer> Items);

/// <summary>An offer that waits for a second person: who prepared it, since when it waits, why, and what it rests on.</summary>
public sealed record ApprovalAnswer(
    long Case, string Subject, Named Customer, int OfferId, Named PreparedBy, DateTimeOffset? AskedAt, IReadOnlyList<ApprovalReason> Why, string? Evidence, IReadOnlyList<OptionAnswer> Options);

/// <summary>Payments.</summary>
public sealed record PaymentListAnswer(IReadOnlyList<PaymentAnswer> Items);

/// <summary>A payment: how far it is, who pays, whether it goes another way than the customer paid, what it pays back, and what whoever pays calls it.</summary>
public sealed record PaymentAnswer(
    long Case, int Id, string Customer, Domain.Payments.PaymentState State, Amount Amount, string Provider, bool OtherRoute, string? Original, string? Reference, DateTimeOffset RequestedAt, string? RequestedBy, string? Problem)
{
    /// <summary>When it was seen; with a state of failed the money came back after that.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}

/// <summary>A page of the books.</summary>
public sealed record LedgerAnswer(IReadOnlyList<LedgerLineAnswer> Items, string? NextCursor);

/// <summary>A line of the books, with the fields of the export. Amounts are decimals with the digits of the currency; what is credited is negative.</summary>
public sealed record LedgerLineAnswer(
    long Number, long Entry, string Date, long CaseNo, string RemedyLineId, string Type, string Currency, string Net, string TaxRate, string Tax, string Gross, string? Debit, string? Credit, string Account, string? AccountCode,
    string? CostCentre, string? OrderRef, string? PaymentRef, string? CreditNoteNo, string? VoucherLiability, string Status, long? ReversalOf, string? ApprovedBy, string Hash);

/// <summary>Promises that are open.</summary>
public sealed record PromiseListAnswer(IReadOnlyList<PromisedAnswer> Items, string? NextCursor);

/// <summary>What a customer was told to hear, by when, and whether that has passed.</summary>
public sealed record PromisedAnswer(long Case, string Subject, string What, DateTimeOffset DueAt, bool Overdue, string Customer, Named? Owner);

/// <summary>Playbooks.</summary>
public sealed record PlaybookListAnswer(IReadOnlyList<Playbook> Items);
