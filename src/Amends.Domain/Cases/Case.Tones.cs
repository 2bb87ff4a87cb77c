using Amends.Domain.Listening;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>How the customer's words sound, and what one of us says about that.</summary>
public sealed partial class Case
{
    /// <summary>One of us says how upset the words of a message really are; the next training may learn from it.</summary>
    /// <param name="messageId">The message; 0 for the one that the case began with.</param>
    /// <param name="level">What it is.</param>
    /// <param name="by">Whoever read it.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>tone</c>: this message was not heard.</exception>
    public void CorrectTone(long messageId, UpsetLevel level, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var heard = State.Tones.FirstOrDefault(each => each.MessageId == messageId) ?? throw new Refused("tone", "Only what the customer wrote is heard, and this message is none of theirs.");
        if (heard.Level != level)
            Tell(new ToneCorrected(at, by, messageId, heard.Level, level));
    }

    /// <summary>A lead hears of a complaint whose words turn very upset.</summary>
    private void TellOfTone(bool wasVeryUpset, Actor by, DateTimeOffset at)
    {
        if (!wasVeryUpset && State is { Kind: CaseKind.Complaint, IsVeryUpset: true })
            TellLead("Their words are very upset.", by, at);
    }
}
