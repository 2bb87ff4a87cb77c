namespace Amends.Domain.Listening;

/// <summary>What a customer answered to a question that we asked. Nothing is asked twice.</summary>
/// <param name="Code">The question's stable code.</param>
/// <param name="Question">As it was worded then.</param>
/// <param name="Words">The answer.</param>
/// <param name="At">When it was written down.</param>
/// <param name="By">By whom.</param>
public sealed record Answered(string Code, string Question, string Words, DateTimeOffset At, string By);
