namespace Amends.Domain.Listening.Drafts;

/// <summary>A question of the customer, and whether we answered it, as far as words tell.</summary>
/// <param name="Words">As they asked it.</param>
/// <param name="MessageId">The message in which they asked it, the newest one where they asked it again; 0 for the story that the case began with.</param>
/// <param name="At">When.</param>
/// <param name="Times">How often they asked it.</param>
/// <param name="Key">Names it within its case; the same words have the same key.</param>
public sealed record CustomerQuestion(string Words, long MessageId, DateTimeOffset At, int Times, string Key)
{
    /// <summary>How it was answered; <c>null</c> while it is open.</summary>
    public QuestionAnswer? Answer { get; init; }

    /// <summary>Nobody has answered it yet.</summary>
    public bool IsOpen => Answer is null;
}

/// <summary>What answered a question.</summary>
/// <param name="How">How that is known.</param>
/// <param name="MessageId">The message of ours; 0 when somebody of us said so.</param>
/// <param name="Shared">The words that both have, in the beginnings by which words are compared.</param>
/// <param name="By">Who said so; <c>null</c> when words tell it.</param>
public sealed record QuestionAnswer(AnswerSign How, long MessageId, IReadOnlyList<string> Shared, string? By = null);

/// <summary>How it is known that a question was answered.</summary>
public enum AnswerSign
{
    /// <summary>A later message of ours quotes it.</summary>
    Quoted = 1,

    /// <summary>A later message of ours has its words.</summary>
    SameWords,

    /// <summary>One of us said so.</summary>
    Said,
}

/// <summary>What one of us said of a question.</summary>
/// <param name="Key">The question.</param>
/// <param name="Answered">It is answered; otherwise it is still open whatever words tell.</param>
/// <param name="By">Who said so.</param>
public sealed record QuestionMark(string Key, bool Answered, string By);

/// <summary>Finds what the customer asked and nobody answered yet.</summary>
public static class OpenQuestions
{
    private const int FewestShared = 2, MostQuestions = 20, LongestWords = 300, ShortestQuote = 8;

    private const double SameQuestion = 0.75, EnoughShared = 0.5;

    /// <summary>The questions of the customer, oldest first.</summary>
    /// <param name="said">What was said, in its order. Of ours only what a person wrote.</param>
    /// <param name="marks">What one of us said of them.</param>
    /// <param name="words">The words of the language.</param>
    public static IReadOnlyList<CustomerQuestion> Of(IReadOnlyList<SaidText> said, IReadOnlyList<QuestionMark> marks, ListeningWords words)
    {
        List<Asked> asked = [];
        for (var at = 0; at < said.Count; at++)
        {
            if (said[at].Message.From == Speaker.Customer)
                Add(asked, said[at], at, words);
        }

        var replies = said.Select((text, at) => (text, at)).Where(each => each.text.Message.From != Speaker.Customer)
            .Select(each => new Reply(each.at, each.text, SaidText.Folded(each.text.Text), [.. words.Content(each.text.Words, 0, int.MaxValue)], each.text.Words.Any(words.IsTime))).ToList();
        var known = marks.GroupBy(mark => mark.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        return [.. asked.TakeLast(MostQuestions).Select(question => question.As(known.GetValueOrDefault(question.Key), replies))];
    }

    private static void Add(List<Asked> asked, SaidText text, int place, ListeningWords words)
    {
        for (var at = 0; at < text.Sentences.Count; at++)
        {
            var sentence = text.Sentences[at];
            var isAsked = text.IsAsked(sentence);
            if ((!isAsked && !words.AskingSet.Any(text.Words, sentence.FirstWord, sentence.EndWord)) || words.RhetoricalSet.Any(text.Words, sentence.FirstWord, sentence.EndWord))
                continue;
            HashSet<string> content = [.. words.Content(text.Words, sentence.FirstWord, sentence.EndWord)];
            // "Why?" is about what stands before it.
            if (content.Count < FewestShared && at > 0)
                content.UnionWith(words.Content(text.Words, text.Sentences[at - 1].FirstWord, text.Sentences[at - 1].EndWord));
            var quote = text.Quote(sentence.Start, sentence.End);
            var folded = Normal(quote);
            var earlier = asked.FindIndex(each => each.Normal == folded || (each.Content.Count > 1 && content.Count > 1 && each.Content.Count(content.Contains) >= SameQuestion * Math.Max(each.Content.Count, content.Count)));
            var asksWhen = isAsked && text.Words.Skip(sentence.FirstWord).Take(sentence.Words).Any(word => word.Lower == "when");
            if (earlier >= 0)
            {
                var old = asked[earlier];
                asked.RemoveAt(earlier);
                asked.Add(new(quote, folded, text.Message, place, old.Place == place ? old.Times : old.Times + 1, content, asksWhen));
            }
            else
            {
                asked.Add(new(quote, folded, text.Message, place, 1, content, asksWhen));
            }
        }
    }

    private static string Normal(string text) => string.Join(' ', SaidWord.In(text).Select(word => word.Lower));

    /// <summary>FNV-1a over how often it was asked and its words, so that one that is asked once more is another one.</summary>
    private static string KeyOf(int times, string normal)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in $"{times} {normal}")
            hash = unchecked((hash ^ letter) * 1099511628211UL);
        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed record Reply(int Place, SaidText Text, string Folded, HashSet<string> Content, bool NamesTime);

    private sealed record Asked(string Quote, string Normal, SaidMessage Message, int Place, int Times, HashSet<string> Content, bool AsksWhen)
    {
        public string Key { get; } = KeyOf(Times, Normal);

        public CustomerQuestion As(QuestionMark? mark, IReadOnlyList<Reply> replies)
        {
            var question = new CustomerQuestion(Quote.Length > LongestWords ? Texts.Cut(Quote, LongestWords) : Quote, Message.Id, Message.At, Times, Key);
            if (mark is not null)
                return mark.Answered ? question with { Answer = new(AnswerSign.Said, 0, [], mark.By) } : question;
            foreach (var reply in replies.Where(reply => reply.Place > Place))
            {
                if (Quote.Length >= ShortestQuote && reply.Folded.Contains(Quote.TrimEnd('?', '!', '.', ' '), StringComparison.OrdinalIgnoreCase))
                    return question with { Answer = new(AnswerSign.Quoted, reply.Text.Message.Id, []) };
                var shared = Content.Where(reply.Content.Contains).Order(StringComparer.Ordinal).ToList();
                if (shared.Count > 0 && shared.Count >= Math.Min(Content.Count, Math.Max(FewestShared, (int)Math.Ceiling(EnoughShared * Content.Count))))
                    return question with { Answer = new(AnswerSign.SameWords, reply.Text.Message.Id, shared) };
                if (AsksWhen && reply.NamesTime && shared.Count > 0)
                    return question with { Answer = new(AnswerSign.SameWords, reply.Text.Message.Id, shared) };
            }

            return question;
        }
    }
}
