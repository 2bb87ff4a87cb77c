namespace Amends.Domain.Cases;

/// <summary>Time enters the case here and nowhere else.</summary>
public sealed partial class Case
{
    /// <summary>When the clock must next look at this case; the store indexes it.</summary>
    public DateTimeOffset? WakeAt => Alarms().Min(alarm => (DateTimeOffset?)alarm.At);

    /// <summary>Rings every alarm that is due, oldest first. Waking twice changes nothing.</summary>
    public void Wake(DateTimeOffset now)
    {
        while (Alarms().Where(alarm => alarm.At <= now).MinBy(alarm => alarm.At) is { } due)
            due.Ring(now);
    }

    private IEnumerable<Alarm> Alarms() => [.. OfferAlarms(), .. PromiseAlarms(), .. CheckBackAlarms(), .. CallAlarms(), .. NudgeAlarms(), .. HandlingAlarms(), .. RemedyAlarms(), .. ReturnAlarms(), .. VoucherAlarms(), .. ApprovalAlarms(), .. DutyAlarms()];

    private sealed record Alarm(DateTimeOffset At, Action<DateTimeOffset> Ring);
}
