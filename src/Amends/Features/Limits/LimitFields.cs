using System.Globalization;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Features.Limits;

/// <summary>The form on limits as it is posted: a row a role, and rows for single kinds of remedy.</summary>
public sealed record LimitFields
{
    public List<RowFields> Rows { get; init => field = value ?? []; } = [];

    /// <summary>The form as the limits are set; the rows of roles that the viewer may not change are left out.</summary>
    public static LimitFields Of(Authority authority, Role viewer) => new()
    {
        Rows = [.. authority.Limits.Where(limit => Authority.Working.Contains(limit.Role) && MayChange(viewer, limit.Role)).OrderBy(limit => limit.Kind is not null).ThenBy(limit => limit.Role).ThenBy(limit => limit.Kind).Select(limit => RowFields.Of(limit, authority.Currency))],
    };

    /// <summary>Nobody sets their own limits, or those of somebody above them: the owner sets all.</summary>
    public static bool MayChange(Role viewer, Role whose) => viewer == Role.Owner || whose < viewer;

    /// <summary>The limits as typed, and what is wrong with them: field id → words.</summary>
    public (Authority Authority, IReadOnlyDictionary<string, string> Errors) On(Authority before, Role viewer)
    {
        var errors = new Dictionary<string, string>();
        var typed = new List<Limit>();
        foreach (var (row, i) in Rows.Select((row, i) => (row, i)))
        {
            if (row.Remove == "on" && row.Kind is { Length: > 0 })
                continue;
            if (!Enum.TryParse<Role>(row.Role, out var role) || !Authority.Working.Contains(role) || !MayChange(viewer, role))
                continue; // a row that is not theirs to change stays as it is
            RemedyKind? kind = Enum.TryParse<RemedyKind>(row.Kind, out var known) && Enum.IsDefined(known) ? known : null;
            long? Read(string? text, string name) => Typed.Minor(text, before.Currency, $"Rows_{i}_{name}", errors);
            var limit = new Limit(role, kind)
            {
                PerCase = Read(row.PerCase, "PerCase"), PerCustomer = Read(row.PerCustomer, "PerCustomer"), PerDay = Read(row.PerDay, "PerDay"),
                SecondPersonAbove = Read(row.SecondPersonAbove, "SecondPersonAbove"), EvidenceAbove = Read(row.EvidenceAbove, "EvidenceAbove"),
            };
            if (typed.Any(each => each.Role == role && each.Kind == kind))
                errors[$"Rows_{i}_PerCase"] = $"There are two rows for {role}{(kind is null ? "" : $" and {kind}")}. Keep one.";
            else
                typed.Add(limit);
        }

        var kept = before.Limits.Where(limit => !MayChange(viewer, limit.Role) || (limit.Kind is null && typed.All(each => each.Role != limit.Role || each.Kind is not null)));
        return (before with { Profile = AuthorityProfile.Own, Lent = null, Limits = [.. typed.Concat(kept).OrderBy(limit => limit.Kind is not null).ThenBy(limit => limit.Role).ThenBy(limit => limit.Kind)] }, errors);
    }
}

/// <summary>One row of it; an empty amount is without limit.</summary>
public sealed record RowFields
{
    public string? Role { get; init; }
    public string? Kind { get; init; }
    public string? PerCase { get; init; }
    public string? PerCustomer { get; init; }
    public string? PerDay { get; init; }
    public string? SecondPersonAbove { get; init; }
    public string? EvidenceAbove { get; init; }

    /// <summary><c>on</c> when the row is to go.</summary>
    public string? Remove { get; init; }

    internal static RowFields Of(Limit limit, string currency)
    {
        string? Words(long? minor) => minor is { } given ? Typed.Words(given, currency) : null;
        return new RowFields
        {
            Role = limit.Role.ToString(), Kind = limit.Kind?.ToString(), PerCase = Words(limit.PerCase), PerCustomer = Words(limit.PerCustomer), PerDay = Words(limit.PerDay),
            SecondPersonAbove = Words(limit.SecondPersonAbove), EvidenceAbove = Words(limit.EvidenceAbove),
        };
    }
}

/// <summary>Amounts as people type them into these forms.</summary>
internal static class Typed
{
    /// <summary>Minor units; empty is none.</summary>
    public static long? Minor(string? text, string currency, string field, Dictionary<string, string> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            if (decimal.TryParse(text.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major))
                return Money.FromMajor(major, currency).Minor;
        }
        catch (Refused)
        {
            // finer than the currency, or beyond all reason
        }

        errors[field] = $"“{text}” is not an amount in {currency}. Write it like 50 or 49.90, or leave it empty for no limit.";
        return null;
    }

    /// <summary>The amount as it would be typed.</summary>
    public static string Words(long minor, string currency) => new Money(minor, currency).Major.ToString("0.###", CultureInfo.InvariantCulture);
}
