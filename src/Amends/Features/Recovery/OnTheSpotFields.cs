using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using Amends.Features.Shared;

namespace Amends.Features.Recovery;

/// <summary>What is put right on the spot, as a form posts it; empty when nothing is.</summary>
public sealed record OnTheSpotFields
{
    /// <summary>Where a refusal's sentence stands in the form.</summary>
    internal static readonly (string, string)[] Places =
    [
        ("listen_first", "AtRisk"), ("danger", "AtRisk"), ("happened", "Happened"), ("matters", "Matters"), ("words", "Spot_Words"), ("via", "Channel"), ("remedy", "Spot_Title"), ("why", "Spot_Title"),
        .. RemedyFields.Places.Select(place => (place.Code, "Spot_" + place.Field)), ("steps", "Spot_Kind"), ("kind", "Spot_Kind"),
        ("options", "Spot_Other"), ("statutory_minimum", "Spot_Title"), ("law", "Spot_Law"), .. LawFields.Places("Spot_Bought_"), ("amount", "Spot_Amount"), ("limit", "Spot_Amount"), ("due", "Spot_Due"), ("check_back", "Spot_CheckBackAt"), ("offer_in_the_past", "Spot_CheckBackAt"),
    ];

    public string? Title { get; init; }
    public string? Kind { get; init; }
    public string? Amount { get; init; }

    /// <summary>What the kind asks for, where it was asked.</summary>
    public RemedyFields? More { get; init; }

    /// <summary><c>on</c> when the customer has it already.</summary>
    public string? Done { get; init; }
    public string? Due { get; init; }

    /// <summary><c>on</c> when it is exactly what the customer asked for.</summary>
    public string? AsWanted { get; init; }
    public string? Other { get; init; }

    /// <summary>The key of the law that gives it to them, <c>other</c>, or empty.</summary>
    public string? Law { get; init; }

    /// <summary>Which other law.</summary>
    public string? OtherLaw { get; init; }

    /// <summary>What is wrong with what was bought, where the form asked; empty otherwise.</summary>
    public LawFields Bought { get; init => field = value ?? new(); } = new();
    public string? Words { get; init; }
    public string? Cause { get; init; }
    public string? CheckBackAt { get; init; }

    /// <summary>Whether nothing was agreed.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Words) && string.IsNullOrWhiteSpace(Amount) && string.IsNullOrWhiteSpace(Other) && Done is null && AsWanted is null;

    /// <summary>An empty form, with a date for delivery in three days and the question a week on.</summary>
    public static OnTheSpotFields For(Company company, DateTimeOffset now) => new()
    {
        Kind = nameof(RemedyKind.Refund),
        Due = LocalTime.Of(company.Calendar().NextOpen(now.AddDays(3)), company.Zone()),
        CheckBackAt = LocalTime.Of(company.Calendar().NextOpen(now.AddDays(7)), company.Zone()),
    };

    /// <summary>What the case is asked to settle.</summary>
    /// <param name="wanted">What they said would put it right.</param>
    /// <param name="happened">What happened, as read back.</param>
    /// <param name="matters">What matters most, as read back.</param>
    /// <param name="company">For its zone and currency.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused">A date or an amount cannot be read.</exception>
    public OnTheSpot Read(string? wanted, string? happened, string? matters, Company company, DateTimeOffset now)
    {
        var title = Title?.Trim() ?? "";
        var due = Done == "on" ? now : LocalTime.Parse(Due, company.Zone(), "due");
        return new OnTheSpot(wanted, happened ?? "", matters ?? "", title, ((More ?? new()) with { SendBack = null }).On(new OptionRemedy(TypedRemedy.Kind(Kind), title, TypedRemedy.Amount(Amount, company), due) { IsStatutory = LawFields.Basis(Law, OtherLaw) is not null, Law = LawFields.Basis(Law, OtherLaw) }, company)[0], AsWanted == "on", Other, Words ?? "", Done == "on", Causes.Chosen(company.Content.Causes, Cause), LocalTime.Parse(CheckBackAt, company.Zone(), "check_back"));
    }
}
