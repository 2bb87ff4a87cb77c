namespace Amends.Domain.Listening.Emotion;

/// <summary>Which language a text is in, by its commonest small words and its letters.</summary>
public static class LanguageOf
{
    private const int Enough = 2, ReadUpTo = 400;
    private const double Ahead = 1.3;

    private static readonly (string Language, string Words)[] Common =
    [
        ("en", "the and of to is in that it was for you with on are this have be at not but they from had his she which we were been my your i me our when there will would what so if an can do did has just no please how very after about still"),
        ("de", "der die das und ist nicht ich sie es ein eine zu mit auf für dem den von wir ihr mir mich haben habe hat war aber auch noch nur wie bei wird sind dass im am ihre ihnen bitte keine kein schon seit sehr immer wurde uns unser unsere einen einem einer hatte wenn doch euch ihren damit"),
        ("fr", "le la les des et est une un je vous que qui pour pas dans ce nous avec sur ne il elle mon ma mes votre vos au aux du de en été plus j'ai c'est n'ai n'est mais très bien si depuis cette avez suis merci encore c'était qu'il j'avais rien tout fait ça sont étaient leur chez toujours jamais aussi"),
        ("es", "el la los las y es un una que de no me en por con para se lo mi su del al le pero más muy como ha he han está estoy usted ustedes esto esta este desde sin ya hace sobre cuando porque gracias señor fue hasta ayer tengo tiene hay nadie llevo también qué mí estaba"),
        ("it", "il lo la gli le e è un una che di non mi per con sono ho ha del della dei al alla da si ma più come questo questa nel vostro vostra grazie anche perché molto ancora siamo stato stata ci avete abbiamo vostro sul sulla nella alle dalla dalle fatto già dopo due solo siete essere senza sempre mai mio mia"),
        ("nl", "de het een en is niet ik je u van te dat op in met voor zijn er maar om aan heb heeft ook nog wel geen wij we jullie mijn uw dit deze bij naar als was kan graag al na hij hun mij dan toch nu dus hoe geweest worden wordt alleen steeds niets"),
        ("pt", "o a os as e é um uma que de não me em por com para se do da dos das ao meu minha seu sua mas mais muito como foi está estou isso esta este desde já sem porque obrigado obrigada você vocês ontem ainda até pelo pela são tem nao voces estou foram ser dois isto à às aos num numa fui já vosso vossa"),
        ("pl", "i w na nie się to jest do z że jak za od ale już po mi mnie czy o tak ich był była będzie jestem proszę przez bardzo jeszcze państwa dla"),
        ("sv", "och att det är en ett på som för inte jag ni med har av till den om men vi från kan ska mig så var min mitt era hur när vad nu efter tack"),
        ("da", "og at det er en et på som for ikke jeg med har af til den om men vi fra kan skal mig så var min mit jeres hvordan når hvad nu efter tak"),
        ("cs", "a je se na to že v do s jsem ne jak za od ale už po mi pro si by byl byla bude jsme prosím velmi ještě vám vás"),
        ("tr", "ve bir bu için çok ama ben siz daha ne de da gibi var yok kadar sonra olarak mi mı benim sizin hala bana lütfen değil"),
    ];

    private static readonly Dictionary<string, List<int>> Index = Indexed();

    /// <summary>The language of a text.</summary>
    /// <param name="text">Any text; its first words are looked at.</param>
    /// <returns>Two letters (ISO 639-1); <c>null</c> when it cannot be told.</returns>
    public static string? Text(string text)
    {
        if (Script(text) is { } script)
            return script;
        var found = new int[Common.Length];
        var word = Index.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> lower = stackalloc char[16];
        var tokens = new Tokens(text);
        for (var read = 0; read < ReadUpTo && tokens.Next();)
        {
            if (tokens.Current.Kind != TokenKind.Word)
                continue;
            read++;
            if (tokens.Current.Length > lower.Length)
                continue;
            var piece = text.AsSpan(tokens.Current.Start, tokens.Current.Length);
            for (var i = 0; i < piece.Length; i++)
                lower[i] = piece[i] == '’' ? '\'' : char.ToLowerInvariant(piece[i]);
            if (word.TryGetValue(lower[..piece.Length], out var languages))
                languages.ForEach(language => found[language]++);
        }

        var best = Array.IndexOf(found, found.Max());
        var second = found.Where((_, i) => i != best).Max();
        return found[best] >= Enough && found[best] >= second * Ahead ? Common[best].Language : null;
    }

    /// <summary>Languages that their letters tell; <c>null</c> for Latin letters.</summary>
    private static string? Script(string text)
    {
        var (cyrillic, kana, han, arabic, greek, hangul, latin) = (0, 0, 0, 0, 0, 0, 0);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 2000)))
        {
            switch (c)
            {
                case < '\u0250': latin += char.IsLetter(c) ? 1 : 0; break;
                case >= '\u0370' and < '\u0400': greek++; break;
                case >= '\u0400' and < '\u0530': cyrillic++; break;
                case >= '\u0600' and < '\u0700': arabic++; break;
                case >= '\u3040' and < '\u3100': kana++; break;
                case >= '\u4e00' and < '\ua000': han++; break;
                case >= '\uac00' and < '\ud7a4': hangul++; break;
            }
        }

        var most = Math.Max(Math.Max(Math.Max(cyrillic, kana + han), Math.Max(arabic, greek)), hangul);
        return most <= latin ? null : most == cyrillic ? "ru" : most == arabic ? "ar" : most == greek ? "el" : most == hangul ? "ko" : kana > 0 ? "ja" : "zh";
    }

    private static Dictionary<string, List<int>> Indexed()
    {
        var index = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < Common.Length; i++)
        {
            foreach (var word in Common[i].Words.Split(' '))
            {
                if (!index.TryGetValue(word, out var languages))
                    index[word] = languages = [];
                languages.Add(i);
            }
        }

        return index;
    }
}
