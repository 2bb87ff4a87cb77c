using Amends.Domain.Cases;
using Amends.Domain.Customers;

namespace Amends.Features.Shared;

/// <summary>What was before a case, as people say it.</summary>
public static class StrawWords
{
    /// <summary>Why it may be the last straw.</summary>
    public static string Of(LastStrawReason reason) => reason.Kind switch
    {
        LastStrawKind.SameAgain => "The same kind of trouble within sixty days.",
        LastStrawKind.NeverConfirmed => "An earlier complaint ended, and they never said that it was put right.",
        _ when reason.Number is null => "What was to put it right has failed, after they came with a failure of ours.",
        _ => "What was to put the last one right failed.",
    };

    /// <summary>A line for the case; <c>null</c> when there was nothing before.</summary>
    public static string? Line(LastStraw straw) => straw.Earlier.Count == 0 && !straw.IsNear ? null
        : $"{(straw.IsNear ? "It may be the last straw: " : "")}{(straw.Earlier.Count == 0 ? "a second failure" : $"{straw.Earlier.Count} earlier, the last {Ago(straw.Days ?? 0)} before")}";

    /// <summary>A number of days.</summary>
    public static string Ago(int days) => days switch { 0 => "less than a day", 1 => "one day", _ => $"{days} days" };

    /// <summary>How a case ended.</summary>
    public static string Ended(CloseReason? reason) => reason switch
    {
        null => "Open",
        CloseReason.Confirmed => "Put right, they said so",
        CloseReason.Unconfirmed => "Closed without an answer",
        CloseReason.Answered => "Answered",
        CloseReason.Withdrawn => "Taken back",
        CloseReason.Duplicate => "Duplicate",
        CloseReason.Deadlock => "We could not agree",
        CloseReason.OutsideDecision => "Decided outside",
        _ => "Not ours",
    };
}
