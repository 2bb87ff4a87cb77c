using System.Globalization;
using Amends.Adapters.LanguageModel;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Language;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.LanguageModel;

/// <summary>Somebody asks a language model about a case: they see what would be sent, send it, and take the answer or throw it away.</summary>
public static class ModelEndpoints
{
    /// <summary>What all of it needs.</summary>
    public static void AddLanguageModel(this IServiceCollection services)
    {
        services.AddSingleton<ModelCalls>().AddSingleton<ChatClient>().AddSingleton<Breaker>().AddSingleton<AskModel>().AddSingleton<ModelPages>();
        services.AddLoop<ForgetModelCalls>();
    }

    /// <summary>Maps the page, its forms, the settings and the log.</summary>
    public static void MapLanguageModel(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/cases/{number:long}/language-model");
        group.MapGet("", (long number, string? task, string? message, string? into, long? call, HttpContext context, ModelPages pages) =>
            task is null ? pages.Choices(context, number, call) : pages.Preview(context, number, new() { Task = task, Message = message, Into = into })).RequireAuthorization(Policies.Agent);
        group.MapForm("", (long number, [FromForm] ModelFields? sent, HttpContext context, ModelPages pages) => pages.Preview(context, number, sent ?? new())).RequireAuthorization(Policies.Agent);
        group.MapForm("/calls", Send).RequireAuthorization(Policies.Agent);
        group.MapForm("/decision", Decide).RequireAuthorization(Policies.Agent);
        app.MapModelSettings();
        app.MapModelLog();
    }

    private static async Task<IResult> Send(long number, [FromForm] ModelFields? sent, HttpContext context, AskModel model, ModelPages pages)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            var wish = fields.Wish(number) ?? throw new Refused("task", "Choose what you want to ask for.");
            return await model.Send(wish, fields.Seal ?? "", context.User.Actor(), context.RequestAborted) is { } id
                ? TypedResults.Redirect303($"/cases/{number}/language-model?call={id.ToString(CultureInfo.InvariantCulture)}")
                : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await pages.Preview(context, number, fields, no);
        }
    }

    private static async Task<IResult> Decide(long number, [FromForm] ModelFields? sent, HttpContext context, AskModel model, ModelCalls calls, ModelPages pages, Database database, CaseStore cases, WordingDesk wording, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, now) = (context.User.Actor(), clock.GetUtcNow());
        var id = long.TryParse(fields.Call, CultureInfo.InvariantCulture, out var named) ? named : 0;
        try
        {
            if (await calls.Find(number, id, me.Id, context.RequestAborted) is not { How: ModelOutcome.Answered } call)
                throw new Refused("call", "There is no such answer of yours here. Ask for one first.");
            if (fields.What != "take")
            {
                if (fields.What != "away")
                    throw new Refused("what", "Take the answer, or throw it away.");
                if (!await database.Write(unit => ModelCalls.Decide(unit, number, id, me.Id, false, now)))
                    throw new Refused("decided", "This answer was taken or thrown away already.");
                return Done(context, "Thrown away.", $"/cases/{number}");
            }

            var text = Masking.Restore(call.Answer, model.KeptOf(call));
            if (call.What == ModelTask.Summary)
            {
                if (SummaryLines.Of(call.Answer) is null)
                    throw new Refused("lines", "The answer does not keep to the three lines, so nobody knows which is which. Write the summary yourself, or ask again.");
                await database.Write(unit => ModelAnswers.Take(unit, number, id, me, now));
                return Done(context, "The three lines are in the form. Check each before it goes.", $"/cases/{number}/summary/new?from={id.ToString(CultureInfo.InvariantCulture)}");
            }

            if (ModelTasks.IsOfDraft(call.What))
            {
                if (await wording.Read(number, new Draft(text, null, []), context.RequestAborted) is { Report.Blocks: true })
                    throw new Refused("blank", "There is a blank in the answer where something belongs, so it is not taken. Throw it away and ask again.");
                await database.Write(unit => ModelAnswers.IntoDraft(unit, number, id, text, me, now));
                return Done(context, "It is where you write. Read it as your own before it goes.", $"/cases/{number}");
            }

            if (await cases.Change(number, (@case, unit) => ModelAnswers.IntoNote(unit, @case, number, call, ModelWords.Heading(call), text, me, now)) is null)
                return TypedResults.NotFound();
            return Done(context, "Kept as a note for the team.", $"/cases/{number}");
        }
        catch (Refused no)
        {
            return await pages.Choices(context, number, id, no);
        }
    }

    private static IResult Done(HttpContext context, string words, string to)
    {
        Frame.Say(context, words);
        return TypedResults.Redirect303(to);
    }
}
