using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Jobs;
using Amends.Letters;

namespace Amends.Features.CallBacks;

/// <summary>What is written to a customer, and told to the owner, because something became of a call; once for each time it happened.</summary>
public sealed class CallPost(Database database, CaseStore cases, Outbox outbox, StoredSettings settings, TimeProvider clock)
{
    /// <summary>Writes and tells.</summary>
    /// <param name="number">The case.</param>
    /// <param name="id">The call.</param>
    /// <param name="job">The reaction; its key makes it happen once.</param>
    /// <param name="letter">The letter; <c>null</c> when what happened since makes it needless.</param>
    /// <param name="told">What the owner is told; <c>null</c> for nothing.</param>
    /// <param name="ct">The end of the program.</param>
    public async Task Send(long number, int id, Job job, Func<Company, CaseState, CallBack, DateTimeOffset, Letter?> letter, Func<CaseState, TimeZoneInfo, string>? told, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var now = clock.GetUtcNow();
        if (told is not null && await cases.Find(number, ct) is { } known)
            await database.Write(unit => Notices.TellOwner(unit, number, job.Dedupe!, told(known, company.Zone()), now), ct);
        try
        {
            await database.Write(async unit =>
            {
                if (!await AnsweredForms.TakeFirst(unit, job.Dedupe, now))
                    return;
                await cases.ChangeIn(unit, number, async (@case, inner) =>
                {
                    if (@case.State.CallBacks.FirstOrDefault(each => each.Id == id) is { } call && letter(company, @case.State, call, now) is { } words)
                        await outbox.Queue(inner, company, number, words, Actor.Amends, now);
                });
            }, ct);
        }
        catch (Refused refused) when (refused.Code == "no_address")
        {
            // a customer whom we know by phone alone hears it there
        }
    }
}
