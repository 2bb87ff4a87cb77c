using Amends.Domain.Cases;
using Amends.Domain.Listening.Drafts;

namespace Amends.Data;

/// <summary>A message as drafts read it.</summary>
public sealed class SaidRow
{
    /// <summary>SQL for its columns, of a table <c>m</c>.</summary>
    internal static readonly string Columns = $"m.id, m.at, m.direction, m.automatic, substr(m.text, 1, {SaidMessage.Longest}) as text";

    public long Id { get; init; }
    public long At { get; init; }
    public int Direction { get; init; }
    public int Automatic { get; init; }
    public string Text { get; init; } = "";

    /// <summary>What was said in a case, as drafts read it: nothing automatic and no notes, and the story first where no message holds it.</summary>
    /// <param name="state">The case.</param>
    /// <param name="rows">Its messages, oldest first.</param>
    public static IReadOnlyList<SaidText> In(CaseState state, IEnumerable<SaidRow> rows)
    {
        var story = SaidText.Folded(state.Story);
        List<SaidMessage> said = [];
        var told = story.Length == 0;
        foreach (var row in rows)
        {
            if (row.Automatic == 1 || row.Direction == (int)Data.Direction.Note)
                continue;
            // A story that one of us wrote down on the telephone is the customer's all the same; a mail has more than its story, such as a name below it.
            var folded = SaidText.Folded(row.Text);
            var isStory = !told && row.Direction != (int)Data.Direction.Out && (folded.StartsWith(story, StringComparison.Ordinal) || (row.Text.Length >= SaidMessage.Longest && story.StartsWith(folded, StringComparison.Ordinal)));
            told |= isStory;
            var from = row.Direction == (int)Data.Direction.In || isStory ? Speaker.Customer : row.Direction == (int)Data.Direction.Out ? Speaker.Us : Speaker.Call;
            said.Add(new(row.Id, from, DateTimeOffset.FromUnixTimeMilliseconds(row.At), isStory ? state.Story : row.Text));
        }

        if (!told)
            said.Insert(0, new(0, Speaker.Customer, state.OpenedAt, state.Story));
        return [.. said.Select(message => SaidText.Read(message, ListeningFiles.Words))];
    }
}
