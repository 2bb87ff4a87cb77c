using System.Diagnostics;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Shared.Errors;

/// <summary>
/// Turns what went wrong into an answer: a page with a way back, a note for a piece of a page, a problem for a program
/// (RFC 9457). A refusal of the domain that no form showed itself becomes 422 with its sentence.
/// </summary>
public sealed class Failures(RequestDelegate next, ILogger<Failures> log)
{
    private const string ListenFirst = "listen_first";

    /// <summary>Answers in place of whatever failed below.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested)
                return; // nobody waits for the answer
            var trouble = TroubleOf(context, failure);
            context.Response.Clear();
            await Answer(context, trouble);
            return;
        }

        if (IsBare(context.Response))
            await Answer(context, context.Features.Get<Trouble>() ?? Trouble.Of(context.Response.StatusCode));
    }

    private Trouble TroubleOf(HttpContext context, Exception failure)
    {
        if (failure is Refused no)
            return new Trouble(no.Code == ListenFirst && context.Request.IsApi() ? 409 : 422, no.Code, "That did not work", no.Message);
        if (failure is BadHttpRequestException bad)
            return Trouble.Of(bad.StatusCode);

        // Messages of exceptions may hold what somebody wrote, so only the sort and the place are logged.
        var reference = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        LogFailure(log, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no endpoint", failure.GetType().Name, reference, failure.StackTrace, null);
        return Trouble.Of(500) with { Reference = reference };
    }

    private static async Task Answer(HttpContext context, Trouble trouble)
    {
        context.Response.StatusCode = trouble.Status;
        if (context.Request.IsApi())
        {
            await Results.Problem(trouble.Words, statusCode: trouble.Status, title: trouble.Title, extensions: new Dictionary<string, object?> { ["code"] = trouble.Code }).ExecuteAsync(context);
        }
        else if (!HttpMethods.IsHead(context.Request.Method) && !context.Response.Headers.ContainsKey("HX-Redirect"))
        {
            trouble = trouble with { Back = BackOf(context) };
            await (context.Request.IsPartial() ? (IResult)Html.Show<ErrorNote, Trouble>(trouble, trouble.Status) : Html.Show<ErrorPage, Trouble>(trouble, trouble.Status)).ExecuteAsync(context);
        }
    }

    private static bool IsBare(HttpResponse response) =>
        !response.HasStarted && response.StatusCode is >= 400 and < 600 && response.ContentLength is null && string.IsNullOrEmpty(response.ContentType);

    // The page that the form was on, when it was one of ours; a failed page itself is no way back.
    private static string BackOf(HttpContext context)
    {
        var home = context.Request.Path.StartsWithSegments("/c") ? "/c" : "/";
        return Uri.TryCreate(context.Request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == context.Request.Host.Value && from.AbsolutePath != context.Request.Path
            ? Requests.LocalOr(from.PathAndQuery, home)
            : home;
    }

    private static readonly Action<ILogger, string, string, string, string, string?, Exception?> LogFailure =
        LoggerMessage.Define<string, string, string, string, string?>(LogLevel.Error, new EventId(1, "RequestFailed"), "{Method} {Endpoint} failed with {Failure}, reference {Reference}\n{Where}");
}
