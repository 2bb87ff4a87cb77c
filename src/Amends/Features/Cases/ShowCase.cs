using System.Text.Json;
using System.Text.RegularExpressions;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Cases;

/// <summary>Answers with a case: the whole page, or the pane that htmx asks for.</summary>
public sealed partial class ShowCase(CaseQuery query, Frame frame, ListBeside beside)
{
    /// <summary>The case.</summary>
    /// <param name="context">The request.</param>
    /// <param name="number">Its number.</param>
    /// <param name="view">The list that it was opened from.</param>
    /// <param name="change">What this answer shows beyond the stored case, such as words that were refused.</param>
    /// <param name="status">422 when something was refused, 409 when somebody was faster.</param>
    public async Task<IResult> Page(HttpContext context, long number, string? view, Func<CaseModel, CaseModel>? change = null, int status = StatusCodes.Status200OK)
    {
        var from = view is not null && ViewId().IsMatch(view) ? view : null;
        if (await query.Load(number, context.User.Actor(), from, context.RequestAborted) is not { } model)
            return TypedResults.NotFound();
        if (change is not null)
            model = change(model);
        if (context.Request.IsFragment())
            return Html.Show<CasePane, CaseModel>(model, status);

        var list = from is null ? null : await beside(context, from, number);
        var chrome = await frame.For(context);
        return Html.Show<CasePageView, CaseModel>(model with { Chrome = list is { } found ? chrome with { Path = found.Url } : chrome, List = list?.List, In = list is null ? null : from }, status);
    }

    /// <summary>After a change: the case again, with words for the toast. Without htmx a 303 leads there.</summary>
    public async Task<IResult> Done(HttpContext context, long number, string? view, string words, string? undo = null)
    {
        if (context.Request.IsFragment())
        {
            context.Response.Headers["HX-Trigger"] = JsonSerializer.Serialize(new { toast = new { words, undo } });
            return await Page(context, number, view);
        }

        Frame.Say(context, words, undo);
        return TypedResults.Redirect303(view is { Length: > 0 } && ViewId().IsMatch(view) ? $"/cases/{number}?in={view}" : $"/cases/{number}");
    }

    [GeneratedRegex("^[a-z-]{1,30}$")]
    private static partial Regex ViewId();
}
