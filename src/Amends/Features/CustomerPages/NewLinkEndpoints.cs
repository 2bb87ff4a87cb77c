using Amends.Data;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;

namespace Amends.Features.CustomerPages;

/// <summary>Asking for a new link by mail. The answer is always the same, so that nobody learns who our customers are.</summary>
public static class NewLinkEndpoints
{
    private const int LongestAddress = 254;
    private static readonly TimeSpan ClosedSince = TimeSpan.FromDays(90);

    /// <summary>Maps the form and its answer.</summary>
    public static void MapNewLink(this IEndpointRouteBuilder app)
    {
        app.MapPost("/c/again", Again).RequireAuthorization(Policies.Public);
        app.MapGet("/c/sent", async (StoredSettings settings, CancellationToken ct) =>
            Html.Show<ExpiredPage, ExpiredModel>(new ExpiredModel(await settings.Company(ct)) { Sent = true })).RequireAuthorization(Policies.Public);
    }

    private static async Task<IResult> Again(HttpContext context, IFormCollection form, Database database, StoredSettings settings, Outbox outbox, CaseStore cases, PublicTries tries, TimeProvider clock)
    {
        var company = await settings.Company(context.RequestAborted);
        var address = form["email"].ToString().Trim();
        if (address.Length is 0 or > LongestAddress || address.IndexOf('@') < 1 || address.EndsWith('@'))
        {
            var errors = new Dictionary<string, string> { ["email"] = "Write your mail address, such as name@example.com." };
            return Html.Show<ExpiredPage, ExpiredModel>(new ExpiredModel(company) { Email = address, Errors = errors }, StatusCodes.Status422UnprocessableEntity);
        }

        if (tries.Take(PublicTries.NewLink, Requests.SourceOf(context)) && tries.Take(PublicTries.NewLinkTo, Customers.KeyOf(address)))
            await Send(database, cases, outbox, company, address, clock.GetUtcNow());
        return TypedResults.Redirect303("/c/sent");
    }

    /// <summary>Sends a link to the newest case of whoever has this address, if anybody has.</summary>
    private static Task Send(Database database, CaseStore cases, Outbox outbox, Company company, string address, DateTimeOffset at) => database.Write(async unit =>
    {
        var found = await unit.One<Row>(
            """
            select k.number, a.address from customer_addresses a join cases k on k.customer_id = a.customer_id
            where a.address_key = @key and (k.closed_at is null or k.closed_at > @since)
            order by case when k.closed_at is null then 0 else 1 end, k.number desc limit 1
            """, new { key = Customers.KeyOf(address), since = (at - ClosedSince).ToUnixTimeMilliseconds() });
        if (found is null)
            return;
        await cases.ChangeIn(unit, found.Number, async (@case, _) =>
            await outbox.Queue(unit, company, found.Number, LinkAgain.For(company, found.Number, @case.State), Actor.Amends, at, [found.Address]));
    });

    private sealed class Row
    {
        public long Number { get; init; }
        public string Address { get; init; } = "";
    }
}
