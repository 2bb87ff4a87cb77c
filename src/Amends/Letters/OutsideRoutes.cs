using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.Issues;

namespace Amends.Letters;

/// <summary>
/// Where the customer of a case can go next: in the company's own words, and by each preset of the case that names a body. A final letter that does
/// not agree with the customer in everything says all of it.
/// </summary>
public static class OutsideRoutes
{
    /// <summary>The words for a letter; <c>null</c> when there is nowhere.</summary>
    public static string? For(Company company, CaseState state)
    {
        var own = company.OutsideRoute.Trim();
        var lines = Named(company, state).Where(each => !Says(own, each.Post)).Select(each => Sentence(each.Post)).Distinct();
        return string.Join('\n', lines.Prepend(own).Where(line => line.Length > 0)) is { Length: > 0 } all ? all : null;
    }

    /// <summary>The same where a letter says all of it; <c>null</c> when it lacks something, or there is nowhere.</summary>
    public static string? In(Company company, CaseState state, string text) =>
        For(company, state) is { } route && (Named(company, state).Any() || RequiredContent.Says(text, company.OutsideRoute.Trim())) && !Lacking(company, state, text).Any() ? route : null;

    /// <summary>What a final letter lacks of it, with a sentence to put in for each body.</summary>
    public static IEnumerable<Missing> Lacking(Company company, CaseState state, string text) =>
        Named(company, state).Where(each => !Says(text, each.Post)).Select(each => new Missing(each.Preset.Title, $"where they can go next ({string.Join(", ", Parts(each.Post))})", Sentence(each.Post)));

    /// <summary>Whether a letter of a kind must say it: the final ones, unless all that they raised is upheld.</summary>
    public static bool Asks(LetterKind kind, CaseState state) =>
        kind == LetterKind.NotUpheld || (kind == LetterKind.Final && state.Raised.Any(issue => issue.Decision is { Finding: not Finding.Upheld }));

    /// <summary>Refuses to send a final letter while a preset of the case wants a body named that nobody has named.</summary>
    /// <exception cref="Refused"><c>outside_route</c>.</exception>
    public static void MustBeNamed(Company company, CaseState state)
    {
        if (Signposts(company, state).FirstOrDefault(each => each.Post.Web is null && each.Post.Address is null) is { Preset: { } preset })
            throw new Refused("outside_route", $"“{preset.Title}” ({preset.Jurisdiction}) wants this letter to say where they can go next, and nobody is named. An owner names the body under Settings, Deadlines, or says there that none is open to your customers.");
    }

    private static IEnumerable<(Preset Preset, Signpost Post)> Named(Company company, CaseState state) => Signposts(company, state).Where(each => each.Post.Web is not null || each.Post.Address is not null);

    private static IEnumerable<(Preset Preset, Signpost Post)> Signposts(Company company, CaseState state) =>
        from matched in state.Presets
        where matched.Applies
        let preset = PresetFiles.All.FirstOrDefault(each => each.Key == matched.Key)
        where preset is not null
        let post = company.SignpostOf(preset)
        where post is not null
        select (preset, post);

    private static bool Says(string text, Signpost post) => Parts(post).All(part => RequiredContent.Says(text, part));

    private static IEnumerable<string> Parts(Signpost post) => new[] { post.Body, post.Address, post.Web, post.Window }.OfType<string>();

    private static string Sentence(Signpost post) => $"You can take this to {post.Body}{(post.Address is { } address ? $", {address}" : "")}{(post.Web is { } web ? $" ({web})" : "")}{(post.Window is { } window ? $", within {window}" : "")}.";
}
