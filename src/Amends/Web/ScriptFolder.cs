using Amends.Features.Shared;

namespace Amends.Web;

/// <summary>
/// Modules live in <c>/js/VERSION/</c>. Those of the present version may be kept for ever; a page from before an upgrade gets
/// what there is now, and asks again next time.
/// </summary>
public sealed class ScriptFolder(RequestDelegate next, AssetMap assets)
{
    private const string Folder = "/js/";

    /// <summary>Takes the version out of the path and goes on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.Value is { } path && path.StartsWith(Folder, StringComparison.Ordinal) && path.IndexOf('/', Folder.Length) is var end and > 0)
        {
            var isPresent = path[Folder.Length..end] == assets.Scripts;
            context.Request.Path = string.Concat(Folder, path.AsSpan(end + 1));
            if (isPresent)
                context.Response.OnStarting(KeepForEver, context.Response);
        }

        return next(context);
    }

    private static Task KeepForEver(object state)
    {
        var response = (HttpResponse)state;
        if (response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Task.CompletedTask;
    }
}
