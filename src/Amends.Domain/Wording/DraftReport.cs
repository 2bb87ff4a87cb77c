namespace Amends.Domain.Wording;

/// <summary>A draft as the lint read it.</summary>
/// <param name="Hints">In the order of the text; those for the whole draft first.</param>
/// <param name="Markers">What calms and is there, or is missing, one for each kind (domain rule: positive markers).</param>
/// <param name="Apology">The apology's components and score.</param>
/// <param name="Empathy">How far it names this customer's own story.</param>
/// <param name="Readability">How easily it is read.</param>
/// <param name="Limits">What it says that we can and cannot do.</param>
/// <param name="Unanswered">Issues that neither this draft nor an earlier answer takes up.</param>
/// <param name="Salutation">How it greets the customer.</param>
/// <param name="Cut">The text was longer than <see cref="Lint.Longest"/>; the rest was not read.</param>
public sealed record DraftReport(
    IReadOnlyList<Hint> Hints,
    IReadOnlyList<Marker> Markers,
    Apology Apology,
    Empathy Empathy,
    Readability Readability,
    Limits Limits,
    IReadOnlyList<DraftIssue> Unanswered,
    Salutation Salutation,
    bool Cut)
{
    /// <summary>It can never be sent so: a blank where the name belongs, or a placeholder that was not filled.</summary>
    public bool Blocks => Hints.Any(hint => hint.Blocks);

    /// <summary>Worth asking once before it is sent.</summary>
    public bool AsksOnce => Hints.Any(hint => hint.Severity == 3);

    /// <summary>Whether a marker is there.</summary>
    public bool Has(MarkerKind kind) => Markers.Any(marker => marker.Kind == kind && marker.Found);
}

/// <summary>What calms in a reply (domain rule: positive markers; first person: Packard, Moore and McFerran 2018; concreteness: Packard and Berger 2021).</summary>
public enum MarkerKind
{
    /// <summary>The customer's name, spelled as it is kept.</summary>
    Name = 1,

    /// <summary>Thanks for something that is named.</summary>
    Thanks,

    /// <summary>"I will", not "it will be".</summary>
    Agency,

    /// <summary>Numbers, days, times, things.</summary>
    Concrete,

    /// <summary>Words of the customer's own story.</summary>
    Reflection,

    /// <summary>What it meant for them.</summary>
    Impact,

    /// <summary>Two options or more.</summary>
    Options,

    /// <summary>What we can do stands before what we cannot.</summary>
    CanFirst,

    /// <summary>When and how they hear from us next.</summary>
    NextContact,

    /// <summary>One name that looks after it.</summary>
    Owner,

    /// <summary>No abbreviation that is not explained.</summary>
    PlainWords,
}

/// <summary>Whether something that calms is there.</summary>
/// <param name="Kind">What.</param>
/// <param name="Found">It is there.</param>
/// <param name="Start">Where, in UTF-16 units; 0 when it is not there or is nowhere in particular.</param>
/// <param name="Length">UTF-16 units.</param>
public sealed record Marker(MarkerKind Kind, bool Found, int Start = 0, int Length = 0);

/// <summary>What the draft says that we can and cannot do (every "can't" needs a "can" in the message, and a reason beside it).</summary>
/// <param name="Cans">Statements of what we can or will do.</param>
/// <param name="Cants">Statements of what we cannot.</param>
/// <param name="CanFirst">No limit stands before the first thing that we can do.</param>
/// <param name="WithoutReason">Limits without a reason in their own sentence or the one beside.</param>
public sealed record Limits(int Cans, int Cants, bool CanFirst, IReadOnlyList<Stretch> WithoutReason)
{
    /// <summary>Whether every limit has something that we can do in the message.</summary>
    public bool EveryCantHasACan => Cants == 0 || Cans > 0;
}

/// <summary>How the draft greets.</summary>
public enum Salutation
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>With a name that is the customer's.</summary>
    Named,

    /// <summary>With words that fit anybody.</summary>
    Neutral,

    /// <summary>With a name, while none is known to compare it with.</summary>
    Unchecked,

    /// <summary>With a name that is spelled differently.</summary>
    Misspelt,

    /// <summary>With a name that is not the customer's.</summary>
    Other,

    /// <summary>With a blank or a placeholder: it can never be sent.</summary>
    Blank,
}
