using Amends.Domain.Issues;

namespace Amends.Domain.Wording;

/// <summary>What is known of the case when a reply is read. Everything may be missing: what is not known is not judged.</summary>
public sealed record DraftContext
{
    /// <summary>Nothing is known.</summary>
    public static readonly DraftContext Nothing = new();

    /// <summary>The language of the draft (<c>en</c>, <c>de-AT</c>); <c>null</c> takes the pack's. In another language than the pack's only what needs no words is read.</summary>
    public string? Language { get; init; }

    /// <summary>The customer's names as they are kept: full name, preferred name, name with title. The first is the one to be greeted with.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The customer's own words: their messages, quotes cut.</summary>
    public string CustomerWords { get; init; } = "";

    /// <summary>What happened, as it was summed up.</summary>
    public string Happened { get; init; } = "";

    /// <summary>What matters most to them, as it was summed up.</summary>
    public string Matters { get; init; } = "";

    /// <summary>The issues of the case.</summary>
    public IReadOnlyList<DraftIssue> Issues { get; init; } = [];

    /// <summary>What was decided; <c>null</c> when nothing is yet.</summary>
    public Finding? Decision { get; init; }

    /// <summary>The customer's day at which the draft is read. Without it no day of the text is judged.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>The day on which we promised to be in touch next.</summary>
    public DateOnly? NextContact { get; init; }

    /// <summary>Other days that were promised.</summary>
    public IReadOnlyList<PromisedDay> Promised { get; init; } = [];

    /// <summary>Names of the files that go with the draft.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>The draft's rich text has a link that its plain text does not show.</summary>
    public bool HasLink { get; init; }

    /// <summary>The customer said that it is put right.</summary>
    public bool Resolved { get; init; }

    /// <summary>The draft is a checked template of legal text, where a warning may stand.</summary>
    public bool FromTemplate { get; init; }

    /// <summary>Who looks after the case, as the customer knows them.</summary>
    public string? Owner { get; init; }

    /// <summary>Stretches that quote the customer (a blockquote of the rich text). Lines that begin with <c>&gt;</c> are found without.</summary>
    public IReadOnlyList<Stretch> Quoted { get; init; } = [];
}

/// <summary>An issue of the case.</summary>
/// <param name="Id">Its number within the case.</param>
/// <param name="Words">In a line.</param>
/// <param name="Answered">The customer was told already.</param>
public sealed record DraftIssue(int Id, string Words, bool Answered);

/// <summary>A day on the promise board.</summary>
/// <param name="Day">The customer's day.</param>
/// <param name="What">What was promised.</param>
public sealed record PromisedDay(DateOnly Day, string What);
