namespace Amends.Features.Shared;

/// <summary>What one row of a list of cases shows, and nothing more.</summary>
/// <param name="Number">The case's number.</param>
/// <param name="Customer">Who wrote.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Snippet">The newest words, one line.</param>
/// <param name="Channel">Icon of the channel: mail, phone, store, globe, message-circle.</param>
/// <param name="At">When something last happened.</param>
/// <param name="PromiseDue">When the next contact is due.</param>
/// <param name="FixDue">When the chosen remedy is due, while it is being delivered.</param>
/// <param name="Mood">0 calm to 3 very upset; null where nothing is said about it.</param>
/// <param name="Step">The step of the recovery, 1 to 5; null for kinds that do not walk it.</param>
/// <param name="Unread">Something new since the owner looked.</param>
/// <param name="IsDraft">The snippet is a draft of ours.</param>
/// <param name="Chip">Says something else than the promise, such as "Option chosen".</param>
public sealed record RowView(long Number, string Customer, string Subject, string Snippet, string Channel, DateTimeOffset At,
    DateTimeOffset? PromiseDue = null, DateTimeOffset? FixDue = null, int? Mood = null, int? Step = null, bool Unread = false, bool IsDraft = false, RowChip? Chip = null);

/// <summary>A small label: its colour class, icon and words.</summary>
public sealed record RowChip(string Tone, string Icon, string Words);
