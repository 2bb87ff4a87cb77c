using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.CustomerFiles;

/// <summary>Customers: who they are, what they bought, every case of theirs.</summary>
public static class CustomerEndpoints
{
    private const int PageSize = 50;

    internal const string Columns =
        """
        select u.id, u.name, u.phone, u.place, u.language, u.since, u.letters_off_at, u.merged_into, u.preferred_name, u.preferred_channel, u.support, u.support_words, u.support_agreed_at, u.representative, (select a.address from customer_addresses a where a.customer_id = u.id order by a.address limit 1) as address,
            (select coalesce(sum(o.total_minor), 0) from orders o where o.customer_id = u.id) as spent, (select max(o.currency) from orders o where o.customer_id = u.id) as currency,
            (select count(*) from orders o where o.customer_id = u.id) as orders, (select count(*) from cases c where c.customer_id = u.id) as cases,
            (select count(*) from cases c where c.customer_id = u.id and c.closed_at is null) as open, (select count(*) from cases c where c.customer_id = u.id and c.kind = 5) as praise
        from customers u
        """;

    /// <summary>What the pages need.</summary>
    public static void AddCustomers(this IServiceCollection services) => services.AddSingleton<OrderImport>().AddSingleton<StockImport>().AddSingleton<Pages>().AddSingleton<CustomerMerges>().AddSingleton<CustomerCare>().AddSingleton<CustomerSubPages>();

    /// <summary>Maps the pages.</summary>
    public static void MapCustomers(this IEndpointRouteBuilder app)
    {
        app.MapGet("/customers", List).RequireAuthorization(Policies.Reader);
        app.MapGet("/customers/{id:long}", (long id, HttpContext context, Pages pages) => pages.Show(context, id)).RequireAuthorization(Policies.Reader);
        app.MapPost("/customers/{id:long}", Save).RequireAuthorization(Policies.Agent);
        app.MapPost("/customers/{id:long}/addresses", AddAddress).RequireAuthorization(Policies.Agent);
        app.MapCustomerWishes();
        app.MapCare();
        app.MapMerges();
        app.MapThanks();
        app.MapNeglected();
        app.MapStock();
        app.MapGet("/settings/orders", (HttpContext context, Pages pages) => pages.Orders(context, null, null)).RequireAuthorization(Policies.Manager);
        app.MapPost("/settings/orders", Import).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> List(string? q, string? after, HttpContext context, Database database, Frame frame, StoredSettings settings)
    {
        var query = (q ?? "").Trim() is { Length: <= 200 } text ? text : "";
        var (name, id) = after?.LastIndexOf('~') is > 0 and var at && long.TryParse(after[(at + 1)..], out var number) ? (after[..at], number) : (null, 0);
        var rows = await database.Read(async connection => (await connection.QueryAsync<CustomerRow>(
            $"""
            {Columns}
            where u.merged_into is null and (@query = '' or lower(u.name) like @begins escape '!' or lower(u.name) like @inside escape '!' or u.id in (select customer_id from customer_addresses where address_key like @key escape '!'))
                {(name is null ? "" : "and (u.name, u.id) > (@name, @id)")}
            order by u.name, u.id limit @most
            """, new { query, begins = Like(query.ToLowerInvariant()), inside = "% " + Like(query.ToLowerInvariant()), key = Like(Customers.KeyOf(query)), name, id, most = PageSize + 1 })).AsList(), context.RequestAborted);
        var more = rows.Count > PageSize;
        if (more)
            rows.RemoveAt(PageSize);
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<CustomersPage, CustomersPage.View>(new(await frame.For(context), query, rows, more ? $"{rows[^1].Name}~{rows[^1].Id}" : null, after is not null, company.Currency, company.Zone()));
    }

    private static async Task<IResult> Save(long id, HttpContext context, Database database, Pages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form["name"].ToString().Replace("\0", "").Trim();
        var phone = form["phone"].ToString().Replace("\0", "").Trim();
        if (name.Length is 0 or > 200 || phone.Length > 60)
            return await pages.Show(context, id, name.Length == 0 ? "Give a name." : "That is too long.");
        var changed = await database.Write(async unit =>
        {
            if (await unit.Run("update customers set name = @name, phone = @phone where id = @id", new { id, name, phone = phone.Length > 0 ? phone : null }) == 0)
                return false;
            await SearchIndex.Add(unit, 0, -id, $"{name}\n{phone}");
            return true;
        });
        if (!changed)
            return TypedResults.NotFound();
        Frame.Say(context, "Saved");
        return TypedResults.Redirect303($"/customers/{id}");
    }

    private static async Task<IResult> AddAddress(long id, HttpContext context, Database database, Pages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var address = form["address"].ToString().Trim();
        if (address.Length is < 3 or > 254 || address.IndexOf('@') is <= 0 || address.EndsWith('@') || address.Any(char.IsWhiteSpace) || address.Any(char.IsControl))
            return await pages.Show(context, id, "This is no mail address.", address);
        var owner = await database.Write(async unit =>
        {
            if (await unit.Value<long?>("select id from customers where id = @id", new { id }) is null)
                return (long?)null;
            await Customers.AddAddress(unit, id, address);
            await SearchIndex.Add(unit, 0, -id, address);
            return await unit.Value<long>("select customer_id from customer_addresses where address_key = @key", new { key = Customers.KeyOf(address) });
        });
        if (owner is null)
            return TypedResults.NotFound();
        if (owner != id)
            return await pages.Show(context, id, "This address belongs to another customer.", address);
        Frame.Say(context, "Address added");
        return TypedResults.Redirect303($"/customers/{id}");
    }

    private static async Task<IResult> Import(HttpContext context, OrderImport import, StoredSettings settings, Pages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            return await pages.Orders(context, null, "Choose a file first.", form["columns"]);
        var typed = form["columns"].ToString();
        try
        {
            var company = await settings.Company(context.RequestAborted);
            if (file.Length > OrderImport.MostBytes)
                throw new Refused("file", $"This file is larger than {OrderImport.MostBytes / 1024 / 1024} MB. Split it and bring in one part after the other; known orders are only brought up to date.");
            var map = OrderImport.MapOf(typed);
            using var text = new StreamReader(file.OpenReadStream(), System.Text.Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            var result = await import.Run(text, company.Currency, company.Zone(), context.RequestAborted, map: map);
            await settings.Set(OrderImport.MapSetting, typed.Trim());
            return await pages.Orders(context, result, null, typed);
        }
        catch (Refused refused)
        {
            return await pages.Orders(context, null, refused.Message, typed);
        }
    }

    private static string Like(string text) => text.Replace("!", "!!").Replace("%", "!%").Replace("_", "!_") + "%";

    /// <summary>Shows the pages.</summary>
    public sealed class Pages(Database database, StoredSettings settings, Frame frame, TimeProvider clock, WorthDesk worth)
    {
        /// <summary>A customer; with a problem as 422.</summary>
        public async Task<IResult> Show(HttpContext context, long id, string? problem = null, string? address = null, string? sentBy = null)
        {
            var (who, addresses, orders, cases, bounces, thanks) = await database.Read(async connection =>
            {
                using var all = await connection.QueryMultipleAsync(
                    $"""
                    {Columns} where u.id = @id;
                    select address from customer_addresses where customer_id = @id order by address;
                    select number, placed_at, total_minor, currency, product, carrier, status from orders where customer_id = @id order by placed_at desc limit 200;
                    select c.number, c.subject, c.kind, c.stage, c.step, c.close_reason, c.opened_at, p.name as owner from cases c left join people p on p.id = c.owner_id where c.customer_id = @id order by c.opened_at desc limit 200;
                    select {AddressBounce.Columns} from {AddressBounce.Join} where a.customer_id = @id;
                    select c.number, c.preview, c.opened_at from cases c where c.customer_id = @id and c.kind = 5 order by c.opened_at desc limit 5
                    """, new { id });
                return (await all.ReadSingleOrDefaultAsync<CustomerRow>(), (await all.ReadAsync<string>()).AsList(), (await all.ReadAsync<OrderRow>()).AsList(), (await all.ReadAsync<CustomerCaseRow>()).AsList(), (await all.ReadAsync<AddressBounce>()).AsList(), (await all.ReadAsync<ThanksRow>()).AsList());
            }, context.RequestAborted);
            if (who is null)
                return TypedResults.NotFound();
            if (who.MergedInto is not null)
                return TypedResults.Redirect($"/customers/{await Customers.CurrentId(database, id, context.RequestAborted)}");
            var company = await settings.Company(context.RequestAborted);
            var (came, named) = await FollowOnDesk.Of(database, id, context.RequestAborted);
            return Html.Show<CustomerPage, CustomerPage.View>(new(await frame.For(context), who, addresses, orders, cases, company.Currency, clock.GetUtcNow(), company.Zone(), problem, address) { Bounces = bounces, SentBy = sentBy, CameWith = named, Came = came, Thanks = thanks, Worth = await worth.Of(id, await worth.Book(context.RequestAborted), context.RequestAborted), Alike = await LikelyDuplicates.Find(database, id, context.RequestAborted) },
                problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }

        /// <summary>The page that brings orders in.</summary>
        public async Task<IResult> Orders(HttpContext context, OrderImport.Result? result, string? problem, string? typed = null)
        {
            var (orders, customers) = await database.Read(async connection => (await connection.ExecuteScalarAsync<long>("select count(*) from orders"), await connection.ExecuteScalarAsync<long>("select count(*) from customers")), context.RequestAborted);
            return Html.Show<OrdersPage, OrdersPage.View>(new(await frame.For(context), orders, customers, result, problem, typed ?? await settings.Get<string>(OrderImport.MapSetting, context.RequestAborted) ?? ""), problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }
    }
}
