using Microsoft.AspNetCore.Authorization;

namespace Amends.Web;

/// <summary>
/// What browsers are told about every answer. An endpoint that needs another policy, such as the frame of a mail body,
/// sets the header itself; what is set stays.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>No script and no style that is not a file of ours; no frame around us; forms go to us alone.</summary>
    public const string Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /// <summary>Adds the headers when the answer starts.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            Add((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    private static void Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.TryAdd("Content-Security-Policy", Policy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", HasToken(context.Request.Path) ? "no-referrer" : "same-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        if (context.Request.IsHttps)
            headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
        if (IsPrivate(context))
            headers.TryAdd("Cache-Control", "no-store");
        else if (context.Request.Path.StartsWithSegments("/lib") && context.Request.Path.Value!.Contains('@') && context.Response.StatusCode is 200 or 304)
            headers.CacheControl = "public, max-age=31536000, immutable"; // the path names the version
    }

    // The addresses that may carry a token, and everything that is behind one.
    private static bool HasToken(PathString path) => path.StartsWithSegments("/c") || path.StartsWithSegments("/welcome");

    // Whatever is not for everybody, and whatever somebody of us reads, stays out of every cache.
    private static bool IsPrivate(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } && !context.Request.Path.StartsWithSegments("/lib")
        || HasToken(context.Request.Path)
        || context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is { Policy: not Policies.Public };
}
