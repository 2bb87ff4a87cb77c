using Amends.Domain.Deadlines;

namespace Amends.Domain.Cases;

/// <summary>The presets that the case falls under, what is owed by them, and the letters that were sent for it.</summary>
public sealed partial record CaseState
{
    /// <summary>The presets, those that were taken off too.</summary>
    public IReadOnlyList<MatchedPreset> Presets { get; init; } = [];

    /// <summary>All that was ever owed by them.</summary>
    public IReadOnlyList<Duty> Duties { get; init; } = [];

    /// <summary>Dates that were noted for them.</summary>
    public IReadOnlyList<ClockStart> ClockStarts { get; init; } = [];

    /// <summary>What must be met next, aims of our own aside: the earliest of all presets binds.</summary>
    public Duty? NextDuty => Duties.Where(duty => Owes(duty) && !duty.IsTarget).MinBy(duty => duty.DueAt);

    /// <summary>Whether a duty is still owed: it is open, and the case is, too, where it only comes again until that ends.</summary>
    public bool Owes(Duty duty) => duty.IsOpen && (IsOpen || !duty.Repeats);

    private CaseState? AfterDeadline(CaseEvent news) => news switch
    {
        DutiesBegun e => this with { Presets = [.. Presets, .. e.Presets], Duties = [.. Duties, .. e.Duties] },
        ClockStarted e => this with { ClockStarts = [.. ClockStarts.Where(start => start.StartsOn != e.StartsOn), new ClockStart(e.StartsOn, e.When)] },
        DutyMet { Next: { } next } e when next.Id == e.Id => WithDuty(e.Id, _ => next),
        DutyMet { Next: { } next } e => WithDuty(e.Id, duty => duty with { MetAt = e.When ?? e.At, MessageId = e.Evidence }) is var met ? met with { Duties = [.. met.Duties, next] } : this,
        DutyMet e => WithDuty(e.Id, duty => duty with { MetAt = e.When ?? e.At, MessageId = e.Evidence }),
        DutyDueSoon e => WithDuty(e.Id, duty => duty with { RemindedAt = e.At }),
        DutyBreached e => WithDuty(e.Id, duty => duty with { BreachedAt = e.At }),
        DutyExtended e => WithDuty(e.Id, duty => duty with { DueAt = e.To, RemindAt = e.RemindAt, RemindedAt = null, Extensions = [.. duty.Extensions, new Extension(e.From, e.To, e.Reason, e.At, e.By.Name, e.MessageId)] }),
        DutyDropped e => WithDuty(e.Id, duty => duty with { DroppedAt = e.At, WhyDropped = e.Why }),
        PresetTakenOff e => this with
        {
            Presets = Replace(Presets, preset => preset.Key == e.Key && preset.Applies, preset => preset with { TakenOffAt = e.At, Why = e.Why }),
            Duties = Replace(Duties, duty => duty.Preset == e.Key && duty.IsOpen, duty => duty with { DroppedAt = e.At, WhyDropped = e.Why }),
        },
        DutiesReckoned e => this with
        {
            Duties = [.. Duties.Select(duty => e.Changes.FirstOrDefault(change => change.Id == duty.Id) is { } change
                ? duty with { DueAt = change.To, RemindAt = change.RemindAt, PresetVersion = change.PresetVersion, CalendarVersion = change.CalendarVersion }
                : duty)],
        },
        LetterSent { OutsideRoute: null } => this,
        LetterSent e => this with { OutsideRoute = e.OutsideRoute, Referral = Referral ?? new Referrals.Referral(Referrals.ReferralStage.Signposted) },
        _ => null,
    };

    /// <summary>Aims of our own stand still while we wait for the customer, and go on afterwards. Rules never do.</summary>
    private CaseState WithPauses(DateTimeOffset at)
    {
        var waits = IsOpen && WaitsFor == Handling.WaitsFor.Customer;
        bool Turns(Duty duty) => duty is { IsTarget: true, IsOpen: true, BreachedAt: null } && waits == (duty.PausedAt is null);
        return !Duties.Any(Turns) ? this : this with { Duties = Replace(Duties, Turns, duty => waits ? duty with { PausedAt = at } : duty with { PausedAt = null, PausedFor = duty.Paused(at) }) };
    }

    private CaseState WithDuty(int id, Func<Duty, Duty> change) => this with { Duties = Replace(Duties, duty => duty.Id == id, change) };
}
