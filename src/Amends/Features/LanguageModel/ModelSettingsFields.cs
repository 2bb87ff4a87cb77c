using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Language;

namespace Amends.Features.LanguageModel;

/// <summary>The form with the settings as it is posted.</summary>
public sealed record ModelSettingsFields
{
    private const int LongestModel = 200, LongestKey = 500;
    private const long HighestCeiling = 100_000_000;

    public string? Address { get; init; }
    public string? Model { get; init; }

    /// <summary>A new key; empty keeps the one that is stored.</summary>
    public string? Key { get; init; }

    /// <summary><c>on</c> when the stored key is to be forgotten.</summary>
    public string? ForgetKey { get; init; }
    public string? Limit { get; init; }
    public string? PriceIn { get; init; }
    public string? PriceOut { get; init; }
    public string? Ceiling { get; init; }
    public string? KeepDays { get; init; }
    public string? Summary { get; init; }
    public string? Rewrite { get; init; }
    public string? Translation { get; init; }
    public string? Gist { get; init; }

    /// <summary><c>save</c> or <c>try</c>.</summary>
    public string? Then { get; init; }

    /// <summary>Whether a switch is on in the form.</summary>
    public bool Has(ModelFeature feature) => feature switch { ModelFeature.Summary => Summary, ModelFeature.Rewrite => Rewrite, ModelFeature.Translation => Translation, _ => Gist } == "on";

    /// <summary>The form as it is stored.</summary>
    public static ModelSettingsFields Of(LanguageModelSettings set, string currency)
    {
        string Words(long minor) => new Money(minor, currency).Major.ToString("0.###", CultureInfo.InvariantCulture);
        string? On(ModelFeature feature) => set.On.Contains(feature) ? "on" : null;
        return new ModelSettingsFields
        {
            Address = set.Address, Model = set.Model, Limit = set.LimitSeconds.ToString(CultureInfo.InvariantCulture), PriceIn = Words(set.PriceIn), PriceOut = Words(set.PriceOut), Ceiling = Words(set.Ceiling), KeepDays = set.KeepDays.ToString(CultureInfo.InvariantCulture),
            Summary = On(ModelFeature.Summary), Rewrite = On(ModelFeature.Rewrite), Translation = On(ModelFeature.Translation), Gist = On(ModelFeature.Gist),
        };
    }

    /// <summary>The settings as typed, without the key, and what is wrong with them: field → words.</summary>
    public (LanguageModelSettings Settings, Dictionary<string, string> Errors) Read(string currency)
    {
        var errors = new Dictionary<string, string>();
        var (address, model) = ((Address ?? "").Trim(), (Model ?? "").Trim());
        var on = Enum.GetValues<ModelFeature>().Where(Has).ToList();
        var isNeeded = on.Count > 0 || Then == "try";
        try
        {
            address = address.Length == 0 && !isNeeded ? "" : ModelAddress.Read(address).AbsoluteUri.TrimEnd('/');
        }
        catch (Refused no)
        {
            errors["Address"] = no.Message;
        }

        if (model.Length > LongestModel || model.Any(char.IsControl) || (model.Length == 0 && isNeeded))
            errors["Model"] = model.Length == 0 ? "Write the model's name as its server has it, such as llama3.1:8b." : $"A model's name has up to {LongestModel} characters on one line.";
        if (Key is { } key && (key.Trim().Length > LongestKey || key.Trim().Any(letter => letter is <= ' ' or > '~')))
            errors["Key"] = $"A key has no blanks and at most {LongestKey} characters. Copy it again.";
        var (priceIn, priceOut, ceiling) = (Minor(PriceIn, "PriceIn", CallCost.DearestPrice), Minor(PriceOut, "PriceOut", CallCost.DearestPrice), Minor(Ceiling, "Ceiling", HighestCeiling));
        if (on.Count > 0 && priceIn + priceOut > 0 && ceiling == 0)
            errors.TryAdd("Ceiling", "Say how much a month may cost at the most, since it has a price.");
        return (new LanguageModelSettings
        {
            Address = address, Model = model, LimitSeconds = Whole(Limit, "Limit", 1, LanguageModelSettings.LongestLimit, 20), PriceIn = priceIn, PriceOut = priceOut, Ceiling = ceiling,
            KeepDays = Whole(KeepDays, "KeepDays", LanguageModelSettings.FewestDays, LanguageModelSettings.MostDays, 90), On = on,
        }, errors);

        int Whole(string? text, string field, int least, int most, int usual)
        {
            if (string.IsNullOrWhiteSpace(text))
                return usual;
            if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            errors[field] = $"Write a whole number from {least} to {most}.";
            return usual;
        }

        long Minor(string? text, string field, long most)
        {
            if (string.IsNullOrWhiteSpace(text))
                return 0;
            try
            {
                if (decimal.TryParse(text.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) && Money.FromMajor(major, currency).Minor is var minor && minor <= most)
                    return minor;
            }
            catch (Refused)
            {
                // finer than the currency, or beyond all reason
            }

            errors[field] = $"“{text}” is not an amount in {currency}. Write it like 2 or 0.15.";
            return 0;
        }
    }
}
