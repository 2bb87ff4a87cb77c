using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.Listening.Emotion;
using Dapper;

namespace Amends.Data;

/// <summary>Which of the messages of <see cref="HearingReport"/> a figure counts. What is <c>null</c> narrows nothing.</summary>
/// <param name="Part">Of what was heard, corrected, or read blind.</param>
/// <param name="Days">Of how many days.</param>
/// <param name="Heard">What they were heard as.</param>
/// <param name="Read">What a person read in them.</param>
/// <param name="How">How the two agree.</param>
/// <param name="Band">The lowest score of their band.</param>
/// <param name="Language">Their language; empty where it is not known.</param>
/// <param name="Month">The first day of their month.</param>
public sealed record HeardMessages(HeardPart Part, int Days, UpsetLevel? Heard = null, UpsetLevel? Read = null, Agreement? How = null, int? Band = null, string? Language = null, DateOnly? Month = null)
{
    /// <summary>As the query of <c>/reports/hearing/cases</c>.</summary>
    public string Query => string.Concat($"of={Part}&days={Days}", Heard is { } heard ? $"&heard={heard.Code()}" : "", Read is { } read ? $"&read={read.Code()}" : "", How is { } how ? $"&how={how}" : "",
        Band is { } band ? string.Create(CultureInfo.InvariantCulture, $"&band={band}") : "", Language is { } language ? $"&language={(language.Length == 0 ? Unknown : Uri.EscapeDataString(language))}" : "", Month is { } month ? month.ToString("'&month='yyyy-MM", CultureInfo.InvariantCulture) : "");

    private const string Unknown = "unknown";

    /// <summary>From such a query.</summary>
    /// <returns><c>null</c> when it makes no sense.</returns>
    public static HeardMessages? Parse(string? of, int? days, string? heard, string? read, string? how, int? band, string? language, string? month)
    {
        var part = of is null ? HeardPart.Heard : Enum.TryParse<HeardPart>(of, out var named) && Enum.IsDefined(named) ? named : (HeardPart?)null;
        var agreement = Enum.TryParse<Agreement>(how, out var agreed) && Enum.IsDefined(agreed) ? agreed : (Agreement?)null;
        var first = DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null;
        var isWrong = part is null || heard is not null && UpsetLevels.Of(heard) is null || read is not null && UpsetLevels.Of(read) is null || how is not null && agreement is null || month is not null && first is null;
        return isWrong ? null : new(part!.Value, HearingDesk.DaysOf(days), UpsetLevels.Of(heard), UpsetLevels.Of(read), agreement, band, language == Unknown ? "" : language, first);
    }

    /// <summary>Whether a message that a person read is one of them.</summary>
    public bool Has(ReadMessage message) => (Heard is null || message.Heard == Heard) && (Read is null || message.Level == Read) && (How is null || How.Value.Holds(message.Heard, message.Level))
        && (Band is null || Calibration.BandOf(message.Score) == Band) && (Language is null || message.Language == Language) && (Month is null || message.Month == Month);
}

/// <summary>Of which messages.</summary>
public enum HeardPart
{
    /// <summary>All that were heard.</summary>
    Heard = 1,

    /// <summary>Those that somebody corrected.</summary>
    Corrected,

    /// <summary>Those that were drawn by chance and read blind.</summary>
    Sample,
}

/// <summary>The cases behind the figures of <see cref="HearingReport"/>.</summary>
public sealed class HearingCases(Database database)
{
    /// <summary>Finds the cases with such messages, the newest message first. What waits to be read blind is in none but of all that were heard.</summary>
    /// <param name="wanted">Which messages.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The company's.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>No more than <see cref="CountedCases.Most"/> and one.</returns>
    public Task<IReadOnlyList<CountedCases.Found>> Read(HeardMessages wanted, DateTimeOffset now, TimeZoneInfo zone, CancellationToken ct) => database.Read(async connection =>
    {
        var from = LocalDay.Begins(LocalDay.Of(now, zone).AddDays(1 - wanted.Days), zone).ToUnixTimeMilliseconds();
        if (wanted.Part == HeardPart.Heard)
        {
            var rows = await connection.QueryAsync<ReadTone>(new CommandDefinition(
                $"select case_number, max(at) as at, max(heard) as heard from tones where at >= @from{(wanted.Heard is null ? "" : " and heard = @heard")} group by case_number order by at desc, case_number desc limit @Most",
                new { from, heard = (int?)wanted.Heard, Most = CountedCases.Most + 1 }, cancellationToken: ct));
            return await CountedCases.Named(connection, database, rows.Select(row => (row.CaseNumber, row.Day(zone), (string?)$"heard {Word(row.Heard)}")));
        }

        var read = (await connection.QueryAsync<ReadTone>(new CommandDefinition(wanted.Part == HeardPart.Sample ? ReadTone.Sample : ReadTone.Corrected, new { from }, cancellationToken: ct))).Where(row => row.Level is not null && wanted.Has(row.Read(zone)));
        return await CountedCases.Named(connection, database, read.GroupBy(row => row.CaseNumber).Select(each => each.MaxBy(row => row.At)!).OrderByDescending(row => row.At).ThenByDescending(row => row.CaseNumber)
            .Select(row => (row.CaseNumber, row.Day(zone), (string?)$"heard {Word(row.Heard)}, read {Word(row.Level!.Value)}")));
    }, ct);

    private static string Word(int level) => ((UpsetLevel)level).Code().Replace('_', ' ');
}
