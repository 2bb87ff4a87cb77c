using Amends.Domain;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Amends.Web;

/// <summary>Passwords: stored with PBKDF2 (HMAC-SHA-512), and long rather than odd (NIST SP 800-63B §5.1.1.2).</summary>
public static class Passwords
{
    /// <summary>The fewest characters.</summary>
    public const int Shortest = 10;

    private const int Longest = 200;
    private const int Rounds = 210_000; // OWASP Password Storage Cheat Sheet for PBKDF2-HMAC-SHA512
    private static readonly PasswordHasher<object> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private static readonly object Nobody = new();
    private static readonly Lazy<string> NoOnesHash = new(() => HashOf(Tokens.New()));

    /// <summary>What is stored of a password.</summary>
    public static string HashOf(string password) => Hasher.HashPassword(Nobody, password);

    /// <summary>Whether the password is right. It takes the same time when there is no such person.</summary>
    /// <param name="hash">What is stored; <c>null</c> when there is nobody, or nobody with a password.</param>
    /// <param name="password">What was typed.</param>
    /// <returns>Whether it is right, and a new hash when the stored one is of an older sort.</returns>
    public static (bool Right, string? Newer) Check(string? hash, string password)
    {
        var answer = Hasher.VerifyHashedPassword(Nobody, hash ?? NoOnesHash.Value, password.Length > Longest ? "" : password);
        return (hash is not null && answer != PasswordVerificationResult.Failed, answer == PasswordVerificationResult.SuccessRehashNeeded ? HashOf(password) : null);
    }

    /// <summary>Refuses a password that is too short, too long, or somebody's own name.</summary>
    /// <exception cref="Refused">With the reason.</exception>
    public static void MustBeGood(string password, string email, string name)
    {
        if (password.Length < Shortest)
            throw new Refused("short_password", $"A password needs at least {Shortest} characters. A short sentence is easy to remember.");
        if (password.Length > Longest)
            throw new Refused("long_password", $"A password has at most {Longest} characters.");
        if (password.Distinct().Count() < 4 || Same(password, email) || Same(password, email.Split('@')[0]) || Same(password, name))
            throw new Refused("easy_password", "This password is guessed at once. A short sentence is easy to remember and hard to guess.");
    }

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
