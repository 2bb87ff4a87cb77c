using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Amends.Features.Charter;

/// <summary>The charter's Markdown as HTML that is safe to show: no raw HTML, no pictures, links only to pages and mail addresses.</summary>
public static class CharterText
{
    /// <summary>What is shown until the company writes its own.</summary>
    public const string Ours =
        """
        When something goes wrong, you should not have to fight for your right. This is what you can count on.

        ## One person looks after you

        You get a name, and you keep it. Nobody asks you to tell your story again.

        ## You always know when you hear from us next

        We tell you a day and a time, and we write or call by then, also when there is nothing new. If we are late, somebody who leads the team is told, not you.

        ## We listen before we answer

        We write down what happened and what matters most to you, and ask you whether we understood. You correct us if we did not.

        ## You choose

        We tell you what we can do and why. You choose, or tell us what would suit you better.

        ## It is put right when you say so

        We ask you. If you say no, we go on.
        """;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>Turns the charter into HTML.</summary>
    public static string Html(string? markdown)
    {
        var document = Markdown.Parse(string.IsNullOrWhiteSpace(markdown) ? Ours : markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Clamp(heading.Level, 2, 6); // the page's own title is the first
        foreach (var link in document.Descendants<LinkInline>().Where(link => link.IsImage || !IsSafe(link.Url)).ToList())
            link.ReplaceBy(new LiteralInline(string.Concat(link.Descendants<LiteralInline>().Select(text => text.Content.ToString()))));
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsSafe(link.Url)).ToList())
            link.ReplaceBy(new LiteralInline(link.Url));
        return document.ToHtml(Pipeline);
    }

    private static bool IsSafe(string? url) => url is not null
        && (url.StartsWith('/') || url.StartsWith('#') || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "mailto" or "tel")));
}
