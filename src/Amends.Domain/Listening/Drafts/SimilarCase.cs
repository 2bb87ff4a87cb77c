namespace Amends.Domain.Listening.Drafts;

/// <summary>A case that was put right, as far as it takes to compare with it.</summary>
/// <param name="Number">The case.</param>
/// <param name="Text">The customer's words, with the subject.</param>
/// <param name="Category">Its category; <c>null</c> without one.</param>
/// <param name="Product">What was bought; empty when nobody knows.</param>
public sealed record PastCase(long Number, string Text, string? Category, string Product);

/// <summary>A past case that is like the one at hand.</summary>
/// <param name="Number">The case.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Shared">The words that both have.</param>
/// <param name="SameCategory">The category is the same.</param>
/// <param name="SameProduct">So is the product.</param>
public sealed record SimilarCase(long Number, double Score, IReadOnlyList<string> Shared, bool SameCategory, bool SameProduct)
{
    /// <summary>How much each counts: words, category (half for the same group), product.</summary>
    private const double ByWords = 0.6, ByCategory = 0.25, ByProduct = 0.15;

    /// <summary>What is less alike is not shown, unless its category is the same.</summary>
    public const double Least = 0.3;

    /// <summary>Those that are most like it.</summary>
    /// <param name="text">The customer's words of the case at hand, with the subject.</param>
    /// <param name="category">Its category, or what it looks like.</param>
    /// <param name="product">What was bought; empty when nobody knows.</param>
    /// <param name="past">Cases that were put right.</param>
    /// <param name="words">The words of the language.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<SimilarCase> Among(string text, string? category, string product, IReadOnlyList<PastCase> past, ListeningWords words, int most)
    {
        Likeness likeness = new([text, .. past.Select(each => each.Text)], words);
        return [.. past.Select(each =>
        {
            var (alike, shared) = likeness.Between(text, each.Text);
            var (same, group) = (category is not null && each.Category == category, category is not null && each.Category is { } other && other[..3] == category[..3]);
            var bought = product.Length > 0 && string.Equals(product, each.Product, StringComparison.OrdinalIgnoreCase);
            // Few words of two mails are the same even when the matter is; a third of the whole is as good as it gets.
            return new SimilarCase(each.Number, (ByWords * Math.Min(1, 3 * alike)) + (same ? ByCategory : group ? ByCategory / 2 : 0) + (bought ? ByProduct : 0), shared, same, bought);
        }).Where(each => each.SameCategory || (each.Score >= Least && each.Shared.Count > 0)).OrderByDescending(each => each.Score).ThenByDescending(each => each.Number).Take(most)];
    }
}
