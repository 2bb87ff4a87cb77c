using System.Globalization;
using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.CallBacks;

/// <summary>Loads what the pages on calls show.</summary>
public sealed class CallPages(Database database, CaseStore cases, CallsQuery calls, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>The calls of a day; of today with all that are owed from before.</summary>
    public async Task<IResult> Board(HttpContext context, string? day)
    {
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var zone = company.Zone();
        var today = LocalDay.Of(now, zone);
        var date = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && asked > today && asked < today.AddDays(400) ? asked : today;
        var begins = date == today ? (DateTimeOffset?)null : LocalDay.Begins(date, zone);
        var rows = await calls.Read(begins, LocalDay.Begins(date.AddDays(1), zone), context.RequestAborted);
        return Html.Show<CallsPage, CallsPage.View>(new(await frame.For(context), rows, date, today, now, zone) { ToAsk = date == today ? await calls.ToAsk(context.RequestAborted) : [] });
    }

    /// <summary>The call of a case.</summary>
    public async Task<IResult> Form(HttpContext context, long number, CallBackForm.Fields? fields = null, Refused? no = null)
    {
        if (await cases.Find(number, context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var phone = state.CallBack?.Phone ?? await Customers.PhoneOf(database, state.CustomerId);
        return Html.Show<CallBackForm, CallBackForm.View>(new(number, state, await frame.For(context), CallTimes.Days(await CallDesk.Free(database, company, now, number, context.RequestAborted), company.Zone()),
            now, company.Zone(), fields ?? new() { Phone = phone }, Errors(no)), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The form on a call that nobody took.</summary>
    public async Task<IResult> RangForm(HttpContext context, long number, RangForm.Fields? fields = null, Refused? no = null)
    {
        if (await cases.Find(number, context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        return Html.Show<RangForm, RangForm.View>(new(number, state, await frame.For(context), fields ?? new() { Phone = await Customers.PhoneOf(database, state.CustomerId), RangAt = LocalTime.Of(now, company.Zone()) }, Errors(no)),
            no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static IReadOnlyDictionary<string, string> Errors(Refused? no) => no is null
        ? new Dictionary<string, string>()
        : new Dictionary<string, string> { [no.Code switch { "phone" => "Phone", "time" or "time_taken" => "Time", "rang_at" => "RangAt", _ => "main" }] = no.Message };
}
