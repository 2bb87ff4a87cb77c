using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.People;
using CsvHelper;

namespace Amends.Features.CustomerFiles;

/// <summary>
/// Reads the list of calls that a telephone system keeps, as CSV: <c>when</c>, <c>number</c>, <c>direction</c> (in or out), <c>seconds</c>,
/// <c>agent</c> (the colleague's mail address); and where the system tells speakers apart <c>customer_seconds</c>, <c>agent_seconds</c> and
/// <c>overlaps</c> (how often both spoke at once). A call is shown on the open case of the customer with that number, with its length and who
/// spoke how much, where that is known; it counts as no answer, since nobody wrote down what was said. All calls are counted for the staffing report,
/// without numbers and names; one that came in and nobody took has 0 seconds and no agent.
/// </summary>
public sealed class CallImport(Database database, CaseStore cases, TimeProvider clock)
{
    private const int LongestRecord = 64 * 1024;

    /// <summary>A case may be opened this long after the end of the call that it is about, and a call be written down by hand.</summary>
    private static readonly TimeSpan WrittenWithin = TimeSpan.FromMinutes(30);

    private const int MostOverlaps = 10_000;

    private static readonly string[] Columns = ["when", "number", "direction", "seconds", "agent"];

    private static readonly string[] Moments = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>Imports all calls that can be used. The same call twice is one.</summary>
    /// <param name="text">The file.</param>
    /// <param name="zone">The zone of times without an offset.</param>
    /// <param name="checkOnly">Reads and refuses, but stores nothing.</param>
    /// <param name="ct">Ends it between calls; what is stored stays.</param>
    /// <exception cref="Refused"><c>columns</c>: the first line lacks a column.</exception>
    public async Task<Found> Run(TextReader text, TimeZoneInfo zone, bool checkOnly, CancellationToken ct = default)
    {
        using var csv = CsvReader.Create(text, new CsvReaderOptions { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = LongestRecord }, leaveOpen: true);
        await csv.ReadHeaderAsync(ct);
        var places = (csv.Headers ?? []).Select((header, i) => (Name: header.Trim().TrimStart('\uFEFF').ToLowerInvariant(), i)).GroupBy(each => each.Name).ToDictionary(each => each.Key, each => each.First().i);
        if (Array.Find(Columns, column => !places.ContainsKey(column)) is { } missing)
            throw new Refused("columns", $"The first line must name the columns {string.Join(", ", Columns)}; {missing} is missing.");
        var people = await People(ct);
        var (found, list) = (new Found(), new PhoneList());
        while (await OrderImport.Next(csv, found.Rows, ct))
        {
            try
            {
                var call = Read(name => places.TryGetValue(name, out var place) && place < csv.FieldCount ? Storable.Of(Texts.Cut(csv.GetString(place), 200)) : "", people, zone, clock.GetUtcNow());
                if (call.By is not { } by)
                {
                    list.Add(call.At, call.TheyRang, 0, null);
                    found.Unanswered++;
                    continue;
                }

                var number = await CaseOf(call, ct);
                list.Add(call.At, call.TheyRang, call.Seconds, by.Id);
                if (!checkOnly)
                    await Store(call, by, number, found, ct);
            }
            catch (Refused refused)
            {
                found.Rows.Refuse((int)csv.LineNumber, refused.Message);
            }
        }

        if (!checkOnly && list.Count > 0)
            await list.Store(database, ct);
        return found;
    }

    /// <summary>A line of the list.</summary>
    /// <param name="field">The text of a column.</param>
    /// <param name="people">Who works here, by the key of their address.</param>
    /// <param name="zone">The zone of times without an offset.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused">What is wrong with it.</exception>
    internal static Call Read(Func<string, string> field, IReadOnlyDictionary<string, Actor> people, TimeZoneInfo zone, DateTimeOffset now)
    {
        var at = MomentOf(field("when"), zone);
        if (at > now.AddMinutes(5))
            throw new Refused("when", $"This call is in the future: {field("when")}");
        var number = field("number");
        if (!PhoneNumber.Looks(number))
            throw new Refused("number", number.Length == 0 ? "The number is missing." : $"This is no phone number: {number}");
        bool? theyRang = field("direction").ToLowerInvariant() switch { "in" or "incoming" or "inbound" => true, "out" or "outgoing" or "outbound" => false, _ => null };
        if (theyRang is not { } rang)
            throw new Refused("direction", $"The direction is in or out: {field("direction")}");
        if (!int.TryParse(field("seconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > SpokenCall.LongestMinutes * 60)
            throw new Refused("seconds", $"The seconds are a whole number of {SpokenCall.LongestMinutes * 60} at the most: {field("seconds")}");
        if (rang && seconds == 0 && field("agent").Length == 0)
            return new Call(at, number, true, 0, null);
        var (theirs, ours, overlaps) = (Spoken("customer_seconds", seconds), Spoken("agent_seconds", seconds), Counted("overlaps", MostOverlaps, "times"));
        if (theirs is null != ours is null)
            throw new Refused(theirs is null ? "customer_seconds" : "agent_seconds", "Give the seconds of both, or of neither.");
        return people.TryGetValue(Customers.KeyOf(field("agent")), out var by)
            ? new Call(at, number, rang, seconds, by) { Talk = theirs is { } they ? (they, ours!.Value) : null, Overlaps = overlaps }
            : throw new Refused("agent", $"Nobody who handles cases has this address: {field("agent")}");

        int? Spoken(string name, int most) => Counted(name, most, "seconds, no more than the call");

        int? Counted(string name, int most, string what) => field(name) is not { Length: > 0 } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= most ? count
            : throw new Refused(name, $"{name} is a whole number of {what}: {text}");
    }

    private static DateTimeOffset MomentOf(string text, TimeZoneInfo zone)
    {
        if (DateTimeOffset.TryParseExact(text, [.. Moments.Select(format => format + "zzz")], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return moment;
        if (DateTimeOffset.TryParseExact(text, [.. Moments.Select(format => format + "'Z'")], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment))
            return moment;
        if (!DateTime.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            throw new Refused("when", text.Length == 0 ? "The time is missing." : $"Times are written 2026-03-04 09:30: {text}");
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private async Task Store(Call call, Actor by, long? known, Found found, CancellationToken ct)
    {
        if (known is not { } number)
        {
            found.WithoutCase++;
            return;
        }

        var added = false;
        await cases.Change(number, async (@case, unit) =>
        {
            added = false;
            var key = $"call-{call.At.ToUnixTimeSeconds()}-{(call.TheyRang ? "in" : "out")}-{Digits(call.Number)}@telephone";
            if (!@case.State.IsOpen || await unit.Value<long>("select count(*) from messages where mail_id = @key", new { key }) > 0 || @case.State.Calls.Any(known => IsThis(known, call, by)))
                return;
            var words = $"{(call.TheyRang ? "They rang" : $"{by.Name} rang")} for {Length(call.Seconds)}, as the telephone counted. What was said is not written down here.";
            var id = await Conversation.Add(unit, number, new NewMessage(Direction.Call, Channel.Phone, by.Name, words, call.At) { AuthorId = by.Id, MailId = key, Automatic = true });
            var at = call.At > @case.State.OpenedAt ? call.At : @case.State.OpenedAt;
            @case.LogCall(id, call.TheyRang, (call.Seconds + 30) / 60, null, call.Talk, by, at, call.Overlaps);
            await NoteStore.LogCall(unit, number, @case.State.Calls.First(each => each.MessageId == id), by);
            added = true;
        }, ct);
        if (added)
            found.Rows.Added++;
        else
            found.Known++;
    }

    /// <summary>Somebody wrote this call down by hand, during it or soon after.</summary>
    private static bool IsThis(SpokenCall known, Call call, Actor by) =>
        known.By == by.Name && known.TheyRang == call.TheyRang && known.At >= call.At && known.At <= call.At.AddSeconds(call.Seconds) + WrittenWithin;

    /// <summary>The newest open case of the one customer with that number that was there by the end of the call, or soon after; <c>null</c> when there is none.</summary>
    private async Task<long?> CaseOf(Call call, CancellationToken ct)
    {
        var digits = Digits(call.Number);
        if (digits.Length < LikelyDuplicates.FewestDigits)
            return null;
        var rows = await database.Read(connection => Dapper.SqlMapper.QueryAsync<CaseRow>(connection,
            $"""
            select u.id as customer_id, c.number from customers u left join cases c on c.customer_id = u.id and c.closed_at is null and c.opened_at <= @until
            where u.phone is not null and u.merged_into is null and {LikelyDuplicates.NumberOf(database, "u")} = @end order by c.opened_at desc, c.number desc
            """, new { until = (call.At.AddSeconds(call.Seconds) + WrittenWithin).ToUnixTimeMilliseconds(), end = digits[^Math.Min(LikelyDuplicates.NumberLength, digits.Length)..] }), ct);
        var found = rows.ToList();
        if (found.Select(row => row.CustomerId).Distinct().Count() > 1)
            throw new Refused("number", $"Several customers have this number, so nobody can tell whose call it was: {call.Number}");
        return found.FirstOrDefault(row => row.Number is not null)?.Number;
    }

    private async Task<IReadOnlyDictionary<string, Actor>> People(CancellationToken ct) =>
        (await database.Read(connection => Dapper.SqlMapper.QueryAsync<PersonRow>(connection, "select id, name, email_key, role from people where role >= @least", new { least = (int)Role.Agent }), ct))
            .ToDictionary(row => row.EmailKey, row => Actor.Person(row.Id, row.Name, (Role)row.Role));

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));

    private static string Length(int seconds) => seconds < 60 ? Texts.Count(seconds, "second") : seconds % 60 == 0 ? Texts.Count(seconds / 60, "minute") : $"{Texts.Count(seconds / 60, "minute")} and {Texts.Count(seconds % 60, "second")}";

    /// <summary>A call of the list.</summary>
    /// <param name="At">When it began.</param>
    /// <param name="Number">The other end.</param>
    /// <param name="TheyRang">It came in.</param>
    /// <param name="Seconds">How long it was.</param>
    /// <param name="By">Who of us was on the phone; <c>null</c> when nobody answered.</param>
    internal sealed record Call(DateTimeOffset At, string Number, bool TheyRang, int Seconds, Actor? By)
    {
        /// <summary>Seconds that they and that we spoke; <c>null</c> where the system does not tell speakers apart.</summary>
        public (int Theirs, int Ours)? Talk { get; init; }

        /// <summary>How often both spoke at once; <c>null</c> where that is not counted.</summary>
        public int? Overlaps { get; init; }
    }

    /// <summary>What became of the calls.</summary>
    public sealed class Found
    {
        /// <summary>Those that were added, and the lines that were refused.</summary>
        public OrderImport.Result Rows { get; } = new();

        /// <summary>Calls that were there already, from the list or written down by hand.</summary>
        public int Known { get; internal set; }

        /// <summary>Calls that nobody answered: they are counted and shown on no case.</summary>
        public int Unanswered { get; internal set; }

        /// <summary>Calls of numbers that no customer with an open case has.</summary>
        public int WithoutCase { get; internal set; }
    }

    private sealed class CaseRow
    {
        public long CustomerId { get; init; }
        public long? Number { get; init; }
    }

    private sealed class PersonRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public string EmailKey { get; init; } = "";
        public int Role { get; init; }
    }
}
