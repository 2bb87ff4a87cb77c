using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Amends.Features.Shared;

/// <summary>The keys of a command.</summary>
public sealed class Kbd : Piece
{
    private static readonly ConcurrentDictionary<string, string> Known = new();

    /// <summary>Id of a command (its keys are printed), or keys as in <see cref="Command.Keys"/>.</summary>
    [Parameter, EditorRequired] public string For { get; set; } = "";

    /// <inheritdoc/>
    protected override string Markup(ParameterView parameters) => Known.GetOrAdd(parameters.GetValueOrDefault(nameof(For), ""),
        keys => string.Concat(Palette.Print(Palette.Find(keys)?.Keys ?? keys).Select(key => $"<kbd>{HtmlEncoder.Default.Encode(key)}</kbd>")));
}
