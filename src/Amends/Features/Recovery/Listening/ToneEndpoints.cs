using Amends.Data;
using Amends.Domain;
using Amends.Domain.Listening;
using Amends.Domain.Listening.Emotion;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery.Listening;

/// <summary>How the customer's words sound, message by message and why, and a person's own reading of them.</summary>
public static class ToneEndpoints
{
    /// <summary>Maps the page and what it posts.</summary>
    public static void MapTones(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/tone", (long number, HttpContext context, CasePages pages, Database database) => Show(number, context, pages, database)).RequireAuthorization(Policies.Reader);
        app.MapPost("/cases/{number:long}/tone", Correct).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Database database, Refused? no = null)
    {
        if (await pages.Load(context, number, no is null ? null : FieldErrors.Of(no)) is not { } page)
            return TypedResults.NotFound();
        var words = (await database.Read(async connection => (await connection.QueryAsync<(long Id, string Text)>(
            "select id, text from messages where case_number = @number and direction = 1 order by id", new { number })).AsList(), context.RequestAborted)).ToDictionary(row => row.Id, row => row.Text);
        return Html.Show<TonePage, TonePage.View>(new(page, [.. page.State.Tones.Select(heard => (heard, heard.MessageId == 0 ? page.State.Story : words.GetValueOrDefault(heard.MessageId, "")))]), no is null ? 200 : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Correct(long number, [FromForm] long? message, [FromForm] string? level, HttpContext context, CasePages pages, CaseStore cases, Database database, TimeProvider clock)
    {
        try
        {
            var heard = message ?? throw new Refused("message", "Say which message it is about.");
            var to = UpsetLevels.Of(level) ?? throw new Refused("level", "Choose how upset the words are.");
            return await cases.Change(number, (@case, unit) => ToneCorrections.Add(unit, @case, number, heard, to, context.User.Actor(), clock.GetUtcNow())) is null
                ? TypedResults.NotFound()
                : Answers.Back(context, number, "Noted. The next training may learn from it.", $"tone#m{heard}");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, no);
        }
    }
}
