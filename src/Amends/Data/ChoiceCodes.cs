using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amends.Domain;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using Amends.Web;

namespace Amends.Data;

/// <summary>
/// One-time codes that go to the customer's own mail address before money is accepted on a page: whoever came by a link that
/// was passed on can read the case, and take nothing. Six digits, for ten minutes and five tries, for one option.
/// </summary>
public sealed class ChoiceCodes(Secrets secrets)
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Tries with one code.</summary>
    public const int MostTries = 5;

    private const int MostAtOnce = 3, MostADay = 10;
    private readonly byte[] _key = secrets.KeyFor("choice codes");

    /// <summary>Whether choosing this option takes a code: its money, vouchers and credit together are above the company's limit.</summary>
    public static bool Needs(Company company, Option option) =>
        company.CodeAboveMinor is { } limit && option.Remedies.Where(remedy => RemedyTypes.Of(remedy.Kind).IsMoney || remedy.Kind is RemedyKind.Voucher or RemedyKind.Credit).Sum(remedy => remedy.Value.Minor) > limit;

    /// <summary>A new code; the one before it works no more. <c>null</c> when there were too many of late: three in ten minutes, ten a day.</summary>
    public async Task<string?> Issue(Unit unit, long number, int offer, int option, DateTimeOffset at)
    {
        var since = (at - Lifetime).ToUnixTimeMilliseconds();
        if (await unit.Value<long>("select count(*) from choice_codes where case_number = @number and made_at > @since", new { number, since }) >= MostAtOnce
            || await unit.Value<long>("select count(*) from choice_codes where case_number = @number and made_at > @day", new { number, day = at.AddDays(-1).ToUnixTimeMilliseconds() }) >= MostADay)
            return null;
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        await unit.Run("insert into choice_codes (case_number, offer_id, option_id, code_hash, made_at, expires_at) values (@number, @offer, @option, @hash, @now, @until)",
            new { number, offer, option, hash = HashOf(number, offer, option, code), now = at.ToUnixTimeMilliseconds(), until = (at + Lifetime).ToUnixTimeMilliseconds() });
        return code;
    }

    /// <summary>Tries a code, and counts the try whatever becomes of it.</summary>
    /// <returns>The id to use it by, and how many tries are left; no id when it is wrong, and none left when no code works any more.</returns>
    public async Task<(long? Id, int Left)> Try(Database database, long number, int offer, int option, string typed, DateTimeOffset at)
    {
        var row = await database.Write(unit => unit.One<Row>(
            $"""
            update choice_codes set tries = tries + 1 where id = (select max(id) from choice_codes where case_number = @number)
                and offer_id = @offer and option_id = @option and done_at is null and expires_at > @now and tries < {MostTries} returning id, code_hash, tries
            """, new { number, offer, option, now = at.ToUnixTimeMilliseconds() }));
        if (row is null)
            return (null, 0);
        var hash = HashOf(number, offer, option, string.Concat(typed.Where(char.IsAsciiDigit).Take(12)));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(row.CodeHash)) ? (row.Id, MostTries) : (null, MostTries - row.Tries);
    }

    /// <summary>Uses a code up, in the unit of work in which the choice counts.</summary>
    /// <exception cref="Refused">It was used already.</exception>
    public static async Task Use(Unit unit, long id, DateTimeOffset at)
    {
        if (await unit.Run("update choice_codes set done_at = @now where id = @id and done_at is null", new { id, now = at.ToUnixTimeMilliseconds() }) != 1)
            throw new Refused("option", "This code was used already. Please choose again.");
    }

    private string HashOf(long number, int offer, int option, string code) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} {offer} {option} {code}"))));

    private sealed class Row
    {
        public long Id { get; init; }
        public string CodeHash { get; init; } = "";
        public int Tries { get; init; }
    }
}
