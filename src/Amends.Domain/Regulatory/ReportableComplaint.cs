using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Deadlines;
using Amends.Domain.Issues;
using Amends.Domain.Offers;

namespace Amends.Domain.Regulatory;

/// <summary>What closed a complaint in the eyes of a return.</summary>
public enum SettledBy
{
    /// <summary>Our final response went to the customer.</summary>
    FinalResponse = 1,

    /// <summary>The customer said that they accept: they chose what we offered, or said that it is put right.</summary>
    Acceptance,

    /// <summary>The customer took it back.</summary>
    Withdrawal,
}

/// <summary>What was found.</summary>
public enum ComplaintOutcome
{
    /// <summary>No finding was written down.</summary>
    NotDecided = 0,

    /// <summary>Upheld, in all or in part.</summary>
    Upheld = 1,

    /// <summary>Not upheld, whatever was given all the same.</summary>
    Rejected = 2,
}

/// <summary>
/// What returns to regulators count of one complaint, from its log alone. The counting rules are those of DISP 1.5 as it was read (2007 view; domain
/// research, section 2.5, source S13): it is closed when the final response is sent or the customer indicates acceptance, whichever comes first; upheld in
/// part counts as upheld; rejected with a payment in goodwill counts as rejected.
/// </summary>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="SettledAt">When it was closed by the counting rule, the first time; <c>null</c> while it is outstanding.</param>
/// <param name="By">What closed it; <c>null</c> while it is outstanding.</param>
/// <param name="EndedAt">When it was closed here, for whatever reason; <c>null</c> while it is open here.</param>
/// <param name="Outcome">What was found.</param>
/// <param name="NeedsSupport">The customer told us of something that they need from us.</param>
/// <param name="IsRepresented">Somebody acts for the customer.</param>
public sealed record ReportableComplaint(DateTimeOffset ReceivedAt, DateTimeOffset? SettledAt, SettledBy? By, DateTimeOffset? EndedAt, ComplaintOutcome Outcome, bool NeedsSupport, bool IsRepresented)
{
    /// <summary>Reads a log.</summary>
    /// <param name="log">All of it, oldest first.</param>
    /// <param name="state">The case after it.</param>
    /// <returns><c>null</c> for what is not counted: no complaint, one that goes on in another case, or one that was not ours.</returns>
    public static ReportableComplaint? Of(IReadOnlyList<CaseEvent> log, CaseState state)
    {
        if (state.Kind != CaseKind.Complaint || state.GoesOnIn is not null || state is { IsOpen: false, CloseReason: CloseReason.Duplicate or CloseReason.OutOfScope })
            return null;
        var settled = log.Select(news => (Way: WayOf(news), news.At)).Where(each => each.Way is not null)
            .Concat(state is { ClosedAt: { } ended, CloseReason: CloseReason.Withdrawn } ? [((SettledBy?)SettledBy.Withdrawal, ended)] : []) // while it stands
            .OrderBy(each => each.At).FirstOrDefault();
        return new(state.OpenedAt, settled.Way is null ? null : settled.At, settled.Way, state.ClosedAt, OutcomeOf(state.Raised.Select(issue => issue.Decision?.Finding)), state.SupportNeeds.Count > 0, state.Representative is not null);
    }

    /// <summary>The bands into which it falls when it was closed at a moment.</summary>
    /// <param name="settled">When.</param>
    /// <param name="calendar">Which days are business days.</param>
    /// <param name="rules">The zone of days, and the hour at which a business day closes.</param>
    public (WeekBand Week, QuickBand Quick) Bands(DateTimeOffset settled, HolidayCalendar calendar, DayRules rules) =>
        (ClosingBands.InWeeks(LocalDay.Of(ReceivedAt, rules.Zone), LocalDay.Of(settled, rules.Zone)), ClosingBands.InDays(ReceivedAt, settled, calendar, rules));

    /// <summary>What was found about a whole complaint: upheld as soon as one issue is, in all or in part.</summary>
    /// <param name="findings">What was found about each of its issues; <c>null</c> where nothing was yet.</param>
    public static ComplaintOutcome OutcomeOf(IEnumerable<Finding?> findings) => findings.Aggregate(ComplaintOutcome.NotDecided, (all, finding) => (all, finding) switch
    {
        (ComplaintOutcome.Upheld, _) or (_, null) => all,
        (_, Finding.NotUpheld) => ComplaintOutcome.Rejected,
        _ => ComplaintOutcome.Upheld,
    });

    private static SettledBy? WayOf(CaseEvent news) => news switch
    {
        LetterSent { Kind: LetterKind.Final or LetterKind.NotUpheld } or DecisionSent { OutsideRoute: not null } or CaseClosed { Reason: CloseReason.Deadlock or CloseReason.OutsideDecision } => SettledBy.FinalResponse,
        OptionChosen or LetterSent { Kind: LetterKind.SummaryResolution } or CheckBackAnswered { Answer: CheckBackAnswer.Yes } or CaseClosed { Reason: CloseReason.Confirmed } => SettledBy.Acceptance,
        _ => null,
    };
}
