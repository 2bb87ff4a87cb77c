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
    public string? Alternatives { get; init; }

    /// <summary><c>once</c>, <c>scan</c> or <c>receipt</c> when something comes back first; <c>no</c> when somebody chose that nothing does.</summary>
    public string? SendBack { get; init; }

    /// <summary>Why they keep what they have.</summary>
    public string? KeepsWhy { get; init; }

    /// <summary>What the customer would pay. Refused where the fault is or may be ours.</summary>
    public string? CustomerCharge { get; init; }

    /// <summary>Whether nobody wrote anything.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(string.Concat([PaymentReference, Reason, InsteadOf, Address, ValidUntil, Rule, Signatory, Extra, Band, Improvement, Alternatives + (SendBack == "no" ? "" : SendBack) + CustomerCharge, KeepsWhy]));

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
            Extra = extra?.Name, Cost = extra is null ? null : new Money(extra.CostMinor, company.Currency), Band = If(RemedyNeed.Band, Band), Improvement = If(RemedyNeed.Improvement, Improvement),
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

    /// <summary>The field that a refusal belongs to, by its code.</summary>
    internal static readonly (string Code, string Field)[] Places =
    [
        ("reason", "Reason"), ("instead_of", "InsteadOf"), ("valid_until", "ValidUntil"), ("payment_reference", "PaymentReference"), ("alternatives", "Alternatives"), ("address", "Address"), ("signatory", "Signatory"),
        ("rule", "Rule"), ("extra", "Extra"), ("band", "Band"), ("improvement", "Improvement"), ("charge", "CustomerCharge"),
    ];
}
