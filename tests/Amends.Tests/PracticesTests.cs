using System.Text.RegularExpressions;

namespace Amends.Tests;

/// <summary>docs/practices.md is a promise to its readers: every practice is there, and what is called built has a test.</summary>
public sealed partial class PracticesTests
{
    private static readonly string[] Pieces = ["the whole path", "mail engine", "recovery", "language", "causes and value"];

    private static readonly IReadOnlyList<Practice> Rows =
    [
        .. from line in File.ReadLines(Path.Combine(Checkout.Root, "docs", "practices.md"))
           let cells = line.Split('|').Select(cell => cell.Trim()).ToArray()
           where cells.Length == 7 && Identifier().IsMatch(cells[1])
           select new Practice(cells[1], cells[2], cells[3], cells[4], cells[5]),
    ];

    [Fact]
    public void Every_practice_is_listed_once_in_its_order() => Assert.Equal(Expected(), Rows.Select(row => row.Id));

    [Fact]
    public void Every_row_says_which_piece_builds_it_and_how_far_it_is() => Assert.All(Rows, row =>
    {
        Assert.NotEmpty(row.Text);
        Assert.Contains(row.Piece, Pieces);
        Assert.Contains(row.Status, (string[])["built", "partly", "planned"]);
        Assert.True(row.Status != "built" || row.Test != "—", $"{row.Id} is called built and names no test");
    });

    [Fact]
    public void Every_test_named_there_exists()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Method().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.All(
            from row in Rows where row.Test != "—" from name in row.Test.Split(',') select name.Trim().Trim('`'),
            name => Assert.Contains(name, tests));
    }

    private static IEnumerable<string> Expected() =>
        [
            .. Numbers(0, 20), .. Numbers(1, 22), .. Numbers(2, 18),
            .. Numbers(3, 28).SelectMany(id => id == "3-10" ? (string[])["3-10a", "3-10b", "3-10c", "3-10d"] : [id]),
            .. Numbers(4, 13), .. Enumerable.Range(1, 11).Select(number => $"C{number}"), .. Numbers(5, 7),
        ];

    private static IEnumerable<string> Numbers(int group, int last) => Enumerable.Range(1, last).Select(number => $"{group}-{number}");

    [GeneratedRegex(@"^(\d-\d+[a-d]?|C\d+)$")]
    private static partial Regex Identifier();

    // A test's method stands on the line of its name, after Fact, Theory or Property and whatever feeds it.
    [GeneratedRegex(@"\[(?:Fact|Theory|Property)\b[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public\s+(?:static\s+)?(?:async\s+)?[\w<>?.]+\s+(\w+)\s*\(")]
    private static partial Regex Method();

    private sealed record Practice(string Id, string Text, string Piece, string Status, string Test);
}
