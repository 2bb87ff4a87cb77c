namespace Amends.Domain.Wording;

/// <summary>How particular a draft's empathy is.</summary>
public enum EmpathyLevel
{
    /// <summary>Nothing is known of the customer's story, so it is not judged.</summary>
    Unknown = 0,

    /// <summary>It would fit anybody.</summary>
    Generic,

    /// <summary>It touches on what happened.</summary>
    Some,

    /// <summary>It names what happened to this customer, in their words.</summary>
    Particular,
}

/// <summary>How far a draft names the customer's own story (practice 2-5): shared words of meaning, neighbours of them, and a feeling or an effect named beside.</summary>
/// <param name="Score">0 to 1: four shared words of meaning give 0.6, two shared pairs of neighbours 0.25, a feeling or effect beside a shared word 0.15.</param>
/// <param name="Level">Generic below 0.3, particular from 0.6 on.</param>
/// <param name="Reflected">Stretches of the draft that take up the story, one for each word.</param>
public sealed record Empathy(double Score, EmpathyLevel Level, IReadOnlyList<Stretch> Reflected)
{
    internal static Empathy Of(Reading reading)
    {
        if (reading.Story.IsEmpty || !reading.Speaks)
            return new(0, EmpathyLevel.Unknown, []);
        HashSet<string> shared = [];
        HashSet<(string, string)> pairs = [];
        HashSet<int> sentences = [];
        List<Stretch> reflected = [];
        for (var number = 0; number < reading.Draft.Sentences.Count; number++)
        {
            var sentence = reading.Draft.Sentences[number];
            if (sentence.IsQuoted || sentence.IsGreeting)
                continue;
            string? before = null;
            for (var at = sentence.First; at < sentence.End; at++)
            {
                var token = reading.Draft.Tokens[at];
                if (!Story.IsMeant(token, reading.Words))
                    continue;
                var stem = reading.Words.Stem(token.Word);
                if (reading.Story.Holds(stem))
                {
                    if (shared.Add(stem))
                        reflected.Add(new(token.Start, token.Length));
                    sentences.Add(number);
                    if (before is not null && reading.Story.HoldsPair(before, stem))
                        pairs.Add((before, stem));
                }

                before = stem;
            }
        }

        var named = reading.SentencesWith(Sign.Feeling);
        named.UnionWith(reading.SentencesWith(Sign.Impact));
        named.IntersectWith(sentences);
        var score = Math.Min(shared.Count, 4) * 0.15 + Math.Min(pairs.Count, 2) * 0.125 + (named.Count > 0 ? 0.15 : 0);
        return new(score, score < 0.3 ? EmpathyLevel.Generic : score < 0.6 ? EmpathyLevel.Some : EmpathyLevel.Particular, reflected);
    }
}
