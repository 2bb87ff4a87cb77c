using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Amends.Features.Shared;

/// <summary>A component that shows one typed model: a page or a fragment of one.</summary>
public abstract class View<TModel> : ComponentBase
{
    /// <summary>What the component shows; loaded by the endpoint, so that rendering asks for nothing.</summary>
    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;
}

/// <summary>Answers with a statically rendered component.</summary>
public static class Html
{
    /// <summary>Renders <typeparamref name="TView"/> with its model; 200 unless another status is said.</summary>
    public static IResult Show<TView, TModel>(TModel model, int status = StatusCodes.Status200OK) where TView : View<TModel> =>
        new RazorComponentResult<TView>(new Dictionary<string, object?> { [nameof(View<>.Model)] = model }) { StatusCode = status };

    /// <summary>True when htmx 4 asks for a part of a page; going back, and catching up after a lost connection, want the whole.</summary>
    public static bool IsFragment(this HttpRequest request) =>
        request.Headers["HX-Request-Type"] == "partial" && !request.Headers.ContainsKey("HX-History-Restore-Request");
}
