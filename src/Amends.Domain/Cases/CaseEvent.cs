using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>Something that happened to a case, told in the past tense and never changed.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it.</param>
public abstract record CaseEvent(DateTimeOffset At, Actor By);

/// <summary>
/// Marks words of or about a person in an event. The event chain covers a keyed digest of them in place of the words, so
/// that they can be erased without breaking it.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class WordsAttribute : Attribute;

/// <summary>An event whose words are in a message beside the case.</summary>
public interface IHasMessage
{
    /// <summary>The message's id.</summary>
    long MessageId { get; }
}
