using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Options;

namespace Amends.Web;

/// <summary>Maps forms.</summary>
public static class FormMap
{
    /// <summary>
    /// Maps a POST whose handler takes its form as one object. The code that fills it is made by the framework when the program runs, since what it makes of handlers at build time knows no such objects
    /// (https://learn.microsoft.com/aspnet/core/fundamentals/aot/request-delegate-generator/rdg): here when somebody first sends that form, and not for a hundred forms when the program starts.
    /// </summary>
    /// <param name="app">Where.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="handler">What answers; one parameter is from the form.</param>
    public static IEndpointConventionBuilder MapForm(this IEndpointRouteBuilder app, string pattern, Delegate handler)
    {
        RequestDelegate? made = null;
        var endpoint = app.MapPost(pattern, context => (made ??= Make(handler, app.ServiceProvider, context))(context));
        endpoint.Add(builder =>
        {
            // that it needs the form's token, and what it takes, is known from the handler alone
            var route = ((RouteEndpointBuilder)builder).RoutePattern;
            RequestDelegateFactory.InferMetadata(handler.Method, new() { ServiceProvider = builder.ApplicationServices, RouteParameterNames = Names(route), EndpointBuilder = builder });
        });
        return endpoint;
    }

    private static RequestDelegate Make(Delegate handler, IServiceProvider services, HttpContext context) => RequestDelegateFactory.Create(handler, new()
    {
        ServiceProvider = services, RouteParameterNames = Names(((RouteEndpoint)context.GetEndpoint()!).RoutePattern), ThrowOnBadRequest = services.GetRequiredService<IOptions<RouteHandlerOptions>>().Value.ThrowOnBadRequest,
    }).RequestDelegate;

    private static IEnumerable<string> Names(RoutePattern route) => route.Parameters.Select(parameter => parameter.Name);
}
