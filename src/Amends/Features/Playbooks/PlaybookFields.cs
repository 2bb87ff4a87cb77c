using System.Globalization;
using Amends.Domain;
using Amends.Domain.Playbooks;
using Amends.Domain.Remedies;

namespace Amends.Features.Playbooks;

/// <summary>The form for a version as it is posted.</summary>
public sealed record PlaybookFields
{
    /// <summary>How many options the form has room for.</summary>
    public const int Room = 4;

    /// <summary>The playbook that it is a version of; empty for a new one.</summary>
    public string? Key { get; init; }
    public string? Title { get; init; }
    public string? Gets { get; init; }
    public string? MayGive { get; init; }

    /// <summary>Codes of categories.</summary>
    public List<string> Categories { get; init => field = value ?? []; } = []; // a form without one of them binds to null
    public string? NoQuestions { get; init; }
    public string? From { get; init; }
    public string? Until { get; init; }
    public List<TemplateFields> Options { get; init => field = value ?? []; } = [];

    /// <summary>Why it should be so.</summary>
    public string? Reason { get; init; }

    /// <summary>A version as a form, to write the next one from.</summary>
    public static PlaybookFields Of(Playbook playbook, DateOnly today) => new()
    {
        Key = playbook.Key, Title = playbook.Title, Gets = playbook.Gets, MayGive = playbook.MayGive, Categories = [.. playbook.Categories],
        NoQuestions = playbook.NoQuestionsUpTo.ToString(CultureInfo.InvariantCulture), From = Day(today.AddDays(1)),
        Options = [.. playbook.Options.Select(TemplateFields.Of)],
    };

    /// <summary>A form for a new one.</summary>
    public static PlaybookFields For(string? category, DateOnly today) => new() { Categories = string.IsNullOrWhiteSpace(category) ? [] : [category.Trim()], NoQuestions = "0", From = Day(today) };

    /// <summary>The option in a place of the form.</summary>
    public TemplateFields At(int place) => place < Options.Count ? Options[place] : new();

    /// <summary>The playbook as typed. What the form does not show (what laws give, stages) stays as in the version before.</summary>
    /// <param name="before">The version that it is written from; <c>null</c> for a new one.</param>
    /// <param name="all">All versions, so that a new key is one.</param>
    /// <exception cref="Refused">The code is the field that cannot be read.</exception>
    public Playbook Read(Playbook? before, IReadOnlyList<Playbook> all)
    {
        var title = Title?.Trim() ?? "";
        var playbook = before ?? new Playbook(KeyOf(title, all), 0, title) { EffectiveFrom = default };
        return playbook with
        {
            Title = title, Gets = Gets?.Trim() ?? "", MayGive = MayGive?.Trim() ?? "", Source = "Your own", Categories = [.. Categories.Select(code => code.Trim()).Distinct()],
            NoQuestionsUpTo = Whole(NoQuestions, "no_questions") ?? 0,
            EffectiveFrom = DayOf(From, "effective_from") ?? throw new Refused("effective_from", "Say from which day it holds."),
            EffectiveUntil = DayOf(Until, "effective_until"),
            Options = [.. Options.Where(option => !option.IsEmpty).Select(option => option.Read())],
        };
    }

    internal static int? Whole(string? text, string code) =>
        string.IsNullOrWhiteSpace(text) ? null : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new Refused(code, $"“{Texts.Cut(text.Trim(), 40)}” is no whole number from 0 on.");

    private static DateOnly? DayOf(string? text, string code) =>
        string.IsNullOrWhiteSpace(text) ? null : DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new Refused(code, "Write the day as year, month and day, such as 2026-12-25.");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string KeyOf(string title, IReadOnlyList<Playbook> all)
    {
        var letters = new string([.. title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')]).Trim('_');
        var stem = letters.Length == 0 ? "own" : Texts.Cut(letters, 40);
        var key = stem is "new" or "proposals" ? stem + "_playbook" : stem;
        for (var i = 2; all.Any(each => each.Key == key); i++)
            key = $"{stem}_{i.ToString(CultureInfo.InvariantCulture)}";
        return key;
    }
}

/// <summary>One option of the form.</summary>
public sealed record TemplateFields
{
    public string? Title { get; init; }
    public string? Why { get; init; }
    public string? Kind { get; init; }
    public string? What { get; init; }
    public string? Days { get; init; }

    /// <summary>Percent of the order.</summary>
    public string? Percent { get; init; }

    /// <summary>A fixed amount.</summary>
    public string? Amount { get; init; }
    public string? ReasonFor { get; init; }

    /// <summary><c>Scan</c>, <c>Receipt</c> or <c>AtOnce</c> when something comes back first.</summary>
    public string? SendBack { get; init; }

    /// <summary>The first and the last day late that it is for; empty for always.</summary>
    public string? LateFrom { get; init; }
    public string? LateTo { get; init; }

    /// <summary>Whether nobody wrote anything into it.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Title + Why + What);

    internal static TemplateFields Of(OptionTemplate option) => new()
    {
        Title = option.Title, Why = option.Why, Kind = option.Kind.ToString(), What = option.What, Days = option.Days.ToString(CultureInfo.InvariantCulture),
        Percent = option.Value.Percent?.ToString(CultureInfo.InvariantCulture), Amount = option.Value.Fixed?.ToString(CultureInfo.InvariantCulture), ReasonFor = option.Reason, SendBack = option.SendBack?.ToString(),
        LateFrom = option.Late?.From.ToString(CultureInfo.InvariantCulture), LateTo = option.Late?.To?.ToString(CultureInfo.InvariantCulture),
    };

    internal OptionTemplate Read()
    {
        if (!Enum.TryParse<RemedyKind>(Kind, out var kind) || !Enum.IsDefined(kind))
            throw new Refused("options", "Choose of every option what is done.");
        var (percent, amount) = (PlaybookFields.Whole(Percent, "options"), PlaybookFields.Whole(Amount, "options"));
        if (percent is not null && amount is not null)
            throw new Refused("options", $"“{Title}” is worth a share of the order or an amount, not both. Empty one of them.");
        var (lateFrom, lateTo) = (PlaybookFields.Whole(LateFrom, "options"), PlaybookFields.Whole(LateTo, "options"));
        return new OptionTemplate(Title?.Trim() ?? "", Why?.Trim() ?? "", kind, string.IsNullOrWhiteSpace(What) ? Title?.Trim() ?? "" : What.Trim(), PlaybookFields.Whole(Days, "options") ?? 3, new ValueRule(percent, amount))
        {
            SendBack = Enum.TryParse<ReleaseOn>(SendBack, out var release) && Enum.IsDefined(release) ? release : null, Reason = string.IsNullOrWhiteSpace(ReasonFor) ? null : ReasonFor.Trim(),
            Late = lateFrom is null && lateTo is null ? null : new DaysLate(lateFrom ?? 1, lateTo),
        };
    }
}
