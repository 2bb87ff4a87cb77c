using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Domain.Visits;
using Amends.Domain.Vouchers;
using Amends.Jobs;
using Amends.Letters;

namespace Amends.Features.Recovery;

/// <summary>What the customer reads, and the owner is told, because something became of a remedy; once for each time it happened.</summary>
public sealed class RemedyPost(Database database, CaseStore cases, Outbox outbox, StoredSettings settings, TimeProvider clock)
{
    /// <summary>Writes and tells.</summary>
    /// <param name="number">The case.</param>
    /// <param name="id">The remedy.</param>
    /// <param name="job">The reaction; its key makes it happen once.</param>
    /// <param name="letter">The letter; <c>null</c> when what happened since makes it needless.</param>
    /// <param name="told">What the owner is told; <c>null</c> for nothing.</param>
    /// <param name="ct">The end of the program.</param>
    public async Task Send(long number, int id, Job job, Func<Company, CaseState, Remedy, DateTimeOffset, Letter?> letter, Func<CaseState, Remedy, string>? told, CancellationToken ct)
    {
        var (company, now) = (await settings.Company(ct), clock.GetUtcNow());
        if (told is not null && await cases.Find(number, ct) is { } known && known.Remedies.FirstOrDefault(each => each.Id == id) is { } line)
            await database.Write(unit => Notices.TellOwner(unit, number, job.Dedupe!, told(known, line), now), ct);
        try
        {
            await database.Write(async unit =>
            {
                if (!await AnsweredForms.TakeFirst(unit, job.Dedupe, now))
                    return;
                await cases.ChangeIn(unit, number, async (@case, inner) =>
                {
                    if (@case.State.Remedies.FirstOrDefault(each => each.Id == id) is { } remedy && letter(company, @case.State, remedy, now) is { } words)
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

/// <summary>The label goes to the customer.</summary>
public sealed class SendLabel(Database database, CaseStore cases, RemedyPost post) : IReact<ReturnIssued>
{
    /// <inheritdoc/>
    public async Task React(long number, ReturnIssued news, Job job, CancellationToken ct)
    {
        if (await cases.Find(number, ct) is not { } state || state.Remedies.FirstOrDefault(each => each.Id == news.Id)?.Return is not { } parcel)
            return;
        var file = parcel.Label.File is { } label ? new LetterFile(label.Name, label.ContentType, await Blobs.Get(database, label.Digest, ct)) : null;
        await post.Send(number, news.Id, job, (company, now, remedy, _) => remedy.Return?.Label == news.Label ? RemedyLetter.Label(company, number, now, remedy, file) : null, null, ct);
    }
}

/// <summary>The parcel was seen: both sides hear it.</summary>
public sealed class TellOfParcel(RemedyPost post) : IReact<ReturnScanned>
{
    /// <inheritdoc/>
    public Task React(long number, ReturnScanned news, Job job, CancellationToken ct) => post.Send(number, news.Id, job,
        (company, state, remedy, _) => RemedyLetter.Parcel(company, number, state, remedy),
        (state, remedy) => $"{state.CustomerName}'s parcel {remedy.Return!.Number} {(news.Step == RemedyStep.Received ? "is here" : "is on its way")}.{(state.Remedies.FirstOrDefault(each => each is { IsOpen: true, ReleasedAt: not null }) is { } due ? $" Due now: {due.What}" : "")}", ct);
}

/// <summary>Another number came back than was sent: whoever has the case hears it, and nothing else follows.</summary>
public sealed class TellOfAnother(Database database, TimeProvider clock) : IReact<ReturnInspected>
{
    /// <inheritdoc/>
    public Task React(long number, ReturnInspected news, Job job, CancellationToken ct) => ReturnMark.Fits(news.Mark, news.Sent) != false
        ? Task.CompletedTask
        : database.Write(unit => Notices.TellOwner(unit, number, job.Dedupe!, $"{news.Mark} came back, and {news.Sent} was sent. Ask how it came about, and note it under Signals. Nothing is refused because of it.", clock.GetUtcNow()), ct);
}

/// <summary>The label lapses soon: the customer is reminded.</summary>
public sealed class RemindOfLabel(RemedyPost post) : IReact<ReturnLapsesSoon>
{
    /// <inheritdoc/>
    public Task React(long number, ReturnLapsesSoon news, Job job, CancellationToken ct) => post.Send(number, news.Id, job,
        (company, state, remedy, _) => remedy is { IsOpen: true, Return.ScannedAt: null } ? RemedyLetter.LapsesSoon(company, number, state, remedy) : null, null, ct);
}

/// <summary>The label has lapsed: both sides hear it.</summary>
public sealed class TellOfLapse(RemedyPost post) : IReact<ReturnExpired>
{
    /// <inheritdoc/>
    public Task React(long number, ReturnExpired news, Job job, CancellationToken ct) => post.Send(number, news.Id, job,
        (company, state, remedy, _) => remedy.LapsedAt is not null ? RemedyLetter.Lapsed(company, number, state, remedy) : null,
        (state, remedy) => $"The label {remedy.Return!.Number} has lapsed, and no parcel was seen. Ask {state.CustomerName} whether they need a fresh one.", ct);
}

/// <summary>Windows go to the customer.</summary>
public sealed class SendVisitTimes(RemedyPost post) : IReact<VisitOffered>
{
    /// <inheritdoc/>
    public Task React(long number, VisitOffered news, Job job, CancellationToken ct) => post.Send(number, news.Id, job,
        (company, state, remedy, _) => remedy.Visit is { Booked: null } visit && visit.Sequence == news.Sequence ? RemedyLetter.VisitTimes(company, number, state, remedy) : null, null, ct);
}

/// <summary>A window is agreed: in writing, with an entry for the calendar.</summary>
public sealed class SendVisit(StoredSettings settings, RemedyPost post) : IReact<VisitBooked>
{
    /// <inheritdoc/>
    public async Task React(long number, VisitBooked news, Job job, CancellationToken ct)
    {
        var set = await settings.Company(ct);
        await post.Send(number, news.Id, job,
            (company, state, remedy, now) => remedy.Visit is { Booked: not null } visit && visit.Sequence == news.Sequence ? RemedyLetter.VisitBooked(company, number, state, remedy, now) : null,
            (state, _) => $"{state.CustomerName} chose a time for the visit: {RemedyLetter.Span(new VisitTime(news.From, news.To), set)}, {news.Address}", ct);
    }
}

/// <summary>A visit did not take place: the customer hears what comes next.</summary>
public sealed class TellOfMissedVisit(RemedyPost post) : IReact<VisitMissed>
{
    /// <inheritdoc/>
    public Task React(long number, VisitMissed news, Job job, CancellationToken ct) => post.Send(number, news.Id, job, (company, state, remedy, _) => RemedyLetter.VisitMissed(company, number, state, remedy, news.Whose), null, ct);
}

/// <summary>The code goes to the customer.</summary>
public sealed class SendVoucher(RemedyPost post) : IReact<VoucherIssued>
{
    /// <inheritdoc/>
    public Task React(long number, VoucherIssued news, Job job, CancellationToken ct) => post.Send(number, news.Id, job, (company, state, remedy, _) => RemedyLetter.Voucher(company, number, state, remedy), null, ct);
}
