using Amends.Adapters.LanguageModel;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.LanguageModel;

/// <summary>Whether a language model is asked, which one, for what, and how much it may cost.</summary>
public static class ModelSettingsEndpoints
{
    private const string Page = "/settings/language-model";

    /// <summary>Maps the page and its form.</summary>
    public static void MapModelSettings(this IEndpointRouteBuilder app)
    {
        app.MapGet(Page, (HttpContext context, AskModel model, ModelCalls calls, StoredSettings settings, Frame frame, TimeProvider clock) => Show(context, model, calls, settings, frame, clock, null, null)).RequireAuthorization(Policies.Manager);
        app.MapForm(Page, Save).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Show(HttpContext context, AskModel model, ModelCalls calls, StoredSettings settings, Frame frame, TimeProvider clock, ModelSettingsFields? typed, IReadOnlyDictionary<string, string>? errors, (bool IsFine, string Words)? tried = null)
    {
        var ct = context.RequestAborted;
        var (set, company) = (await model.Settings(ct), await settings.Company(ct));
        return Html.Show<ModelSettingsPage, ModelSettingsPage.View>(
            new(await frame.For(context), typed ?? ModelSettingsFields.Of(set, company.Currency), set, model.KeyIn(set) is not null, company.Currency, await calls.Spent(clock.GetUtcNow(), ct), tried, errors ?? new Dictionary<string, string>()),
            errors is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> Save([FromForm] ModelSettingsFields? sent, HttpContext context, AskModel model, ModelCalls calls, ChatClient client, Breaker breaker, StoredSettings settings, Secrets secrets, Database database, Frame frame, TimeProvider clock)
    {
        var ct = context.RequestAborted;
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (before, company) = (await model.Settings(ct), await settings.Company(ct));
        var (changed, errors) = fields.Read(company.Currency);
        if (fields.Then is not ("save" or "try"))
            errors.TryAdd("main", "Save the settings, or test the connection.");
        if (errors.Count > 0)
            return await Show(context, model, calls, settings, frame, clock, fields, errors);

        var typed = (fields.Key ?? "").Trim();
        var keeps = typed.Length == 0 && fields.ForgetKey != "on" && changed.Address == before.Address; // a key goes nowhere but where it was meant to go
        if (fields.Then == "try")
        {
            var key = typed.Length > 0 ? typed : keeps ? model.KeyIn(before) : null;
            var tried = await client.Try(new ModelEndpoint(new Uri(changed.Address), changed.Model, key, TimeSpan.FromSeconds(changed.LimitSeconds)), ct);
            return await Show(context, model, calls, settings, frame, clock, fields, null, tried);
        }

        changed = changed with { Key = typed.Length > 0 ? secrets.Seal(typed, AskModel.KeyPurpose) : keeps ? before.Key : "" };
        await database.Write(async unit =>
        {
            await StoredSettings.SetIn(unit, LanguageModelSettings.Setting, changed);
            await MoneyDesk.Log(unit, context.User.Actor(), clock.GetUtcNow(), "language_model", new { changed.Address, changed.Model, on = changed.On, changed.Ceiling, key_changed = typed.Length > 0 || before.Key != changed.Key });
        });
        settings.Forget();
        breaker.Forget();
        Frame.Say(context, changed.IsOn ? "Saved. It can be asked now; nothing goes before somebody sends it." : "Saved. It is off: nothing is sent.");
        return TypedResults.Redirect303(Page);
    }
}
