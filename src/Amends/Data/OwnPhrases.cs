using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amends.Domain;
using Amends.Domain.Wording;

namespace Amends.Data;

/// <summary>What a company changed in the phrases of one language; the shipped pack stays as it is below.</summary>
public sealed partial record OwnPhrases
{
    /// <summary>The longest list of own rules, in UTF-16 units.</summary>
    public const int LongestRules = 100_000;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Ids of shipped rules that are switched off.</summary>
    public IReadOnlyList<string> Off { get; init; } = [];

    /// <summary>Severities of shipped rules, where they differ.</summary>
    public IReadOnlyDictionary<string, int> Severities { get; init; } = new Dictionary<string, int>();

    /// <summary>Better sentences of shipped rules, where they differ.</summary>
    public IReadOnlyDictionary<string, string> Better { get; init; } = new Dictionary<string, string>();

    /// <summary>Rules of their own as they were typed: a JSON list, in the language of packs.</summary>
    public string Rules { get; init; } = "";

    /// <summary>Sentences that must stay without a hint, beside those of the pack.</summary>
    public IReadOnlyList<string> Innocent { get; init; } = [];

    /// <summary>Nothing is changed.</summary>
    public bool IsNone => Off.Count == 0 && Severities.Count == 0 && Better.Count == 0 && Rules.Length == 0 && Innocent.Count == 0;

    /// <summary>The shipped pack with these changes.</summary>
    /// <param name="shipped">The text of the shipped pack.</param>
    /// <exception cref="Refused"><c>bad_phrase_pack</c>: the own rules cannot be used; the sentence names their line and the rule.</exception>
    public PhrasePack Over(string shipped)
    {
        var pack = JsonNode.Parse(shipped, documentOptions: Lenient)!.AsObject();
        var own = ReadOwn(pack);
        var rules = new JsonArray();
        foreach (var rule in pack["rules"]!.AsArray().Select(each => each!.DeepClone().AsObject()))
        {
            var id = (string)rule["id"]!;
            if (Off.Contains(id))
                continue;
            if (own.Any(each => each.Id == id))
                throw new Refused("bad_phrase_pack", $"“{id}”: a rule of the shipped phrases has this id. Change that one above, or give yours another id.");
            if (Severities.TryGetValue(id, out var severity))
                (rule["severity"], rule["bare"]) = (severity, severity);
            if (Better.TryGetValue(id, out var better))
                rule["better"] = better;
            rules.Add((JsonNode)rule);
        }

        foreach (var rule in own)
            rules.Add((JsonNode)Written(rule));
        pack["rules"] = rules;
        var innocent = pack["innocent"]?.DeepClone().AsArray() ?? [];
        foreach (var sentence in Innocent)
            innocent.Add(sentence);
        pack["innocent"] = innocent;
        return PhrasePack.Read(pack.ToJsonString());
    }

    /// <summary>The own rules alone, with the words of the pack. All of the pack stands in the first line before them, so that lines are those of what was typed.</summary>
    private IReadOnlyList<PhraseRule> ReadOwn(JsonObject pack)
    {
        if (string.IsNullOrWhiteSpace(Rules))
            return [];
        if (Rules.Length > LongestRules)
            throw new Refused("bad_phrase_pack", $"The rules are longer than {LongestRules:N0} characters. Keep those that you use.");
        if (Rules.Trim() is not ['[', .., ']'])
            throw new Refused("bad_phrase_pack", "Line 1: begin with [ and end with ]: it is one list of rules.");
        var around = new JsonObject(pack.Where(part => part.Key is not ("rules" or "signs" or "innocent")).Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone())));
        return PhrasePack.Read($"{around.ToJsonString()[..^1]},\"rules\":{Rules}}}").Rules;
    }

    private static JsonObject Written(PhraseRule rule) => new()
    {
        ["id"] = rule.Id, ["category"] = rule.Category, ["severity"] = rule.Severity, ["bare"] = rule.Bare, ["when"] = Capital().Replace(rule.When.ToString(), "_$0").TrimStart('_').ToLowerInvariant(),
        ["reason"] = rule.Reason, ["better"] = rule.Better, ["phrases"] = new JsonArray([.. rule.Phrases.Select(each => (JsonNode)each)]), ["except"] = new JsonArray([.. rule.Except.Select(each => (JsonNode)each)]),
    };

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
