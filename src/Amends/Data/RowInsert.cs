using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Amends.Data;

/// <summary>
/// A statement that adds one row of given values, in a form that adds several: PostgreSQL opens a table with its indexes
/// once a statement, which costs more than most rows do.
/// </summary>
internal sealed partial class RowInsert
{
    private static readonly ConcurrentDictionary<string, RowInsert?> Known = new();

    private readonly string _before, _after;
    private readonly string[] _pieces; // a row's text, before, between and after its parameters
    private readonly int[] _places; // which parameter stands after each piece but the last
    private readonly ConcurrentDictionary<int, string> _texts = new();

    private RowInsert(Match insert)
    {
        (_before, _after) = (insert.Groups["before"].Value, insert.Groups["after"].Value);
        var parts = Parameter().Split(insert.Groups["row"].Value); // pieces and names in turn
        _pieces = [.. parts.Where((_, i) => i % 2 == 0)];
        var names = parts.Where((_, i) => i % 2 == 1).ToList();
        Parameters = [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
        _places = [.. names.Select(name => Array.FindIndex(Parameters, each => each.Equals(name, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <summary>The names of a row's parameters, each once, in the order in which <see cref="Text"/> counts them.</summary>
    public string[] Parameters { get; }

    /// <summary>What <paramref name="sql"/> is as such a statement; null when it does anything else, such as say which rows it added.</summary>
    public static RowInsert? Of(string sql) =>
        Known.GetOrAdd(sql, text => Shape().Match(text) is { Success: true } insert && !Otherwise().IsMatch(insert.Groups["row"].Value) ? new(insert) : null);

    /// <summary>The statement for so many rows, with parameters by their place: those of the first row, then those of the second.</summary>
    public string Text(int rows) => _texts.GetOrAdd(rows, count =>
    {
        var text = new StringBuilder(_before);
        for (var row = 0; row < count; row++)
        {
            if (row > 0)
                text.Append(", ");
            for (var i = 0; i < _places.Length; i++)
                text.Append(_pieces[i]).Append('$').Append(row * Parameters.Length + _places[i] + 1);
            text.Append(_pieces[^1]);
        }

        return text.Append(_after).ToString();
    });

    [GeneratedRegex(@"^\s*(?<before>insert into \w+ \([^)]*\)\s+values )(?<row>\(.*?\))(?<after>(\s+on conflict( \([^)]*\))? do nothing)?)\s*$", RegexOptions.Singleline)]
    private static partial Regex Shape();

    [GeneratedRegex(@"\b(on conflict|returning|select)\b")]
    private static partial Regex Otherwise();

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();
}
