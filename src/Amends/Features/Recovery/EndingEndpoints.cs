using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>A case that ends without being put right: the customer took it back, it goes on in another case, or it is not ours. They are told.</summary>
public static class EndingEndpoints
{
    private const int MostOthers = 50;

    /// <summary>Maps the page and what it posts.</summary>
    public static void MapEndings(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/cases/{number:long}/ending");
        group.MapGet("", (long number, string? @as, HttpContext context, CasePages pages, Database database) => Show(number, context, pages, database, new() { As = @as }, null)).RequireAuthorization(Policies.Agent);
        group.MapForm("", Close).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Close(long number, [FromForm] EndingPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, StoredSettings settings, Dispatch dispatch, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            var reason = fields.Reason ?? throw new Refused("as", "Choose how it ends.");
            var company = await settings.Company(context.RequestAborted);
            var closed = await cases.Change(number, async (@case, unit) =>
            {
                var work = new Work(@case, unit, number, company, context.User.Actor(), clock.GetUtcNow());
                var into = reason == CloseReason.Duplicate ? await OtherCases.Named(unit, number, long.TryParse(fields.Into, NumberStyles.None, CultureInfo.InvariantCulture, out var other) ? other : null) : null;
                var told = await dispatch.Tell(work, fields.Tell.ByLetter, fields.Tell.Letter, fields.Tell.Words);
                @case.Withdraw(reason, fields.Why ?? "", told, work.By, work.Now, SecondLook.ChanceOf($"case:{number}:{@case.State.Reopened}"), into, Causes.Chosen(company.Content.Causes, fields.Cause, @case.State.Cause));
                if (into is not null)
                    await OtherCases.Join(unit, cases, into, number, work.By, work.Now);
            });
            return closed is null ? TypedResults.NotFound() : Answers.Back(context, number, "Closed.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, fields, FieldErrors.Of(no, [("reason", "Why"), ("goes_on_in", "Into"), ("cause", "Cause"), .. ToldFields.Places]));
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Database database, EndingPage.Fields fields, IReadOnlyDictionary<string, string>? errors)
    {
        if (await pages.Load(context, number, errors) is not { } page)
            return TypedResults.NotFound();
        if (fields.Reason is { } reason && errors is null)
            fields = fields with { Tell = new() { How = (await Reach.Of(database, page.State.CustomerId, context.RequestAborted)).HasMail ? "letter" : "other", Letter = EndingDraft.For(page.State, reason) } };
        var others = fields.Reason == CloseReason.Duplicate ? await Others(database, number, page.State.CustomerId, context.RequestAborted) : [];
        return Html.Show<EndingPage, EndingPage.View>(new(page, fields, others), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<IReadOnlyList<EndingPage.OtherRow>> Others(Database database, long number, long customer, CancellationToken ct) => database.Read(async connection => (IReadOnlyList<EndingPage.OtherRow>)(await connection.QueryAsync<EndingPage.OtherRow>(
        "select number, subject, close_reason from cases where customer_id = @customer and number <> @number and goes_on_in is null order by case when closed_at is null then 0 else 1 end, opened_at desc limit @MostOthers", new { customer, number, MostOthers })).AsList(), ct);
}
