using Amends.Data;

namespace Amends.Web;

/// <summary>
/// Answers only under names that are ours: this machine, the public address, what we listen on. Passwords and cookies
/// never travel in the clear: plain http is for this machine alone. The health pages, which tell nothing, answer always.
/// </summary>
public sealed class KnownHosts(RequestDelegate next, Surroundings surroundings, StoredSettings settings)
{
    private const string InTheClear =
        """
        Amends answers here only over https, because passwords and complaints must not travel in the clear.

        On this machine itself, open it as http://127.0.0.1 with its port.
        For everybody else, put a server with a certificate in front of it (nginx, Caddy, Apache, a load balancer) that
        passes on the headers X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host, then start Amends with
          AMENDS_PUBLIC_URL=https://the.name.that.people.open
          AMENDS_PROXIES=the address of that server, such as 127.0.0.1
        The guide of Amends has an example for each.
        """;

    private readonly HashSet<string> _listening = new(surroundings.Urls.Split(';').Select(HostOf).OfType<string>(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets the request pass, or answers 400 with what to do.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (context.Request.Path == "/healthz" || context.Request.Path == "/readyz" || OwnCookies.IsThisMachine(host))
            await next(context);
        else if (!context.Request.IsHttps)
            await Refuse(context, InTheClear);
        else if (_listening.Contains(host) || string.Equals(host, HostOf(surroundings.PublicUrl ?? (await settings.Company(context.RequestAborted)).PublicUrl), StringComparison.OrdinalIgnoreCase))
            await next(context);
        else
            await Refuse(context, "This desk is not known under this name. If it should be, start Amends with AMENDS_PUBLIC_URL=https:// and the name.");
    }

    private static Task Refuse(HttpContext context, string words)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(words + "\n");
    }

    private static string? HostOf(string? url)
    {
        var text = (url ?? "").Replace("://*", "://0.0.0.0").Replace("://+", "://0.0.0.0");
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host is not ("0.0.0.0" or "[::]") ? uri.Host : null;
    }
}
