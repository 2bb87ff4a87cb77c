using System.Net;

namespace Amends.Web;

/// <summary>
/// The names and marks of our cookies: <c>__Host-</c> names with Secure; on plain http, which is for this machine alone,
/// the same without. Cookies do not know ports, so a plain name carries the port: two desks on one machine stay apart.
/// </summary>
public static class OwnCookies
{
    /// <summary>The cookie of somebody of us.</summary>
    public const string Person = "amends";

    /// <summary>The full name for this request.</summary>
    /// <param name="request">Decides between the two sorts.</param>
    /// <param name="name">Such as <see cref="Person"/>.</param>
    public static string NameOf(HttpRequest request, string name) => request.IsHttps ? $"__Host-{name}" : $"{name}-{request.Host.Port ?? 80}";

    /// <summary>What the cookie carries, or <c>null</c>.</summary>
    public static string? Read(HttpRequest request, string name) => request.Cookies[NameOf(request, name)] is { Length: > 0 } value ? value : null;

    /// <summary>Sets a cookie: for this host alone, not readable by scripts, not sent with requests from other sites' forms.</summary>
    /// <param name="context">The request that is answered.</param>
    /// <param name="name">Such as <see cref="Person"/>.</param>
    /// <param name="value">The token.</param>
    /// <param name="life">How long the browser keeps it; <c>null</c> until it is closed.</param>
    public static void Write(HttpContext context, string name, string value, TimeSpan? life = null) =>
        context.Response.Cookies.Append(NameOf(context.Request, name), value, Marks(context.Request, life));

    /// <summary>Takes a cookie back.</summary>
    public static void Remove(HttpContext context, string name) => context.Response.Cookies.Delete(NameOf(context.Request, name), Marks(context.Request, null));

    /// <summary>Whether a host name means this machine.</summary>
    public static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static CookieOptions Marks(HttpRequest request, TimeSpan? life) =>
        new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life, IsEssential = true };
}

/// <summary>The cookie beside the form tokens, named as our other cookies are.</summary>
internal sealed class FormCookie(IHttpContextAccessor current) : CookieBuilder
{
    /// <inheritdoc/>
    public override string? Name
    {
        get => current.HttpContext is { } context ? OwnCookies.NameOf(context.Request, "amends-form") : "__Host-amends-form";
        set { }
    }
}
