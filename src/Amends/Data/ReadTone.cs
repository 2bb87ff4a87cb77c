using Amends.Domain.Calendars;
using Amends.Domain.Listening.Emotion;

namespace Amends.Data;

/// <summary>A row of a message that was heard, and of what a person read in it.</summary>
internal class ReadTone
{
    /// <summary>SQL for all that somebody corrected, of what was said from <c>@from</c> on.</summary>
    public const string Corrected = "select k.case_number, k.heard, k.score, k.level, t.language, t.at, k.at as read_at from tone_corrections k join tones t on t.case_number = k.case_number and t.message_id = k.message_id where t.at >= @from";

    /// <summary>The same for all that were drawn, those that nobody has read among them.</summary>
    public const string Sample = "select s.case_number, t.heard, t.score, s.level, t.language, t.at, s.at as read_at from tone_samples s join tones t on t.case_number = s.case_number and t.message_id = s.message_id where t.at >= @from";

    public long CaseNumber { get; init; }
    public int Heard { get; init; }
    public int Score { get; init; }
    public int? Level { get; init; }
    public string Language { get; init; } = "";
    public long At { get; init; }
    public long? ReadAt { get; init; }

    public DateOnly Day(TimeZoneInfo zone) => LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(At), zone);

    public DateOnly Month(TimeZoneInfo zone) => Day(zone) is var day ? new DateOnly(day.Year, day.Month, 1) : default;

    public ReadMessage Read(TimeZoneInfo zone) => new((UpsetLevel)Heard, Score, (UpsetLevel)Level!.Value, Language, Month(zone));
}
