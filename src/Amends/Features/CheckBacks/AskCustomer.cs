using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Jobs;
using Amends.Letters;

namespace Amends.Features.CheckBacks;

/// <summary>It is time to ask whether it is really put right: the question goes out, or the owner is asked to call, once for each attempt.</summary>
public sealed class AskCustomer(Database database, CaseStore cases, Outbox outbox, StoredSettings settings, TimeProvider clock) : IReact<CheckBackAsked>
{
    /// <inheritdoc/>
    public async Task React(long number, CheckBackAsked news, Job job, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var now = clock.GetUtcNow();
        try
        {
            await database.Write(async unit =>
            {
                if (!await AnsweredForms.TakeFirst(unit, job.Dedupe, now))
                    return;
                await cases.ChangeIn(unit, number, async (@case, inner) =>
                {
                    if (@case.State is not { Stage: CaseStage.CheckBack, CheckBack: { Answer: null } check })
                        return; // answered meanwhile
                    if (check.Attempts != news.Attempt)
                        return; // asked again meanwhile
                    if (news.Manner == CheckBackManner.Phone)
                    {
                        if (check.CallDueAt is not null)
                            await Notices.TellOwner(inner, number, job.Dedupe!, $"It is time to call {@case.State.CustomerName} and ask whether it is put right{(check is { Manner: CheckBackManner.Phone, Wished: true } ? ", as they wished" : $" (attempt {news.Attempt} of {check.Rules.Attempts})")}.", now);
                        return;
                    }

                    var message = await outbox.Queue(inner, company, number, CheckBackLetter.For(company, number, @case.State, news.Attempt), Actor.Amends, now);
                    @case.Speak(message, Channel.Mail, Actor.Amends, now);
                });
            }, ct);
        }
        catch (Refused refused) when (refused.Code == "no_address")
        {
            await database.Write(unit => Notices.TellOwner(unit, number, job.Dedupe!, "It is time to ask whether it is put right. We have no mail address; please call.", now), ct);
        }
    }
}
