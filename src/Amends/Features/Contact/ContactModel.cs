using Amends.Data;

namespace Amends.Features.Contact;

/// <summary>What the public form shows.</summary>
public sealed record ContactModel(Company Company)
{
    /// <summary>Who writes, and how we reach them.</summary>
    public string? Reach { get; init; }

    /// <summary>What it is about: a name of <see cref="Domain.Cases.CaseKind"/>; something that went wrong when it is empty.</summary>
    public string? About { get; init; }

    /// <summary>What it means for them.</summary>
    public string? Meant { get; init; }

    /// <summary>What happened.</summary>
    public string? Happened { get; init; }

    /// <summary>What would put it right.</summary>
    public string? Wanted { get; init; }

    /// <summary>Field → what is wrong.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>The id that makes the form count once.</summary>
    public string FormId { get; } = AnsweredForms.NewId();
}

/// <summary>What the page after the form shows.</summary>
/// <param name="Company">To whom it was told.</param>
/// <param name="Number">The case's number; <c>null</c> when the browser did not keep it.</param>
/// <param name="HearBy">By when the customer hears from us.</param>
/// <param name="Now">Now.</param>
public sealed record ThanksModel(Company Company, string? Number, DateTimeOffset? HearBy, DateTimeOffset Now);
