using System.Text.Encodings.Web;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>Words that are put into the reply that somebody is writing in a case; what they wrote already stays before them.</summary>
public static class ReplyDrafts
{
    private const int Longest = 100_000;

    /// <summary>Adds a paragraph to the draft of a reply, or begins one with it. What stands at its end already is not added again.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="number">The case.</param>
    /// <param name="words">Plain words; blank lines part paragraphs.</param>
    /// <param name="me">Whose draft.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Domain.Refused"><c>text</c>: the draft is full.</exception>
    public static async Task Append(Unit unit, long number, string words, Actor me, DateTimeOffset now)
    {
        var draft = await unit.One<Row>("select text, html from drafts where person_id = @Id and case_number = @number and kind = 1", new { me.Id, number });
        var (old, added) = (draft?.Text.TrimEnd() ?? "", Storable.Of(words.ReplaceLineEndings("\n").Trim()));
        if (old.EndsWith(added, StringComparison.Ordinal))
            return;
        if (old.Length + added.Length + 2 > Longest)
            throw new Domain.Refused("text", "The draft is too long for more. Send it, or shorten it first.");
        var html = string.IsNullOrEmpty(draft?.Html) ? null : draft.Html + string.Concat(added.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph => $"<p>{HtmlEncoder.Default.Encode(paragraph).Replace("&#xA;", "<br>", StringComparison.Ordinal)}</p>"));
        await unit.Run(
            """
            insert into drafts (person_id, case_number, kind, text, html, next_what, next_due, device, saved_at) values (@Id, @number, 1, @text, @html, '', '', 0, @at)
            on conflict (person_id, case_number, kind) do update set text = excluded.text, html = excluded.html, saved_at = excluded.saved_at
            """, new { me.Id, number, text = old.Length == 0 ? added : $"{old}\n\n{added}", html, at = now.ToUnixTimeMilliseconds() });
    }

    private sealed class Row
    {
        public string Text { get; init; } = "";
        public string? Html { get; init; }
    }
}
