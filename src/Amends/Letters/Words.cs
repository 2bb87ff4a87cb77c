using System.Globalization;
using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>What every letter has: a greeting, dates as people say them, who signs, and how to reach us.</summary>
public static class Words
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The subject of the case as an answer to it; the number in it is for people, nothing is placed by it.</summary>
    public static string Subject(long number, CaseState state, string? about = null) =>
        $"{about ?? "Re: " + Bare(state.Subject)} [{number}]";

    /// <summary>A greeting by name, or without one when all we know is an address.</summary>
    public static string Hello(CaseState state) =>
        string.IsNullOrWhiteSpace(state.GreetingName) || state.GreetingName.Contains('@') || state.GreetingName == "Somebody" ? "Hello," : $"Hello {state.GreetingName},";

    /// <summary>A moment in the company's time zone, such as <c>Wednesday 4 March, 14:00 (Europe/Berlin time)</c>.</summary>
    public static string Moment(DateTimeOffset at, Company company) => Moment(at, company.Zone());

    /// <summary>A moment in a time zone.</summary>
    public static string Moment(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("dddd d MMMM, HH:mm", English) + (zone.Id is "UTC" or "Etc/UTC" ? " (UTC)" : $" ({zone.Id.Replace('_', ' ')} time)");

    /// <summary>A day in the company's time zone, such as <c>Saturday 7 March</c>.</summary>
    public static string Day(DateTimeOffset at, Company company) => Day(at, company.Zone());

    /// <summary>A day in a time zone.</summary>
    public static string Day(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("dddd d MMMM", English);

    /// <summary>Who writes, for whom, and the number to call.</summary>
    public static string SignedBy(string? person, Company company) =>
        "Kind regards\n" + (person is null ? $"Your team at {company.Name}" : $"{person}\n{company.Name}") + (company.Phone is { Length: > 0 } phone ? $"\n{phone}" : "");

    /// <summary>Paragraphs with a blank line between; empty ones are left out.</summary>
    public static string Paragraphs(params ReadOnlySpan<string?> paragraphs)
    {
        var kept = new List<string>();
        foreach (var paragraph in paragraphs)
        {
            if (!string.IsNullOrWhiteSpace(paragraph))
                kept.Add(paragraph.Trim('\n'));
        }

        return string.Join("\n\n", kept) + "\n";
    }

    /// <summary>The first letter in upper case.</summary>
    public static string Sentence(string words) => words.Length == 0 ? words : char.ToUpper(words[0], English) + words[1..];

    /// <summary>The subject without the "Re:" and "AW:" that mail programs pile up.</summary>
    private static string Bare(string subject)
    {
        var text = subject.Trim();
        while (text.IndexOf(':') is > 0 and <= 3 and var colon && text[..colon].ToUpperInvariant() is "RE" or "AW" or "FW" or "FWD" or "WG" or "SV" or "TR")
            text = text[(colon + 1)..].TrimStart();
        return text.Length == 0 ? "Your message" : text;
    }
}
