using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Wording;

namespace Amends.Features.Phrases;

/// <summary>The form with the rules of a language: how each shipped rule counts and what it proposes, own rules, innocent sentences.</summary>
/// <param name="Language">Whose phrases.</param>
/// <param name="Severities">By rule: <c>off</c>, or 1 to 3.</param>
/// <param name="Better">By rule: what it proposes instead.</param>
/// <param name="Rules">Own rules as JSON.</param>
/// <param name="Innocent">Sentences that must stay without a hint, a line each.</param>
public sealed record PhraseFields(string Language, IReadOnlyDictionary<string, string> Severities, IReadOnlyDictionary<string, string> Better, string Rules, string Innocent)
{
    private const string SeverityOf = "severity-", BetterOf = "better-", Off = "off";
    private const int LongestBetter = 2000, MostInnocent = 200, LongestInnocent = 1000;

    /// <summary>As a browser sends it.</summary>
    public static PhraseFields Of(IFormCollection form) => new(
        form["language"].ToString(),
        form.Where(field => field.Key.StartsWith(SeverityOf, StringComparison.Ordinal)).ToDictionary(field => field.Key[SeverityOf.Length..], field => field.Value.ToString()),
        form.Where(field => field.Key.StartsWith(BetterOf, StringComparison.Ordinal)).ToDictionary(field => field.Key[BetterOf.Length..], field => Storable.Of(field.Value.ToString().Trim())),
        Storable.Of(form["Rules"].ToString().Trim()),
        Storable.Of(form["Innocent"].ToString()));

    /// <summary>As it is stored.</summary>
    public static PhraseFields Of(string language, PhrasePack shipped, OwnPhrases own) => new(
        language,
        shipped.Rules.ToDictionary(rule => rule.Id, rule => own.Off.Contains(rule.Id) ? Off : own.Severities.GetValueOrDefault(rule.Id, rule.Severity).ToString(CultureInfo.InvariantCulture)),
        shipped.Rules.ToDictionary(rule => rule.Id, rule => own.Better.GetValueOrDefault(rule.Id, rule.Better)),
        own.Rules,
        string.Join('\n', own.Innocent));

    /// <summary>What differs from the shipped pack.</summary>
    /// <exception cref="Refused">Something does not fit; the code names the field.</exception>
    public OwnPhrases Read(PhrasePack shipped)
    {
        var severities = new Dictionary<string, int>();
        var better = new Dictionary<string, string>();
        var off = new List<string>();
        foreach (var rule in shipped.Rules)
        {
            var chosen = Severities.GetValueOrDefault(rule.Id, "");
            if (chosen == Off)
                off.Add(rule.Id);
            else if (chosen.Length > 0 && chosen is not ("1" or "2" or "3"))
                throw new Refused(SeverityOf + rule.Id, $"Choose how much “{rule.Id}” counts.");
            else if (chosen.Length > 0 && chosen[0] - '0' != rule.Severity)
                severities[rule.Id] = chosen[0] - '0';
            var instead = Better.GetValueOrDefault(rule.Id, "");
            if (instead.Length > LongestBetter)
                throw new Refused(BetterOf + rule.Id, $"Keep the better sentence of “{rule.Id}” under {LongestBetter:N0} characters.");
            if (instead.Length > 0 && instead != rule.Better)
                better[rule.Id] = instead;
        }

        var innocent = Innocent.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (innocent.Length > MostInnocent || innocent.Any(line => line.Length > LongestInnocent))
            throw new Refused("innocent", $"Up to {MostInnocent} sentences, each shorter than {LongestInnocent:N0} characters.");
        return new OwnPhrases { Off = off, Severities = severities, Better = better, Rules = Rules.ReplaceLineEndings("\n"), Innocent = innocent };
    }
}
