using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Customers;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>Who acts for the customer in a case: how far they may go, what shows it, and who gets the letters.</summary>
public static class RepresentativeEndpoints
{
    private static readonly (string, string)[] Places =
    [
        ("representative_name", "Name"), ("relation", "Relation"), ("representative_email", "Email"), ("representative_phone", "Phone"), ("may", "May"), ("proof", "Proof"), ("proven_on", "ProvenOn"), ("until", "Until"),
        ("letters_to", "LettersTo"), ("end_why", "EndWhy"),
    ];

    /// <summary>Maps the page and its forms.</summary>
    public static void MapRepresentatives(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/cases/{number:long}/representative");
        group.MapGet("", (long number, HttpContext context, CasePages pages) => Show(number, context, pages, null, null)).RequireAuthorization(Policies.Agent);
        group.MapForm("", Name).RequireAuthorization(Policies.Agent);
        group.MapForm("/end", End).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Name(long number, [FromForm] RepresentativePage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (zone, me, now) = ((await settings.Company(context.RequestAborted)).Zone(), context.User.Actor(), clock.GetUtcNow());
        try
        {
            var who = new Representative(fields.Name ?? "", fields.Relation ?? "", fields.Email, fields.Phone, Enum.TryParse<Mandate>(fields.May, out var may) ? may : 0, fields.Proof ?? "",
                Day(fields.ProvenOn, "proven_on") ?? default, Day(fields.Until, "until") is { } last ? LocalDay.Begins(last.AddDays(1), zone) : null, Enum.TryParse<LettersTo>(fields.LettersTo, out var to) ? to : 0);
            var changed = await cases.Change(number, async (@case, unit) =>
            {
                @case.NameRepresentative(who, me, now);
                if (fields.Remember == "on")
                    await CustomerCare.RememberRepresentative(unit, @case.State.CustomerId, @case.State.Representative!, me, now);
            });
            return changed is null ? TypedResults.NotFound() : Answers.Back(context, number, $"{changed.Representative?.Name} acts for {changed.CustomerName}.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, fields, no);
        }
    }

    private static async Task<IResult> End(long number, [FromForm] RepresentativePage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, TimeProvider clock)
    {
        var fields = sent ?? new();
        try
        {
            return await cases.Change(number, @case => @case.EndRepresentative(fields.EndWhy, context.User.Actor(), clock.GetUtcNow())) is { } changed
                ? Answers.Back(context, number, $"{changed.CustomerName} speaks for themselves.")
                : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, fields, no);
        }
    }

    private static DateOnly? Day(string? text, string code) => string.IsNullOrWhiteSpace(text) ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2200 ? day : throw new Refused(code, "Write the date as day, month and year.");

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, RepresentativePage.Fields? fields, Refused? no) =>
        await pages.Load(context, number, no is null ? null : FieldErrors.Of(no, Places)) is { } page
            ? Html.Show<RepresentativePage, RepresentativePage.View>(new(page, fields), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();
}
