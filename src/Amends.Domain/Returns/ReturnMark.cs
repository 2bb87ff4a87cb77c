namespace Amends.Domain.Returns;

/// <summary>
/// The lot or serial number of an article, by which we know again what we sent. However it is typed or scanned: blanks, dashes and case do not count, and
/// the application identifiers of GS1 for a lot, (10), and a serial number, (21), are left out.
/// </summary>
public static class ReturnMark
{
    private static readonly char[] Between = [',', ';', '\n'];

    /// <summary>What an order says was sent, in one line; <c>null</c> when it says nothing.</summary>
    /// <param name="serial">Serial numbers, several parted by commas.</param>
    /// <param name="lot">Lots, the same.</param>
    public static string? Sent(string? serial, string? lot)
    {
        var all = string.Join(", ", new[] { serial, lot }.Where(each => All(each).Any()).Select(each => each!.Trim()));
        return all.Length > 0 ? all : null;
    }

    /// <summary>Whether what came back is what was sent: each of its numbers is one of those that were. <c>null</c> when there is nothing to compare.</summary>
    /// <param name="found">On what came back.</param>
    /// <param name="sent">As <see cref="Sent"/> writes it.</param>
    public static bool? Fits(string? found, string? sent)
    {
        var (here, there) = (All(found).ToList(), All(sent).ToHashSet(StringComparer.Ordinal));
        return here.Count == 0 || there.Count == 0 ? null : here.All(there.Contains);
    }

    private static IEnumerable<string> All(string? text) => (text ?? "").Split(Between).Select(Bare).Where(each => each.Length > 0);

    private static string Bare(string text)
    {
        var number = text.Trim();
        if (number.StartsWith("(10)", StringComparison.Ordinal) || number.StartsWith("(21)", StringComparison.Ordinal))
            number = number[4..];
        return string.Concat(number.Where(char.IsLetterOrDigit)).ToUpperInvariant();
    }
}
