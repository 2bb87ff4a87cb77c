using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Vouchers;

/// <summary>Codes that customers hold: what we owe on them, and using one at the till.</summary>
public static class VouchersEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddVouchers(this IServiceCollection services) => services.AddSingleton<VoucherDesk>();

    /// <summary>Maps the page and what it posts.</summary>
    public static void MapVouchers(this IEndpointRouteBuilder app)
    {
        app.MapGet("/vouchers", (HttpContext context, VoucherDesk desk, Frame frame, StoredSettings settings, TimeProvider clock) => Show(context, desk, frame, settings, clock)).RequireAuthorization(Policies.Agent);
        app.MapPost("/vouchers/use", Use).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Use(HttpContext context, VoucherDesk desk, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var company = await settings.Company();
        try
        {
            var typed = form["amount"].ToString().Trim();
            if (!decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major))
                throw new Refused("amount", typed.Length == 0 ? "Say how much is used." : $"“{typed}” is not an amount.");
            var (number, left) = await database.Write(unit => desk.Use(unit, form["code"], Money.FromMajor(major, company.Currency), form["reference"], context.User.Actor(), clock.GetUtcNow()));
            Frame.Say(context, $"Used. {left} are left (case {number}).");
            return TypedResults.Redirect303("/vouchers");
        }
        catch (Refused no)
        {
            return await Show(context, desk, frame, settings, clock, form, no);
        }
    }

    private static async Task<IResult> Show(HttpContext context, VoucherDesk desk, Frame frame, StoredSettings settings, TimeProvider clock, IFormCollection? form = null, Refused? no = null)
    {
        var company = await settings.Company();
        return Html.Show<VouchersPage, VouchersPage.View>(new(await frame.For(context), await desk.Owed(context.RequestAborted), await desk.List(context.RequestAborted), company.Currency, clock.GetUtcNow(), company.Zone())
        {
            Form = form,
            Errors = no is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [no.Code is "code" or "amount" or "reference" ? no.Code : "code"] = no.Message },
        }, no is null ? 200 : 422);
    }
}
