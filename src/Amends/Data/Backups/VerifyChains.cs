using System.Text.Json;

namespace Amends.Data.Backups;

/// <summary>
/// Walks the hash chain of every case: an event that was changed, removed, added or moved is found, and so is one whose
/// words, or the words of its message, no longer fit their digests.
/// </summary>
public static class VerifyChains
{
    /// <summary>Walks all chains in a snapshot.</summary>
    /// <param name="snapshot">What is looked at.</param>
    /// <param name="wrong">Told one sentence for each case that is wrong: its first bad event.</param>
    /// <returns>How many cases and events were looked at.</returns>
    public static async Task<(long Cases, long Events)> Run(Snapshot snapshot, Action<string> wrong)
    {
        var (cases, events) = (0L, 0L);
        Walk? walk = null;
        await foreach (var row in snapshot.Rows<Row>(
            """
            select c.number, c.chain_length, c.chain_head, k.text_key, e.id, e.seq, e.at, e.kind, e.body, e.sealed, e.hash,
                m.id as said_id, m.author_name, m.subject, m.text, m.elided, m.html
            from cases c join customers k on k.id = coalesce(c.sealed_for, c.customer_id) left join events e on e.case_number = c.number
                left join messages m on m.id = e.message_id order by c.number, e.seq
            """))
        {
            if (walk?.Number != row.Number)
            {
                walk?.End(wrong);
                walk = new Walk(row);
                cases++;
            }

            if (row.Id is null)
                continue;
            walk.Next(row);
            events++;
        }

        walk?.End(wrong);
        await foreach (var number in snapshot.Rows<long>("select distinct case_number from events where case_number not in (select number from cases) order by case_number"))
            wrong($"Case {number}: its events are here, the case is gone.");
        return (cases, events);
    }

    /// <summary>One case.</summary>
    private sealed class Walk(Row first)
    {
        private byte[] _head = [];
        private int _seq;
        private string? _wrong;

        public long Number => first.Number;

        public void Next(Row row)
        {
            if (_wrong is not null)
                return;
            _seq++;
            _wrong = row.Seq != _seq ? $"event {_seq} is missing"
                : !row.Hash.AsSpan().SequenceEqual(CaseJson.Link(_head, Number, _seq, row.At, row.Kind, row.Sealed)) ? $"event {_seq} ({row.Kind}, row {row.Id}) is not as it was written"
                : !Fits(row) ? $"the words of event {_seq} ({row.Kind}, row {row.Id}) are not as they were written"
                : null;
            _head = row.Hash;
        }

        public void End(Action<string> wrong)
        {
            _wrong ??= _seq != first.ChainLength ? _seq < first.ChainLength ? $"event {_seq + 1} is missing at the end" : $"event {first.ChainLength + 1} was added behind its back"
                : !first.ChainHead.AsSpan().SequenceEqual(_head) ? "its chain ends elsewhere than the case says" : null;
            if (_wrong is not null)
                wrong($"Case {Number}: {_wrong}.");
        }

        private bool Fits(Row row)
        {
            try
            {
                var said = !CaseJson.CoversMessage(row.Sealed) ? null
                    : row.SaidId is null ? "" // the message is gone
                    : new Said { AuthorName = row.AuthorName, Subject = row.Subject, Text = row.Text, Elided = row.Elided, Html = row.Html }.Words;
                return CaseJson.Seal(CaseJson.Event(row.Kind, row.Body), row.Body, row.TextKey, said) == row.Sealed;
            }
            catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or NotSupportedException)
            {
                return false;
            }
        }
    }

    private sealed class Row
    {
        public long Number { get; init; }
        public int ChainLength { get; init; }
        public byte[] ChainHead { get; init; } = [];
        public byte[] TextKey { get; init; } = [];
        public long? Id { get; init; }
        public int Seq { get; init; }
        public long At { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
        public string Sealed { get; init; } = "";
        public byte[] Hash { get; init; } = [];
        public long? SaidId { get; init; }
        public string AuthorName { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Text { get; init; } = "";
        public string Elided { get; init; } = "";
        public string? Html { get; init; }
    }
}
