using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using Amends.Features.Shared;

namespace Amends.Features.Recovery;

/// <summary>What a kind of remedy asks for, as a form posts it.</summary>
public sealed record RemedyFields
{
    public string? PaymentReference { get; init; }
    public string? Reason { get; init; }
    public string? InsteadOf { get; init; }
    public string? Address { get; init; }

    /// <summary>A day.</summary>
    public string? ValidUntil { get; init; }
    public string? Rule { get; init; }

    /// <summary><c>on</c> when it may be passed on.</summary>
    public string? Transferable { get; init; }
    public string? Signatory { get; init; }
    public string? Extra { get; init; }
    public string? Band { get; init; }
    public string? Improvement { get; init; }

    /// <summary>The id of a change of the company's list; empty for a new one.</summary>
    public string? ImprovementId { get; init; }
    public string? Alternatives { get; init; }

    /// <summary><c>once</c>, <c>scan</c> or <c>receipt</c> when something comes back first; <c>no</c> when somebody chose that nothing does.</summary>
    public string? SendBack { get; init; }

    /// <summary>Why they keep what they have.</summary>
    public string? KeepsWhy { get; init; }

    /// <summary>What the customer would pay. Refused where the fault is or may be ours.</summary>
    public string? CustomerCharge { get; init; }

    /// <summary>Whether nobody wrote anything.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(string.Concat([PaymentReference, Reason, InsteadOf, Address, ValidUntil, Rule, Signatory, Extra, Band, Improvement, ImprovementId, Alternatives + (SendBack == "no" ? "" : SendBack) + CustomerCharge, KeepsWhy]));

    /// <summary>What was typed into a field that a refusal can belong to.</summary>
    public string? Typed(string field) => field switch
    {
        nameof(PaymentReference) => PaymentReference,
        nameof(Reason) => Reason,
        nameof(InsteadOf) => InsteadOf,
        nameof(Address) => Address,
        nameof(ValidUntil) => ValidUntil,
        nameof(Rule) => Rule,
        nameof(Signatory) => Signatory,
        nameof(Extra) => Extra,
        nameof(Band) => Band,
        nameof(Improvement) => Improvement,
        nameof(Alternatives) => Alternatives,
        nameof(KeepsWhy) => KeepsWhy,
        _ => CustomerCharge,
    };

    /// <summary>The remedies that this makes of one line: itself, and what is sent back first.</summary>
    /// <param name="line">Kind, words, worth and date.</param>
    /// <param name="company">For its zone, its currency and its list of extras.</param>
    /// <exception cref="Refused">A date or an amount cannot be read.</exception>
    public IReadOnlyList<OptionRemedy> On(OptionRemedy line, Company company)
    {
        var asks = RemedyTypes.Of(line.Kind).All.ToHashSet();
        var extra = asks.Contains(RemedyNeed.Extra) ? company.Content.Extras.FirstOrDefault(each => each.Name == Extra?.Trim()) : null;
        var release = asks.Contains(RemedyNeed.SendBack) ? SendBack switch { "scan" => ReleaseOn.Scan, "receipt" => ReleaseOn.Receipt, "once" => ReleaseOn.AtOnce, _ => (ReleaseOn?)null } : null;
        var data = new RemedyData
        {
            PaymentReference = If(RemedyNeed.PaymentReference, PaymentReference), Reason = If(RemedyNeed.Reason, Reason), InsteadOf = If(RemedyNeed.InsteadOf, InsteadOf), Address = If(RemedyNeed.Address, Address),
            Rule = If(RemedyNeed.Rule, Rule), Transferable = asks.Contains(RemedyNeed.Transferable) && Transferable == "on" ? true : null, Signatory = If(RemedyNeed.Signatory, Signatory),
            ValidUntil = asks.Contains(RemedyNeed.ValidUntil) && !string.IsNullOrWhiteSpace(ValidUntil) ? LocalTime.Parse(ValidUntil + "T23:59", company.Zone(), "valid_until") : null,
            Extra = extra?.Name, ExtraKey = extra?.Key, Cost = extra is null ? null : new Money(extra.CostMinor, company.Currency), Band = If(RemedyNeed.Band, Band), Improvement = If(RemedyNeed.Improvement, Improvement), ImprovementId = long.TryParse(If(RemedyNeed.Improvement, ImprovementId), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var change) ? change : null,
            Alternatives = If(RemedyNeed.Alternatives, Alternatives), ReleaseOn = release, KeepsWhy = release is null ? If(RemedyNeed.SendBack, KeepsWhy) : null,
        }.Trimmed();
        var charge = TypedRemedy.Amount(CustomerCharge, company);
        var main = line with
        {
            Data = data, CustomerCharge = charge.Minor == 0 ? null : charge,
            What = extra is not null && string.IsNullOrWhiteSpace(line.What) ? extra.Name : line.What,
            Value = extra is not null && line.Value.Minor == 0 ? new Money(extra.CostMinor, company.Currency) : line.Value,
        };
        return main.WithReturn();

        string? If(RemedyNeed need, string? typed) => asks.Contains(need) ? typed : null;
    }

    /// <summary>The fields that a remedy was made of.</summary>
    /// <param name="remedy">The remedy.</param>
    /// <param name="company">For its zone and its list of extras.</param>
    public static RemedyFields Of(OptionRemedy remedy, Company company) => remedy.Data is not { } data && remedy.CustomerCharge is null ? new() : new RemedyFields
    {
        PaymentReference = remedy.Data?.PaymentReference, Reason = remedy.Data?.Reason, InsteadOf = remedy.Data?.InsteadOf, Address = remedy.Data?.Address, Rule = remedy.Data?.Rule, Signatory = remedy.Data?.Signatory,
        ValidUntil = remedy.Data?.ValidUntil is { } until ? TimeZoneInfo.ConvertTime(until, company.Zone()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null, Transferable = remedy.Data?.Transferable == true ? "on" : null,
        Extra = remedy.Data?.Extra,
        Band = remedy.Data?.Band, Improvement = remedy.Data?.Improvement, ImprovementId = remedy.Data?.ImprovementId?.ToString(System.Globalization.CultureInfo.InvariantCulture), Alternatives = remedy.Data?.Alternatives,
        SendBack = remedy.Data?.ReleaseOn switch { ReleaseOn.Scan => "scan", ReleaseOn.Receipt => "receipt", ReleaseOn.AtOnce => "once", _ => null },
        CustomerCharge = remedy.CustomerCharge?.Major.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The field that a refusal belongs to: what a kind needs stands beside the first line of that kind that lacks it; <c>null</c> where no line is asked for it.</summary>
    /// <param name="no">The refusal.</param>
    /// <param name="lines">What was written: the beginning of the fields' ids, the kind, the worth and the details.</param>
    internal static string? PlaceOf(Refused no, IReadOnlyList<(string Id, RemedyKind Kind, string? Amount, RemedyFields Details)> lines)
    {
        if (no.Code == "amount" && lines.FirstOrDefault(line => RemedyTypes.Of(line.Kind).Needs.Contains(RemedyNeed.Amount) && string.IsNullOrWhiteSpace(line.Amount)) is { Id: { } bare })
            return bare + "Amount";
        if (Places.FirstOrDefault(place => place.Code == no.Code).Field is not { } field)
            return null;
        var asked = lines.Where(line => field == "CustomerCharge" || RemedyTypes.Of(line.Kind).All.Any(need => need.ToString() == field)).ToList();
        return (asked.FirstOrDefault(line => string.IsNullOrWhiteSpace(line.Details.Typed(field)) != (field is "CustomerCharge" or "ValidUntil")).Id ?? asked.FirstOrDefault().Id) is { } id ? id + field : null;
    }

    /// <summary>The field that a refusal belongs to, by its code.</summary>
    internal static readonly (string Code, string Field)[] Places =
    [
        ("reason", "Reason"), ("instead_of", "InsteadOf"), ("valid_until", "ValidUntil"), ("payment_reference", "PaymentReference"), ("alternatives", "Alternatives"), ("address", "Address"), ("signatory", "Signatory"),
        ("rule", "Rule"), ("extra", "Extra"), ("band", "Band"), ("improvement", "Improvement"), ("charge", "CustomerCharge"),
    ];
}
