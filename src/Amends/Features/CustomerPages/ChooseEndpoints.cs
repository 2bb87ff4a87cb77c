using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;

namespace Amends.Features.CustomerPages;

/// <summary>The options: choose one, or say what would suit better.</summary>
public static class ChooseEndpoints
{
    private const int Longest = 10_000;

    /// <summary>Maps both pages and both answers.</summary>
    public static void MapChoose(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/choose", (Visit visit) => visit.Show<ChoosePage>());
        pages.MapPost("/choose", Choose);
        pages.MapGet("/suggest", (Visit visit) => visit.Show<SuggestPage>());
        pages.MapPost("/suggest", Suggest);
    }

    private static async Task<IResult> Choose(Visit visit, IFormCollection form, CaseStore cases, ProveChoice prove)
    {
        long? code = null;
        if (!visit.LookOnly && ProveChoice.Asks(visit.Company, visit.State, form) is { } option)
        {
            (code, var page) = await prove.Prove(visit, form, option);
            if (page is not null)
                return page;
        }

        return await visit.Answer<ChoosePage>(cases, form, "chosen", (@case, unit) => Count(visit, form, code, @case, unit));
    }

    private static async Task Count(Visit visit, IFormCollection form, long? code, Case @case, Unit unit)
    {
        if (code is { } id)
            await ChoiceCodes.Use(unit, id, visit.Now);
        else if (ProveChoice.Asks(visit.Company, @case.State, form) is not null) // the offer came while the page was open
            throw new Refused("option", "Please choose once more.");
        if (!int.TryParse(form["option"], NumberStyles.None, CultureInfo.InvariantCulture, out var option))
            throw new Refused("option", "Please choose one of the options.");
        var words = form["words"].ToString().Trim();
        if (words.Length > Longest)
            throw new Refused("words", $"That is longer than {Longest} characters.");
        var said = words.Length == 0 ? null : words;
        if (form["change"] == "on")
            @case.ChangeChoice(OfferOf(form), option, Channel.Page, said, visit.Customer, visit.Company.Calendar(), visit.Now);
        else
            @case.Choose(OfferOf(form), option, Channel.Page, said, visit.Customer, visit.Company.Calendar(), visit.Now);
        if (words.Length > 0 && @case.News.Count > 0)
            await visit.Say(@case, unit, words, isAnswer: true);
    }

    private static Task<IResult> Suggest(Visit visit, IFormCollection form, CaseStore cases) => visit.Answer<SuggestPage>(cases, form, "declined", async (@case, unit) =>
    {
        var words = form["words"].ToString().Trim();
        @case.Decline(OfferOf(form), Channel.Page, words, visit.Customer, visit.Company.Calendar(), visit.Now);
        await visit.Say(@case, unit, words, isAnswer: true);
    });

    private static int OfferOf(IFormCollection form) => int.TryParse(form["offer"], NumberStyles.None, CultureInfo.InvariantCulture, out var offer)
        ? offer
        : throw new Refused("offer_changed", "The offer has changed since. Please read the new one.");
}
