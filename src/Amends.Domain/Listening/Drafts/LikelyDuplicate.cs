namespace Amends.Domain.Listening.Drafts;

/// <summary>An open case beside another one, as far as it takes to see whether they are one matter.</summary>
/// <param name="Number">The case.</param>
/// <param name="Text">The customer's words, with the subject.</param>
/// <param name="OpenedAt">When it came.</param>
/// <param name="SameCustomer">The same customer.</param>
/// <param name="AlikeCustomer">Why the customers may be one person; <c>null</c> when nothing says so.</param>
/// <param name="SameOrder">Both are about one order.</param>
/// <param name="NamesOrder">The one names the order of the other in its words.</param>
public sealed record OtherOpenCase(long Number, string Text, DateTimeOffset OpenedAt, bool SameCustomer, string? AlikeCustomer, bool SameOrder, bool NamesOrder);

/// <summary>An open case that may be the same matter. It proposes; a person decides.</summary>
/// <param name="Case">The other case.</param>
/// <param name="Alike">How alike their words are, 0 to 1.</param>
/// <param name="Shared">The words that both have.</param>
public sealed record LikelyDuplicate(OtherOpenCase Case, double Alike, IReadOnlyList<string> Shared)
{
    private const int Most = 6, FewestShared = 4;

    /// <summary>Words of one person about one matter are at least so much alike; of strangers, only when they are nearly the same within few days.</summary>
    private const double OfOnePerson = 0.12, OfStrangers = 0.6;

    private static readonly TimeSpan Close = TimeSpan.FromDays(14);

    /// <summary>Those that may be the same matter, the likeliest first.</summary>
    /// <param name="text">The customer's words of the case at hand, with the subject.</param>
    /// <param name="openedAt">When it came.</param>
    /// <param name="others">Other open cases.</param>
    /// <param name="words">The words of the language.</param>
    public static IReadOnlyList<LikelyDuplicate> Among(string text, DateTimeOffset openedAt, IReadOnlyList<OtherOpenCase> others, ListeningWords words)
    {
        Likeness likeness = new([text, .. others.Select(other => other.Text)], words);
        return [.. others.Select(other => likeness.Between(text, other.Text) is var (score, shared) ? new LikelyDuplicate(other, score, shared) : null!)
            .Where(each => each.Case.SameOrder || each.Case.NamesOrder
                || ((each.Case.SameCustomer || each.Case.AlikeCustomer is not null) && each.Alike >= OfOnePerson)
                || (each.Alike >= OfStrangers && each.Shared.Count >= FewestShared && (each.Case.OpenedAt - openedAt).Duration() <= Close))
            .OrderByDescending(each => each.Weight).ThenByDescending(each => each.Case.Number).Take(Most)];
    }

    private double Weight => Alike + (Case.SameOrder ? 1 : 0) + (Case.NamesOrder ? 0.8 : 0) + (Case.SameCustomer ? 0.6 : Case.AlikeCustomer is not null ? 0.4 : 0);
}
