using Microsoft.AspNetCore.Http.Features;

namespace Amends.Web;

/// <summary>Only forms that carry files may be large; everything else stops at one megabyte, before it is read.</summary>
public sealed class SmallForms(RequestDelegate next)
{
    private const long Most = 1024 * 1024;

    /// <summary>Sets the limit and goes on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var isFiles = context.Request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;
        if (!isFiles && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Most;
        return next(context);
    }
}
