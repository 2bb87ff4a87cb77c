using Amends.Domain.Cases;
using Amends.Domain.Offers;

namespace Amends.Data;

/// <summary>
/// What of a case has a column of its own, for the lists, their indexes and the clock; times are Unix milliseconds. What did not
/// change is not written again: a column that is set goes into each of its indexes anew, whatever it is set to.
/// </summary>
internal class CaseRow
{
    private static readonly (string Column, string Name, Func<CaseRow, object?> Value)[] Kept =
    [
        ("customer_id", nameof(CustomerId), row => row.CustomerId), ("owner_id", nameof(OwnerId), row => row.OwnerId), ("stage", nameof(Stage), row => row.Stage), ("kind", nameof(Kind), row => row.Kind),
        ("severity", nameof(Severity), row => row.Severity), ("subject", nameof(Subject), row => row.Subject), ("closed_at", nameof(ClosedAt), row => row.ClosedAt), ("close_reason", nameof(CloseReason), row => row.CloseReason),
        ("wake_at", nameof(WakeAt), row => row.WakeAt), ("next_contact_at", nameof(NextContactAt), row => row.NextContactAt), ("missed", nameof(Missed), row => row.Missed), ("fix_due_at", nameof(FixDueAt), row => row.FixDueAt),
        ("check_back_at", nameof(CheckBackAt), row => row.CheckBackAt), ("waits_for_us", nameof(WaitsForUs), row => row.WaitsForUs), ("step", nameof(Step), row => row.Step), ("with_customer", nameof(WithCustomer), row => row.WithCustomer),
        ("second_look", nameof(SecondLook), row => row.SecondLook), ("call_at", nameof(CallAt), row => row.CallAt), ("approval_at", nameof(ApprovalAt), row => row.ApprovalAt), ("urgency", nameof(Urgency), row => row.Urgency),
        ("snoozed_until", nameof(SnoozedUntil), row => row.SnoozedUntil), ("reply_due_at", nameof(ReplyDueAt), row => row.ReplyDueAt), ("is_hard", nameof(IsHard), row => row.IsHard), ("mood", nameof(Mood), row => row.Mood),
        ("category", nameof(Category), row => row.Category), ("first_category", nameof(FirstCategory), row => row.FirstCategory), ("confirmed_category", nameof(ConfirmedCategory), row => row.ConfirmedCategory), ("cause", nameof(Cause), row => row.Cause),
        ("silent_since", nameof(SilentSince), row => row.SilentSince), ("stop_sale_at", nameof(StopSaleAt), row => row.StopSaleAt), ("duty_due_at", nameof(DutyDueAt), row => row.DutyDueAt),
        ("unanswered_at", nameof(UnansweredAt), row => row.UnansweredAt), ("goes_on_in", nameof(GoesOnIn), row => row.GoesOnIn),
    ];

    /// <summary>The columns that change with the case, as a select names them.</summary>
    public static readonly string Columns = "version, chain_length, chain_head, state, " + string.Join(", ", Kept.Select(each => each.Column));

    /// <summary>Adds the whole row.</summary>
    public static readonly string Insert =
        $"insert into cases (number, channel, preview, opened_at, last_message_at, team_id, {Columns}) values (@Number, @Channel, @Preview, @OpenedAt, @OpenedAt, @TeamId, @Version, @ChainLength, @ChainHead, @State, {string.Join(", ", Kept.Select(each => "@" + each.Name))})";

    public long Number { get; init; }
    public long Version { get; init; }
    public int ChainLength { get; init; }
    public byte[] ChainHead { get; init; } = [];

    /// <summary>All of the case's state, as <see cref="CaseJson"/> writes it.</summary>
    public string State { get; init; } = "";
    public long CustomerId { get; init; }
    public long? OwnerId { get; init; }
    public int Stage { get; init; }
    public int Kind { get; init; }
    public int Channel { get; init; }
    public int Severity { get; init; }
    public string Subject { get; init; } = "";
    public string Preview { get; init; } = "";
    public long OpenedAt { get; init; }
    public long? ClosedAt { get; init; }
    public int? CloseReason { get; init; }
    public long? WakeAt { get; init; }
    public long? NextContactAt { get; init; }
    public int Missed { get; init; }
    public long? FixDueAt { get; init; }
    public long? CheckBackAt { get; init; }
    public int WaitsForUs { get; init; }
    public int Step { get; init; }
    public int WithCustomer { get; init; }
    public int SecondLook { get; init; }
    public long? CallAt { get; init; }
    public long? ApprovalAt { get; init; }
    public int Urgency { get; init; }
    public long? SnoozedUntil { get; init; }
    public long? ReplyDueAt { get; init; }
    public int IsHard { get; init; }
    public int? Mood { get; init; }
    public string? Category { get; init; }
    public string? FirstCategory { get; init; }
    public string? ConfirmedCategory { get; init; }
    public string? Cause { get; init; }
    public long? SilentSince { get; init; }
    public long? StopSaleAt { get; init; }
    public long? DutyDueAt { get; init; }
    public long? UnansweredAt { get; init; }
    public long? GoesOnIn { get; init; }
    public long? TeamId { get; init; }

    /// <summary>The row of a case as it is now.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="version">How often it was saved, with this time.</param>
    /// <param name="case">The case.</param>
    /// <param name="length">How many events its chain has.</param>
    /// <param name="head">The last link.</param>
    /// <param name="document">Its state as it is stored; empty for a row that is written whole later in the same unit of work.</param>
    public static CaseRow Of(long number, long version, Case @case, int length, byte[] head, string document)
    {
        var state = @case.State;
        return new CaseRow
        {
            Number = number, Version = version, ChainLength = length, ChainHead = head, State = document,
            CustomerId = state.CustomerId, OwnerId = state.OwnerId, Stage = (int)state.Stage, Kind = (int)state.Kind, Channel = (int)state.Channel, Severity = (int)state.Severity, Subject = state.Subject,
            Preview = Data.Preview.Of(state.Story), OpenedAt = state.OpenedAt.ToUnixTimeMilliseconds(), ClosedAt = Ms(state.ClosedAt), CloseReason = (int?)state.CloseReason, WakeAt = Ms(@case.WakeAt),
            NextContactAt = state.IsOpen ? Ms(state.NextContact?.DueAt) : null, Missed = state.IsOpen && state.NextContact?.MissedAt is not null ? 1 : 0,
            FixDueAt = Ms(state.FixDueAt), CheckBackAt = state.Stage == CaseStage.CheckBack ? Ms(state.CheckBack?.DueAt) : null,
            WaitsForUs = state.WaitsForReply ? 1 : 0, Step = state.Step, WithCustomer = state.IsWithCustomer ? 1 : 0, SecondLook = state.SecondLook is null ? 0 : state.SecondLook.TakenAt is null ? 1 : 2,
            CallAt = Ms(state.CallBack?.From ?? (state.Stage == CaseStage.CheckBack ? state.CheckBack?.CallDueAt : null)),
            ApprovalAt = state is { IsOpen: true, Offer: { AwaitsApproval: true, AskedAt: { } asked } } ? Ms(asked) : null,
            Urgency = (int)state.Urgency, SnoozedUntil = Ms(state.SnoozedUntil), ReplyDueAt = Ms(state.ReplyDueAt), IsHard = state.IsHard ? 1 : 0, Mood = (int?)state.Upset?.Level,
            Category = state.Category?.Code, FirstCategory = state.FirstImpression?.Code, ConfirmedCategory = state.ConfirmedCategory?.Code, Cause = state.Cause, SilentSince = Ms(state.LastContactAt ?? state.OpenedAt),
            StopSaleAt = state is { AtRisk: true, StopSale: { IsOpen: true } sale } ? Ms(sale.AskedAt) : null, DutyDueAt = Ms(state.NextDuty?.DueAt),
            UnansweredAt = state is { Stage: CaseStage.Offered, SentOffer: { IsUnanswered: true } silent } ? Ms(silent.UnansweredAt) : null, GoesOnIn = state.GoesOnIn, TeamId = state.Team?.Id,
        };
    }

    /// <summary>The statement that turns a stored row into this one, with its properties as parameters; it changes no row when somebody else saved meanwhile.</summary>
    /// <param name="stored">The row as it is stored.</param>
    public string ChangesFrom(CaseRow stored)
    {
        var changed = Kept.Where(each => !Equals(each.Value(this), each.Value(stored))).Select(each => $"{each.Column} = @{each.Name}, ");
        var sealing = CustomerId == stored.CustomerId ? "" : "sealed_for = coalesce(sealed_for, customer_id), "; // the words stay sealed for whose they were
        return $"update cases set version = @{nameof(Version)}, {sealing}{string.Concat(changed)}chain_length = @{nameof(ChainLength)}, chain_head = @{nameof(ChainHead)}, state = @{nameof(State)} where number = @{nameof(Number)} and version = @{nameof(Version)} - 1";
    }

    private static long? Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
}
