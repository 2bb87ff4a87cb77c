using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using Amends.Features.Shared;

namespace Amends.Features.Recovery;

/// <summary>One thing that we can do about an issue, as the decision form posts it.</summary>
public sealed record DoFields
{
    /// <summary>In words for the customer; the answer's own words when empty.</summary>
    public string? What { get; init; }
    public string? Kind { get; init; }
    public string? Amount { get; init; }

    /// <summary>When they have it; the letter's day when empty.</summary>
    public string? Due { get; init; }

    /// <summary>Why it is this, for the customer.</summary>
    public string? Why { get; init; }

    /// <summary>The law that gives it to them: its key, <c>other</c>, or empty when we give it.</summary>
    public string? Law { get; init; }

    /// <summary>Which other law.</summary>
    public string? OtherLaw { get; init; }

    /// <summary>What the kind asks for, where it was asked.</summary>
    public RemedyFields? More { get; init; }

    /// <summary>The same with the reason, which has a field of its own here.</summary>
    public RemedyFields Details => (More ?? new()) with { Reason = Why };

    /// <summary>The kind that is chosen.</summary>
    public RemedyKind Chosen => TypedRemedy.Kind(Kind);

    /// <summary>Whether nobody wrote anything into it, or chose a kind.</summary>
    public bool IsEmpty => Details.IsEmpty && string.IsNullOrWhiteSpace(Law) && Chosen == RemedyKind.Other && string.IsNullOrWhiteSpace(What + Amount + Due);

    /// <summary>A remedy as fields.</summary>
    public static DoFields Of(OptionRemedy remedy, Company company)
    {
        var more = RemedyFields.Of(remedy, company) with { Reason = null };
        return new DoFields
        {
            What = remedy.What, Kind = remedy.Kind.ToString(), Amount = remedy.Value.Minor > 0 ? remedy.Value.Major.ToString(CultureInfo.InvariantCulture) : null, Due = LocalTime.Of(remedy.DueAt, company.Zone()),
            Why = remedy.Data?.Reason, Law = remedy.Law is { } law ? law.Key ?? "other" : null, OtherLaw = remedy.Law is { Key: null } other ? other.Name : null, More = more == new RemedyFields() ? null : more,
        };
    }

    /// <summary>The remedies that it makes: itself, and what is sent back first.</summary>
    /// <param name="what">In words for the customer.</param>
    /// <param name="doneBy">The letter's day.</param>
    /// <param name="company">For its zone, its currency and its list of extras.</param>
    /// <exception cref="Refused">A date or an amount cannot be read.</exception>
    internal IEnumerable<OptionRemedy> Read(string what, string? doneBy, Company company)
    {
        var due = string.IsNullOrWhiteSpace(Due) ? LocalTime.Parse(doneBy, company.Zone(), "done_by") : LocalTime.Parse(Due, company.Zone(), "due");
        var line = new OptionRemedy(Chosen, what.Trim(), TypedRemedy.Amount(Amount, company), due) { IsStatutory = LawFields.Basis(Law, OtherLaw) is not null, Law = LawFields.Basis(Law, OtherLaw) };
        var why = string.IsNullOrWhiteSpace(Why) ? null : Why.Trim();
        return Details.On(line, company).Select(remedy => remedy.Kind == Chosen && why is not null ? remedy with { Data = (remedy.Data ?? new()) with { Reason = why } } : remedy);
    }

    /// <summary>Whether a worth can be read, or was left out.</summary>
    internal static bool IsAmount(string? typed) => string.IsNullOrWhiteSpace(typed) || decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    /// <summary>Whether a moment can be read, or was left out.</summary>
    internal static bool IsMoment(string? typed) => string.IsNullOrWhiteSpace(typed) || DateTime.TryParse(typed, CultureInfo.InvariantCulture, out _);
}
