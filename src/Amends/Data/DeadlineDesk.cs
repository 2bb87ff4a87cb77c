using System.Globalization;
using System.Text.Json;
using Amends.Domain.Deadlines;
using Dapper;

namespace Amends.Data;

/// <summary>Which presets are on, and when a business day closes.</summary>
public sealed record DeadlineSettings
{
    /// <summary>The name of the setting.</summary>
    public const string Setting = "deadlines";

    /// <summary>Presets that somebody switched, by their key; the others are as they come.</summary>
    public IReadOnlyDictionary<string, bool> Switched { get; init; } = new Dictionary<string, bool>();

    /// <summary>The hour at which a business day closes, as <c>17:00</c>.</summary>
    public string CutOff { get; init; } = "17:00";

    /// <summary>The day of the month on which customers' billing cycles close, 1 to 31; <c>null</c> when they have none in common.</summary>
    public int? BillingDay { get; init; }

    /// <summary>Whether a preset is on.</summary>
    public bool IsOn(Preset preset) => Switched.TryGetValue(preset.Key, out var on) ? on : preset.OnByDefault;
}

/// <summary>The book of deadlines as it stands: kept for a few seconds, as the settings are, since every change of a case asks for it.</summary>
public sealed class DeadlineDesk(Database database, StoredSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2); // so that other nodes follow
    private (DeadlineBook Book, Company Company, long At)? _kept;

    /// <summary>The book.</summary>
    public async ValueTask<DeadlineBook> Book(CancellationToken ct = default)
    {
        var company = await settings.Company(ct);
        if (_kept is { } kept && ReferenceEquals(kept.Company, company) && clock.GetElapsedTime(kept.At) < Fresh)
            return kept.Book;
        var chosen = await settings.Get<DeadlineSettings>(DeadlineSettings.Setting, ct) ?? new();
        var rows = await database.Read(connection => connection.QueryAsync<Row>("select code, version, body from holiday_calendars order by code, version"), ct);
        List<HolidayCalendar> calendars = [.. PresetFiles.Calendars, .. rows.Select(row => row.Read())];
        if (!calendars.Exists(calendar => calendar.Key == HolidayCalendars.Company))
            calendars.Add(Of(company, 1));
        var book = new DeadlineBook(PresetFiles.All, PresetFiles.All.Where(chosen.IsOn).Select(preset => preset.Key).ToHashSet(), calendars,
            new DayRules(company.Zone(), TimeOnly.ParseExact(chosen.CutOff, "HH:mm", CultureInfo.InvariantCulture)) { BillingDay = chosen.BillingDay });
        _kept = (book, company, clock.GetTimestamp());
        return book;
    }

    /// <summary>Stores which presets are on, and when a business day closes.</summary>
    public async Task Set(DeadlineSettings chosen)
    {
        await settings.Set(DeadlineSettings.Setting, chosen);
        _kept = null;
    }

    /// <summary>Stores a new version of a calendar; due dates that were counted keep theirs.</summary>
    /// <param name="calendar">As it is from now on; its version is the one that somebody changed.</param>
    /// <param name="by">Who changed it.</param>
    /// <exception cref="Domain.Refused"><c>changed</c> when somebody else was faster.</exception>
    public async Task Keep(HolidayCalendar calendar, long by)
    {
        await database.Write(async unit =>
        {
            if (await unit.Run("insert into holiday_calendars (code, version, body, changed_at, changed_by) values (@Key, @version, @body, @at, @by) on conflict do nothing",
                new { calendar.Key, version = calendar.Version + 1, body = JsonSerializer.Serialize(calendar with { Version = calendar.Version + 1 }, PresetFiles.Json), at = clock.GetUtcNow().ToUnixTimeMilliseconds(), by }) == 0)
                throw new Domain.Refused("changed", "Somebody else changed this calendar meanwhile. Look at it again, then save.");
        });
        _kept = null;
    }

    /// <summary>The company's own calendar follows its open days and holidays; each change of them is a new version.</summary>
    internal static async Task Follow(Unit unit, Company before, Company after, long at)
    {
        var (old, now) = (Of(before, 1), Of(after, 1));
        if (old.Weekend.SequenceEqual(now.Weekend) && old.Holidays.SequenceEqual(now.Holidays))
            return;
        var last = await unit.Value<int?>("select max(version) from holiday_calendars where code = @code", new { code = HolidayCalendars.Company }) ?? 0;
        foreach (var (calendar, version) in last == 0 ? [(old, 1), (now, 2)] : new[] { (now, last + 1) })
        {
            await unit.Run("insert into holiday_calendars (code, version, body, changed_at) values (@Key, @version, @body, @at)",
                new { calendar.Key, version, body = JsonSerializer.Serialize(calendar with { Version = version }, PresetFiles.Json), at });
        }
    }

    private static HolidayCalendar Of(Company company, int version) => new(HolidayCalendars.Company, version, "Your own open days",
        [.. Enum.GetValues<DayOfWeek>().Where(day => !company.OpenHours.Keys.Any(open => Enum.TryParse<DayOfWeek>(open, true, out var each) && each == day))],
        [.. company.Holidays.Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)).Order()]);

    private sealed class Row
    {
        public string Code { get; init; } = "";
        public int Version { get; init; }
        public string Body { get; init; } = "";

        public HolidayCalendar Read() => JsonSerializer.Deserialize<HolidayCalendar>(Body, PresetFiles.Json)! with { Version = Version };
    }
}
