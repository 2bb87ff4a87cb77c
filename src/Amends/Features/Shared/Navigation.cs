using Amends.Domain.People;

namespace Amends.Features.Shared;

/// <summary>One entry of the desk's navigation.</summary>
/// <param name="Id">Key of its number in <see cref="Chrome.Counts"/>.</param>
/// <param name="Title">Its words.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="From">The lowest role that sees it.</param>
/// <param name="Alarming">A number above zero is red.</param>
public sealed record NavEntry(string Id, string Title, string Icon, string Url, Role From = Role.Reader, bool Alarming = false);

/// <summary>The desk's navigation: groups and their entries.</summary>
public static class Navigation
{
    /// <summary>All groups; the first one has no heading.</summary>
    public static readonly IReadOnlyList<(string? Heading, IReadOnlyList<NavEntry> Entries)> Groups =
    [
        (null,
        [
            new("today", "Today", "sun", "/today"),
            new("mine", "Mine", "inbox", "/inbox/mine"),
            new("team", "My team", "users", "/inbox/team"),
            new("unassigned", "Unassigned", "circle", "/inbox/unassigned"),
            new("notices", "For you", "bell", "/notices"),
            new("own", "My own", "heart-handshake", "/my", Role.Agent),
        ]),
        ("Promises",
        [
            new("promises", "Board", "list-checks", "/promises"),
            new("overdue", "Overdue", "triangle-alert", "/inbox/overdue", Alarming: true),
            new("due", "Due today", "alarm-clock", "/inbox/due"),
            new("with-customer", "With the customer", "hourglass", "/inbox/with-customer"),
            new("calls", "Calls", "phone", "/calls", Role.Agent),
            new("follow-ups", "Follow-ups", "repeat", "/inbox/follow-ups"),
            new("hard", "Hard ones", "flag", "/inbox/hard"),
            new("approvals", "Approvals", "badge-check", "/approvals", Role.Lead),
            new("second-look", "Second look", "eye", "/second-looks", Role.Lead),
        ]),
        ("Mail",
        [
            new("outbox", "Outbox", "send", "/outbox"),
            new("quarantine", "Quarantine", "shield-alert", "/quarantine", Role.Agent, Alarming: true),
        ]),
        ("Company",
        [
            new("reports", "Reports", "trending-up", "/reports", Role.Manager),
            new("practices", "Practices", "book-open", "/practices"),
            new("people", "People", "user-plus", "/settings/people", Role.Owner),
            new("limits", "Limits", "scale", "/settings/limits", Role.Manager),
            new("settings", "Settings", "settings", "/settings", Role.Owner),
        ]),
    ];

    /// <summary>Pages that the palette finds by their name and nothing else leads to from everywhere.</summary>
    private static readonly IReadOnlyList<NavEntry> Named = [new("exports", "Exports", "download", "/exports", Role.Manager)];

    /// <summary>Those whose name begins with what was typed, for this role.</summary>
    public static IEnumerable<NavEntry> Find(string typed, Role role) => typed.Trim() is { Length: > 2 } word ? Named.Where(entry => role >= entry.From && entry.Title.StartsWith(word, StringComparison.OrdinalIgnoreCase)) : [];

    /// <summary>The tab bar of small screens.</summary>
    public static readonly IReadOnlyList<NavEntry> Tabs =
    [
        new("mine", "Inbox", "inbox", "/inbox/mine"),
        new("due", "Promises", "alarm-clock", "/inbox/due"),
        new("search", "Search", "search", "/search"),
        new("new", "New", "plus", "/cases/new"),
        new("me", "Me", "user", "/profile"),
    ];

    /// <summary>True for the entry itself and pages below it, but not for a longer entry's pages.</summary>
    public static bool IsAt(string url, string path) =>
        path == url || (path.StartsWith(url + "/", StringComparison.Ordinal)
            && !Groups.Any(group => group.Entries.Any(other => other.Url.Length > url.Length && (path == other.Url || path.StartsWith(other.Url + "/", StringComparison.Ordinal)))));
}
