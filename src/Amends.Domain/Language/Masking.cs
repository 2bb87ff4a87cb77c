using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Amends.Domain.Language;

/// <summary>
/// Texts with placeholders such as <c>[NAME_1]</c> in place of whatever is personal, and the way back. The same words get the same placeholder in all
/// of the texts; words that differ in one letter get different ones, so that taking them back gives the very text.
/// </summary>
public sealed partial class Masking
{
    /// <summary>The longest text that is looked at; what comes behind it is cut off.</summary>
    public const int Longest = 50_000;

    private readonly Dictionary<string, string> _kept;

    private Masking(IReadOnlyList<string> texts, Dictionary<string, string> kept)
    {
        (Texts, _kept) = (texts, kept);
    }

    /// <summary>The texts, masked, in their order.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>What each placeholder stands for.</summary>
    public IReadOnlyDictionary<string, string> Kept => _kept;

    /// <summary>Masks some texts together. Never throws, whatever is in them.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="known">What is known of the people they speak of.</param>
    public static Masking Of(IReadOnlyList<string> texts, KnownPersonal known)
    {
        var (placeholders, kept, counts) = (new Dictionary<(PersonalKind, string), string>(), new Dictionary<string, string>(), new Dictionary<PersonalKind, int>());
        string Placeholder(PersonalKind kind, string words)
        {
            if (placeholders.TryGetValue((kind, words), out var before))
                return before;
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            var made = string.Create(CultureInfo.InvariantCulture, $"[{WordFor(kind)}_{counts[kind]}]");
            placeholders[(kind, words)] = made;
            kept[made] = words;
            return made;
        }

        var people = new KnownPeople(known);
        return new Masking([.. texts.Select(text => Masked(Domain.Texts.Cut(text, Longest), people, Placeholder))], kept);
    }

    /// <summary>Puts back what the placeholders of an answer stand for; those that stand for nothing stay.</summary>
    /// <param name="text">An answer, or one of the masked texts.</param>
    /// <param name="kept">What each placeholder stands for, as <see cref="Kept"/> gives it.</param>
    public static string Restore(string text, IReadOnlyDictionary<string, string> kept) =>
        Placeholders().Replace(text, found => kept.TryGetValue(found.Value, out var words) ? words : found.Value);

    /// <summary>Placeholders in an answer that stand for nothing: a model made them up.</summary>
    public static IReadOnlyList<string> Unknown(string text, IReadOnlyDictionary<string, string> kept) =>
        [.. Placeholders().Matches(text).Select(found => found.Value).Where(found => !kept.ContainsKey(found)).Distinct()];

    /// <summary>How many different things of each kind were masked, in words for whoever looks before it goes.</summary>
    public static string Says(IReadOnlyDictionary<string, string> kept)
    {
        var counted = kept.Keys.GroupBy(placeholder => placeholder[1..placeholder.LastIndexOf('_')]).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count().ToString(CultureInfo.InvariantCulture)} × {group.Key.ToLowerInvariant()}").ToList();
        return counted.Count == 0 ? "nothing personal was found" : string.Join(", ", counted);
    }

    private static string Masked(string text, KnownPeople people, Func<PersonalKind, string, string> placeholder)
    {
        var masked = new StringBuilder(text.Length);
        var at = 0;
        foreach (var span in Joined(PersonalData.In(text, people)))
        {
            masked.Append(text, at, span.Start - at).Append(placeholder(span.Kind, text[span.Start..span.End]));
            at = span.End;
        }

        return masked.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Stretches that lie over each other become one, so that no part of any is left.</summary>
    private static List<PersonalSpan> Joined(List<PersonalSpan> spans)
    {
        spans.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.End.CompareTo(left.End));
        var joined = new List<PersonalSpan>(spans.Count);
        var longest = 0;
        foreach (var span in spans)
        {
            var length = span.End - span.Start;
            if (joined.Count == 0 || span.Start >= joined[^1].End)
            {
                joined.Add(span);
                longest = length;
                continue;
            }

            var names = length > longest || (length == longest && span.Kind < joined[^1].Kind); // the longest names all of them
            joined[^1] = new(joined[^1].Start, Math.Max(joined[^1].End, span.End), names ? span.Kind : joined[^1].Kind);
            longest = Math.Max(longest, length);
        }

        return joined;
    }

    private static string WordFor(PersonalKind kind) => kind switch { PersonalKind.Placeholder => "TEXT", _ => kind.ToString().ToUpperInvariant() };

    [GeneratedRegex(@"\[[A-Z]{2,12}_[0-9]{1,6}\]", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholders();
}
