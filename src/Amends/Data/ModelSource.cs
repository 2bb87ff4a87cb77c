using System.Text;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Language;
using Dapper;

namespace Amends.Data;

/// <summary>What a language model would be given for a case, and what is known of its people so that it can be masked. Reads only.</summary>
/// <param name="State">The case.</param>
/// <param name="Text">The text, as it is.</param>
/// <param name="Known">Names, numbers and places of the case.</param>
public sealed record ModelSource(CaseState State, string Text, KnownPersonal Known)
{
    /// <summary>The longest text that is sent, in UTF-16 units.</summary>
    public const int Longest = 16_000;

    private const int MostMessages = 30, MostPeople = 500;

    /// <summary>Loads what a task needs; <c>null</c> when there is no such case.</summary>
    /// <param name="database">Where.</param>
    /// <param name="number">The case.</param>
    /// <param name="task">The task.</param>
    /// <param name="message">The customer's message that it is about; <c>null</c> for the newest.</param>
    /// <param name="draft">The reply to be said otherwise.</param>
    /// <param name="ct">The request's end.</param>
    /// <exception cref="Refused"><c>message</c> or <c>text</c>: there is nothing to work on, or too much.</exception>
    public static async Task<ModelSource?> Load(Database database, long number, ModelTask task, long? message, string? draft, CancellationToken ct)
    {
        var rows = await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                $"""
                select state from cases where number = @number;
                select id, direction, substr(text, 1, {Longest + 1}) as text from messages where case_number = @number and direction in (1, 2) and automatic = 0 order by id desc limit {MostMessages};
                select name from people order by id limit {MostPeople};
                select distinct author_name from messages where case_number = @number and automatic = 0 and (direction = 1 or author_id > 0) limit {MostPeople};
                select u.name from cases c join customers u on u.id = c.customer_id where c.number = @number;
                select o.number from cases c join orders o on o.customer_id = c.customer_id where c.number = @number limit {MostPeople};
                select u.place from cases c join customers u on u.id = c.customer_id where c.number = @number and u.place is not null
                """, new { number });
            return new Rows(
                await all.ReadSingleOrDefaultAsync<string>(), (await all.ReadAsync<Said>()).AsList(), [.. await all.ReadAsync<string>(), .. await all.ReadAsync<string>(), .. await all.ReadAsync<string>()],
                (await all.ReadAsync<string>()).AsList(), (await all.ReadAsync<string>()).AsList());
        }, ct);
        if (rows.State is null)
            return null;
        var state = CaseJson.State(rows.State);
        string?[] more = [state.CustomerName, state.PreferredName, state.GreetingName, state.OwnerName, state.Representative?.Name];
        var known = new KnownPersonal([.. rows.Names.Concat(more.OfType<string>()).Distinct()], [.. rows.Numbers, number.ToString(System.Globalization.CultureInfo.InvariantCulture)], rows.Places);
        var text = task switch
        {
            ModelTask.Summary => Conversation(state, rows.Messages),
            _ when ModelTasks.IsOfDraft(task) => Checked("text", draft, "Write the reply first; then it can be said otherwise."),
            _ => OfMessage(state, rows.Messages, message),
        };
        return new ModelSource(state, text, known);
    }

    private static string OfMessage(CaseState state, List<Said> messages, long? message)
    {
        var theirs = messages.Where(each => each.Direction == (int)Direction.In);
        var words = message is > 0 and var id ? theirs.FirstOrDefault(each => each.Id == id)?.Text : theirs.FirstOrDefault()?.Text ?? state.Story;
        return Checked("message", words, "Choose a message of the customer.");
    }

    /// <summary>What was said on both sides, oldest first; where it is too long the oldest are left out, and the first one stays.</summary>
    private static string Conversation(CaseState state, List<Said> messages)
    {
        var parts = messages.AsEnumerable().Reverse().Select(each => $"{(each.Direction == (int)Direction.In ? "The customer wrote:" : "We wrote:")}\n{each.Text.Trim()}").ToList();
        if (parts.Count == 0 || messages.All(each => each.Direction != (int)Direction.In))
            parts.Insert(0, $"The customer wrote:\n{state.Story.Trim()}");
        if (state.NextContact is { What.Length: > 0 } next)
            parts.Add($"We promised next:\n{next.What}");
        var length = parts.Sum(part => part.Length + 2);
        while (length > Longest && parts.Count > 2)
        {
            length -= parts[1].Length + 2;
            parts.RemoveAt(1);
        }

        return Texts.Cut(new StringBuilder().AppendJoin("\n\n", parts).ToString(), Longest);
    }

    private static string Checked(string code, string? text, string missing)
    {
        var words = Storable.Of(text?.ReplaceLineEndings("\n").Trim() ?? "");
        return words.Length == 0 ? throw new Refused(code, missing)
            : words.Length > Longest ? throw new Refused(code, $"That is longer than {Longest:N0} characters, more than is sent.")
            : words;
    }

    private sealed record Rows(string? State, List<Said> Messages, IReadOnlyList<string> Names, IReadOnlyList<string> Numbers, IReadOnlyList<string> Places);

    private sealed class Said
    {
        public long Id { get; init; }
        public int Direction { get; init; }
        public string Text { get; init; } = "";
    }
}
