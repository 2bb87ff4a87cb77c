namespace Amends.Features.Shared;

/// <summary>Where a key or palette entry applies.</summary>
public enum Place
{
    /// <summary>Everywhere in the desk.</summary>
    Anywhere,

    /// <summary>While a list of cases is on the page.</summary>
    List,

    /// <summary>While a case is open.</summary>
    Case,

    /// <summary>While the cursor is in the message being written.</summary>
    Writing,
}

/// <summary>One thing an agent can do from the keyboard or the palette.</summary>
/// <param name="Id">Stable name, such as <c>reply</c>; buttons refer to it with <c>data-command</c>.</param>
/// <param name="Title">The words in the palette and the help.</param>
/// <param name="Keys">As typed: <c>R</c>, <c>Shift+P</c>, <c>Mod+Enter</c> (Mod is Ctrl, on a Mac ⌘), <c>G I</c> for one after the other; "" for palette only.</param>
/// <param name="Where">Where it applies.</param>
/// <param name="Url">Goes there; null for what a page's own element does.</param>
/// <param name="Icon">An icon name.</param>
/// <param name="Group">The heading it stands under.</param>
public sealed record Command(string Id, string Title, string Keys, Place Where, string? Url, string Icon, string Group);
