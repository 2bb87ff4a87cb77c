using System.Globalization;
using Amends.Domain;
using Amends.Domain.Contents;
using Amends.Domain.Hiring;

namespace Amends.Features.Contents;

/// <summary>The form for a version as it is posted. Each kind reads its own fields.</summary>
public sealed record ContentFields
{
    private const int NewQuestions = 3, NewCodes = 3;

    /// <summary>The item that it is a version of; empty for a new one.</summary>
    public string? Key { get; init; }

    /// <summary>What a new one is.</summary>
    public string? Kind { get; init; }

    /// <summary>The edition that ships and from which the form began; empty when it began from the version that holds.</summary>
    public string? Edition { get; init; }
    public string? Title { get; init; }
    public string? Text { get; init; }
    public string? PolicyWhy { get; init; }
    public string? Beyond { get; init; }

    /// <summary>What something extra costs us, in major units.</summary>
    public string? Cost { get; init; }

    /// <summary>What it is worth to them, in major units.</summary>
    public string? Worth { get; init; }

    /// <summary>Codes of categories.</summary>
    public List<string> Categories { get; init => field = value ?? []; } = []; // a form without one of them binds to null
    public List<QuestionFields> Questions { get; init => field = value ?? []; } = [];
    public List<SituationFields> Situations { get; init => field = value ?? []; } = [];
    public List<CodeFields> Codes { get; init => field = value ?? []; } = [];
    public string? From { get; init; }
    public string? Until { get; init; }

    /// <summary>Why it should be so.</summary>
    public string? Reason { get; init; }

    /// <summary>A version as a form, to write the next one from.</summary>
    /// <param name="item">The version.</param>
    /// <param name="from">The day from which the next one holds.</param>
    /// <param name="currency">The company's.</param>
    public static ContentFields Of(ContentItem item, DateOnly from, string currency) => new()
    {
        Key = item.Key, Kind = item.Kind.ToString(), Title = item.Title, Text = item.Text, PolicyWhy = item.Why, Beyond = item.Beyond, Cost = Major(item.CostMinor, currency), Worth = Major(item.WorthMinor, currency),
        Categories = [.. item.Categories], Questions = [.. item.Questions.Select(each => new QuestionFields { Code = each.Code, Words = each.Words })], From = Day(from), Codes = [.. item.Codes.Select(line => new CodeFields { Code = line.Code, Words = line.Words, Retired = line.Retired ? "on" : null })],
        Situations = [.. item.Situations.Select(each => new SituationFields { Title = each.Title, Scenario = each.Scenario, Ask = each.Ask, Listen = string.Join('\n', each.Listen), Guide = string.Join('\n', each.Guide) })],
    };

    /// <summary>A form for a new one.</summary>
    public static ContentFields New(ContentKind kind, DateOnly from) => new() { Kind = kind.ToString(), From = Day(from) };

    /// <summary>The rows for questions: those that were typed, and room for more.</summary>
    public IReadOnlyList<QuestionFields> QuestionRows() => [.. Questions, .. Enumerable.Repeat(new QuestionFields(), Math.Clamp(ContentItem.MostQuestions - Questions.Count, 0, NewQuestions))];

    /// <summary>The rows for codes: those that there are, in their groups, and room for more.</summary>
    public IReadOnlyList<CodeFields> CodeRows() => [.. Codes, .. Enumerable.Repeat(new CodeFields(), Math.Max(0, NewCodes - Codes.Count(row => string.IsNullOrEmpty(row.Code))))];

    /// <summary>The rows for situations: those that were typed, and room for one more.</summary>
    public IReadOnlyList<SituationFields> SituationRows() => [.. Situations, .. Enumerable.Repeat(new SituationFields(), Situations.Count < ContentItem.MostSituations ? 1 : 0)];

    /// <summary>The version as typed. What the form does not show stays as in the one before.</summary>
    /// <param name="before">The version that holds; <c>null</c> for a new item.</param>
    /// <param name="versions">All versions of the item: a question keeps its code.</param>
    /// <param name="keys">All keys, so that a new one is one.</param>
    /// <param name="currency">The company's.</param>
    /// <exception cref="Refused">The code is the field that cannot be read.</exception>
    public ContentItem Read(ContentItem? before, IReadOnlyList<ContentItem> versions, IReadOnlyList<string> keys, string currency)
    {
        var title = Title?.Trim() ?? "";
        var kind = before?.Kind ?? ContentWords.Kind(Kind) ?? ContentKind.Policy;
        var item = before ?? new ContentItem(KeyOf(kind, title, keys), kind, title);
        item = item with
        {
            Title = title, EffectiveFrom = DayOf(From, "effective_from") ?? throw new Refused("effective_from", "Say from which day it holds."), EffectiveUntil = DayOf(Until, "effective_until"),
            Edition = int.TryParse(Edition, NumberStyles.None, CultureInfo.InvariantCulture, out var edition) && versions.Any(each => each.Version == 0 && each.Edition == edition) ? edition : item.Edition,
        };
        return kind switch
        {
            ContentKind.Questions => item with { Questions = Asked(item, versions) },
            ContentKind.Letter => item with { Text = Words(Text) },
            ContentKind.Extra => item with { Text = Words(Text), Categories = [.. Categories.Select(code => code.Trim()).Distinct()], CostMinor = Minor(Cost, currency, "cost"), WorthMinor = Minor(Worth, currency, "worth") },
            ContentKind.Hiring => item with { Situations = [.. Situations.Where(each => !each.IsEmpty).Select(each => each.Read())] },
            ContentKind.Categories or ContentKind.Causes => item with { Codes = CodeFields.Read(Codes, [.. versions.SelectMany(each => each.Codes).Select(line => line.Code)], kind == ContentKind.Categories) },
            _ => item with { Text = Words(Text), Why = Words(PolicyWhy), Beyond = Words(Beyond), Categories = [.. Categories.Select(code => code.Trim()).Distinct()] },
        };
    }

    private List<BankQuestion> Asked(ContentItem item, IReadOnlyList<ContentItem> versions)
    {
        var known = versions.SelectMany(each => each.Questions).Select(each => each.Code).ToHashSet();
        var asked = new List<BankQuestion>();
        foreach (var row in Questions.Where(row => !string.IsNullOrWhiteSpace(row.Words)))
        {
            var words = row.Words!.Trim();
            if (row.Code is { } code && known.Contains(code) && asked.All(each => each.Code != code))
                asked.Add(new(code, words));
            else
                asked.Add(new(CodeOf(item.Categories[0], words, known, asked), words));
        }

        return asked;
    }

    /// <summary>A code that no question of the item ever had: answers to another question are never taken for answers to this one.</summary>
    private static string CodeOf(string group, string words, HashSet<string> known, List<BankQuestion> asked)
    {
        var stem = $"{group}.{Slug(string.Join(' ', Texts.Words(words).Take(3)), 40)}";
        var code = stem;
        for (var i = 2; known.Contains(code) || asked.Any(each => each.Code == code); i++)
            code = $"{stem}_{i.ToString(CultureInfo.InvariantCulture)}";
        return code;
    }

    private static string KeyOf(ContentKind kind, string title, IReadOnlyList<string> keys)
    {
        var stem = $"{kind.ToString().ToLowerInvariant()}.{Slug(title, 40)}";
        var key = stem;
        for (var i = 2; keys.Contains(key); i++)
            key = $"{stem}_{i.ToString(CultureInfo.InvariantCulture)}";
        return key;
    }

    internal static string Slug(string words, int most)
    {
        var letters = new string([.. words.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')]).Trim('_');
        return letters.Length == 0 ? "own" : Texts.Cut(letters, most);
    }

    private static string Words(string? typed) => (typed ?? "").ReplaceLineEndings("\n").Trim();

    private static long Minor(string? typed, string currency, string code)
    {
        var text = (typed ?? "").Trim();
        if (decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) && major < 1_000_000_000)
            return Money.FromMajor(major, currency).Minor;
        throw new Refused(code, text.Length == 0 ? "Write an amount, such as 6 or 2.50." : $"“{Texts.Cut(text, 40)}” is no amount. Write it such as 6 or 2.50.");
    }

    private static string Major(long minor, string currency) => new Money(minor, currency).Major.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? DayOf(string? text, string code) =>
        string.IsNullOrWhiteSpace(text) ? null : DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new Refused(code, "Write the day as year, month and day, such as 2026-12-25.");
}

/// <summary>One question of the form.</summary>
public sealed record QuestionFields
{
    /// <summary>Empty for a new one.</summary>
    public string? Code { get; init; }
    public string? Words { get; init; }
}

/// <summary>One situation of the form; lists are written a line each.</summary>
public sealed record SituationFields
{
    public string? Title { get; init; }
    public string? Scenario { get; init; }
    public string? Ask { get; init; }
    public string? Listen { get; init; }
    public string? Guide { get; init; }

    /// <summary>Whether nobody wrote anything into it.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Title + Scenario + Ask + Listen + Guide);

    internal HiringQuestion Read() => new(Title?.Trim() ?? "", Scenario?.Trim() ?? "", Ask?.Trim() ?? "", Lines(Listen), Lines(Guide));

    private static List<string> Lines(string? typed) => [.. (typed ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
