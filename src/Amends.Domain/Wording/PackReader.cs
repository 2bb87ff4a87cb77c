using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Amends.Domain.Wording;

/// <summary>Reads a pack's file and refuses a bad one with a sentence that names line and rule.</summary>
internal sealed partial class PackReader(string json)
{
    private static readonly string[] Parts =
        ["language", "name", "version", "source", "contractions", "abbreviations", "elisions", "ordinal_dot", "greetings", "blanks", "titles", "neutral", "stopwords", "suffixes", "endings", "numbers", "months", "weekdays", "near_days", "shouted", "known_acronyms", "acronyms", "syllables", "lists", "signs", "rules", "better", "innocent"];

    private static readonly string[] RuleParts = ["id", "category", "severity", "bare", "when", "reason", "better", "phrases", "except"];

    private readonly List<(bool AtStart, List<List<Step>> Rows)> phrases = [];
    private readonly List<Meant> meanings = [];
    private Symbols symbols = new(LanguageWords.None, new Dictionary<string, string>(), []);

    public PhrasePack Read()
    {
        if (json.Length > PhrasePack.Longest)
            throw Bad(1, $"the pack is longer than {PhrasePack.Longest:N0} characters");
        var pack = Parsed();
        if (pack.Members.FirstOrDefault(member => !Parts.Contains(member.Name)) is { Name: { } strange } extra)
            throw Bad(extra.Value.Line, $"“{strange}” is not a part of a pack; known are {string.Join(", ", Parts)}");
        var language = Text(pack, "language", pack.Line);
        if (!LanguageCode().IsMatch(language))
            throw Bad(pack["language"]!.Line, "“language” must be two or three small letters, such as en");
        var words = WordsOf(pack);
        symbols = new(words, Named(pack["lists"], value => value), [.. Words(pack, "endings")]);
        foreach (var (name, sign) in pack["signs"]?.Members ?? [])
            ReadSign(name, sign);
        var rules = ReadRules(pack);
        return new(
            language,
            Text(pack, "name", pack.Line),
            Number(pack["version"], "version", pack.Line, 1, int.MaxValue),
            Text(pack, "source", pack.Line),
            rules,
            Named(pack["better"], value => value),
            Texts(pack["innocent"], "innocent"),
            words,
            Built(pack),
            meanings);
    }

    internal JsonLine Parsed()
    {
        try
        {
            var pack = JsonLine.Read(json);
            return pack.Kind == JsonTokenType.StartObject ? pack : throw Bad(1, "a pack is one object in braces");
        }
        catch (JsonException exception)
        {
            throw Bad((int)(exception.LineNumber ?? 0) + 1, "this is no JSON: " + exception.Message.Split(" Path:")[0].TrimEnd('.'));
        }
        catch (InvalidOperationException)
        {
            throw Bad(1, "it holds half a letter; write it anew");
        }
    }

    private PhraseAutomaton Built(JsonLine pack)
    {
        try
        {
            return new(symbols, phrases);
        }
        catch (FormatException exception)
        {
            throw Bad(pack.Line, exception.Message);
        }
    }

    private List<PhraseRule> ReadRules(JsonLine pack)
    {
        List<PhraseRule> rules = [];
        foreach (var rule in pack["rules"]?.Items ?? throw Bad(pack.Line, "“rules” is missing"))
        {
            if (rule.Kind != JsonTokenType.StartObject)
                throw Bad(rule.Line, "a rule is an object in braces");
            var id = Text(rule, "id", rule.Line);
            if (!Id().IsMatch(id))
                throw Bad(rule.Line, $"the id “{id}” must be small letters, digits and hyphens");
            if (rules.Any(other => other.Id == id))
                throw Bad(rule.Line, $"the rule “{id}” is there twice");
            if (rule.Members.FirstOrDefault(member => !RuleParts.Contains(member.Name)) is { Name: { } strange } extra)
                throw Bad(extra.Value.Line, $"“{strange}” is not a part of a rule; known are {string.Join(", ", RuleParts)}", id);
            var severity = Number(rule["severity"], "severity", rule.Line, 1, 3, id);
            var looked = Texts(rule["phrases"], "phrases", id);
            if (looked.Count == 0)
                throw Bad(rule.Line, "it has no phrases", id);
            rules.Add(new(
                id,
                Text(rule, "category", rule.Line, id),
                severity,
                rule["bare"] is { } bare ? Number(bare, "bare", rule.Line, 1, 3, id) : severity,
                ConditionOf(rule, id),
                Text(rule, "reason", rule.Line, id),
                Text(rule, "better", rule.Line, id),
                looked,
                Texts(rule["except"], "except", id)));
            Take(rule["phrases"], new(rules.Count - 1, Sign.None, false), id);
            Take(rule["except"], new(rules.Count - 1, Sign.None, true), id);
        }

        return rules;
    }

    private static Condition ConditionOf(JsonLine rule, string id)
    {
        if (rule["when"] is not { } when)
            return Condition.Always;
        foreach (var condition in Enum.GetValues<Condition>())
        {
            if (Snake(condition.ToString()) == when.Text)
                return condition;
        }

        throw Bad(when.Line, $"“when” knows {string.Join(", ", Enum.GetNames<Condition>().Select(Snake))}, not “{when.Text}”", id);
    }

    private void ReadSign(string name, JsonLine value)
    {
        var sign = Enum.GetValues<Sign>().FirstOrDefault(sign => sign != Sign.None && Snake(sign.ToString()) == name);
        if (sign == Sign.None)
            throw Bad(value.Line, $"“{name}” is not a sign; known are {string.Join(", ", Enum.GetNames<Sign>().Skip(1).Select(Snake))}");
        Take(value.Kind == JsonTokenType.StartObject ? value["phrases"] : value, new(-1, sign, false), name);
        if (value.Kind == JsonTokenType.StartObject)
            Take(value["except"], new(-1, sign, true), name);
    }

    private void Take(JsonLine? list, Meant meant, string of)
    {
        foreach (var phrase in Items(list, "phrases", of))
        {
            try
            {
                phrases.Add(Phrase.Read(phrase.Text, symbols));
                meanings.Add(meant);
            }
            catch (FormatException exception)
            {
                throw Bad(phrase.Line, $"the phrase “{phrase.Text}” {exception.Message}", of);
            }
        }
    }

    internal static LanguageWords WordsOf(JsonLine pack) => new()
    {
        Contractions = Named(pack["contractions"], value => value.Contains(' ') ? value : throw new FormatException("must be two words")),
        Abbreviations = Words(pack, "abbreviations"),
        Elisions = Words(pack, "elisions"),
        Letters = LettersOf(pack),
        OrdinalDot = pack["ordinal_dot"]?.Kind == JsonTokenType.True,
        Greetings = [.. Texts(pack["greetings"], "greetings").Select(GreetingOf).Where(greeting => greeting.Words.Length > 0)],
        Blanks = Words(pack, "blanks"),
        Titles = Words(pack, "titles"),
        Neutral = Words(pack, "neutral"),
        Stopwords = Words(pack, "stopwords"),
        Suffixes = [.. Words(pack, "suffixes").OrderByDescending(suffix => suffix.Length)],
        Numbers = Named(pack["numbers"], value => int.Parse(value, CultureInfo.InvariantCulture)),
        Months = Listed(pack, "months", 12, (index, _) => index + 1),
        Weekdays = Listed(pack, "weekdays", 7, (index, _) => (DayOfWeek)((index + 1) % 7)),
        NearDays = Named(pack["near_days"], value => int.Parse(value, CultureInfo.InvariantCulture)),
        Shouted = Words(pack, "shouted"),
        KnownAcronyms = Words(pack, "known_acronyms"),
        Acronyms = Named(pack["acronyms"], value => value),
        Syllables = Named(pack["syllables"], value => int.Parse(value, CultureInfo.InvariantCulture)),
    };

    private static Dictionary<char, string> LettersOf(JsonLine pack)
    {
        Dictionary<char, string> letters = [];
        foreach (var pair in Words(pack, "letters"))
            letters[pair.Length > 1 && pair[1] == '=' ? pair[0] : throw Bad(pack["letters"]!.Line, $"letters are written as ä=ae, not “{pair}”")] = pair[2..];
        return letters;
    }

    // "dear _" needs a name, "hello" does not.
    private static Greeting GreetingOf(string written)
    {
        var words = written.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [.. var before, "_"] ? new(before, true) : new(words, false);
    }

    private static Dictionary<string, T> Listed<T>(JsonLine pack, string part, int count, Func<int, string, T> value)
    {
        Dictionary<string, T> all = [];
        var items = Texts(pack[part], part);
        if (items.Count != 0 && items.Count != count)
            throw Bad(pack[part]!.Line, $"“{part}” must hold {count} lines, the first of them for {(count == 7 ? "Monday" : "January")}");
        for (var index = 0; index < items.Count; index++)
        {
            foreach (var word in items[index].ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
                all[word] = value(index, word);
        }

        return all;
    }

    internal static HashSet<string> Words(JsonLine pack, string part) =>
        pack[part] is not { } value ? [] : value.Kind == JsonTokenType.String ? [.. value.Text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)] : throw Bad(value.Line, $"“{part}” is one text with words in a row");

    internal static Dictionary<string, T> Named<T>(JsonLine? of, Func<string, T> read)
    {
        Dictionary<string, T> all = [];
        foreach (var (name, value) in of?.Members ?? [])
        {
            try
            {
                all[name] = value.Kind is JsonTokenType.String or JsonTokenType.Number ? read(value.Text) : throw new FormatException("must be a text");
            }
            catch (Exception exception) when (exception is FormatException or OverflowException)
            {
                throw Bad(value.Line, $"“{name}” cannot be “{value.Text}”");
            }
        }

        return all;
    }

    internal static string Text(JsonLine of, string part, int line, string? rule = null) =>
        of[part] is not { } value ? throw Bad(line, $"“{part}” is missing", rule) : value.Kind == JsonTokenType.String && value.Text.Trim().Length is > 0 and <= 2000 ? value.Text : throw Bad(value.Line, $"“{part}” must be a text of at most 2,000 characters", rule);

    internal static int Number(JsonLine? value, string part, int line, int least, int most, string? rule = null) =>
        value is null ? throw Bad(line, $"“{part}” is missing", rule)
        : value.Kind == JsonTokenType.Number && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Bad(value.Line, most < int.MaxValue ? $"“{part}” must be a whole number from {least} to {most}" : $"“{part}” must be a whole number from {least}", rule);

    private static List<string> Texts(JsonLine? list, string part, string? rule = null) => [.. Items(list, part, rule).Select(item => item.Text)];

    internal static List<JsonLine> Items(JsonLine? list, string part, string? rule)
    {
        if (list is null)
            return [];
        if (list.Kind != JsonTokenType.StartArray)
            throw Bad(list.Line, $"“{part}” must be a list in square brackets", rule);
        if (list.Items.FirstOrDefault(item => item.Kind != JsonTokenType.String || item.Text.Length is 0 or > 1000) is { } wrong)
            throw Bad(wrong.Line, $"“{part}” must hold texts of at most 1,000 characters", rule);
        return list.Items;
    }

    internal static Refused Bad(int line, string why, string? rule = null) =>
        new("bad_phrase_pack", rule is null ? $"Line {line}: {why}. Put it right and try again." : $"Line {line}, “{rule}”: {why}. Put it right and try again.");

    internal static string Snake(string name) => Capital().Replace(name, "_$0").TrimStart('_').ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();

    [GeneratedRegex("^[a-z]{2,3}$")]
    private static partial Regex LanguageCode();

    [GeneratedRegex("^[a-z0-9-]{1,60}$")]
    private static partial Regex Id();
}
