using System.Globalization;
using Amends.Data;

namespace Amends.Features.Settings;

/// <summary>The form on how soon somebody answers: open hours, a half hour at least and ten days of work at most.</summary>
public sealed record ReplyFields
{
    private const double Least = 0.5, Most = 80;
    private const int LongestSilence = 30;

    public string? Call { get; init; }
    public string? Mail { get; init; }
    public string? Text { get; init; }
    public string? Public { get; init; }

    /// <summary>The longest silence in days.</summary>
    public string? Silence { get; init; }

    /// <summary>The form as it is stored.</summary>
    public static ReplyFields Of(ReplySettings replies) => new() { Call = Words(replies.Call), Mail = Words(replies.Mail), Text = Words(replies.Text), Public = Words(replies.Public), Silence = replies.SilenceDays.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The settings as typed, and what is wrong with them: field id → words. What was not asked stays as it was.</summary>
    public (ReplySettings Replies, IReadOnlyDictionary<string, string> Errors) Read(ReplySettings before)
    {
        var errors = new Dictionary<string, string>();
        double Hours(string field, string? typed)
        {
            if (double.TryParse(typed?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours is >= Least and <= Most)
                return hours;
            errors[field] = "Write open hours: from 0.5 to 80.";
            return 0;
        }

        var replies = before with { Call = Hours("Call", Call), Mail = Hours("Mail", Mail), Text = Hours("Text", Text), Public = Hours("Public", Public) };
        if (Silence is not null)
        {
            if (!int.TryParse(Silence.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < 1 or > LongestSilence)
                errors["Silence"] = $"Write days: from 1 to {LongestSilence}.";
            replies = replies with { SilenceDays = days };
        }

        return (replies, errors);
    }

    private static string Words(double hours) => hours.ToString("0.##", CultureInfo.InvariantCulture);
}
