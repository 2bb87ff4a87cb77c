using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Amends.Tests.Web;

/// <summary>A desk behind a server that ends TLS, as seen by one request: the header <c>X-Test-Https</c> says that it came by https.</summary>
internal sealed class Https : IStartupFilter
{
    public const string Header = "X-Test-Https";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, go) =>
        {
            if (context.Request.Headers.ContainsKey(Header))
                context.Request.Scheme = "https";
            return go(context);
        });
        next(app);
    };

    public static void Add(WebApplicationBuilder builder) => builder.Services.AddSingleton<IStartupFilter, Https>();
}
