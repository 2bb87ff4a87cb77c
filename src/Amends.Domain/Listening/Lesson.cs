namespace Amends.Domain.Listening;

/// <summary>What we learned from a complaint. A complaint is a chance to keep somebody, and each may leave something behind; nobody has to write it.</summary>
/// <param name="Words">In a line.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
public sealed record Lesson(string Words, DateTimeOffset At, string By);
