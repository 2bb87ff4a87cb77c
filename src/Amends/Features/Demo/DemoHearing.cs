using Amends.Data;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.People;
using Dapper;

namespace Amends.Features.Demo;

/// <summary>What people of the demo read in messages: a few corrections of closed cases, and a sample that was read for the most part.</summary>
internal sealed class DemoHearing(Database database, CaseStore cases)
{
    private const int Corrected = 4, Drawn = 26, Read = 22;

    /// <summary>Reads them.</summary>
    public Task Run(Actor lead, DateTimeOffset now) => database.Write(async unit =>
    {
        var rows = await unit.List<Row>("select t.case_number, t.message_id, t.heard, case when c.closed_at is null then 0 else 1 end as is_closed from tones t join cases c on c.number = t.case_number order by t.case_number, t.message_id");
        foreach (var row in rows.Where(row => row.IsClosed == 1).Where((_, i) => i % 5 == 0).Take(Corrected))
        {
            var level = (UpsetLevel)(row.Heard == (int)UpsetLevel.VeryUpset ? row.Heard - 1 : row.Heard + 1);
            await cases.ChangeIn(unit, row.CaseNumber, (@case, inside) => ToneCorrections.Add(inside, @case, row.CaseNumber, row.MessageId, level, lead, now.AddDays(-2)));
        }

        var at = now.AddDays(-3).ToUnixTimeMilliseconds();
        foreach (var (row, i) in rows.Where((_, i) => i % 3 == 1).Take(Drawn).Select((row, i) => (row, i)))
        {
            int? level = i >= Read || i == 7 ? null : i % 5 == 2 ? Math.Min(row.Heard + 1, 3) : i % 11 == 4 ? Math.Max(row.Heard - 1, 0) : row.Heard;
            await unit.Run("insert into tone_samples (case_number, message_id, drawn_at, level, person_id, at) values (@CaseNumber, @MessageId, @at, @level, @person, @read)",
                new { row.CaseNumber, row.MessageId, at, level, person = i < Read ? lead.Id : (long?)null, read = i < Read ? at + 3_600_000 : (long?)null });
        }
    });

    private sealed class Row
    {
        public long CaseNumber { get; init; }
        public long MessageId { get; init; }
        public int Heard { get; init; }
        public int IsClosed { get; init; }
    }
}
