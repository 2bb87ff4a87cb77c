using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Domain;
using Amends.Web;
using Dapper;

namespace Amends.Data;

/// <summary>Where something of a person's own lies.</summary>
public enum Shelf
{
    /// <summary>Looking back, mood, how they like it.</summary>
    Own = 1,

    /// <summary>Practice on made-up complaints.</summary>
    Practice,
}

/// <summary>
/// What people keep for themselves. Each has a key of their own, made when they first keep something and sealed under the key file; entries are
/// sealed with it (AES-256-GCM) and bound to the person and the place, and their length is rounded up, so that a row tells neither what it is nor
/// how much was written. Every method takes the person who is signed in; none opens another's, but for what they share.
/// </summary>
public sealed class PrivateEntries(Database database, Secrets secrets)
{
    private const int Nonce = 12, Tag = 16, Block = 256;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>One thing; <c>null</c> when there is none, and when it was sealed under another key file.</summary>
    /// <param name="me">Whose.</param>
    /// <param name="shelf">Where it lies.</param>
    /// <param name="kind">What sort of thing it is.</param>
    /// <param name="name">Which of them.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<T?> Find<T>(long me, Shelf shelf, string kind, string name = "", CancellationToken ct = default) where T : class
    {
        if (await KeyOf(me, ct) is not { } key)
            return null;
        var slot = SlotOf(key, kind, name);
        var box = await database.Read(connection => connection.QuerySingleOrDefaultAsync<byte[]>($"select sealed from {TableOf(shelf)} where person_id = @me and slot = @slot", new { me, slot }), ct);
        return box is null ? null : Read<T>(Opened(key, me, shelf, slot, box));
    }

    /// <summary>All things of a sort, in the order in which they were first kept.</summary>
    public async Task<IReadOnlyList<Kept<T>>> All<T>(long me, Shelf shelf, string kind, CancellationToken ct = default) where T : class =>
        await KeyOf(me, ct) is { } key ? await All<T>(key, me, shelf, kind, ct) : [];

    /// <summary>Keeps something, in place of what lay there.</summary>
    /// <exception cref="Refused"><c>sealed</c>: what lies there was sealed under another key file, and would be lost.</exception>
    public async Task Keep<T>(Unit unit, long me, Shelf shelf, string kind, string name, T value) where T : class
    {
        var key = await KeyIn(unit, me);
        var slot = SlotOf(key, kind, name);
        await unit.Run($"insert into {TableOf(shelf)} (person_id, slot, sealed) values (@me, @slot, @box) on conflict (person_id, slot) do update set sealed = excluded.sealed",
            new { me, slot, box = Sealed(key, me, shelf, slot, JsonSerializer.SerializeToUtf8Bytes(new Entry<T>(kind, name, value), Json)) });
    }

    /// <summary>As above, in a unit of work of its own.</summary>
    public Task Keep<T>(long me, Shelf shelf, string kind, string name, T value) where T : class => database.Write(unit => Keep(unit, me, shelf, kind, name, value));

    /// <summary>Throws one thing away, and whatever was shared of it.</summary>
    public Task Remove(long me, Shelf shelf, string kind, string name = "") => database.Write(async unit =>
    {
        if (await KeyOf(unit, me) is not { } key)
            return;
        var slot = SlotOf(key, kind, name);
        await unit.Run("delete from private_shares where person_id = @me and slot = @slot", new { me, slot });
        await unit.Run($"delete from {TableOf(shelf)} where person_id = @me and slot = @slot", new { me, slot });
    });

    /// <summary>Thirty-two bytes, as if by chance, that only this person's key gives for these words; <c>null</c> before they keep anything.</summary>
    public async Task<Func<string, byte[]>?> DrawFor(long me, CancellationToken ct = default) => await KeyOf(me, ct) is { } key ? words => SlotOf(key, "draw", words) : null;

    /// <summary>Shows something to a lead, or no longer.</summary>
    /// <param name="me">Whose it is.</param>
    /// <param name="lead">To whom.</param>
    /// <param name="what">Which thing; it must be there.</param>
    /// <param name="shown">Whether they may see it.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>lead</c>: that is no lead of ours, or oneself; <c>nothing</c>: there is no such thing.</exception>
    public Task Share(long me, long lead, Shareable what, bool shown, DateTimeOffset now) => database.Write(async unit =>
    {
        var key = await KeyOf(unit, me) ?? throw new Refused("nothing", "There is nothing to show yet.");
        var slot = what.SlotIn(key);
        if (!shown)
        {
            await unit.Run("delete from private_shares where person_id = @me and with_id = @lead and slot = @slot", new { me, lead, slot });
            return;
        }

        if (lead == me || await unit.Value<int>("select count(*) from people where id = @lead and active = 1 and role >= 2", new { lead }) == 0)
            throw new Refused("lead", "Choose the lead who may see it.");
        if (what.Shelf == Shelf.Own && await unit.Value<int>("select count(*) from private_entries where person_id = @me and slot = @slot", new { me, slot }) == 0)
            throw new Refused("nothing", "There is nothing to show yet.");
        await unit.Run("insert into private_shares (person_id, with_id, kind, slot, shared_at) values (@me, @lead, @kind, @slot, @at) on conflict do nothing",
            new { me, lead, kind = (int)what.Shelf, slot, at = now.ToUnixTimeMilliseconds() });
    });

    /// <summary>To whom somebody shows things of their own.</summary>
    public async Task<IReadOnlyList<(Shareable What, long Lead, string Name)>> SharesOf(long me, IEnumerable<Shareable> things, CancellationToken ct = default)
    {
        if (await KeyOf(me, ct) is not { } key)
            return [];
        var rows = (await database.Read(connection => connection.QueryAsync<ShareRow>(
            "select s.slot, s.with_id, p.name from private_shares s join people p on p.id = s.with_id where s.person_id = @me order by p.name, p.id", new { me }), ct)).AsList();
        return [.. from thing in things let slot = thing.SlotIn(key) from row in rows where row.Slot.AsSpan().SequenceEqual(slot) select (thing, row.WithId, row.Name)];
    }

    /// <summary>The things of one sort that colleagues show to this lead, and nothing else of theirs.</summary>
    public async Task<IReadOnlyList<(string Person, T Value)>> ShownTo<T>(long lead, CancellationToken ct = default) where T : class
    {
        var found = new List<(string, T)>();
        foreach (var row in await Shown(lead, Shelf.Own, ct))
        {
            if (await KeyOf(row.PersonId, ct) is { } key
                && await database.Read(connection => connection.QuerySingleOrDefaultAsync<byte[]>("select sealed from private_entries where person_id = @PersonId and slot = @Slot", row), ct) is { } box
                && Read<T>(Opened(key, row.PersonId, Shelf.Own, row.Slot, box)) is { } value)
                found.Add((row.Name, value));
        }

        return found;
    }

    /// <summary>Who shows this lead how often they practised, with the times of it and nothing else.</summary>
    public async Task<IReadOnlyList<(string Person, IReadOnlyList<T> Values)>> PracticeShownTo<T>(long lead, string kind, CancellationToken ct = default) where T : class
    {
        var found = new List<(string, IReadOnlyList<T>)>();
        foreach (var row in await Shown(lead, Shelf.Practice, ct))
        {
            if (await KeyOf(row.PersonId, ct) is { } key && Shareable.Practising.SlotIn(key).AsSpan().SequenceEqual(row.Slot))
                found.Add((row.Name, [.. (await All<T>(key, row.PersonId, Shelf.Practice, kind, ct)).Select(each => each.Value)]));
        }

        return found;
    }

    /// <summary>All things of a sort of everybody who works here: for figures over many that name nobody, and for nothing else.</summary>
    internal async Task<IReadOnlyList<(long Person, IReadOnlyList<Kept<T>> Things)>> OfEverybody<T>(string kind, Func<long, Task<bool>> counts, CancellationToken ct) where T : class
    {
        var all = new List<(long, IReadOnlyList<Kept<T>>)>();
        foreach (var person in await database.Read(connection => connection.QueryAsync<long>("select k.person_id from private_keys k join people p on p.id = k.person_id where p.active = 1 order by k.person_id"), ct))
        {
            if (await counts(person) && await KeyOf(person, ct) is { } key)
                all.Add((person, await All<T>(key, person, Shelf.Own, kind, ct)));
        }

        return all;
    }

    /// <summary>Throws all of a person's things away with their key, in the caller's unit of work: they do not work here any more.</summary>
    public static async Task Forget(Unit unit, long person)
    {
        foreach (var table in (string[])["private_shares", "private_entries", "practice_runs", "private_keys"])
            await unit.Run($"delete from {table} where person_id = @person", new { person });
        await unit.Run("delete from private_shares where with_id = @person", new { person });
    }

    private Task<IEnumerable<ShownRow>> Shown(long lead, Shelf kind, CancellationToken ct) => database.Read(connection => connection.QueryAsync<ShownRow>(
        """
        select s.person_id, s.slot, p.name from private_shares s join people p on p.id = s.person_id join people l on l.id = s.with_id
        where s.with_id = @lead and s.kind = @kind and p.active = 1 and l.active = 1 and l.role >= 2 order by p.name, p.id, s.id
        """, new { lead, kind = (int)kind }), ct);

    private async Task<IReadOnlyList<Kept<T>>> All<T>(byte[] key, long me, Shelf shelf, string kind, CancellationToken ct) where T : class
    {
        var rows = await database.Read(connection => connection.QueryAsync<EntryRow>($"select slot, sealed from {TableOf(shelf)} where person_id = @me order by id", new { me }), ct);
        return [.. rows.Select(row => Opened(key, me, shelf, row.Slot, row.Sealed)).OfType<byte[]>().Select(plain => JsonSerializer.Deserialize<Entry<JsonElement>>(plain, Json)!)
            .Where(entry => entry.Kind == kind).Select(entry => new Kept<T>(entry.Name, entry.Value.Deserialize<T>(Json)!))];
    }

    private async Task<byte[]?> KeyOf(long person, CancellationToken ct) =>
        Key(person, await database.Read(connection => connection.ExecuteScalarAsync<byte[]?>("select sealed from private_keys where person_id = @person", new { person }), ct));

    private async Task<byte[]?> KeyOf(Unit unit, long person) => Key(person, await unit.Value<byte[]?>("select sealed from private_keys where person_id = @person", new { person }));

    private async Task<byte[]> KeyIn(Unit unit, long person)
    {
        await unit.Run("insert into private_keys (person_id, sealed) values (@person, @box) on conflict do nothing", new { person, box = secrets.Seal(RandomNumberGenerator.GetBytes(32), PurposeOf(person)) });
        return await KeyOf(unit, person) ?? throw new Refused("sealed", "What you kept here was sealed under another key file. Ask whoever runs Amends to put the old key file back.");
    }

    private byte[]? Key(long person, byte[]? box)
    {
        try
        {
            return box is null ? null : secrets.OpenBytes(box, PurposeOf(person));
        }
        catch (CryptographicException)
        {
            return null; // another key file: nobody can read it, and nothing else is lost
        }
    }

    private static T? Read<T>(byte[]? plain) where T : class => plain is null ? null : JsonSerializer.Deserialize<Entry<T>>(plain, Json)!.Value;

    private static byte[] Sealed(byte[] key, long person, Shelf shelf, byte[] slot, byte[] json)
    {
        var plain = new byte[(json.Length / Block + 1) * Block];
        plain.AsSpan().Fill((byte)' '); // JSON does not mind
        json.CopyTo(plain, 0);
        var box = new byte[Nonce + plain.Length + Tag];
        RandomNumberGenerator.Fill(box.AsSpan(0, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(box.AsSpan(0, Nonce), plain, box.AsSpan(Nonce, plain.Length), box.AsSpan(Nonce + plain.Length), Place(person, shelf, slot));
        return box;
    }

    private static byte[]? Opened(byte[] key, long person, Shelf shelf, byte[] slot, byte[] box)
    {
        if (box.Length < Nonce + Tag)
            return null;
        var plain = new byte[box.Length - Nonce - Tag];
        try
        {
            using var aes = new AesGcm(key, Tag);
            aes.Decrypt(box.AsSpan(0, Nonce), box.AsSpan(Nonce, plain.Length), box.AsSpan(Nonce + plain.Length), plain, Place(person, shelf, slot));
            return plain;
        }
        catch (CryptographicException)
        {
            return null; // moved there from elsewhere, or damaged
        }
    }

    private static byte[] Place(long person, Shelf shelf, byte[] slot) => [.. Encoding.UTF8.GetBytes($"{person}/{(int)shelf}/"), .. slot];

    internal static byte[] SlotOf(byte[] key, string kind, string name) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}\n{name}"));

    private static string PurposeOf(long person) => $"private key of person {person}";

    private static string TableOf(Shelf shelf) => shelf == Shelf.Own ? "private_entries" : "practice_runs";

    private sealed record Entry<T>(string Kind, string Name, T Value);

    private sealed class EntryRow
    {
        public byte[] Slot { get; init; } = [];
        public byte[] Sealed { get; init; } = [];
    }

    private sealed class ShareRow
    {
        public byte[] Slot { get; init; } = [];
        public long WithId { get; init; }
        public string Name { get; init; } = "";
    }

    private sealed class ShownRow
    {
        public long PersonId { get; init; }
        public byte[] Slot { get; init; } = [];
        public string Name { get; init; } = "";
    }
}

/// <summary>Something that was kept.</summary>
/// <param name="Name">Which of its sort.</param>
/// <param name="Value">What.</param>
public sealed record Kept<T>(string Name, T Value);

/// <summary>Something that can be shown to a lead.</summary>
/// <param name="Shelf">Where it lies.</param>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Name">Which of them.</param>
public sealed record Shareable(Shelf Shelf, string Kind, string Name)
{
    /// <summary>How often somebody practised, and when last: never what they wrote.</summary>
    public static readonly Shareable Practising = new(Shelf.Practice, "practising", "");

    internal byte[] SlotIn(byte[] key) => PrivateEntries.SlotOf(key, Kind, Name);
}
