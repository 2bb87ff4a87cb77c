using System.Globalization;
using Amends.Data;
using Amends.Domain;

namespace Amends.Features.Settings;

/// <summary>The form on the company.</summary>
public sealed record CompanyFields
{
    public string? Name { get; init; }
    public string? TimeZone { get; init; }
    public string? Currency { get; init; }
    public string? PublicUrl { get; init; }
    public string? Phone { get; init; }
    public string? Assign { get; init; }

    /// <summary>A form without the field leaves it.</summary>
    public string? OutsideRoute { get; init; }

    /// <summary>In major units; empty for never. A form without the field leaves it.</summary>
    public string? CodeAbove { get; init; }

    /// <summary>The form as it is stored.</summary>
    public static CompanyFields Of(Company company) => new()
    {
        Name = company.Name, TimeZone = company.TimeZone, Currency = company.Currency, PublicUrl = company.PublicUrl, Phone = company.Phone, Assign = company.AssignAtOnce ? "yes" : "no",
        OutsideRoute = company.OutsideRoute,
        CodeAbove = company.CodeAboveMinor is { } above ? new Money(above, company.Currency).Major.ToString(CultureInfo.InvariantCulture) : "",
    };

    /// <summary>The company with what was typed, and what is wrong with it: field id → words.</summary>
    public (Company Company, IReadOnlyDictionary<string, string> Errors) On(Company company)
    {
        var errors = new Dictionary<string, string>();
        var name = (Name ?? "").Trim();
        var currency = (Currency ?? "").Trim().ToUpperInvariant();
        var url = (PublicUrl ?? "").Trim().TrimEnd('/');
        if (name.Length is 0 or > 120)
            errors["name"] = "Write the name that customers know.";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById((TimeZone ?? "").Trim(), out var zone))
            errors["timeZone"] = "Choose a time zone from the list, such as Europe/London.";
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
            errors["currency"] = "A currency has three letters, such as EUR (ISO 4217).";
        if (url.Length > 0 && (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length + uri.Fragment.Length > 0))
            errors["publicUrl"] = "Write the whole address, such as https://complaints.example.com";
        var route = (OutsideRoute ?? company.OutsideRoute).ReplaceLineEndings("\n").Trim();
        if (route.Length > 4000)
            errors["outsideRoute"] = "That is longer than 4000 characters.";
        var above = company.CodeAboveMinor;
        if (CodeAbove is { } typed)
        {
            try
            {
                above = typed.Trim().Length == 0 ? null : decimal.TryParse(typed.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major)
                    ? Money.FromMajor(major, currency).Minor : throw new Refused("amount", "");
            }
            catch (Refused)
            {
                errors["codeAbove"] = "Write an amount such as 250, or nothing.";
            }
        }

        return (company with
        {
            Name = name, TimeZone = zone?.Id ?? company.TimeZone, Currency = currency, PublicUrl = url.Length == 0 ? null : url,
            Phone = string.IsNullOrWhiteSpace(Phone) ? null : Phone.Trim(), AssignAtOnce = Assign != "no",
            CodeAboveMinor = above, OutsideRoute = route,
        }, errors);
    }
}
