namespace Amends.Domain.Learning;

/// <summary>What the one action of a week becomes.</summary>
public enum LearnAction
{
    /// <summary>An improvement: something changes for everybody.</summary>
    Improvement = 1,

    /// <summary>A better playbook is proposed.</summary>
    Playbook,
}

/// <summary>What a team decided in its ten minutes.</summary>
/// <param name="People">How many were there.</param>
/// <param name="Action">The one thing that is done now.</param>
/// <param name="OwnerId">Who does it.</param>
/// <param name="Due">By which day.</param>
/// <param name="Kind">What it becomes.</param>
/// <param name="Decision">What was decided, and why.</param>
/// <param name="Came">What came of the last action; empty when nothing is known yet.</param>
public sealed record LearnDecision(int People, string Action, long OwnerId, DateOnly Due, LearnAction Kind, string Decision, string Came)
{
    /// <summary>The most people, and the longest texts.</summary>
    public const int MostPeople = 500, LongestAction = 300, LongestDecision = 1000;

    /// <summary>The same without blanks around, fit to be kept.</summary>
    /// <param name="week">The Monday of the week that was looked at.</param>
    /// <exception cref="Refused"><c>people</c>, <c>action</c>, <c>owner</c>, <c>due</c>, <c>kind</c>, <c>decision</c> or <c>came</c>.</exception>
    public LearnDecision Checked(DateOnly week)
    {
        var clean = this with { Action = Action.Trim(), Decision = Decision.Trim(), Came = Came.Trim() };
        return clean switch
        {
            { Came.Length: > LongestDecision } => throw new Refused("came", $"Keep it under {LongestDecision} characters."),
            { Action.Length: 0 } => throw new Refused("action", "Write the one thing that you do now."),
            { Action.Length: > LongestAction } => throw new Refused("action", $"Keep it under {LongestAction} characters; one action is enough."),
            { OwnerId: <= 0 } => throw new Refused("owner", "Choose who does it."),
            _ when clean.Due < week || clean.Due > week.AddDays(366) => throw new Refused("due", "Choose a day within a year after the beginning of this week."),
            { Kind: not (LearnAction.Improvement or LearnAction.Playbook) } => throw new Refused("kind", "Say what it becomes: an improvement, or a better playbook."),
            { Decision.Length: 0 } => throw new Refused("decision", "Write in a line what you decided, and why."),
            { Decision.Length: > LongestDecision } => throw new Refused("decision", $"Keep it under {LongestDecision} characters."),
            { People: < 1 or > MostPeople } => throw new Refused("people", $"Write how many were there, from 1 to {MostPeople}."),
            _ => clean,
        };
    }
}
