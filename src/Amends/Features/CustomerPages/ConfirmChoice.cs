using Amends.Data;
using Amends.Domain;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Jobs;
using Amends.Letters;

namespace Amends.Features.CustomerPages;

/// <summary>Whatever way a choice reached us, the customer gets it in writing.</summary>
public sealed class ConfirmChoice(Database database, CaseStore cases, Outbox outbox, StoredSettings settings, TimeProvider clock) : IReact<OptionChosen>
{
    /// <inheritdoc/>
    public Task React(long number, OptionChosen news, Job job, CancellationToken ct) => Confirm(database, cases, outbox, settings, clock, number, (news.OfferId, news.OptionId), job, ct);

    /// <summary>Writes to the customer, if the choice still stands.</summary>
    internal static async Task Confirm(Database database, CaseStore cases, Outbox outbox, StoredSettings settings, TimeProvider clock, long number, (int OfferId, int OptionId) news, Job job, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var now = clock.GetUtcNow();
        try
        {
            await database.Write(async unit =>
            {
                if (!await AnsweredForms.TakeFirst(unit, job.Dedupe, now))
                    return;
                await cases.ChangeIn(unit, number, async (@case, _) =>
                {
                    if (@case.State.SentOffer is { } offer && offer.Id == news.OfferId && offer.ChosenId == news.OptionId)
                        await outbox.Queue(unit, company, number, ChoiceConfirmation.For(company, number, @case.State), Actor.Amends, now);
                });
            }, ct);
        }
        catch (Refused refused) when (refused.Code == "no_address")
        {
            // a customer whom we know by phone alone hears it there
        }
    }
}

/// <summary>A choice that was changed is confirmed as the first one was.</summary>
public sealed class ConfirmChangedChoice(Database database, CaseStore cases, Outbox outbox, StoredSettings settings, TimeProvider clock) : IReact<ChoiceChanged>
{
    /// <inheritdoc/>
    public Task React(long number, ChoiceChanged news, Job job, CancellationToken ct) => ConfirmChoice.Confirm(database, cases, outbox, settings, clock, number, (news.OfferId, news.OptionId), job, ct);
}
