using System.Globalization;
using Amends.Data;

namespace Amends.Features.Settings;

/// <summary>The form on how soon somebody answers: open hours, a half hour at least and ten days of work at most.</summary>
public sealed record ReplyFields
{
    private const double Least = 0.5, Most = 80;

    public string? Call { get; init; }
    public string? Mail { get; init; }
    public string? Text { get; init; }
    public string? Public { get; init; }

    /// <summary>The form as it is stored.</summary>
    public static ReplyFields Of(ReplySettings replies) => new() { Call = Words(replies.Call), Mail = Words(replies.Mail), Text = Words(replies.Text), Public = Words(replies.Public) };

    /// <summary>The settings as typed, and what is wrong with them: field id → words.</summary>
    public (ReplySettings Replies, IReadOnlyDictionary<string, string> Errors) Read()
    {
        var errors = new Dictionary<string, string>();
        double Hours(string field, string? typed)
        {
            if (double.TryParse(typed?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours is >= Least and <= Most)
                return hours;
            errors[field] = "Write open hours: from 0.5 to 80.";
            return 0;
        }

        var replies = new ReplySettings { Call = Hours("Call", Call), Mail = Hours("Mail", Mail), Text = Hours("Text", Text), Public = Hours("Public", Public) };
        return (replies, errors);
    }

    private static string Words(double hours) => hours.ToString("0.##", CultureInfo.InvariantCulture);
}
