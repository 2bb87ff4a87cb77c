using Microsoft.AspNetCore.Http.HttpResults;

namespace Amends.Web;

/// <summary>After a form: see the page that shows what was done (RFC 9110 §15.4.4).</summary>
public static class Redirects
{
    extension(TypedResults)
    {
        /// <summary>303 See Other to one of our own pages.</summary>
        public static SeeOther Redirect303(string to) => new(to);
    }
}

/// <summary>303 See Other.</summary>
/// <param name="to">One of our own pages.</param>
public sealed class SeeOther(string to) : IResult
{
    /// <summary>Where it leads.</summary>
    public string To { get; } = to;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = To;
        return Task.CompletedTask;
    }
}
