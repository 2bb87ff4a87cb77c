using Amends.Domain.Cases;
using Amends.Domain.Handling;

namespace Amends.Domain.CheckBacks;

/// <summary>How often we ask at the most, how far apart, and how the customer can be reached; noted on the case when the asking begins.</summary>
/// <param name="Attempts">Attempts at the most.</param>
/// <param name="DaysBetween">Days from one attempt to the next, and from the last one to the end.</param>
/// <param name="HasPhone">We have a number to call.</param>
/// <param name="HasMail">We have a mail address.</param>
public sealed record CheckBackPlan(int Attempts, int DaysBetween, bool HasPhone, bool HasMail)
{
    /// <summary>Bounds of what a company may choose.</summary>
    public const int FewestAttempts = 2, MostAttempts = 5, FewestDays = 2, MostDays = 14;

    /// <summary>From the first attempt to the last one at the least, in days (guard G5).</summary>
    public const int ShortestSpan = 7;

    /// <summary>Three attempts, four days apart, by mail: what holds until something else is noted.</summary>
    public static readonly CheckBackPlan Default = new(3, 4, false, true);

    /// <summary>What is wrong with a number of attempts and days; <c>null</c> when nothing is.</summary>
    public static string? Wrong(int attempts, int days) =>
        attempts is < FewestAttempts or > MostAttempts ? $"Ask {FewestAttempts} to {MostAttempts} times: fewer proves nothing, and more is a burden."
        : days is < FewestDays or > MostDays ? $"Leave {FewestDays} to {MostDays} days between two attempts."
        : (attempts - 1) * days < ShortestSpan ? $"The attempts must span {ShortestSpan} days at least, so that nobody is given up over a short holiday. Ask more often, or leave more days between."
        : null;

    /// <summary>
    /// The way of each attempt, in order. Whoever can be reached in two ways is asked in both: a call among letters, or calls with a letter
    /// at the end for who wants calls or needs them. Who chose to be written to, or needs it so, is not called.
    /// </summary>
    /// <param name="manner">The manner that was agreed.</param>
    /// <param name="wished">The customer chose it.</param>
    /// <param name="cameBy">How they first reached us.</param>
    /// <param name="needs">What they need from us.</param>
    public IReadOnlyList<CheckBackManner> Ways(CheckBackManner manner, bool wished, Channel cameBy, IReadOnlyList<SupportNeed> needs)
    {
        var wantsCalls = manner == CheckBackManner.Phone;
        var mayCall = wantsCalls && wished ? true : (HasPhone || wantsCalls) && !needs.Contains(SupportNeed.WritingOnly) && !(wished && !wantsCalls);
        if (!mayCall)
            return All(CheckBackManner.Mail);
        if (!HasMail)
            return All(CheckBackManner.Phone);
        return [.. Enumerable.Range(1, Attempts).Select(attempt => IsCall(attempt) ? CheckBackManner.Phone : CheckBackManner.Mail)];

        bool IsCall(int attempt) => wantsCalls || needs.Contains(SupportNeed.CallsOnly) ? attempt < Attempts
            : cameBy is Channel.Phone or Channel.InPerson ? attempt == 1 : attempt == 2;

        IReadOnlyList<CheckBackManner> All(CheckBackManner way) => [.. Enumerable.Repeat(way, Attempts)];
    }
}
