using System.Globalization;
using Amends.Data;
using Amends.Domain.CheckBacks;

namespace Amends.Features.Settings;

/// <summary>The form on asking whether it is put right, and on what may follow.</summary>
public sealed record CheckBackFields
{
    private const int LongestUrl = 500;

    public string? Attempts { get; init; }
    public string? Days { get; init; }
    public string? On { get; init; }
    public string? ReviewUrl { get; init; }
    public string? Codes { get; init; }

    /// <summary>The form as it is stored.</summary>
    public static CheckBackFields Of(Company company) => new()
    {
        Attempts = company.CheckBacks.Attempts.ToString(CultureInfo.InvariantCulture), Days = company.CheckBacks.Days.ToString(CultureInfo.InvariantCulture),
        On = company.FollowOn.IsOn ? "yes" : null, ReviewUrl = company.FollowOn.ReviewUrl, Codes = company.FollowOn.HasCodes ? "yes" : null,
    };

    /// <summary>The company as typed, and what is wrong: field id → words.</summary>
    public (Company Changed, IReadOnlyDictionary<string, string> Errors) ReadOn(Company company)
    {
        var errors = new Dictionary<string, string>();
        var (attempts, days) = (Whole(Attempts, "Attempts", errors), Whole(Days, "Days", errors));
        if (errors.Count == 0 && CheckBackPlan.Wrong(attempts, days) is { } wrong)
            errors[attempts is < CheckBackPlan.FewestAttempts or > CheckBackPlan.MostAttempts ? "Attempts" : "Days"] = wrong;
        var url = (ReviewUrl ?? "").Trim();
        if (url.Length > 0 && (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0 || url.Any(char.IsWhiteSpace)))
            errors["ReviewUrl"] = "Write the whole address of the page, beginning with https://, or leave it empty.";
        return (company with { CheckBacks = new() { Attempts = attempts, Days = days }, FollowOn = new() { IsOn = On is not null, ReviewUrl = url, HasCodes = Codes is not null } }, errors);
    }

    private static int Whole(string? typed, string field, Dictionary<string, string> errors)
    {
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        errors[field] = "Write a whole number.";
        return 0;
    }
}
