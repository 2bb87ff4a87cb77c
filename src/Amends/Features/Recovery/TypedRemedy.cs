using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Remedies;

namespace Amends.Features.Recovery;

/// <summary>A remedy as people type it into a form.</summary>
internal static class TypedRemedy
{
    /// <summary>What it is worth; nothing is zero. Either mark parts the cents.</summary>
    /// <exception cref="Refused"><c>amount</c>: it is none.</exception>
    public static Money Amount(string? typed, Company company) =>
        string.IsNullOrWhiteSpace(typed) ? Money.Zero(company.Currency)
        : decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) ? Money.FromMajor(major, company.Currency)
        : throw new Refused("amount", $"“{typed}” is not an amount.");

    /// <summary>Its kind; what the form does not know is something else that helps.</summary>
    public static RemedyKind Kind(string? chosen) => Enum.TryParse<RemedyKind>(chosen, out var known) && Enum.IsDefined(known) ? known : RemedyKind.Other;
}
