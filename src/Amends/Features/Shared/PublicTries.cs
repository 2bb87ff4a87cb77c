using System.Threading.RateLimiting;

namespace Amends.Features.Shared;

/// <summary>How often one address may try something in ten minutes, so that nobody guesses links or uses our forms to flood others.</summary>
public sealed class PublicTries : IDisposable
{
    private readonly PartitionedRateLimiter<(string What, string Who)> _limiter = PartitionedRateLimiter.Create<(string What, string Who), (string, string)>(key =>
        RateLimitPartition.GetFixedWindowLimiter((key.What, key.Who), _ => new FixedWindowRateLimiterOptions { PermitLimit = LimitOf(key.What), Window = TimeSpan.FromMinutes(10) }));

    /// <summary>Links that open nothing.</summary>
    public const string WrongLink = "wrong-link";

    /// <summary>Asking for a new link, by browser.</summary>
    public const string NewLink = "new-link";

    /// <summary>Asking for a new link, by the mail address that would get it.</summary>
    public const string NewLinkTo = "new-link-to";

    /// <summary>Sending the contact form.</summary>
    public const string Contact = "contact";

    /// <summary>Whether one more try is free; takes it if so.</summary>
    public bool Take(string what, string who) => _limiter.AttemptAcquire((what, who)).IsAcquired;

    /// <summary>Whether one more try would be free.</summary>
    public bool Any(string what, string who) => _limiter.AttemptAcquire((what, who), 0).IsAcquired;

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    private static int LimitOf(string what) => what switch { WrongLink => 30, NewLink => 10, NewLinkTo => 3, _ => 20 };
}
