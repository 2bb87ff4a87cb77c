using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Wording;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Phrases;

/// <summary>The phrases by which replies are read: everybody looks and tries a text, managers change them. And what somebody sent all the same, for themselves.</summary>
public static class PhraseEndpoints
{
    private const string Page = "/settings/wording", Own = "/my/wording";
    private const int LongestText = 50_000;

    /// <summary>Maps the pages and their forms.</summary>
    public static void MapPhrases(this IEndpointRouteBuilder app)
    {
        app.MapGet(Page, (string? language, HttpContext context, PhrasePages pages) => pages.Rules(context, language)).RequireAuthorization(Policies.Reader);
        app.MapPost(Page, Save).RequireAuthorization(Policies.Manager);
        app.MapPost(Page + "/try", Try).RequireAuthorization(Policies.Reader);
        app.MapGet(Own, (HttpContext context, PhrasePages pages) => pages.Own(context)).RequireAuthorization(Policies.Agent);
        app.MapPost(Own + "/removal", Remove).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Save(HttpContext context, PhrasePacks packs, PhrasePages pages)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var fields = PhraseFields.Of(form);
        try
        {
            if (!PhrasePacks.Languages.Contains(fields.Language))
                throw new Refused("main", "Choose the language whose phrases you change.");
            var pack = await packs.Set(fields.Language, fields.Read(PhrasePacks.Shipped(fields.Language)));
            var wrong = pack.WronglyHinted().Select(each => each.Sentence).Distinct().Count();
            Frame.Say(context, wrong == 0 ? "Saved. It counts from the next draft on." : $"Saved, but {(wrong == 1 ? "one innocent sentence gets" : $"{wrong} innocent sentences get")} a hint now.");
            return TypedResults.Redirect303($"{Page}?language={fields.Language}");
        }
        catch (Refused no)
        {
            return await pages.Rules(context, fields.Language, fields, no);
        }
    }

    private static async Task<IResult> Try(HttpContext context, WordingDesk desk, PhrasePages pages, [FromForm] string? text, [FromForm] string? language)
    {
        var words = text?.Replace("\0", "") ?? "";
        if (string.IsNullOrWhiteSpace(words) || words.Length > LongestText)
            return await pages.Rules(context, language, no: new Refused("text", words.Length > LongestText ? $"Keep it under {LongestText:N0} characters." : "Write a text to try, as it would go to a customer."), tried: words);
        var draft = await desk.Read(new Draft(words, null, [], Language: PhrasePacks.LanguageFor(language)), context.RequestAborted);
        return await pages.Rules(context, language, read: draft, tried: words);
    }

    private static async Task<IResult> Remove(HttpContext context, WordingChoices choices, PhrasePages pages, [FromForm] string? name)
    {
        if (name is not { Length: > 0 and < 60 })
            return await pages.Own(context, "Choose what you want to delete.");
        await choices.Remove(context.User.Actor().Id, name);
        Frame.Say(context, "Deleted.");
        return TypedResults.Redirect303(Own);
    }
}

/// <summary>Loads the pages.</summary>
public sealed class PhrasePages(PhrasePacks packs, WordingChoices choices, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>The rules of a language; with what was typed and what is wrong as 422, or with what was found in a text that was tried.</summary>
    public async Task<IResult> Rules(HttpContext context, string? language, PhraseFields? fields = null, Refused? no = null, ReadDraft? read = null, string tried = "")
    {
        var code = PhrasePacks.LanguageFor(language);
        var (shipped, pack) = (PhrasePacks.Shipped(code), await packs.For(code, context.RequestAborted));
        var errors = no is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [no.Code switch { "bad_phrase_pack" => "Rules", "innocent" => "Innocent", "text" => "text", _ => no.Code }] = no.Message };
        var may = context.User.Actor().Role >= Role.Manager;
        return Html.Show<PhrasesPage, PhrasesPage.View>(new(await frame.For(context), code, shipped, fields ?? PhraseFields.Of(code, shipped, await packs.Own(code, context.RequestAborted)), pack.WronglyHinted(), may, read, tried, errors),
            no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>What somebody sent although it was asked about.</summary>
    public async Task<IResult> Own(HttpContext context, string? problem = null)
    {
        var ct = context.RequestAborted;
        return Html.Show<OwnWordingPage, OwnWordingPage.View>(new(await frame.For(context), await choices.Of(context.User.Actor().Id, ct), clock.GetUtcNow(), (await settings.Company(ct)).Zone(), problem),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
