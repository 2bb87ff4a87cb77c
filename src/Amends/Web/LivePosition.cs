using Microsoft.AspNetCore.Http.Features;

namespace Amends.Web;

/// <summary>How far the signals had come before a page read anything: its browser asks for those since.</summary>
public sealed record LivePosition(string Position)
{
    /// <summary>Notes it at the beginning of each request.</summary>
    public static void Use(IApplicationBuilder app)
    {
        var live = app.ApplicationServices.GetRequiredService<LiveSignals>();
        app.Use((HttpContext context, RequestDelegate next) =>
        {
            context.Features.Set(new LivePosition(live.Position));
            return next(context);
        });
    }

    /// <summary>As it was noted for this request.</summary>
    /// <exception cref="InvalidOperationException">Nobody called <see cref="Use"/>.</exception>
    public static string Of(HttpContext context) => context.Features.GetRequiredFeature<LivePosition>().Position;
}
