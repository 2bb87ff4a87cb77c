using Amends.Domain.Cases;
using Amends.Domain.Customers;

namespace Amends.Data;

/// <summary>Who gets the letters of a case where somebody acts for the customer.</summary>
public static class CaseLetters
{
    /// <summary>Applies what a change of a case claims.</summary>
    internal static async Task Apply(Unit unit, long number, IReadOnlyList<Claim> claims)
    {
        foreach (var claim in claims.OfType<WriteTo>())
        {
            if (claim.Who is { Email: { } email } who)
            {
                await unit.Run(
                    """
                    insert into case_representatives (case_number, name, email, letters_to, until_at) values (@number, @Name, @email, @letters, @until)
                    on conflict (case_number) do update set name = excluded.name, email = excluded.email, letters_to = excluded.letters_to, until_at = excluded.until_at
                    """, new { number, who.Name, email, letters = (int)who.LettersTo, until = who.Until?.ToUnixTimeMilliseconds() });
            }
            else
            {
                await unit.Run("delete from case_representatives where case_number = @number", new { number });
            }
        }
    }

    /// <summary>Who gets the letters beside the customer or in their place; <c>null</c> when that is the customer alone.</summary>
    public static Task<Row?> Of(Unit unit, long number, DateTimeOffset at) => unit.One<Row>(
        "select name, email, letters_to from case_representatives where case_number = @number and letters_to > 1 and (until_at is null or until_at > @at)", new { number, at = at.ToUnixTimeMilliseconds() });

    /// <summary>Who acts for the customer of a case and writes from this address; <c>null</c> for anybody else.</summary>
    public static Task<string?> SpeakerOf(Unit unit, long number, string address, DateTimeOffset at) => unit.Value<string?>(
        "select name from case_representatives where case_number = @number and upper(email) = @key and (until_at is null or until_at > @at)", new { number, key = Customers.KeyOf(address), at = at.ToUnixTimeMilliseconds() });

    /// <summary>A representative with an address.</summary>
    public sealed class Row
    {
        public string Name { get; init; } = "";
        public string Email { get; init; } = "";
        public int LettersTo { get; init; }

        /// <summary>The customer gets the letter, too.</summary>
        public bool IsCopy => LettersTo == (int)Domain.Customers.LettersTo.Both;
    }
}
