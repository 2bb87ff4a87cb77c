using System.Text;
using System.Text.Encodings.Web;
using Amends.Features.Shared;

namespace Amends.Features.Inbox;

/// <summary>A list as it is drawn, with or without a case beside it.</summary>
/// <param name="View">Which list.</param>
/// <param name="Page">Its rows.</param>
/// <param name="Count">How many are in it altogether, when that is known.</param>
/// <param name="Current">The number of the case beside it; 0 for none.</param>
/// <param name="Now">The time to compare with.</param>
/// <param name="Zone">The company's zone.</param>
public sealed record InboxModel(InboxView View, InboxQuery.Page Page, int? Count, long Current, DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>The frame; only for the page.</summary>
    public Chrome? Chrome { get; init; }

    /// <summary>Where somebody waits when this list is empty: a title, an address, a number.</summary>
    public (string Title, string Url, int Count)? Elsewhere { get; init; }

    /// <summary>The teams by which the list can be parted; none where there are none, or the list is somebody's own.</summary>
    public IReadOnlyList<Domain.People.NamedTeam> Teams { get; init; } = [];

    /// <summary>The team whose cases are shown alone; <c>null</c> for all.</summary>
    public long? Team { get; init; }

    /// <summary>The address of the list.</summary>
    /// <param name="team">Of which team.</param>
    /// <param name="after">Where the page begins.</param>
    public string Url(long? team, string? after = null) => $"/inbox/{View.Id}" + (team is null && after is null ? "" : "?" + string.Join('&', new[] { team is { } id ? $"team={id}" : null, after is null ? null : $"after={after}" }.OfType<string>()));

    /// <summary>The groups with all their rows.</summary>
    /// <param name="encoder">Makes words safe in HTML.</param>
    /// <param name="sprite">The address of the icons.</param>
    public string Markup(HtmlEncoder encoder, string sprite)
    {
        var html = new StringBuilder(48 * 1024);
        var rows = new RowMarkup(encoder, sprite, View.Id, Now, Zone);
        var level = Current == 0 ? "h2" : "h3"; // below the list's own title, which is a second one beside a case
        foreach (var (heading, group) in RowMarkup.Groups(Page.Rows, Now, Zone))
        {
            html.Append($"<{level} class=\"group\">").Append(heading).Append("<span>").Append(group.Count).Append($"</span></{level}><ul>");
            foreach (var row in group)
            {
                html.Append("<li>");
                rows.Write(html, row, row.Number == Current, View.NamesOwner);
                html.Append("</li>");
            }

            html.Append("</ul>");
        }

        return html.ToString();
    }
}
