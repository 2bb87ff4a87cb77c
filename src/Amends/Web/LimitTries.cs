using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Amends.Web;

/// <summary>How often somebody may try to get in, for each address that they come from. It ends with the program's host, its clock with it; the framework's own goes on for as long as the process.</summary>
public sealed class TryLimit : IDisposable
{
    private const int PerMinute = 30; // a whole office behind one address can still sign in on a Monday

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(source =>
        RateLimitPartition.GetFixedWindowLimiter(source, _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Counts a try.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <returns>How long to wait when there were too many; <c>null</c> otherwise.</returns>
    public TimeSpan? Begin(string source)
    {
        using var lease = _limiter.AttemptAcquire(source);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}

/// <summary>Refuses what asks for <see cref="Safety.FewTries"/> and was tried too often, with when to try again (RFC 6585 §4).</summary>
/// <param name="next">What comes after it.</param>
/// <param name="limit">How often.</param>
public sealed class LimitTries(RequestDelegate next, TryLimit limit)
{
    /// <summary>Looks at a request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName != Safety.FewTries || limit.Begin(Requests.SourceOf(context)) is not { } wait)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}
