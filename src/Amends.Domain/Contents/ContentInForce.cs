using Amends.Domain.Causes;
using Amends.Domain.Deadlines;
using Amends.Domain.Hiring;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;

namespace Amends.Domain.Contents;

/// <summary>What holds on one day: of each item the company's newest version, or the text as it ships where there is none.</summary>
public sealed class ContentInForce
{
    /// <summary>The group of questions that suit every case.</summary>
    public const string AnyCategory = "ANY";

    private readonly IReadOnlyList<ContentItem> _all;
    private readonly IReadOnlyList<ContentItem> _shipped;

    private ContentInForce(IReadOnlyList<ContentItem> all, IReadOnlyList<ContentItem> shipped, DateOnly day)
    {
        (_all, _shipped) = (all, shipped);
        Items = Dated.On([.. Newest(shipped), .. all.Where(item => item.Version > 0)], day);
        Extras = [.. Of(ContentKind.Extra).Select(item => new Extra(item.Title, item.CostMinor, item.WorthMinor) { Key = item.Key, Categories = item.Categories })];
        (Categories, Causes) = (Set(ContentKind.Categories), Set(ContentKind.Causes));
    }

    /// <summary>What complaints can be about today.</summary>
    public CodeSet Categories { get; }

    /// <summary>What they can be put down to today.</summary>
    public CodeSet Causes { get; }

    /// <summary>All items that hold.</summary>
    public IReadOnlyList<ContentItem> Items { get; }

    /// <summary>Nothing extra is given that is for other complaints.</summary>
    /// <param name="remedies">What is to be given.</param>
    /// <param name="category">The case's category; <c>null</c> when it has none yet.</param>
    /// <exception cref="Refused"><c>extra</c> for one that is not.</exception>
    public void MustSuit(IEnumerable<OptionRemedy> remedies, string? category)
    {
        foreach (var key in remedies.Select(remedy => remedy.Data?.ExtraKey).OfType<string>())
        {
            if (Extras.FirstOrDefault(extra => extra.Key == key) is { } extra && !extra.IsFor(category))
                throw new Refused("extra", $"“{extra.Name}” is for other complaints than this one. Choose something else from the list.");
        }
    }

    /// <summary>What can be given on top.</summary>
    public IReadOnlyList<Extra> Extras { get; }

    /// <summary>The situations of the hiring kit.</summary>
    public IReadOnlyList<HiringQuestion> Situations => [.. Of(ContentKind.Hiring).SelectMany(item => item.Situations)];

    /// <summary>What holds on a day.</summary>
    /// <param name="shipped">Every edition of what ships.</param>
    /// <param name="own">Every version of the company's own.</param>
    /// <param name="day">The day at the desk.</param>
    public static ContentInForce On(IReadOnlyList<ContentItem> shipped, IEnumerable<ContentItem> own, DateOnly day) => new([.. shipped, .. own], shipped, day);

    /// <summary>Of each item that ships the newest edition.</summary>
    public static IEnumerable<ContentItem> Newest(IEnumerable<ContentItem> shipped) => shipped.GroupBy(item => item.Key).Select(editions => editions.MaxBy(item => item.Edition)!);

    /// <summary>Those of a kind, in the order of their keys as they ship, own ones after them.</summary>
    public IEnumerable<ContentItem> Of(ContentKind kind) => Items.Where(item => item.Kind == kind);

    /// <summary>What to ask in a case: the questions of its category after those that suit every case.</summary>
    /// <param name="category">The case's category; <c>null</c> when it has none yet.</param>
    public IEnumerable<BankQuestion> Questions(string? category)
    {
        var banks = Of(ContentKind.Questions).ToList();
        return banks.Where(bank => bank.Categories.Contains(AnyCategory))
            .Concat(banks.Where(bank => category is not null && bank.Categories.Contains(category.Split('.')[0]))).SelectMany(bank => bank.Questions);
    }

    /// <summary>A question in words, also one that is asked no more, so that an answer that was being typed meanwhile is kept; <c>null</c> when there never was one.</summary>
    public string? QuestionOf(string code) =>
        Items.Concat(_all.OrderByDescending(item => item.Version).ThenByDescending(item => item.Edition)).SelectMany(item => item.Questions).FirstOrDefault(question => question.Code == code)?.Words;

    /// <summary>The words of a letter, with places to fill.</summary>
    /// <exception cref="InvalidOperationException">No such letter ships.</exception>
    public string Letter(LetterKind kind) =>
        (Items.FirstOrDefault(item => item.Letter == kind) ?? Newest(_shipped).FirstOrDefault(item => item.Letter == kind))?.Text ?? throw new InvalidOperationException($"There are no words for {kind}.");

    private CodeSet Set(ContentKind kind) => new((Items.FirstOrDefault(item => item.Kind == kind) ?? Newest(_shipped).FirstOrDefault(item => item.Kind == kind))?.Codes ?? []);

    /// <summary>The rules that hold for a case.</summary>
    /// <param name="category">The case's category; <c>null</c> when it has none yet.</param>
    public IReadOnlyList<ContentItem> Policies(string? category) => [.. Of(ContentKind.Policy).Where(policy => policy.IsFor(category)).OrderBy(policy => policy.Categories.Count == 0).ThenBy(policy => policy.Title, StringComparer.Ordinal)];
}
