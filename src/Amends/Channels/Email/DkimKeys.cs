using System.Globalization;
using Amends.Data;
using Amends.Mail.Trust;
using Amends.Web;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>A key that our mail is signed with.</summary>
public sealed class DkimKeyRow
{
    /// <summary>Its id.</summary>
    public long Id { get; init; }

    /// <summary>Whose mail it signs, in lower case.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Its name in the DNS.</summary>
    public string Selector { get; init; } = "";

    /// <summary>The private key, sealed.</summary>
    public string PrivateKey { get; init; } = "";

    /// <summary>What has to be published.</summary>
    public string Record { get; init; } = "";

    /// <summary>When it was made, Unix milliseconds.</summary>
    public long MadeAt { get; init; }

    /// <summary>Since when it signs; <c>null</c> while its record is not published.</summary>
    public long? SignsSince { get; init; }

    /// <summary>Where the record belongs.</summary>
    public string RecordName => DkimSigner.RecordName(Domain, Selector);
}

/// <summary>
/// The keys of our own signatures. A new one signs nothing until somebody says that its record is published, for until then
/// each of its signatures would fail; by that it takes over from the one before, whose record may then go.
/// </summary>
public sealed class DkimKeys(Database database, Secrets secrets, TimeProvider clock)
{
    private const string Purpose = "dkim key";
    private const string Query = "select * from dkim_keys order by id";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private (IReadOnlyList<DkimKeyRow> List, long At)? _kept;

    /// <summary>All of them, the oldest first.</summary>
    public async ValueTask<IReadOnlyList<DkimKeyRow>> All(CancellationToken ct = default) =>
        Kept ?? Keep((await database.Read(connection => connection.QueryAsync<DkimKeyRow>(Query), ct)).AsList());

    /// <summary>The signer for mail from an address; <c>null</c> when its domain has no key in use. A unit of work may wait for nothing but itself, so that it reads the keys.</summary>
    public async ValueTask<DkimSigner?> For(Unit unit, string address)
    {
        var domain = DnsName.Host(address[(address.LastIndexOf('@') + 1)..]);
        return (Kept ?? Keep(await unit.List<DkimKeyRow>(Query))).LastOrDefault(key => key.Domain == domain && key.SignsSince is not null) is { } key
            ? new DkimSigner(key.Domain, key.Selector, Convert.FromBase64String(secrets.Open(key.PrivateKey, Purpose)))
            : null;
    }

    /// <summary>Makes a key for the domain of an address; the one that signs goes on until the new one takes over. One that never signed is replaced.</summary>
    /// <exception cref="Domain.Refused">The address has no domain that could be in the DNS.</exception>
    public async Task Make(string address)
    {
        if (DnsName.Host(address[(address.LastIndexOf('@') + 1)..]) is not { } domain || !domain.Contains('.'))
            throw new Domain.Refused("mailFrom", "Set your mail address first: its domain is what signs.");
        var now = clock.GetUtcNow();
        var key = DkimSigner.NewKey();
        await database.Write(async unit =>
        {
            await unit.Run("delete from dkim_keys where domain = @domain and signs_since is null", new { domain });
            var selector = "amends" + now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            if (await unit.Value<long>("select count(*) from dkim_keys where domain = @domain and selector = @selector", new { domain, selector }) > 0)
                selector += now.ToString("HHmmss", CultureInfo.InvariantCulture);
            await unit.Run("insert into dkim_keys (domain, selector, private_key, record, made_at) values (@domain, @selector, @key, @record, @now)",
                new { domain, selector, key = secrets.Seal(Convert.ToBase64String(key), Purpose), record = DkimSigner.Record(key), now = now.ToUnixTimeMilliseconds() });
        });
        _kept = null;
    }

    /// <summary>From now on this key signs, and the ones before it for its domain are forgotten.</summary>
    public async Task Use(long id)
    {
        await database.Write(async unit =>
        {
            if (await unit.Run("update dkim_keys set signs_since = @now where id = @id and signs_since is null", new { id, now = clock.GetUtcNow().ToUnixTimeMilliseconds() }) == 1)
                await unit.Run("delete from dkim_keys where id < @id and domain = (select domain from dkim_keys where id = @id)", new { id });
        });
        _kept = null;
    }

    /// <summary>Forgets a key; mail that was signed with it stays signed.</summary>
    public async Task Remove(long id)
    {
        await database.Write(unit => unit.Run("delete from dkim_keys where id = @id", new { id }));
        _kept = null;
    }

    /// <summary>Whether the record that is published is the one that belongs to the key; one sentence on what is wrong, or <c>null</c>.</summary>
    public static async Task<string?> Published(DnsClient dns, DkimKeyRow key, CancellationToken ct)
    {
        var answer = await new DnsClient(dns.Servers, TimeProvider.System).Texts(key.RecordName, ct); // nothing kept: it may have been published just now
        return answer.Outcome switch
        {
            DnsOutcome.Failed => "The name servers did not answer, so nobody knows whether the record is published.",
            DnsOutcome.Nothing => $"{key.RecordName} has no TXT record yet.",
            _ when answer.Texts.Count > 1 => $"{key.RecordName} has several TXT records. Leave only this one.",
            _ => KeyOf(answer.Texts[0]) == KeyOf(key.Record) ? null : $"{key.RecordName} has another record. Replace it with this one.",
        };
    }

    private IReadOnlyList<DkimKeyRow>? Kept => _kept is { } kept && clock.GetElapsedTime(kept.At) < Fresh ? kept.List : null;

    private IReadOnlyList<DkimKeyRow> Keep(IReadOnlyList<DkimKeyRow> list)
    {
        _kept = (list, clock.GetTimestamp());
        return list;
    }

    private static string KeyOf(string record) => !record.Contains("p=", StringComparison.Ordinal) ? "" : string.Concat(record[(record.IndexOf("p=", StringComparison.Ordinal) + 2)..].TakeWhile(letter => letter != ';').Where(letter => !char.IsWhiteSpace(letter)));
}
