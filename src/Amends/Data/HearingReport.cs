using System.Globalization;
using System.Text;
using Amends.Domain.Calendars;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data;

/// <summary>How well it hears on this installation.</summary>
/// <param name="From">The first day of what was said.</param>
/// <param name="Days">How many days.</param>
/// <param name="Heard">How many messages were heard as each level.</param>
/// <param name="Corrected">Messages that somebody corrected: a biased sample, since right ones are passed over.</param>
/// <param name="Sample">Messages drawn by chance and read blind.</param>
/// <param name="Waiting">Messages of the sample that nobody has read yet.</param>
/// <param name="Unclear">Messages of the sample of which whoever read them could not tell.</param>
/// <param name="Own">The model of this installation beside the shipped one, on what was read blind since it was made; <c>null</c> without one.</param>
public sealed record HearingReport(DateOnly From, int Days, IReadOnlyList<int> Heard, Calibration Corrected, Calibration Sample, int Waiting, int Unclear, ModelsCompared? Own)
{
    /// <summary>All messages that were heard.</summary>
    public int All => Heard.Sum();

    /// <summary>How many of them were corrected: what is wrong and was seen, no measure of what is wrong.</summary>
    public Proportion Share => new(Corrected.Messages.Count, All);

    /// <summary>All figures as CSV: part, group, figure, hits, of, and the share with its 95 % interval where there are enough.</summary>
    public string Csv()
    {
        var csv = new StringBuilder("part,group,figure,hits,of,share,low,high\n");
        foreach (var level in Enum.GetValues<UpsetLevel>())
            Line("heard", "all", level.Code(), new Proportion(Heard[(int)level], All));
        Line("corrected", "all", "corrected", Share);
        foreach (var (part, calibration) in ((string, Calibration)[])[("corrected", Corrected), ("sample", Sample)])
        {
            Figures(part, "all", calibration);
            foreach (var heard in Enum.GetValues<UpsetLevel>())
            {
                foreach (var read in Enum.GetValues<UpsetLevel>())
                    Line(part, $"heard {heard.Code()}", $"read {read.Code()}", new Proportion(calibration.At(heard, read), Enum.GetValues<UpsetLevel>().Sum(each => calibration.At(heard, each))));
            }

            foreach (var band in calibration.Bands)
            {
                Line(part, $"score {band.From}-{band.To}", "read annoyed or worse", band.Annoyed);
                Line(part, $"score {band.From}-{band.To}", "read upset or worse", band.Upset);
            }

            foreach (var (language, of) in calibration.ByLanguage)
                Figures(part, $"language {(language.Length == 0 ? "unknown" : language)}", of);
            foreach (var (month, of) in calibration.ByMonth)
                Figures(part, $"month {month:yyyy-MM}", of);
        }

        return csv.ToString();

        void Figures(string part, string group, Calibration of)
        {
            foreach (var (figure, share, _) in Named(of))
                Line(part, group, figure, share);
        }

        void Line(string part, string group, string figure, Proportion share)
        {
            var shown = share is { IsFew: false, Interval: not null };
            csv.Append(CsvCell.Of(part)).Append(',').Append(CsvCell.Of(group)).Append(',').Append(CsvCell.Of(figure)).Append(CultureInfo.InvariantCulture, $",{share.Hits},{share.Of},");
            csv.Append(shown ? string.Create(CultureInfo.InvariantCulture, $"{share.Share!.Value:0.0000},{share.Interval!.Value.Low:0.0000},{share.Interval!.Value.High:0.0000}") : ",,").Append('\n');
        }
    }

    /// <summary>The figures of a calibration with their names in the file.</summary>
    public static IReadOnlyList<(string Figure, Proportion Share, Agreement Hits)> Named(Calibration of) =>
    [
        ("the same level", of.Same, Agreement.Same), ("one level off at the most", of.WithinOne, Agreement.WithinOne), ("heard too calm", of.TooCalm, Agreement.TooCalm), ("heard too upset", of.TooUpset, Agreement.TooUpset),
        ("upset or worse, found", of.UpsetFound, Agreement.BothUpset), ("upset or worse, right", of.UpsetRight, Agreement.BothUpset),
    ];
}

/// <summary>Two models on the same texts.</summary>
/// <param name="Own">This installation's.</param>
/// <param name="Shipped">The shipped one.</param>
public sealed record ModelsCompared(Calibration Own, Calibration Shipped);

/// <summary>Reads the report, draws samples and keeps what people read in them.</summary>
public sealed class HearingDesk(Database database, Ear ear)
{
    /// <summary>How many messages are drawn at once.</summary>
    public const int Draw = 20;

    /// <summary>The choices of how far back the report goes, in days.</summary>
    public static readonly IReadOnlyList<int> Choices = [30, 90, 365];

    /// <summary>One of <see cref="Choices"/>; 90 for anything else.</summary>
    public static int DaysOf(int? asked) => asked is { } days && Choices.Contains(days) ? days : 90;

    private const int MostCompared = 400;
    private const long Day = 86_400_000;

    /// <summary>The words of a heard message: of the one that a case began with, its story.</summary>
    internal const string WordsOf = "case when t.message_id = 0 then '' else coalesce((select m.text from messages m where m.id = t.message_id), '') end as text, case when t.message_id = 0 then c.state end as state";

    /// <summary>The report on what was said in the last days.</summary>
    /// <param name="days">One of <see cref="Choices"/>; 90 for any other.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The company's.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<HearingReport> Read(int? days, DateTimeOffset now, TimeZoneInfo zone, CancellationToken ct = default)
    {
        var back = DaysOf(days);
        var begins = LocalDay.Of(now, zone).AddDays(1 - back);
        var from = LocalDay.Begins(begins, zone).ToUnixTimeMilliseconds();
        var (heard, corrected, sample, compared) = await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                $"""
                select heard, count(*) as count from tones where at >= @from group by heard;
                {ReadTone.Corrected};
                {ReadTone.Sample};
                select s.level, t.language, t.at, {WordsOf} from tone_samples s join tones t on t.case_number = s.case_number and t.message_id = s.message_id join cases c on c.number = t.case_number
                    where t.at >= @from and s.level is not null and s.at >= @made order by s.at desc limit {MostCompared}
                """, new { from, made = ear.Own?.MadeAt.ToUnixTimeMilliseconds() ?? long.MaxValue });
            return ((await all.ReadAsync<CountRow>()).AsList(), (await all.ReadAsync<ReadTone>()).AsList(), (await all.ReadAsync<ReadTone>()).AsList(), (await all.ReadAsync<TextRow>()).AsList());
        }, ct);
        return new HearingReport(begins, back, [.. Enum.GetValues<UpsetLevel>().Select(level => heard.Where(each => each.Heard == (int)level).Sum(each => each.Count))],
            Calibration.Of(corrected.Select(row => row.Read(zone))), Calibration.Of(sample.Where(row => row.Level is not null).Select(row => row.Read(zone))),
            sample.Count(row => row.ReadAt is null), sample.Count(row => row is { ReadAt: not null, Level: null }),
            ear.Own is null ? null : new ModelsCompared(Heard(ear), Heard(Ear.Shipped)));

        Calibration Heard(Ear by) => Calibration.Of(compared.Select(row => (row, heard: by.Hear(row.Words))).Select(each =>
            new ReadMessage(each.heard.Level, (int)MathF.Round(each.heard.Score * 1000), (UpsetLevel)each.row.Level!.Value, each.row.Language, each.row.Month(zone))));
    }

    /// <summary>Draws messages by chance out of all that were heard in the last days, those that were corrected too; returns how many.</summary>
    /// <param name="now">Now.</param>
    public Task<int> DrawSample(DateTimeOffset now) => database.Write(unit => unit.Run(
        $"""
        insert into tone_samples (case_number, message_id, drawn_at)
        select t.case_number, t.message_id, @now from tones t
        where t.at >= @from and not exists (select 1 from tone_samples s where s.case_number = t.case_number and s.message_id = t.message_id) order by random() limit {Draw} on conflict do nothing
        """, new { now = now.ToUnixTimeMilliseconds(), from = now.ToUnixTimeMilliseconds() - 90 * Day }));

    /// <summary>The next message that waits to be read, by its words alone; <c>null</c> when none does.</summary>
    public async Task<ToRead?> Next(CancellationToken ct = default) => await database.Read(async connection =>
    {
        using var all = await connection.QueryMultipleAsync(
            $"""
            select t.case_number, t.message_id, t.language, t.at, {WordsOf} from tone_samples s join tones t on t.case_number = s.case_number and t.message_id = s.message_id join cases c on c.number = t.case_number
                where s.at is null order by s.drawn_at, s.case_number, s.message_id limit 1;
            select count(*) from tone_samples where at is null
            """);
        return await all.ReadSingleOrDefaultAsync<TextRow>() is { } row ? new ToRead(row.CaseNumber, row.MessageId, row.Words, await all.ReadSingleAsync<int>()) : null;
    }, ct);

    /// <summary>Keeps what somebody reads in a message of the sample; a second time changes nothing.</summary>
    /// <param name="number">The case.</param>
    /// <param name="message">The message.</param>
    /// <param name="level">What it is; <c>null</c> where they cannot tell.</param>
    /// <param name="person">Who read it.</param>
    /// <param name="now">Now.</param>
    public Task Keep(long number, long message, UpsetLevel? level, long person, DateTimeOffset now) => database.Write(unit => unit.Run(
        "update tone_samples set level = @level, person_id = @person, at = @at where case_number = @number and message_id = @message and at is null",
        new { number, message, level = (int?)level, person, at = now.ToUnixTimeMilliseconds() }));

    /// <summary>A message to be read blind.</summary>
    /// <param name="CaseNumber">Its case.</param>
    /// <param name="MessageId">The message; 0 for the one that the case began with.</param>
    /// <param name="Words">Its words.</param>
    /// <param name="Waiting">How many wait, this one among them.</param>
    public sealed record ToRead(long CaseNumber, long MessageId, string Words, int Waiting);

    private sealed class CountRow
    {
        public int Heard { get; init; }
        public int Count { get; init; }
    }

    private sealed class TextRow : ReadTone
    {
        public long MessageId { get; init; }
        public string Text { get; init; } = "";
        public string? State { get; init; }

        public string Words => State is { } document ? CaseJson.State(document).Story : Text;
    }
}
