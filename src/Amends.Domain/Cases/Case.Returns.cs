using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;

namespace Amends.Domain.Cases;

/// <summary>What the customer sends back, on a label that we pay for; and what becomes due when the parcel is seen.</summary>
public sealed partial class Case
{
    /// <summary>Days before a label lapses on which the customer is reminded.</summary>
    public static readonly TimeSpan LabelReminder = TimeSpan.FromDays(3);

    /// <summary>Open time after a scan within which the money that waited for it goes out.</summary>
    public static readonly TimeSpan ReleaseWithin = TimeSpan.FromHours(8);

    /// <summary>Gives the customer a label; a second one takes the place of the first under the same number. The same one twice changes nothing.</summary>
    /// <param name="id">The remedy.</param>
    /// <param name="label">The label; paid by us, always.</param>
    /// <param name="nth">The next number of a return; used for the first label only.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>label</c> without a label or a way to be collected; <c>expires</c> when it has lapsed already.</exception>
    public void IssueReturn(int id, ReturnLabel label, long nth, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var remedy = RemedyInWork(id, RemedyKind.Return);
        var carrier = Needed(label.Carrier, "carrier", "Say who carries the parcel.", 100);
        if (label.File is null && string.IsNullOrWhiteSpace(label.Instructions))
            throw new Refused("label", "Who is asked to send something back gets a label that we pay for. Add the label, or write how it is collected.");
        if (label.ExpiresAt <= at)
            throw new Refused("expires", "The label would have lapsed already. Choose a later day.");
        if (remedy.Return is { ScannedAt: not null } or { ReceivedAt: not null })
            throw new Refused("scanned", "The parcel is on its way already; it needs no other label.");

        var clean = label with { Carrier = carrier, Tracking = Given(label.Tracking, 100, "tracking"), Instructions = Given(label.Instructions, 2000, "instructions") };
        if (remedy.Return is { } issued && issued.Label == clean)
            return;
        var number = remedy.Return?.Number ?? ReturnNumber.Of(nth);
        _claims.Add(new TakeReturnNumber(number, id, clean.Tracking));
        Tell(new ReturnIssued(at, by, id, number, clean));
    }

    /// <summary>The parcel was seen: by the carrier, or here. What waited for that is due now. A scan that tells nothing new changes nothing.</summary>
    /// <param name="id">The remedy.</param>
    /// <param name="step"><see cref="RemedyStep.InTransit"/> or <see cref="RemedyStep.Received"/>.</param>
    /// <param name="scannedAt">When it was seen.</param>
    /// <param name="where">Where, or by whom.</param>
    /// <param name="by">One of us, or a program.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">Now.</param>
    public void ScanReturn(int id, RemedyStep step, DateTimeOffset scannedAt, string? where, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeOneOfUsOrAProgram(by);
        MustBeOpen();
        var remedy = RemedyOf(id);
        if (remedy is not { Kind: RemedyKind.Return, Return: { } parcel })
            throw new Refused("no_label", "Nothing is sent back here, or it has no label yet.");
        if (step is not (RemedyStep.InTransit or RemedyStep.Received))
            throw new Refused("step", "A parcel is on its way, or received.");
        if (scannedAt > at.AddMinutes(5) || scannedAt < parcel.IssuedAt.AddDays(-1))
            throw new Refused("scanned_at", "The parcel cannot have been seen then. Say when it was: after its label, and not later than now.");
        if (!(remedy.IsOpen || remedy.LapsedAt is not null) || (step == RemedyStep.InTransit ? parcel.ScannedAt : parcel.ReceivedAt) is not null || parcel.ReceivedAt is not null)
            return;

        Tell(new ReturnScanned(at, by, id, step, scannedAt, Given(where, 200, "where")));
        foreach (var waiting in State.Remedies.Where(each => each.IsWaiting && (each.Data!.ReleaseOn == ReleaseOn.Scan || step == RemedyStep.Received)).ToList())
            Tell(new RemedyReleased(at, by, waiting.Id, calendar.After(calendar.NextOpen(at), ReleaseWithin)));
    }

    /// <summary>What came back was looked at. What was found does not take back what is due, nor does a number that differs.</summary>
    /// <param name="id">The remedy.</param>
    /// <param name="result">What was found.</param>
    /// <param name="note">In words; needed unless it is as agreed.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <param name="mark">The lot or serial number on it, where somebody looked.</param>
    /// <param name="sent">What the order says was sent, as <see cref="ReturnMark.Sent"/> writes it.</param>
    public void InspectReturn(int id, Inspection result, string? note, Actor by, DateTimeOffset at, string? mark = null, string? sent = null)
    {
        MustBeOneOfUs(by);
        var remedy = RemedyInWork(id, RemedyKind.Return);
        if (!Enum.IsDefined(result))
            throw new Refused("result", "Say what you found: as agreed, not as agreed, or something else.");
        if (remedy.Return is not { ReceivedAt: not null })
            throw new Refused("not_received", "Nothing has arrived yet. Say first that the parcel is here.");
        if (remedy.Return.Inspection == result)
            return;
        var words = result == Inspection.Pass ? Given(note, 1000, "note") : Needed(note, "note", "Write what you found, as you would tell the customer.", 1000);
        var number = Given(mark, 200, "mark");
        Tell(new ReturnInspected(at, by, id, result, words, number, number is null ? null : sent));
        if (result == Inspection.Pass)
            Reach(State.Remedies.First(each => each.Id == id), RemedyStep.Closed, null, null, by, at);
    }

    /// <summary>What waited for a parcel is let go all the same, for a reason.</summary>
    public void ReleaseRemedy(int id, string? why, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        MustBeOpen();
        if (!RemedyOf(id).IsWaiting)
            return;
        Tell(new RemedyReleased(at, by, id, calendar.After(calendar.NextOpen(at), ReleaseWithin), Needed(why, "why", "Say why it does not wait for the parcel.", 500)));
    }

    private static void MustBeOneOfUsOrAProgram(Actor by)
    {
        if (by.Kind != ActorKind.Integration)
            MustBeOneOfUs(by);
    }

    private IEnumerable<Alarm> ReturnAlarms()
    {
        if (!State.IsOpen)
            yield break;
        foreach (var remedy in State.Remedies.Where(remedy => remedy is { IsOpen: true, Return: { ScannedAt: null, ReceivedAt: null } }))
        {
            var (id, parcel) = (remedy.Id, remedy.Return!);
            var remindAt = parcel.Label.ExpiresAt - LabelReminder;
            if (parcel.RemindedAt is null && remindAt > parcel.IssuedAt)
                yield return new Alarm(remindAt, at => Tell(at < parcel.Label.ExpiresAt ? new ReturnLapsesSoon(at, Actor.Amends, id, parcel.Label.ExpiresAt) : new ReturnExpired(at, Actor.Amends, id)));
            yield return new Alarm(parcel.Label.ExpiresAt, at => Tell(new ReturnExpired(at, Actor.Amends, id)));
        }
    }
}

/// <summary>A return's number, for this case and no other; and the carrier's number, by which scans find it.</summary>
/// <param name="Number">As written.</param>
/// <param name="RemedyId">The remedy.</param>
/// <param name="Tracking">The carrier's number.</param>
public sealed record TakeReturnNumber(string Number, int RemedyId, string? Tracking) : Claim;
