using System.Globalization;
using Amends.Adapters.Carriers;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Remedies;

namespace Amends.Features.Settings;

/// <summary>The form on remedies; lists are written a line an entry, with semicolons, so that they can be pasted.</summary>
public sealed record RemedySettingsFields
{
    private const int MostEntries = 100, LongestName = 120;

    public string? LabelDays { get; init; }
    public string? Instructions { get; init; }
    public string? CarrierName { get; init; }

    /// <summary>An amount; empty proposes nothing.</summary>
    public string? ReturnAbove { get; init; }
    public string? CarrierUrl { get; init; }

    /// <summary>A new token; empty keeps the one that is stored.</summary>
    public string? CarrierToken { get; init; }
    public string? VisitMinutes { get; init; }
    public string? VisitsAtOnce { get; init; }
    public string? Bands { get; init; }

    /// <summary>The form as it is stored.</summary>
    public static RemedySettingsFields Of(RemedySettings set, string currency) => new()
    {
        LabelDays = Number(set.LabelDays), Instructions = set.ReturnInstructions, CarrierName = set.CarrierName, CarrierUrl = set.CarrierUrl, ReturnAbove = set.ReturnAboveMinor is { } most ? Major(most, currency) : null, VisitMinutes = Number(set.VisitMinutes), VisitsAtOnce = Number(set.VisitsAtOnce),
        Bands = string.Join('\n', set.Bands.Select(band => $"{band.Name}; {band.UpToMajor.ToString(CultureInfo.InvariantCulture)}; {band.Instead}")),
    };

    /// <summary>The settings as typed, and what is wrong with them: field id → words.</summary>
    /// <param name="before">What stays that the form does not have.</param>
    /// <param name="currency">The company's.</param>
    public (RemedySettings Set, IReadOnlyDictionary<string, string> Errors) Read(RemedySettings before, string currency)
    {
        var errors = new Dictionary<string, string>();
        var days = Whole(LabelDays, 1, 180, "LabelDays", "Write for how many days a label is good, from 1 to 180.");
        var minutes = Whole(VisitMinutes, 30, 480, "VisitMinutes", "Write how many minutes a window for a visit has, from 30 to 480.");
        var atOnce = Whole(VisitsAtOnce, 1, 200, "VisitsAtOnce", "Write how many people can go out at the same time, one at least.");
        var how = (Instructions ?? "").Trim().ReplaceLineEndings("\n");
        if (how.Length > 2000)
            errors["Instructions"] = "That is longer than 2000 characters.";
        var carrier = (CarrierName ?? "").Trim();
        if (carrier.Length > 100)
            errors["CarrierName"] = "That is longer than 100 characters.";
        var url = (CarrierUrl ?? "").Trim();
        if (url.Length > 0 && !CarrierLabels.IsAddress(url))
            errors["CarrierUrl"] = "Write an address that begins with https://, without a name or password in it.";
        if ((CarrierToken ?? "").Length > 4000)
            errors["CarrierToken"] = "That is longer than 4000 characters.";
        var above = string.IsNullOrWhiteSpace(ReturnAbove) ? null : Amount(ReturnAbove.Trim());
        if (above is null && !string.IsNullOrWhiteSpace(ReturnAbove))
            errors["ReturnAbove"] = "Write an amount such as 30, or nothing.";
        var bands = Lines(Bands, "Bands", cells => cells is [{ Length: > 0 and <= LongestName } name, var most, { Length: > 0 and <= 200 } instead] && Amount(most) is { } amount ? new InconvenienceBand(name, new Money(amount, currency).Major, instead) : null,
            "is not like: Minor; 10; Free delivery with the next order (name, the usual amount at the most, what may suit better)");
        return (before with { LabelDays = days, ReturnInstructions = how, CarrierName = carrier, CarrierUrl = url, ReturnAboveMinor = above, VisitMinutes = minutes, VisitsAtOnce = atOnce, Bands = bands }, errors);

        int Whole(string? typed, int least, int most, string field, string words)
        {
            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            errors[field] = words;
            return 0;
        }

        List<T> Lines<T>(string? typed, string field, Func<string[], T?> read, string words) where T : class
        {
            var all = new List<T>();
            foreach (var line in (typed ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (read(line.Split(';', StringSplitOptions.TrimEntries)) is { } entry)
                    all.Add(entry);
                else
                    errors.TryAdd(field, $"“{(line.Length > 60 ? Texts.Cut(line, 60) + "…" : line)}” {words}.");
            }

            if (all.Count > MostEntries)
                errors.TryAdd(field, $"Nobody reads more than {MostEntries} lines. Keep those that are used.");
            return all;
        }

        long? Amount(string typed)
        {
            try
            {
                return decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) ? Money.FromMajor(major, currency).Minor : null;
            }
            catch (Refused)
            {
                return null;
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Major(long minor, string currency) => new Money(minor, currency).Major.ToString(CultureInfo.InvariantCulture);
}
