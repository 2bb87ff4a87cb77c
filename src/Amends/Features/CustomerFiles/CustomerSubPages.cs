using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;

namespace Amends.Features.CustomerFiles;

/// <summary>What every page below a customer's shows beside its own.</summary>
/// <param name="Chrome">The frame.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="Now">Now.</param>
/// <param name="Zone">The company's zone.</param>
/// <param name="Errors">Field → sentence; empty at first.</param>
public sealed record CustomerSubPage(Chrome Chrome, CustomerRow Customer, DateTimeOffset Now, TimeZoneInfo Zone, IReadOnlyDictionary<string, string> Errors)
{
    /// <summary>A moment as a person reads it.</summary>
    public string When(long at) => Shared.When.Long(DateTimeOffset.FromUnixTimeMilliseconds(at), Now, Zone);
}

/// <summary>Loads them.</summary>
public sealed class CustomerSubPages(Database database, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>The page of a customer, or of whoever they turned out to be the same as; <c>null</c> when there is none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The customer.</param>
    /// <param name="no">Why a form was refused; <c>null</c> at first.</param>
    /// <param name="fields">Code of a refusal → field.</param>
    public async Task<CustomerSubPage?> Load(HttpContext context, long id, Refused? no = null, params (string Code, string Field)[] fields)
    {
        var current = await Customers.CurrentId(database, id, context.RequestAborted);
        var who = await database.Read(connection => connection.QuerySingleOrDefaultAsync<CustomerRow>($"{CustomerEndpoints.Columns} where u.id = @current", new { current }), context.RequestAborted);
        if (who is null)
            return null;
        var errors = no is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [fields.FirstOrDefault(each => each.Code == no.Code).Field ?? "main"] = no.Message };
        return new(await frame.For(context), who, clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone(), errors);
    }

    /// <summary>Back to a page (303), with words for the toast.</summary>
    public static IResult Back(HttpContext context, string url, string words)
    {
        Frame.Say(context, words);
        return TypedResults.Redirect303(url);
    }

    /// <summary>200, or 422 when something was refused.</summary>
    public static int StatusOf(CustomerSubPage page) => page.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
}
