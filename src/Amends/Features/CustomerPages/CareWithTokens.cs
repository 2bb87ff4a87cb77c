using Microsoft.AspNetCore.Http.Features;

namespace Amends.Features.CustomerPages;

/// <summary>
/// Takes the token out of the path before anything else can write the path down: routing, error pages and logs see
/// <c>/c/link</c>. Customers' pages are never stored by the browser and tell no other site where they came from.
/// </summary>
public static class CareWithTokens
{
    /// <summary>Where a link lands once its token is out of the path.</summary>
    public const string LinkPath = "/c/link";

    /// <summary>The same for the link with which a customer says no to letters.</summary>
    public const string OffPath = "/no-letters/link";

    private const string Prefix = "/c/";
    private const string OffPrefix = Data.FollowOnDesk.OffPath;
    private const int ShortestToken = 20; // longer than the name of any page
    private static readonly object Key = new();

    /// <summary>The token that the request came with; empty without one.</summary>
    public static string TokenOf(HttpContext context) => context.Items[Key] as string ?? "";

    /// <summary>Adds the step. It belongs before everything that could log.</summary>
    public static void UseCareWithTokens(this IApplicationBuilder app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        var path = context.Request.Path;
        if (path.Value is { } off && path.StartsWithSegments("/no-letters", StringComparison.OrdinalIgnoreCase) && off.Length >= OffPrefix.Length + ShortestToken)
            return Without(context, next, off[OffPrefix.Length..], OffPath);
        if (path.Value is not { } text || !path.StartsWithSegments("/c", StringComparison.OrdinalIgnoreCase))
            return next(context);

        return text.Length >= Prefix.Length + ShortestToken ? Without(context, next, text[Prefix.Length..], LinkPath) : Alone(context, next);
    });

    private static Task Without(HttpContext context, RequestDelegate next, string token, string path)
    {
        context.Items[Key] = token;
        context.Request.Path = path;
        if (context.Features.Get<IHttpRequestFeature>() is { } request)
            request.RawTarget = path;
        return Alone(context, next);
    }

    private static Task Alone(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.CacheControl = "no-store";
            headers["Referrer-Policy"] = "no-referrer";
            headers["X-Robots-Tag"] = "noindex";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
