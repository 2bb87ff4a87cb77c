using Amends.Domain;

namespace Amends.Data.Backups;

/// <summary>Walks the books: numbers without a gap, every line as it was written, every entry and all together zero in each currency.</summary>
public static class VerifyLedger
{
    /// <summary>Walks all lines in a snapshot.</summary>
    /// <param name="snapshot">What is looked at.</param>
    /// <param name="wrong">Told one sentence for each thing that is wrong.</param>
    /// <returns>How many lines were looked at.</returns>
    public static async Task<long> Run(Snapshot snapshot, Action<string> wrong)
    {
        var (number, hash) = (0L, Array.Empty<byte>());
        var (entry, sums, totals) = (0L, new Dictionary<string, long>(), new Dictionary<string, long>());
        await foreach (var row in snapshot.Rows<LedgerRow>($"select {Books.Columns} from ledger_lines order by number"))
        {
            if (row.Number != number + 1)
                wrong($"Books: {(row.Number == number + 2 ? $"line {number + 1} is missing" : $"lines {number + 1} to {row.Number - 1} are missing")}.");
            else if (!row.Hash.AsSpan().SequenceEqual(Books.Link(hash, row)))
                wrong($"Books: line {row.Number} (case {row.CaseNumber}) is not as it was written.");
            (number, hash) = (row.Number, row.Hash);
            if (row.Entry != entry)
            {
                EndEntry();
                entry = row.Entry;
            }

            sums[row.Currency] = sums.GetValueOrDefault(row.Currency) + row.Minor;
            totals[row.Currency] = totals.GetValueOrDefault(row.Currency) + row.Minor;
        }

        EndEntry();
        foreach (var (currency, sum) in totals.Where(each => each.Value != 0))
            wrong($"Books: all lines together are {new Money(sum, currency)}, not zero.");
        var head = await snapshot.Value<byte[]>("select hash from ledger_head where id = 1") ?? [];
        var last = await snapshot.Value<long?>("select number from ledger_head where id = 1") ?? 0;
        if (last > number)
            wrong($"Books: {(last == number + 1 ? $"line {last} is missing" : $"lines {number + 1} to {last} are missing")} at the end.");
        else if (last < number)
            wrong($"Books: line {last + 1} was added behind their back.");
        else if (number > 0 && !hash.AsSpan().SequenceEqual(head))
            wrong($"Books: line {number} is not the one that was written last.");
        return number;

        void EndEntry()
        {
            foreach (var (currency, sum) in sums.Where(each => each.Value != 0))
                wrong($"Books: entry {entry} does not balance by {new Money(sum, currency)}.");
            sums.Clear();
        }
    }
}
