using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;

namespace Amends.Features.CustomerPages;

/// <summary>Asks for a fresh code before an option with money counts, by plain forms.</summary>
public sealed class ProveChoice(Database database, CaseStore cases, Outbox outbox, ChoiceCodes codes)
{
    /// <summary>The option that a form chooses, when choosing it takes a code.</summary>
    public static Option? Asks(Company company, CaseState state, IFormCollection form) =>
        state.SentOffer is { } offer && (offer.IsWithCustomer || (form["change"] == "on" && state.MayChangeChoice && Number(form["option"]) != offer.ChosenId)) && Number(form["offer"]) == offer.Id && Number(form["option"]) is { } chosen
            && offer.Options.FirstOrDefault(option => option.Id == chosen) is { } found && ChoiceCodes.Needs(company, found)
            ? found
            : null;

    /// <summary>Sends a code, or tries the one that was typed in.</summary>
    /// <returns>The id of the right code, or the page to show instead.</returns>
    public async Task<(long? Code, IResult? Page)> Prove(Visit visit, IFormCollection form, Option option)
    {
        var offer = visit.State.SentOffer!.Id;
        if (form["code"].ToString().Trim() is not { Length: > 0 } typed)
            return (null, await Send(visit, form, offer, option));
        var (id, left) = await codes.Try(database, visit.Number, offer, option.Id, typed, visit.Now);
        if (id is not null)
            return (id, null);
        if (await cases.Find(visit.Number) is { SentOffer: { ChosenId: { } chosen } answered } && answered.Id == offer && chosen == option.Id)
            return (null, TypedResults.Redirect303("/c?said=chosen")); // the same press a moment ago
        return (null, Again<CodePage>(visit, form, "code", left switch
        {
            0 => "No code works any more. Go back and choose again, and you get a new one.",
            1 => "That is not the code. You have one more try.",
            _ => $"That is not the code. You have {left} more tries.",
        }));
    }

    private async Task<IResult> Send(Visit visit, IFormCollection form, int offer, Option option)
    {
        try
        {
            var sent = await database.Write(async unit =>
            {
                if (await codes.Issue(unit, visit.Number, offer, option.Id, visit.Now) is not { } code)
                    return false;
                await cases.ChangeIn(unit, visit.Number, async (@case, _) =>
                    await outbox.Queue(unit, visit.Company, visit.Number, ChoiceCode.For(visit.Company, visit.Number, @case.State, option.Title, code), Actor.Amends, visit.Now));
                return true;
            });
            return sent
                ? Html.Show<CodePage, CustomerPage>(new CustomerPage(visit) { Form = form })
                : Again<ChoosePage>(visit, form, "option", "We sent you several codes already. Please use the newest, wait a while, or have us call you.");
        }
        catch (Refused refused) when (refused.Code == "no_address")
        {
            return Again<ChoosePage>(visit, form, "option", "Money is in it, and we have no mail address of yours to make sure that it is you. Please have us call you.");
        }
    }

    private static IResult Again<TPage>(Visit visit, IFormCollection form, string field, string words) where TPage : View<CustomerPage> =>
        Html.Show<TPage, CustomerPage>(new CustomerPage(visit) { Form = form, Errors = new Dictionary<string, string> { [field] = words } }, StatusCodes.Status422UnprocessableEntity);

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
