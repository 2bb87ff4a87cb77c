using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>What the customer raised, one by one: add what is missing, take out what was raised by mistake.</summary>
public static class IssueEndpoints
{
    /// <summary>Maps the page and what it posts.</summary>
    public static void MapIssues(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/issues", Page).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/issues", Raise).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/issues/{id:int}/withdrawal", Withdraw).RequireAuthorization(Policies.Agent);
    }

    /// <summary>One issue a line; empty lines are left out.</summary>
    public static IEnumerable<string> Lines(string? text) => (text ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Task<IResult> Page(long number, HttpContext context, CasePages pages) => Show(number, context, pages, null);

    private static async Task<IResult> Raise(long number, [FromForm] string? words, HttpContext context, CasePages pages, CaseStore cases, TimeProvider clock)
    {
        try
        {
            var lines = Lines(words).ToList();
            if (lines.Count == 0)
                throw new Refused("issue", "Write what they raised, one line each.");
            return await cases.Change(number, @case =>
            {
                foreach (var line in lines)
                    @case.RaiseIssue(line, context.User.Actor(), clock.GetUtcNow());
            }) is null ? TypedResults.NotFound() : Answers.Back(context, number, "Written down. Each of them gets an answer.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, no, words);
        }
    }

    private static async Task<IResult> Withdraw(long number, int id, [FromForm] string? reason, [FromForm] string? into, HttpContext context, CasePages pages, CaseStore cases, TimeProvider clock)
    {
        try
        {
            int? other = int.TryParse(into, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
            return await cases.Change(number, @case => @case.WithdrawIssue(id, reason ?? "", other, context.User.Actor(), clock.GetUtcNow())) is null
                ? TypedResults.NotFound()
                : Answers.Back(context, number, "Taken out. It stays in the history, with the reason.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, no);
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Refused? no, string? words = null) =>
        await pages.Load(context, number, no is null ? null : FieldErrors.Of(no)) is { } page
            ? Html.Show<IssuesPage, IssuesPage.View>(new(page, words), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();
}
