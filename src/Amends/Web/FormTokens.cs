using Amends.Features.Shared.Errors;
using Microsoft.AspNetCore.Antiforgery;

namespace Amends.Web;

/// <summary>
/// Refuses every request that may change something and does not carry the form token that we gave to this browser. The
/// framework looks only at endpoints that bind forms, and not at DELETE; this looks at all. Programs with a bearer token
/// carry no cookie, so nobody can make them ask; what is signed is looked at where it arrives.
/// </summary>
public sealed class FormTokens(RequestDelegate next, IAntiforgery antiforgery)
{
    /// <summary>Lets the request pass, or answers 400; 415 to what is no form.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (IsSafe(context.Request) || IsProgram(context.Request) || context.GetEndpoint()?.Metadata.GetMetadata<SignedBody>() is not null)
            await next(context);
        else if (!await HasToken(context))
            Trouble.StaleForm.Explain(context);
        else if (!context.Request.IsApi() && !context.Request.HasFormContentType)
            Trouble.Of(StatusCodes.Status415UnsupportedMediaType).Explain(context); // pages take forms and nothing else
        else
            await next(context);
    }

    private static bool IsSafe(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method);

    private static bool IsProgram(HttpRequest request) => request.IsApi() && request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private async Task<bool> HasToken(HttpContext context) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { } looked ? looked.IsValid : await antiforgery.IsRequestValidAsync(context);
}
