using Microsoft.AspNetCore.Components;

namespace Amends.Features.Shared;

/// <summary>Draws the list that stands beside an open case; the inbox knows how, whoever shows a case asks for it.</summary>
/// <param name="context">The request: whose list it is.</param>
/// <param name="view">The view's id, such as <c>mine</c>; unknown ones give no list.</param>
/// <param name="current">The case that is open.</param>
/// <returns>The list and the address of its page, or <c>null</c>.</returns>
public delegate Task<(RenderFragment List, string Url)?> ListBeside(HttpContext context, string view, long current);
