namespace Amends.Domain.Wording;

/// <summary>Advice on one place of a draft. It never changes the text by itself.</summary>
/// <param name="Rule">Stable id of the rule, such as <c>calm</c>.</param>
/// <param name="Category">What kind of wording it is, for a heading.</param>
/// <param name="Severity">3: stop and think; 2: warn; 1: a hint.</param>
/// <param name="Start">Where it begins, in UTF-16 units of the given text; 0 with a length of 0 where it concerns the whole draft.</param>
/// <param name="Length">UTF-16 units, 0 or more.</param>
/// <param name="Reason">Why it burns rather than calms.</param>
/// <param name="Better">A better sentence, or what to do.</param>
/// <param name="Blocks">It is an error: the draft can never be sent so. All other hints are advice.</param>
public sealed record Hint(string Rule, string Category, int Severity, int Start, int Length, string Reason, string Better, bool Blocks = false);

/// <summary>A stretch of the given text.</summary>
/// <param name="Start">In UTF-16 units.</param>
/// <param name="Length">UTF-16 units.</param>
public readonly record struct Stretch(int Start, int Length);
