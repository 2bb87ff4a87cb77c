using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Recovery.Listening;

/// <summary>The screen for the call itself: listen, read back, two ways, the next contact; one form writes all of it down.</summary>
public static class LiveCallEndpoints
{
    private static readonly (string, string)[] Places =
    [
        ("name", "Name"), ("email", "Email"), ("story", "Story"), ("happened", "Happened"), ("matters", "Matters"), ("impact", "Impact"), ("words", "ChosenWords"), ("chosen", "Chosen"), ("option", "Chosen"),
        ("options", "Options_1_Title"), ("why", "Options_1_Why"), ("remedy", "Options_1_Title"), ("amount", "Options_1_Amount"), ("law", "Options_1_Law"), ("statutory_minimum", "Options_1_Title"), .. LawFields.Places("Law_"), ("limit", "Chosen"), ("danger", "AtRisk"), ("due", "Options_1_Due"), ("check_back", "CheckBackAt"),
        ("check_back_in_the_past", "CheckBackAt"), ("offer_in_the_past", "CheckBackAt"), ("confirm_first", "Confirmed"), ("promise", "Next"), ("promise_in_the_past", "NextAt"), ("promise_too_far", "NextAt"), ("no_address", "Chosen"),
        ("time", "CallAt"), ("time_taken", "CallAt"), ("phone", "Phone"), ("minutes", "Minutes"),
    ];

    /// <summary>What the screen needs.</summary>
    public static void AddLiveCalls(this IServiceCollection services) => services.AddSingleton<LiveCall>();

    /// <summary>Maps the screen for a case, and for a caller who has none.</summary>
    public static void MapLiveCalls(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/live", (long number, HttpContext context, CasePages pages, Desk desk) => desk.Show(context, pages, number)).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/live", (long number, HttpContext context, CasePages pages, Desk desk) => desk.Take(context, pages, number)).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/live/draft", (long number, HttpContext context, Database database, TimeProvider clock) => FormDraftEndpoints.Save(context, database, DraftOf(number), clock, "Heard")).RequireAuthorization(Policies.Agent);
        app.MapGet("/calls/live", (HttpContext context, CasePages pages, Desk desk) => desk.Show(context, pages, null)).RequireAuthorization(Policies.Agent);
        app.MapPost("/calls/live", (HttpContext context, CasePages pages, Desk desk) => desk.Take(context, pages, null)).RequireAuthorization(Policies.Agent);
        app.MapPost("/calls/live/draft", (HttpContext context, Database database, TimeProvider clock) => FormDraftEndpoints.Save(context, database, DraftOf(null), clock, "Heard")).RequireAuthorization(Policies.Agent);
    }

    private static string DraftOf(long? number) => number is null ? "live" : $"live-{number}";

    /// <summary>Shows the screen and takes what is sent.</summary>
    public sealed class Desk(Database database, LiveCall calls, StoredSettings settings, Frame frame, LawDesk laws, TimeProvider clock)
    {
        /// <summary>The screen, with what was kept of it.</summary>
        public async Task<IResult> Show(HttpContext context, CasePages pages, long? number, LiveTyped? typed = null, Refused? no = null)
        {
            var (company, now, me) = (await settings.Company(context.RequestAborted), clock.GetUtcNow(), context.User.Actor());
            var page = number is { } case1 ? await pages.Load(context, case1) : null;
            if (number is not null && page is null)
                return TypedResults.NotFound();
            if (page is { State.IsOpen: false })
                return TypedResults.Redirect303($"/cases/{number}/actions#reopen");
            var kept = typed ?? (await FormDrafts.Find(database, me.Id, DraftOf(number), context.RequestAborted) is { } fields ? new LiveTyped(fields) : null);
            var phone = page is null ? null : page.State.CallBack?.Phone ?? await Customers.PhoneOf(database, page.State.CustomerId);
            var errors = no is null ? new Dictionary<string, string>() : FieldErrors.Of(no, [("listen_first", no.Message.Contains("danger") ? "AtRisk" : "Outcome"), .. Places]);
            var days = company.Calls.IsOn ? CallTimes.Days(await CallDesk.Free(database, company, now, number ?? 0, context.RequestAborted), company.Zone()) : [];
            return Html.Show<LiveForm, LiveForm.View>(new(page, LiveTyped.For(page?.State, company, now, kept).With(("Phone", phone)), days, page?.Chrome ?? await frame.For(context), company, phone, me, await MoneyDesk.MostOf(database, company, me, now), await laws.For(number ?? 0, null, context.RequestAborted), now, errors),
                no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
        }

        /// <summary>"They have finished" opens the second part; "save" writes all of it down.</summary>
        public async Task<IResult> Take(HttpContext context, CasePages pages, long? number)
        {
            var fields = FormDrafts.Of(await context.Request.ReadFormAsync(context.RequestAborted));
            var typed = new LiveTyped(fields);
            var (company, now, me) = (await settings.Company(context.RequestAborted), clock.GetUtcNow(), context.User.Actor());
            try
            {
                if (!typed.IsHeard || typed["Then"] == "heard")
                {
                    if (typed["Story"].Length == 0)
                        throw new Refused("story", "Let them finish first, and write down what they tell you, in their words.");
                    await FormDrafts.Save(database, me.Id, DraftOf(number), new Dictionary<string, string>(fields) { ["Heard"] = "on" }, now);
                    return TypedResults.Redirect303($"{(number is null ? "/calls/live" : $"/cases/{number}/live")}#read-back");
                }

                var saved = number ?? 0;
                var there = await database.Write(async unit =>
                {
                    var found = true;
                    if (number is { } about)
                        found = await calls.About(unit, about, typed, company, me, now);
                    else
                        saved = await calls.Open(unit, typed, company, me, now);
                    await FormDrafts.Forget(unit, me.Id, DraftOf(number));
                    return found;
                });
                return there ? Answers.Back(context, saved, number is null ? "The case is open, and the whole call is in it." : "The whole call is written down.") : TypedResults.NotFound();
            }
            catch (Refused no)
            {
                return await Show(context, pages, number, typed, no);
            }
        }
    }
}
