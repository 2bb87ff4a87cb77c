using Microsoft.AspNetCore.Components;

namespace Amends.Features.Shared;

/// <summary>
/// A component that is one piece of markup, for what stands on a page fifty times: an icon, the keys of a command. An
/// element with its attributes and a life cycle for each costs more than the rest of the page.
/// </summary>
public abstract class Piece : IComponent
{
    private RenderHandle _place;

    /// <summary>The markup for these parameters; everything that is not the program's own must be encoded.</summary>
    protected abstract string Markup(ParameterView parameters);

    /// <inheritdoc/>
    public void Attach(RenderHandle renderHandle) => _place = renderHandle;

    /// <inheritdoc/>
    public Task SetParametersAsync(ParameterView parameters)
    {
        var markup = Markup(parameters);
        _place.Render(builder => builder.AddMarkupContent(0, markup));
        return Task.CompletedTask;
    }
}
