using System.Text.Encodings.Web;
using System.Text.Json;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain;
using Amends.Domain.Listening.Emotion;

namespace Amends.Commands.Listening;

/// <summary>
/// <c>amends listening export</c>: the messages of this installation that people read, with what they read, for its next training. The file
/// holds customers' words: it is for its owner alone, and nothing of it leaves the machine by itself.
/// </summary>
public static class ListeningExport
{
    private static readonly JsonSerializerOptions OneLine = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a JSON object a line; says how many.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        if (line.Option("--out") is not { } to)
            return CommandLine.Wrong;
        Backup.MustBeThere(line.Surroundings);
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        await using var snapshot = await Snapshot.Take(database);
        var (corrected, sampled, gone) = (0, 0, 0);
        await using (var writer = new StreamWriter(Export.Own(to)))
        {
            // what was read blind counts before a correction of the same message; where a customer's key is gone they were erased
            await foreach (var row in snapshot.Rows<Row>(
                $"""
                select t.case_number, t.message_id, t.heard, t.score, t.language, coalesce(s.level, k.level) as level, case when s.level is null then 0 else 1 end as is_sample, length(u.text_key) as key_length, {HearingDesk.WordsOf}
                from tones t join cases c on c.number = t.case_number join customers u on u.id = c.customer_id
                left join tone_corrections k on k.case_number = t.case_number and k.message_id = t.message_id
                left join tone_samples s on s.case_number = t.case_number and s.message_id = t.message_id and s.level is not null
                where k.level is not null or s.level is not null order by t.case_number, t.message_id
                """, new { }))
            {
                var words = row.State is { } state ? CaseJson.State(state).Story : row.Text;
                if (row.KeyLength == 0 || string.IsNullOrWhiteSpace(words))
                {
                    gone++;
                    continue;
                }

                await writer.WriteLineAsync(JsonSerializer.Serialize(new Entry($"{row.CaseNumber}-{row.MessageId}", words, ((UpsetLevel)row.Level).Code(), ((UpsetLevel)row.Heard).Code(), row.Score, row.Language.Length == 0 ? null : row.Language, row.IsSample == 1 ? "sample" : "correction", "train"), OneLine));
                (corrected, sampled) = row.IsSample == 1 ? (corrected, sampled + 1) : (corrected + 1, sampled);
            }
        }

        Console.WriteLine($"{to}: {Texts.Count(corrected + sampled, "text")}, {Texts.Count(corrected, "correction")} and {sampled} of the sample{(gone > 0 ? $"; {gone} without words any more were left out" : "")}. It holds customers' words: keep it on this machine, and delete it after the training.");
        return 0;
    }

    private sealed record Entry(string Id, string Text, string Level, string Heard, int Score, string? Language, string Source, string Part);

    private sealed class Row
    {
        public long CaseNumber { get; init; }
        public long MessageId { get; init; }
        public int Heard { get; init; }
        public int Score { get; init; }
        public string Language { get; init; } = "";
        public int Level { get; init; }
        public int IsSample { get; init; }
        public int KeyLength { get; init; }
        public string Text { get; init; } = "";
        public string? State { get; init; }
    }
}
