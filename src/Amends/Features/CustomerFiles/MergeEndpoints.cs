using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.CustomerFiles;

/// <summary>Two customers that are one, one that is two, and what was changed of a customer so far.</summary>
public static class MergeEndpoints
{
    private static readonly (string, string)[] Places = [("same_customer", "With"), ("merged", "With"), ("customer", "With"), ("too_many", "With"), ("why", "Why"), ("name", "Name"), ("nothing", "Numbers"), ("changed", "Numbers")];

    /// <summary>Maps the pages and their forms.</summary>
    public static void MapMerges(this IEndpointRouteBuilder app)
    {
        app.MapGet("/customers/duplicates", Duplicates).RequireAuthorization(Policies.Agent);
        app.MapPost("/customers/{id:long}/apart", Apart).RequireAuthorization(Policies.Agent);
        app.MapGet("/customers/{id:long}/merge", (long id, string? with, HttpContext context, CustomerSubPages pages, Database database) => ShowMerge(context, pages, database, id, new() { With = with }, null)).RequireAuthorization(Policies.Agent);
        app.MapForm("/customers/{id:long}/merge", Merge).RequireAuthorization(Policies.Agent);
        app.MapGet("/customers/{id:long}/history", (long id, HttpContext context, CustomerSubPages pages, Database database) => ShowHistory(context, pages, database, id, new(), null)).RequireAuthorization(Policies.Reader);
        app.MapForm("/customers/{id:long}/merges/{merge:long}/undo", TakeBack).RequireAuthorization(Policies.Agent);
        app.MapForm("/customers/{id:long}/move-out", MoveOut).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Duplicates(HttpContext context, Database database, Frame frame) =>
        Html.Show<DuplicatesPage, DuplicatesPage.View>(new(await frame.For(context), await LikelyDuplicates.Find(database, null, context.RequestAborted)));

    private static async Task<IResult> Apart(long id, HttpContext context, Database database, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var known = long.TryParse(form["with"], NumberStyles.None, CultureInfo.InvariantCulture, out var other) && other != id && await database.Write(async unit =>
        {
            if (await Customers.Current(unit, id) is null || await Customers.Current(unit, other) is null)
                return false;
            await CustomerMerges.SetApart(unit, id, other, context.User.Actor(), clock.GetUtcNow());
            return true;
        });
        return known ? CustomerSubPages.Back(context, "/customers/duplicates", "They are two people.") : TypedResults.NotFound();
    }

    private static async Task<IResult> Merge(long id, [FromForm] MergePage.Fields? sent, HttpContext context, CustomerSubPages pages, CustomerMerges merges, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            var other = await Find(database, fields.With, context.RequestAborted) ?? throw new Refused("customer", "Choose who it is: their number with us, or one of their mail addresses.");
            await database.Write(unit => merges.Merge(unit, id, other, fields.Why, context.User.Actor(), clock.GetUtcNow()));
            return CustomerSubPages.Back(context, $"/customers/{id}", "They are one customer now. It can be taken back under What changed.");
        }
        catch (Refused no)
        {
            return await ShowMerge(context, pages, database, id, fields, no);
        }
    }

    private static async Task<IResult> TakeBack(long id, long merge, [FromForm] HistoryPage.Fields? sent, HttpContext context, CustomerSubPages pages, CustomerMerges merges, Database database, TimeProvider clock)
    {
        var fields = (sent ?? new()) with { Merge = merge };
        try
        {
            return await database.Write(unit => merges.TakeBack(unit, merge, fields.Why, context.User.Actor(), clock.GetUtcNow())) is { } back
                ? CustomerSubPages.Back(context, $"/customers/{back}", "They are two customers again.")
                : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await ShowHistory(context, pages, database, id, fields, no);
        }
    }

    private static async Task<IResult> MoveOut(long id, [FromForm] HistoryPage.Fields? sent, HttpContext context, CustomerSubPages pages, CustomerMerges merges, Database database, TimeProvider clock)
    {
        var fields = sent ?? new();
        try
        {
            var numbers = (fields.Numbers ?? []).Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
            var fresh = await database.Write(unit => merges.MoveOut(unit, id, numbers, fields.Addresses ?? [], fields.Name, fields.Why, context.User.Actor(), clock.GetUtcNow()));
            return CustomerSubPages.Back(context, $"/customers/{fresh}", "It belongs to a customer of its own now.");
        }
        catch (Refused no)
        {
            return await ShowHistory(context, pages, database, id, fields, no);
        }
    }

    private static async Task<IResult> ShowMerge(HttpContext context, CustomerSubPages pages, Database database, long id, MergePage.Fields fields, Refused? no)
    {
        if (await pages.Load(context, id, no, Places) is not { } page)
            return TypedResults.NotFound();
        var other = await Find(database, fields.With, context.RequestAborted) is { } with ? await pages.Load(context, with) : null;
        var alike = await LikelyDuplicates.Find(database, page.Customer.Id, context.RequestAborted);
        var limit = other is null ? 0 : await database.Read(connection => connection.ExecuteScalarAsync<long>(
            "select count(*) from money_given where customer_id in (@one, @two) and chosen = 1", new { one = page.Customer.Id, two = other.Customer.Id }), context.RequestAborted);
        return Html.Show<MergePage, MergePage.View>(new(page, fields, other?.Customer, alike, limit), CustomerSubPages.StatusOf(page));
    }

    private static async Task<IResult> ShowHistory(HttpContext context, CustomerSubPages pages, Database database, long id, HistoryPage.Fields fields, Refused? no)
    {
        if (await pages.Load(context, id, no, fields.Merge is null ? Places : [("why", $"Why-{fields.Merge}")]) is not { } page)
            return TypedResults.NotFound();
        var view = await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                """
                select l.at, l.by_name, l.what from customer_log l where l.customer_id = @id order by l.id desc limit 100;
                select m.id, m.customer_id, u.name as customer, m.at, m.by_name, m.why, m.undone_at, m.undone_by, m.undone_why,
                    (select count(*) from customer_merge_items i where i.merge_id = m.id and i.kind = 1) as cases, (select count(*) from customer_merge_items i where i.merge_id = m.id and i.kind = 2) as orders,
                    (select count(*) from customer_merge_items i where i.merge_id = m.id and i.kind = 3) as addresses
                    from customer_merges m join customers u on u.id = m.customer_id where m.into_id = @id or m.customer_id = @id
                        or m.into_id in (select n.customer_id from customer_merges n where n.into_id = @id and n.undone_at is null) order by m.id desc limit 50;
                select c.number, c.subject from cases c where c.customer_id = @id order by c.number desc limit 100;
                select a.address from customer_addresses a where a.customer_id = @id order by a.address
                """, new { id = page.Customer.Id });
            return new HistoryPage.View(page, fields, (await all.ReadAsync<HistoryPage.Change>()).AsList(), (await all.ReadAsync<HistoryPage.Merge>()).AsList(),
                (await all.ReadAsync<HistoryPage.CaseOf>()).AsList(), (await all.ReadAsync<string>()).AsList());
        }, context.RequestAborted);
        return Html.Show<HistoryPage, HistoryPage.View>(view, CustomerSubPages.StatusOf(page));
    }

    /// <summary>The customer that somebody typed: a number of ours, or an address.</summary>
    private static async Task<long?> Find(Database database, string? typed, CancellationToken ct)
    {
        var text = (typed ?? "").Trim();
        return await database.Read(connection => long.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? connection.ExecuteScalarAsync<long?>("select id from customers where id = @id", new { id })
            : connection.ExecuteScalarAsync<long?>("select customer_id from customer_addresses where address_key = @key", new { key = Customers.KeyOf(text) }), ct);
    }
}
