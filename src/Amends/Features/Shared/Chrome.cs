using Amends.Domain.People;

namespace Amends.Features.Shared;

/// <summary>What the frame around every agents' page shows.</summary>
public sealed record Chrome
{
    /// <summary>The company's name.</summary>
    public required string Company { get; init; }

    /// <summary>Name of the person who is signed in.</summary>
    public required string Person { get; init; }

    /// <summary>Their role; decides which entries the navigation has.</summary>
    public required Role Role { get; init; }

    /// <summary>Path of the request; marks the present entry.</summary>
    public required string Path { get; init; }

    /// <summary>View id of <see cref="Navigation"/> → how many; a view that is missing shows no number.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>How far the signals had come when the page was read.</summary>
    public string? Live { get; init; }

    /// <summary>The request token of antiforgery, for requests that htmx and our scripts make.</summary>
    public string? Token { get; init; }

    /// <summary>The line below the name, such as "Available until 17:00"; the role if not given.</summary>
    public string? Status { get; init; }

    /// <summary>Signed in and available: a green dot.</summary>
    public bool Available { get; init; } = true;

    /// <summary>"light", "dark" or "" to follow the system.</summary>
    public string Theme { get; init; } = "";

    /// <summary>15 % larger everything.</summary>
    public bool Comfortable { get; init; }

    /// <summary>Whether single keys act (WCAG 2.1.4 wants a switch).</summary>
    public bool SingleKeys { get; init; } = true;

    /// <summary>The framework that they chose to see on a case; <c>null</c> for the company's.</summary>
    public string? Framework { get; init; }

    /// <summary>A company of invented people; nothing is sent outside.</summary>
    public bool Demo { get; init; }

    /// <summary>The desk was restored, and no mail goes out until somebody decides.</summary>
    public bool MailHeld { get; init; }

    /// <summary>Words for the toast, from the action before this page.</summary>
    public Toast? Toast { get; init; }
}

/// <summary>A short message at the bottom, with a way back.</summary>
/// <param name="Words">What was done.</param>
/// <param name="UndoUrl">A POST there takes it back; null where that cannot be.</param>
public sealed record Toast(string Words, string? UndoUrl = null);
