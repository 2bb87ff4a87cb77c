namespace Amends.Data;

/// <summary>
/// The order in which statements of units that run side by side are sent: each unit's own order stays, and rows that several
/// of them add to one table, or one of them one after the other, become one statement.
/// </summary>
internal static class SideBySide
{
    /// <summary>The most rows of one statement. Numbers of rows are powers of two, so that the server has few statements to remember.</summary>
    private const int MostRows = 32;

    /// <summary>What is sent, in order.</summary>
    /// <param name="requests">What each unit asks, at most one each.</param>
    public static IEnumerable<Sent> Of(IReadOnlyList<RoundTrip.Request> requests)
    {
        var next = new int[requests.Count];
        var left = requests.Sum(request => request.Statements.Length);
        var same = new List<RoundTrip.Statement>();
        while (left > 0)
        {
            var turn = Next(requests, next);
            var first = requests[turn].Statements[next[turn]];
            if (first.Row is null)
            {
                left--;
                yield return new(first, requests[turn], next[turn]++);
                continue;
            }

            same.Clear();
            for (var i = 0; i < requests.Count; i++)
            {
                for (var statements = requests[i].Statements; next[i] < statements.Length && statements[next[i]].IsLike(first); next[i]++)
                    same.Add(statements[next[i]]);
            }

            left -= same.Count;
            for (var at = 0; at < same.Count;)
            {
                var rows = Math.Min(MostRows, 1 << (int)Math.Log2(same.Count - at));
                yield return new(same.GetRange(at, rows));
                at += rows;
            }
        }
    }

    /// <summary>Whose turn it is: what most of them wait to send, so that those who are behind catch up.</summary>
    private static int Next(IReadOnlyList<RoundTrip.Request> requests, int[] next)
    {
        var waiting = new Dictionary<string, (int Count, int First)>(StringComparer.Ordinal);
        for (var i = 0; i < requests.Count; i++)
        {
            if (next[i] == requests[i].Statements.Length)
                continue;
            var sql = requests[i].Statements[next[i]].Sql;
            waiting[sql] = waiting.TryGetValue(sql, out var known) ? (known.Count + 1, known.First) : (1, i);
        }

        return waiting.Values.MaxBy(each => each.Count).First;
    }

    /// <summary>One command on its way.</summary>
    /// <param name="Statements">One, or the rows that go as one.</param>
    internal sealed record Sent(IReadOnlyList<RoundTrip.Statement> Statements)
    {
        public Sent(RoundTrip.Statement statement, RoundTrip.Request of, int at)
            : this([statement]) => (Of, At) = (of, at);

        /// <summary>Whose it is, when somebody may want to know what it did.</summary>
        public RoundTrip.Request? Of { get; }

        /// <summary>Where it stands there.</summary>
        public int At { get; }
    }
}
