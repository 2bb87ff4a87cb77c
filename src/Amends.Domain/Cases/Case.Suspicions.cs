using Amends.Domain.Issues;
using Amends.Domain.People;
using Amends.Domain.Signals;

namespace Amends.Domain.Cases;

/// <summary>Nobody is refused on a suspicion of one person alone, and nobody is refused by a count.</summary>
public sealed partial class Case
{
    private const int LongestSuspicion = 1000;

    /// <summary>Says what makes one think that the claim is made up; a lead is asked.</summary>
    /// <exception cref="Refused"><c>listen_first</c> before the customer was heard; <c>words</c> without what it rests on.</exception>
    public void RaiseSuspicion(string? words, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        MustBeOpen();
        if (State.Summary is null)
            throw new Refused("listen_first", "Hear them out first, and write down what you understood.");
        var said = Needed(words, "words", "Say what it rests on, so that somebody else can look at it: facts, not a feeling.", LongestSuspicion);
        if (State.Suspicion is { IsShared: null } before && before.Words == said)
            return;
        Tell(new SuspicionRaised(at, by, said));
        TellLead("Somebody asks for a second person: a claim may be made up.", by, at);
    }

    /// <summary>A second person shares the suspicion, or does not.</summary>
    /// <exception cref="Refused"><c>suspicion</c> when none waits; <c>second_person</c> for one's own; <c>not_allowed</c> below a lead; <c>words</c> without a reason.</exception>
    public void AnswerSuspicion(bool isShared, string? words, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        if (State.Suspicion is not { IsShared: null } waiting)
            throw new Refused("suspicion", "Nothing waits for a second person here.");
        if (waiting.RaisedById == by.Id)
            throw new Refused("second_person", "Somebody else looks at this.");
        if (by.Role < Role.Lead)
            throw new Refused("not_allowed", "A lead or somebody above looks at this.");
        Tell(new SuspicionAnswered(at, by, isShared, Needed(words, "words", "Say why, in a sentence.", LongestSuspicion)));
    }

    /// <summary>A finding against the customer that rests on a suspicion needs one that a second person shares.</summary>
    private void MustBeShared(Finding finding, bool onSuspicion)
    {
        if (!onSuspicion || finding == Finding.Upheld || State.Suspicion is { IsShared: true })
            return;
        throw new Refused("second_person", State.Suspicion switch
        {
            null => "Nobody is refused on the suspicion of one person alone. Write down what it rests on under Signals; a lead looks at it first.",
            { IsShared: null } => "A second person has not looked at the suspicion yet.",
            _ => "The second person does not share the suspicion. Decide on the facts without it.",
        });
    }
}
