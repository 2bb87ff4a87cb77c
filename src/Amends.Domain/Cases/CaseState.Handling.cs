using Amends.Domain.Handling;

namespace Amends.Domain.Cases;

/// <summary>What is true beside the stage, and how early the case comes in lists because of it.</summary>
public sealed partial record CaseState
{
    /// <summary>For whom the case waits, and for what.</summary>
    public WaitsFor WaitsFor { get; init; } = WaitsFor.Us;
    public string? WaitsForWhat { get; init; }

    /// <summary>What the person needs from us, and in their words.</summary>
    public IReadOnlyList<SupportNeed> SupportNeeds { get; init; } = [];
    public string? SupportWords { get; init; }

    /// <summary>Until when the case rests; never past the promise.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>When we mean to have put it right, before anything is chosen.</summary>
    public DateTimeOffset? FixPlannedFor { get; init; }

    /// <summary>By when somebody answers what the customer said, and when that time passed; <c>null</c> when nothing waits.</summary>
    public DateTimeOffset? ReplyDueAt { get; init; }
    public DateTimeOffset? ReplyOverdueAt { get; init; }

    /// <summary>The second stage; <c>null</c> in the first.</summary>
    public Review? Review { get; init; }

    /// <summary>Nothing of this case may be deleted.</summary>
    public bool LegalHold { get; init; }

    /// <summary>The customer said something that nobody answered yet.</summary>
    public bool WaitsForReply => IsOpen && (LastContactAt is null || LastCustomerAt > LastContactAt);

    /// <summary>The lines that are owed now, soonest first; what waits for a parcel is not among them.</summary>
    public IEnumerable<Amends.Domain.Remedies.Remedy> Owed => IsOpen ? Remedies.Where(remedy => remedy.IsOwed).OrderBy(remedy => remedy.DueAt).ThenBy(remedy => remedy.Id) : [];

    /// <summary>When the next of what is owed is due, or else the planned day: lists go by it, so that a line that is late does not hide behind a later one.</summary>
    public DateTimeOffset? FixDueAt => !IsOpen ? null : Owed.FirstOrDefault()?.DueAt ?? PutRightBy;

    /// <summary>When all of it is to be put right: the last of what is owed, or else the planned day.</summary>
    public DateTimeOffset? PutRightBy => !IsOpen ? null : Remedies.Where(remedy => remedy.IsOpen).Max(remedy => (DateTimeOffset?)remedy.DueAt) ?? (Stage < CaseStage.Delivering ? FixPlannedFor : null);

    /// <summary>Why it is a hard one, in a few words each; empty when it is not.</summary>
    public IEnumerable<string> Hardness
    {
        get
        {
            if (AtRisk == true)
                yield return "somebody may be in danger";
            if (IsDoubleFailure)
                yield return Failures == 1 ? "let down twice" : $"let down {Failures + 1} times";
            if (Declines >= 2)
                yield return $"{Declines} offers declined";
            if (Reopened > 0 && !IsDoubleFailure)
                yield return "opened again";
            if (Review is not null)
                yield return "second stage";
            if (Severity == Severity.High)
                yield return "serious for them";
            if (IsVeryUpset)
                yield return "very upset words";
        }
    }

    /// <summary>An open complaint that somebody experienced may want to take.</summary>
    public bool IsHard => IsOpen && Kind == CaseKind.Complaint && Hardness.Any();

    /// <summary>How early the case comes among those that are due: danger first, then who has most to bear, then what a rule asks for soon, then who is worth most to us.</summary>
    public Urgency Urgency =>
        SnoozedUntil is not null ? Urgency.Resting
        : AtRisk == true || MayBeDanger ? Urgency.Danger
        : Severity == Severity.High || SupportNeeds.Count > 0 || IsDoubleFailure || Upset?.Level == Listening.Emotion.UpsetLevel.VeryUpset ? Urgency.Serious
        : Duties.Any(duty => Owes(duty) && !duty.IsTarget && (duty.RemindedAt ?? duty.BreachedAt) is not null) ? Urgency.Deadline
        : HighValue ? Urgency.MuchAtStake
        : Urgency.Usual;
}

/// <summary>The order among cases that are due. What a customer is worth counts last, and never among those that are overdue.</summary>
public enum Urgency
{
    /// <summary>Somebody may be in danger, or their words sound so and nobody has asked yet.</summary>
    Danger = 0,

    /// <summary>Serious for the person, in need of support, let down twice, or very upset by their words and what the case knows beside them.</summary>
    Serious = 1,

    /// <summary>What a rule asks for is due soon, or late.</summary>
    Deadline = 2,

    /// <summary>Much is at stake for us with this customer.</summary>
    MuchAtStake = 3,

    /// <summary>As any other.</summary>
    Usual = 4,

    /// <summary>Put aside until later.</summary>
    Resting = 9,
}
