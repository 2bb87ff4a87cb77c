namespace Amends.Domain.Listening.Drafts;

/// <summary>Something that was said in a case, as what drafts are made from.</summary>
/// <param name="Id">The message; 0 for the story that the case began with, where no message holds it.</param>
/// <param name="From">Whose words they are.</param>
/// <param name="At">When.</param>
/// <param name="Text">The newest words, quotes and signatures cut. Only the first <see cref="Longest"/> UTF-16 units are read.</param>
public sealed record SaidMessage(long Id, Speaker From, DateTimeOffset At, string Text)
{
    /// <summary>How much of one message is read, in UTF-16 units.</summary>
    public const int Longest = 6000;

    /// <summary>How many messages of a case are read: the first one and the newest.</summary>
    public const int Most = 40;
}

/// <summary>Whose words a message holds.</summary>
public enum Speaker
{
    /// <summary>The customer's.</summary>
    Customer = 1,

    /// <summary>Ours, written to the customer.</summary>
    Us,

    /// <summary>A call, in the words of whoever wrote it down.</summary>
    Call,
}
