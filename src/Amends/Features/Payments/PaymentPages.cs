using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Payments;

/// <summary>Shows the payments of a case and of all cases, and does what is asked for on them.</summary>
public sealed class PaymentPages(CaseStore cases, PaymentsQuery payments, Frame frame, StoredSettings settings, Database database, TimeProvider clock)
{
    /// <summary>The payments of all cases.</summary>
    public async Task<IResult> List(HttpContext context, string? show)
    {
        var company = await settings.Company(context.RequestAborted);
        var what = Enum.TryParse<PaymentsShown>(show, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : PaymentsShown.Waiting;
        return Html.Show<PaymentListPage, PaymentListPage.View>(new(await frame.For(context), what, await PaymentDesk.List(database, what, context.RequestAborted), clock.GetUtcNow(), company.Zone()));
    }

    /// <summary>Those of a case; with what was typed and refused as 422.</summary>
    public async Task<IResult> Show(HttpContext context, long number, (Refused No, PaymentFields Typed)? refused = null)
    {
        if (await cases.Find(number, context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        var (me, company) = (context.User.Actor(), await settings.Company(context.RequestAborted));
        var (authority, _) = await MoneyDesk.PowerOf(database, company, me, state.CustomerId, number, clock.GetUtcNow(), context.RequestAborted);
        var set = await settings.Get<PaymentSettings>(PaymentSettings.Setting, context.RequestAborted) ?? new();
        var known = set.Provider == StripeRefunds.Key ? await payments.PaidWith(number, state.CustomerId, context.RequestAborted) : [];
        return Html.Show<PaymentsPage, PaymentsPage.View>(new(await frame.For(context), number, state, me, authority.RoleOf(me), set.Provider, known, refused?.No.Message, refused?.Typed ?? new()), refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Runs a verb, and says what was done or shows the page with what was refused.</summary>
    public async Task<IResult> Do(HttpContext context, long number, PaymentFields typed, Func<Work, Task> verb, string words)
    {
        var (me, company) = (context.User.Actor(), await settings.Company(context.RequestAborted));
        try
        {
            if (await cases.Change(number, (@case, unit) => verb(new(@case, unit, number, company, me, clock.GetUtcNow()))) is null)
                return TypedResults.NotFound();
            Frame.Say(context, words);
            return TypedResults.Redirect303($"/cases/{number}/payments");
        }
        catch (Refused no)
        {
            return await Show(context, number, (no, typed));
        }
    }
}
