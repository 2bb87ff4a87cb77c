using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Amends.Features.Shared;

/// <summary>An icon of the sprite; it says nothing to a screen reader.</summary>
/// <param name="asset">Where the sprite is.</param>
public sealed class Icon(AssetMap asset) : Piece
{
    private static readonly ConcurrentDictionary<(AssetMap, string), string> Known = new();

    /// <summary>A name of tools/icons/names.txt.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <inheritdoc/>
    protected override string Markup(ParameterView parameters) => Known.GetOrAdd((asset, parameters.GetValueOrDefault(nameof(Name), "")),
        icon => $"<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{icon.Item1["icons.svg"]}#{HtmlEncoder.Default.Encode(icon.Item2)}\"/></svg>");
}
