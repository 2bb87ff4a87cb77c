namespace Amends.Domain.Reports;

/// <summary>Whose words are read, and about what.</summary>
public enum SaidOf
{
    /// <summary>What would put it right.</summary>
    Wanted = 1,

    /// <summary>What it meant for them.</summary>
    Impact,

    /// <summary>What they thanked us for.</summary>
    Praise,
}

/// <summary>Something that matters to customers. The numbers are stored: they never change their meaning.</summary>
/// <param name="Part">Its number; below 100 wanted, below 200 impacts, below 300 praise.</param>
/// <param name="Of">Where it is looked for.</param>
/// <param name="Words">As people read it.</param>
/// <param name="Phrases">Words that speak of it, in small letters; a star ends the beginning of a word.</param>
public sealed record Matter(int Part, SaidOf Of, string Words, IReadOnlyList<string> Phrases);

/// <summary>
/// Sorts what customers say in their own words by what it is about: by plain lists of words, so that everybody can see why. It is counted for a report that leads to the words themselves, and decides nothing. Pure.
/// </summary>
public static class Matters
{
    /// <summary>The part of all who said something, and of those whose words are in no list.</summary>
    public const int Anything = 0, SomethingElse = 999;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Matter> All { get; } =
    [
        new(1, SaidOf.Wanted, "Money back", ["refund*", "money back", "reimburse*", "compensat*", "credit*", "geld zurück", "erstatt*", "rückerstatt*", "gutschrift*", "entschädig*"]),
        new(2, SaidOf.Wanted, "Another one, or the right one", ["replace*", "another one", "new one", "exchange*", "the right one", "swap*", "ersatz*", "umtausch*", "austausch*", "neues", "neue", "neuen"]),
        new(3, SaidOf.Wanted, "Mended", ["repair*", "fix", "fixed", "mend*", "work again", "working", "reparier*", "reparatur*"]),
        new(4, SaidOf.Wanted, "To have it, and soon", ["deliver*", "soon", "quickly", "tomorrow", "today", "this week", "before", "in time", "on time", "arrive*", "by friday", "by monday", "asap", "liefer*", "bald", "schnell*", "morgen", "heute", "pünktlich*"]),
        new(5, SaidOf.Wanted, "An answer, or an explanation", ["answer*", "explain*", "explanation*", "know why", "tell me", "told why", "information", "a date", "call me", "call back", "erklär*", "antwort*", "rückruf*", "auskunft"]),
        new(6, SaidOf.Wanted, "A word of regret", ["apolog*", "sorry", "entschuldig*"]),
        new(7, SaidOf.Wanted, "That it changes for everybody", ["never again", "not happen again", "happen to others", "other customers", "change your", "improve*", "learn from", "nie wieder", "nicht wieder", "andere kunden", "verbesser*"]),
        new(8, SaidOf.Wanted, "To be let go", ["cancel*", "terminate*", "end the contract", "return it", "take it back", "kündig*", "storn*", "zurückgeben", "zurücknehmen"]),
        new(101, SaidOf.Impact, "Time", ["hour", "hours", "days", "weeks", "waited", "waiting", "time", "day off", "queue*", "stunde*", "tage", "wochen", "gewartet", "zeit"]),
        new(102, SaidOf.Impact, "Money", ["pay", "paid", "money", "cost", "costs", "expens*", "euro", "euros", "pound*", "fee", "fees", "overdrawn", "geld", "kosten", "teuer", "bezahl*"]),
        new(103, SaidOf.Impact, "A day that does not come again", ["birthday*", "wedding*", "christmas", "anniversary", "holiday*", "party", "gift", "present", "guests", "funeral*", "geburtstag*", "hochzeit*", "weihnacht*", "urlaub*", "feier*", "geschenk*", "gäste"]),
        new(104, SaidOf.Impact, "Work", ["work", "job", "business", "shop", "my customers", "meeting*", "deadline*", "clients", "arbeit*", "geschäft*", "firma", "termin*"]),
        new(105, SaidOf.Impact, "Family", ["child*", "kids", "baby", "daughter*", "son", "mother", "father", "family", "husband", "wife", "kind", "kinder", "tochter", "sohn", "mutter", "vater", "familie*"]),
        new(106, SaidOf.Impact, "Health and safety", ["ill", "sick", "pain*", "hurt*", "burn*", "danger*", "injur*", "allerg*", "medic*", "doctor*", "unsafe", "krank*", "schmerz*", "verletz*", "gefähr*", "arzt"]),
        new(107, SaidOf.Impact, "They have to do without", ["without", "cannot use", "can't use", "unable", "cold", "no heating", "no hot water", "ohne", "nicht nutzen", "nicht benutzen", "kalt"]),
        new(108, SaidOf.Impact, "Trust and worry", ["trust*", "worr*", "anxious", "stress*", "let down", "ignored", "embarrass*", "lied", "vertrau*", "sorge*", "sorgen", "im stich", "peinlich"]),
        new(201, SaidOf.Praise, "Kind people", ["kind", "friendly", "nice", "polite", "lovely", "patient", "warm", "human", "respect*", "freundlich*", "nett*", "höflich*", "geduld*"]),
        new(202, SaidOf.Praise, "Quick", ["quick*", "fast", "prompt*", "same day", "straight away", "immediately", "in no time", "schnell*", "sofort", "prompt*"]),
        new(203, SaidOf.Praise, "Kept what was promised, and kept them posted", ["promis*", "kept me", "informed", "updated", "posted", "called back", "called me", "in touch", "versproch*", "gemeldet", "auf dem laufenden", "zurückgerufen"]),
        new(204, SaidOf.Praise, "Listened", ["listen*", "heard", "understood", "understand*", "seriously", "zugehört", "verstanden", "ernst genommen"]),
        new(205, SaidOf.Praise, "It was put right", ["solved", "sorted", "fixed", "resolved", "replaced", "refund*", "put right", "gelöst", "geklärt", "ersetzt", "erstattet"]),
        new(206, SaidOf.Praise, "Easy", ["easy", "simple", "no fuss", "no hassle", "one call", "effortless", "einfach*", "unkompliziert*", "problemlos"]),
        new(207, SaidOf.Praise, "Honest and fair", ["honest*", "fair", "open about", "transparent", "generous", "ehrlich*", "fair*", "großzügig*", "kulan*"]),
        new(208, SaidOf.Praise, "More than they expected", ["extra", "beyond", "surprise*", "more than", "above and", "card", "handwritten", "überrasch*", "mehr als"]),
        new(209, SaidOf.Praise, "The thing itself", ["product*", "quality", "works perfectly", "love it", "beautiful*", "produkt*", "qualität*", "wunderschön*"]),
    ];

    /// <summary>Those of one sort.</summary>
    public static IEnumerable<Matter> In(SaidOf of) => All.Where(matter => matter.Of == of);

    /// <summary>What some words are about: <see cref="Anything"/> first, then each matter once, or <see cref="SomethingElse"/>; nothing of no words.</summary>
    /// <param name="of">Where they stand.</param>
    /// <param name="text">The customer's words; <c>null</c> when they said none.</param>
    public static IReadOnlyList<int> PartsOf(SaidOf of, string? text)
    {
        var words = Texts.Words(text ?? "").Select(word => word.ToLowerInvariant()).ToList();
        if (words.Count == 0)
            return [];
        var found = In(of).Where(matter => matter.Phrases.Any(phrase => Holds(words, phrase))).Select(matter => matter.Part).ToList();
        return [Anything, .. found.Count > 0 ? found : [SomethingElse]];
    }

    private static bool Holds(List<string> words, string phrase)
    {
        var parts = Texts.Words(phrase.Replace("*", "", StringComparison.Ordinal)).ToList();
        var isBeginning = phrase.EndsWith('*');
        for (var at = 0; at + parts.Count <= words.Count; at++)
        {
            var fits = true;
            for (var i = 0; i < parts.Count && fits; i++)
                fits = i == parts.Count - 1 && isBeginning ? words[at + i].StartsWith(parts[i], StringComparison.Ordinal) : words[at + i] == parts[i];
            if (fits)
                return true;
        }

        return false;
    }
}
