using System.Globalization;
using System.Text;
using Amends.Adapters.LanguageModel;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.LanguageModel;

/// <summary>What was asked of the language model, for those who answer for it; and the way to erase the words of a case.</summary>
public static class ModelLogEndpoints
{
    private const string Page = "/settings/language-model/log";

    /// <summary>Maps the page, the file, and the erasing.</summary>
    public static void MapModelLog(this IEndpointRouteBuilder app)
    {
        app.MapGet(Page, (long? number, HttpContext context, ModelCalls calls, StoredSettings settings, Frame frame, TimeProvider clock) => Show(context, calls, settings, frame, clock, number, null)).RequireAuthorization(Policies.Manager);
        app.MapGet(Page + "/export", Export).RequireAuthorization(Policies.Manager);
        app.MapPost(Page + "/erasure", Erase).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Show(HttpContext context, ModelCalls calls, StoredSettings settings, Frame frame, TimeProvider clock, long? number, string? problem)
    {
        var (ct, now) = (context.RequestAborted, clock.GetUtcNow());
        var company = await settings.Company(ct);
        return Html.Show<ModelLogPage, ModelLogPage.View>(new(await frame.For(context), await calls.List(number, false, ct), number, await calls.Spent(now, ct), company.Currency, now, company.Zone(), problem),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Erase([FromForm] string? number, HttpContext context, ModelCalls calls, CaseStore cases, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        if (!long.TryParse(number?.Trim().TrimStart('#'), CultureInfo.InvariantCulture, out var of))
            return await Show(context, calls, settings, frame, clock, null, "Write the number of the case whose words are to be erased.");
        if (await cases.Find(of, context.RequestAborted) is { LegalHold: true })
            return await Show(context, calls, settings, frame, clock, of, "Nothing of this case may be deleted: it is held. A lead lets go of it first, under Needs, waiting, rest.");
        var erased = await calls.Erase(of, clock.GetUtcNow());
        if (erased == 0)
            return await Show(context, calls, settings, frame, clock, of, "No call of this case has words here.");
        Frame.Say(context, erased == 1 ? "The words of one call are erased." : $"The words of {erased.ToString(CultureInfo.InvariantCulture)} calls are erased.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> Export(long? number, HttpContext context, ModelCalls calls, TimeProvider clock)
    {
        var file = new StringBuilder();
        Line(file, ["id", "at", "person", "case", "task", "into", "host", "model", "prompt_version", "tokens_in", "tokens_out", "counted", "cost_millionths_minor", "currency", "milliseconds", "outcome", "problem", "decision", "request", "answer"]);
        foreach (var call in await calls.List(number, true, context.RequestAborted))
        {
            Line(file,
            [
                Text(call.Id), DateTimeOffset.FromUnixTimeMilliseconds(call.StartedAt).ToString("O", CultureInfo.InvariantCulture), call.Person, Text(call.CaseNumber), call.What.ToString().ToLowerInvariant(), call.IntoLanguage ?? "", call.Host, call.Model, Text(call.PromptVersion),
                Text(call.TokensIn), Text(call.TokensOut), call.Counted == 1 ? "yes" : "estimated", Text(call.Cost), call.Currency, call.Milliseconds is { } ms ? Text(ms) : "", ModelWords.Of(call.How), call.Problem ?? "", ModelWords.Decided(call),
                string.Join("\n\n", call.Messages.Select(message => $"{message.Role}: {message.Content}")), call.Answer,
            ]);
        }

        return TypedResults.File(Encoding.UTF8.GetBytes(file.ToString()), "text/csv; charset=utf-8", $"language-model-{clock.GetUtcNow():yyyy-MM-dd}.csv");

        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static void Line(StringBuilder file, string[] cells) => file.AppendJoin(',', cells.Select(cell => CsvCell.Of(cell))).Append("\r\n");
}
