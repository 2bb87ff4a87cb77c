namespace Amends.Domain.Wording;

/// <summary>
/// How easily a text is read, from its counts. Flesch 1948, Kincaid 1975, Gunning 1952, McLaughlin 1969; the ease of German
/// after Amstad 1978, of French after Kandel and Moles 1958, of Spanish after Fernández Huerta 1959. Letters aim at an ease of 60
/// or more, 20 words a sentence or fewer, grade 9 or lower. Tools differ in how they count syllables; the formulas are exact on the counts.
/// </summary>
/// <param name="Words">Words and numbers.</param>
/// <param name="Sentences">Sentences.</param>
/// <param name="Syllables">Syllables of all words.</param>
/// <param name="Complex">Words of three syllables or more.</param>
/// <param name="Language">Whose formula of ease is taken; English for what has none.</param>
public sealed record Readability(int Words, int Sentences, int Syllables, int Complex, string Language = "en")
{
    /// <summary>Ease to aim at.</summary>
    public const double AimEase = 60;

    /// <summary>Words a sentence to aim at, on the average.</summary>
    public const double AimMeanSentence = 20;

    /// <summary>Grade to aim at.</summary>
    public const double AimGrade = 9;

    /// <summary>An empty text.</summary>
    public static readonly Readability None = new(0, 0, 0, 0);

    /// <summary>There is nothing to read; every figure is 0.</summary>
    public bool IsEmpty => Words <= 0 || Sentences <= 0;

    /// <summary>Words a sentence.</summary>
    public double MeanSentence => IsEmpty ? 0 : (double)Words / Sentences;

    /// <summary>Reading ease: about 0 (hard) to 100 (very easy); 60 to 70 is plain.</summary>
    public double Ease => IsEmpty ? 0 : Language switch
    {
        "de" => 180 - MeanSentence - 58.5 * PerWord,
        "fr" => 207 - 1.015 * MeanSentence - 73.6 * PerWord,
        "es" => 206.84 - 60 * PerWord - 1.02 * MeanSentence,
        _ => 206.835 - 1.015 * MeanSentence - 84.6 * PerWord,
    };

    /// <summary>Flesch-Kincaid grade: school years, for English.</summary>
    public double Grade => IsEmpty ? 0 : 0.39 * MeanSentence + 11.8 * PerWord - 15.59;

    /// <summary>Gunning's fog index: school years, for English.</summary>
    public double Fog => IsEmpty ? 0 : 0.4 * (MeanSentence + 100.0 * Complex / Words);

    /// <summary>SMOG grade: school years, for English; meant for 30 sentences, rough for fewer.</summary>
    public double Smog => IsEmpty ? 0 : 1.0430 * Math.Sqrt(Complex * 30.0 / Sentences) + 3.1291;

    /// <summary>Ease and mean sentence are as a letter's should be.</summary>
    public bool IsPlain => IsEmpty || (Ease >= AimEase && MeanSentence <= AimMeanSentence);

    private double PerWord => (double)Syllables / Words;

    internal static Readability Of(DraftText draft, LanguageWords words, string language)
    {
        int count = 0, sentences = 0, syllables = 0, complex = 0;
        foreach (var sentence in draft.Sentences)
        {
            if (sentence.IsGreeting)
                continue;
            var begun = count;
            for (var at = sentence.First; at < sentence.End; at++)
            {
                var token = draft.Tokens[at];
                // A contraction is one word here.
                if (token.Quoted || token.Kind is TokenKind.Comma or TokenKind.Address || (at > sentence.First && draft.Tokens[at - 1].Start == token.Start))
                    continue;
                var spoken = Wording.Syllables.Of(draft.Text.Substring(token.Start, token.Length), words, language);
                count++;
                syllables += spoken;
                complex += spoken >= 3 ? 1 : 0;
            }

            sentences += count > begun ? 1 : 0;
        }

        return new(count, sentences, syllables, complex, language);
    }
}
