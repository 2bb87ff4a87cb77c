using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Domain.Visits;
using Amends.Domain.Vouchers;

namespace Amends.Domain.Cases;

/// <summary>What the events of a remedy mean for it.</summary>
public sealed partial record CaseState
{
    /// <summary>The state after an event of a remedy; <c>null</c> when it is another event. Pure.</summary>
    private CaseState? AfterRemedy(CaseEvent news) => news switch
    {
        RemedyAdded e => this with { Remedies = [.. Remedies, new Remedy(e.Id, e.Kind, e.What, e.Value, e.DueAt, e.ApprovedBy) { IsStatutory = e.IsStatutory, Data = e.Data, CustomerCharge = e.CustomerCharge, Law = e.Law, AddedAt = e.At }] },
        RemedyMoved e => WithRemedy(e.Id, remedy => Moved(remedy, e.Step, e, e.Note, e.Proof)) with { WrittenRounds = 0 },
        RemedyDone e => WithRemedy(e.Id, remedy => remedy with { DoneAt = e.At, LapsedAt = null, Note = e.Note ?? remedy.Note, Step = remedy.Step is { } step && !remedy.Type.IsAfter(remedy.Type.DoneAt, step) ? step : remedy.Type.DoneAt }) with { WrittenRounds = 0 },
        RemedyFailed e => WithRemedy(e.Id, remedy => remedy with { FailedAt = e.At, Note = e.Note }) with { Stage = CaseStage.Working },
        RemedyReleased e => WithRemedy(e.Id, remedy => remedy with { ReleasedAt = e.At, DueAt = e.DueAt, LateAt = null }),
        RemedyHanded e => WithRemedy(e.Id, remedy => remedy with { Owner = e.Name is { } name ? new RemedyOwner(e.PersonId, name) : null }),
        RemedyOverdue e => WithRemedy(e.Id, remedy => remedy with { LateAt = e.At }),
        ChargeDropped e => WithRemedy(e.Id, remedy => remedy with { CustomerCharge = null }),
        SubstituteAgreed e => WithRemedy(e.Id, remedy => remedy with { Consent = new Consent(e.At, Via(e.Via, e), e.Words) }),

        ReturnIssued e => WithRemedy(e.Id, remedy => Moved(remedy, RemedyStep.Issued, e, null, e.Number) with { Return = new ReturnState(e.Number, e.Label, e.At), LapsedAt = null }),
        ReturnScanned e => WithRemedy(e.Id, remedy => Moved(remedy, e.Step, e, e.Where, null) with
        {
            LapsedAt = null,
            Return = e.Step == RemedyStep.Received ? remedy.Return! with { ReceivedAt = e.ScannedAt, ScannedAt = remedy.Return!.ScannedAt ?? e.ScannedAt } : remedy.Return! with { ScannedAt = e.ScannedAt },
        }),
        ReturnInspected e => WithRemedy(e.Id, remedy => Moved(remedy, RemedyStep.Inspected, e, e.Note, null) with { Return = remedy.Return! with { Inspection = e.Result, InspectionNote = e.Note, Mark = e.Mark, Sent = e.Sent } }),
        ReturnLapsesSoon e => WithRemedy(e.Id, remedy => remedy with { Return = remedy.Return! with { RemindedAt = e.At } }),
        ReturnExpired e => WithRemedy(e.Id, remedy => Moved(remedy, RemedyStep.Expired, e, null, null) with { LapsedAt = e.At, Return = remedy.Return! with { ExpiredAt = e.At } }),

        VisitOffered e => WithRemedy(e.Id, remedy => Moved(remedy, RemedyStep.Offered, e, null, null) with { Visit = (remedy.Visit ?? new VisitState([], null, 0)) with { Times = e.Times, Address = e.Address, Sequence = e.Sequence, Booked = null } }),
        VisitBooked e => WithRemedy(e.Id, remedy => Moved(remedy, RemedyStep.Booked, e, e.Words, null) with { DueAt = e.To, LateAt = null, Visit = remedy.Visit! with { Booked = new VisitTime(e.From, e.To), Address = e.Address, Sequence = e.Sequence } }),
        VisitDone e => WithRemedy(e.Id, remedy => Moved(remedy, RemedyStep.Done, e, e.Diagnosis, e.Parts) with { Visit = remedy.Visit! with { DoneAt = e.At, Diagnosis = e.Diagnosis, Parts = e.Parts, Technician = e.Technician } }),
        VisitSignedOff e => WithRemedy(e.Id, remedy => Moved(remedy, RemedyStep.SignedOff, e, e.Words, null) with { Visit = remedy.Visit! with { SignedOffWords = e.Words } }),
        VisitMissed e => WithRemedy(e.Id, remedy => remedy with
        {
            Step = null,
            Visit = remedy.Visit! with
            {
                Times = [], Booked = null, Sequence = e.Sequence, MissedByUs = remedy.Visit!.MissedByUs + (e.Whose == VisitMiss.Ours ? 1 : 0), MissedByThem = remedy.Visit!.MissedByThem + (e.Whose == VisitMiss.Theirs ? 1 : 0), MissNote = e.Note ?? remedy.Visit!.MissNote,
            },
        }),

        VoucherIssued e => WithRemedy(e.Id, remedy => remedy with { Voucher = new VoucherState(e.Code, e.Face, e.At, e.ExpiresAt) { Transferable = e.Transferable } }),
        VoucherUsed e => WithRemedy(e.Id, remedy => (e.Left.Minor == 0 ? Moved(remedy, RemedyStep.Used, e, null, e.Reference) : remedy) with
        {
            Voucher = remedy.Voucher! with { Left = e.Left, Uses = [.. remedy.Voucher!.Uses, new VoucherUse(e.Amount, e.Reference, e.At)] },
        }),
        VoucherExpired e => WithRemedy(e.Id, remedy => Moved(remedy, RemedyStep.Expired, e, null, null) with { Voucher = remedy.Voucher! with { ExpiredAt = e.At, Left = Money.Zero(e.Lost.Currency) } }),
        _ => null,
    };

    /// <summary>Whether anything may be charged to the customer: all that they raised is decided, and none of it is our fault (practice 1-16).</summary>
    public bool MayCharge => Raised.Any() && Raised.All(issue => issue.Decision?.Finding == Amends.Domain.Issues.Finding.NotUpheld);

    /// <summary>What the customer chose of the newest offer, as it is being done.</summary>
    public IEnumerable<Remedy> Chosen => SentOffer is { ChosenId: { } id, FirstRemedyId: { } first } offer
        ? Remedies.Where(remedy => remedy.Id >= first && remedy.Id < first + offer.Options.First(option => option.Id == id).Remedies.Count) : [];

    /// <summary>Whether the customer can still choose another of the options: nothing of what they chose has begun, and no money is on its way.</summary>
    public bool MayChangeChoice => this is { Stage: CaseStage.Delivering, SentOffer.Options.Count: > 1 } && Chosen.Any()
        && Chosen.All(remedy => remedy.IsUntouched && !Payments.Any(payment => payment.RemedyId == remedy.Id && payment.State != Amends.Domain.Payments.PaymentState.Failed));

    private static Remedy Moved(Remedy remedy, RemedyStep step, CaseEvent news, string? note, string? proof) =>
        remedy with { Step = step, Moves = [.. remedy.Moves, new RemedyMove(step, news.At, news.By.Name, note, proof)] };

    private CaseState WithRemedy(int id, Func<Remedy, Remedy> change) => this with { Remedies = Replace(Remedies, remedy => remedy.Id == id, change) };
}
