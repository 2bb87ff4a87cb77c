namespace Amends.Domain.Remedies;

/// <summary>One thing we do to put it right.</summary>
/// <param name="Id">Counts up within the case.</param>
/// <param name="Kind">Its sort.</param>
/// <param name="What">In words for the customer.</param>
/// <param name="Value">What it is worth; counts against the limit of who gives it.</param>
/// <param name="DueAt">When the customer has it.</param>
/// <param name="ApprovedBy">The second person, where the value was above the first one's limit.</param>
public sealed record Remedy(int Id, RemedyKind Kind, string What, Money Value, DateTimeOffset DueAt, string? ApprovedBy)
{
    /// <summary>The law gives it to the customer; it counts against no limit.</summary>
    public bool IsStatutory { get; init; }

    /// <summary>Which law gives it; <c>null</c> when none does, and in lines from before this was asked.</summary>
    public Laws.LegalBasis? Law { get; init; }

    /// <summary>When the customer chose it; <c>null</c> in lines from before this was kept.</summary>
    public DateTimeOffset? AddedAt { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>When it turned out not to work.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Proof, or what went wrong.</summary>
    public string? Note { get; init; }

    /// <summary>When it lapsed: its time passed, and it is owed no more. Neither done nor failed.</summary>
    public DateTimeOffset? LapsedAt { get; init; }

    /// <summary>When the customer chose something else before anything of it had begun: it is owed no more.</summary>
    public DateTimeOffset? ReplacedAt { get; init; }

    /// <summary>What its kind knows beyond this.</summary>
    public RemedyData? Data { get; init; }

    /// <summary>What the customer pays for it; only where nothing is our fault (<see cref="Cases.CaseState.MayCharge"/>).</summary>
    public Money? CustomerCharge { get; init; }

    /// <summary>The last step that it reached; <c>null</c> before the first.</summary>
    public RemedyStep? Step { get; init; }

    /// <summary>The steps that were reached, in order.</summary>
    public IReadOnlyList<RemedyMove> Moves { get; init; } = [];

    /// <summary>The customer's yes, where it needs one.</summary>
    public Consent? Consent { get; init; }

    /// <summary>When it became due that had waited for a parcel.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>What it costs us, where that is known; else what it is worth. Limits and budgets count it.</summary>
    public Money Cost => RemedyData.CostOf(Value, Data);

    /// <summary>Whose it is, where that is not whoever has the case.</summary>
    public RemedyOwner? Owner { get; init; }

    /// <summary>When we saw that its day had passed; <c>null</c> while it is in time, and again once it has another day.</summary>
    public DateTimeOffset? LateAt { get; init; }

    /// <summary>What is sent back, and how.</summary>
    public Returns.ReturnState? Return { get; init; }

    /// <summary>The visit.</summary>
    public Visits.VisitState? Visit { get; init; }

    /// <summary>The code, and what is left of it.</summary>
    public Vouchers.VoucherState? Voucher { get; init; }

    /// <summary>Whether the customer still waits for it.</summary>
    public bool IsOpen => DoneAt is null && FailedAt is null && LapsedAt is null && ReplacedAt is null;

    /// <summary>Whether it is owed now: open, and waiting for no parcel.</summary>
    public bool IsOwed => IsOpen && !IsWaiting;

    /// <summary>Whether its day has passed.</summary>
    public bool IsLate(DateTimeOffset now) => IsOwed && DueAt < now;

    /// <summary>Whether nothing of it has happened yet: no step, no label, no time, no code.</summary>
    public bool IsUntouched => IsOpen && this is { Step: null, Moves.Count: 0, ReleasedAt: null, Return: null, Visit: null, Voucher: null };

    /// <summary>Whether it waits for a parcel, and is not due before.</summary>
    public bool IsWaiting => IsOpen && ReleasedAt is null && Data?.ReleaseOn is (ReleaseOn.Scan or ReleaseOn.Receipt);

    /// <summary>Its kind's row in the catalogue.</summary>
    public RemedyType Type => RemedyTypes.Of(Kind);

    /// <summary>The step that comes next; <c>null</c> when it is settled.</summary>
    public RemedyStep? Next => IsOpen ? Type.After(Step) : null;
}
