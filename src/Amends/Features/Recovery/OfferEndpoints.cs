using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Laws;
using Amends.Domain.Offers;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>Offer options: put them together, have them approved where they are above a limit, send them.</summary>
public static class OfferEndpoints
{
    private static readonly (string, string)[] Places =
        [("issues", "Issues"), ("extra_gone", "Options_1_Extra"), ("doubt", "Sure"), ("options", "Options_1_Title"), ("why", "Options_1_Why"), ("remedy", "Options_1_What"), .. LawFields.Places("Law_"), ("statutory_minimum", "Options_1_Title"), ("offer_in_the_past", "AnswerBy"), ("amount", "Options_1_Amount"), ("due", "Options_1_Due"), ("answer_by", "AnswerBy"), ("check_back", "CheckBackAt"), ("evidence", "Evidence"), ("limit_customer", "Options_1_Amount"), ("limit_day", "Options_1_Amount"), ("budget", "Options_1_Amount"), ("currency", "Options_1_Amount")];

    /// <summary>Maps the builder and what it posts.</summary>
    public static void MapOffers(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/offer/new", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/offers", Prepare).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/offer", Review).RequireAuthorization(Policies.Agent);
        app.MapApprovals();
        app.MapPost("/cases/{number:long}/offers/{id:int}/sending", Send).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(long number, HttpContext context, CasePages pages, PlaybookDesk playbooks, LawDesk laws, Database database) =>
        await pages.Load(context, number) is { } page ? await Shown(page, OfferFields.For(page), context, playbooks, laws, database) : TypedResults.NotFound();

    private static async Task<IResult> Shown(CasePage page, OfferFields fields, HttpContext context, PlaybookDesk playbooks, LawDesk laws, Database database, int status = StatusCodes.Status200OK)
    {
        var (playbook, order) = await playbooks.For(page.Number, page.State, page.Company, page.Now, context.RequestAborted);
        var rule = page.Company.Remedies.Returns(page.Company.Currency, order);
        var terms = await laws.For(page.Number, Typed(fields, page), context.RequestAborted);
        if (fields.Then == "playbook" && playbook is not null)
            fields = fields.From(playbook, order, page, terms, rule);
        return Html.Show<OfferForm, OfferForm.View>(new(page, fields, context.User.Actor(), terms, playbook, await LikeCases.Of(database, page, context.RequestAborted), rule, await laws.Orders(page.Number, context.RequestAborted)) { Stake = await context.RequestServices.GetRequiredService<WorthDesk>().StakeOf(page.State, context.RequestAborted) }, status);
    }

    /// <summary>What was answered, as far as it can be read: what cannot is said when it is saved.</summary>
    private static NamedProblem? Typed(OfferFields fields, CasePage page)
    {
        try
        {
            return fields.Law.Read(page.State.Category?.Code);
        }
        catch (Refused)
        {
            return null;
        }
    }

    private static async Task<IResult> Prepare(
        long number, [FromForm] OfferFields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, Dispatch dispatch, PlaybookDesk playbooks, LawDesk laws, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var me = context.User.Actor();
        var company = await settings.Company();
        if (fields.Then is "more" or "playbook")
            return await pages.Load(context, number) is { } asked ? await Shown(asked, fields, context, playbooks, laws, database) : TypedResults.NotFound();
        Money? order = null;
        try
        {
            var now = clock.GetUtcNow();
            if (await cases.Find(number, context.RequestAborted) is not { } found)
                return TypedResults.NotFound();
            (var playbook, order) = await playbooks.For(number, found, company, now, context.RequestAborted);
            var draft = fields.Draft(company, playbook, order);
            company.Content.MustSuit(draft.Options.SelectMany(option => option.Remedies), found.Category?.Code);
            await Improvements.MustStand(database, draft.Options.SelectMany(option => option.Remedies), context.RequestAborted);
            var doubt = fields.Then == "send" && fields.Sure != "on" && await pages.Load(context, number) is { } looked ? await Doubts(database, looked, draft.Options, context.RequestAborted) : null;
            var said = fields.Law.Read(found.Category?.Code);
            var state = await cases.Change(number, async (@case, unit) =>
            {
                await LawDesk.About(unit, number, fields.Law.Order);
                @case.PrepareOffer(draft, me, now, await MoneyDesk.PowerIn(unit, company, me, @case.State.CustomerId, number, now), await laws.In(unit, number, said));
                if (doubt is not null && @case.State.Offer is { NeedsApproval: false })
                    throw new Refused("doubt", doubt); // asked once, before anything goes out; whoever must approve reads it with the options
                if (fields.Then == "send" && @case.State.Offer is { NeedsApproval: false } offer)
                    await dispatch.Offer(new(@case, unit, number, company, me, now), offer.Id);
            });
            return state switch
            {
                null => TypedResults.NotFound(),
                { Stage: CaseStage.Offered, Offer.SentAt: not null } => Answers.Back(context, number, $"Sent. {state.CustomerName} chooses."),
                { Offer.AwaitsApproval: true } => Answers.Back(context, number, "Saved. It is above your limit, so a second person approves it before it goes out."),
                _ => Answers.Back(context, number, "Saved."),
            };
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, fields.PlaceOf(no, option => OfferFields.AsksBack(option, company.Remedies.Returns(company.Currency, order), company)) is { } place ? [(no.Code, place)] : Places)) is { } page
                ? await Shown(page, fields, context, playbooks, laws, database, StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }

    /// <summary>Why to think once more before options go out: a loss, or goods that are not there; <c>null</c> when nothing is.</summary>
    private static async Task<string?> Doubts(Database database, CasePage page, IReadOnlyList<Option> options, CancellationToken ct)
    {
        var (loss, gone) = (await OfferAdvice.LossIn(database, page, options, ct), await ProductStock.MissingFor(database, page.Number, options, ct));
        return loss is null && gone is null ? null : string.Join(' ', new[] { loss, gone }.OfType<string>());
    }

    private static async Task<IResult> Review(long number, HttpContext context, CasePages pages, Database database) =>
        await pages.Load(context, number) is { State.Offer: not null } page
            ? Html.Show<OfferReview, OfferReview.View>(new(page, context.User.Actor(), Advice: await OfferAdvice.On(database, page, context.RequestAborted), Signals: await SignalDesk.Of(database, page.State.CustomerId, number, page.Now, withOthers: false, context.RequestAborted), Like: await LikeCases.Of(database, page, context.RequestAborted)) { Stake = await context.RequestServices.GetRequiredService<WorthDesk>().StakeOf(page.State, context.RequestAborted) })
            : TypedResults.NotFound();

    private static async Task<IResult> Send(long number, int id, [FromForm] string? then, HttpContext context, CaseStore cases, StoredSettings settings, Dispatch dispatch, TimeProvider clock)
    {
        var me = context.User.Actor();
        var company = await settings.Company();
        return await cases.Change(number, (@case, unit) => dispatch.Offer(new(@case, unit, number, company, me, clock.GetUtcNow()), id)) is { } state
            ? Answers.Back(context, number, $"Sent. {state.CustomerName} chooses.")
            : TypedResults.NotFound();
    }
}
