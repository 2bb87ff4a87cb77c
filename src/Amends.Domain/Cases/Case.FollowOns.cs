using Amends.Domain.FollowOns;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>What may follow once a customer says that it is put right.</summary>
public sealed partial class Case
{
    /// <summary>One of us sent the thank-you letter. The case stays closed.</summary>
    /// <param name="messageId">The letter.</param>
    /// <param name="asksForReview">It asks for a recommendation.</param>
    /// <param name="code">The code for a friend; <c>null</c> without one.</param>
    /// <param name="wantsNone">The customer said no to such letters.</param>
    /// <param name="by">Who sends it.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>follow_on</c> when anything stands against it.</exception>
    public void SendFollowOn(long messageId, bool asksForReview, string? code, bool wantsNone, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        if (FollowOnRule.Against(State, wantsNone) is [var refusal, ..])
            throw new Refused("follow_on", Why(refusal));
        Tell(new FollowOnSent(at, by, messageId, asksForReview, code));
    }

    /// <summary>One of us told the customer what changed because of their complaint. The case stays closed.</summary>
    /// <param name="improvement">What changed.</param>
    /// <param name="messageId">The letter.</param>
    /// <param name="wantsNone">The customer said no to such letters.</param>
    /// <param name="by">Who sends it.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>follow_on</c> when anything stands against it.</exception>
    public void TellChange(long improvement, long messageId, bool wantsNone, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        if (Improvements.ChangeLetterRule.Against(State, improvement, wantsNone) is [var refusal, ..])
            throw new Refused("follow_on", Why(refusal));
        Tell(new Improvements.ChangeTold(at, by, messageId, improvement));
    }

    /// <summary>A refusal in a sentence.</summary>
    public static string Why(FollowOnRefusal refusal) => refusal switch
    {
        FollowOnRefusal.NoComplaint => "This is no complaint: there is nothing that was put right.",
        FollowOnRefusal.Open => "The case is open. First the customer says that it is put right.",
        FollowOnRefusal.NotConfirmed => "The customer did not say that it is put right. Silence is no yes.",
        FollowOnRefusal.NotSatisfied => "They said yes, but are not satisfied. Whoever is let down is not asked for a favour.",
        FollowOnRefusal.SaidNoBefore => "They had to say no before it was put right. That was enough of their time.",
        FollowOnRefusal.Safety => "Somebody was in danger, or it was serious for the person. There is no such letter then.",
        FollowOnRefusal.SupportNeeds => "The person needs support from us. There is no such letter then.",
        FollowOnRefusal.Deadlock => "We could not agree, or somebody outside had a part in it. There is no such letter then.",
        FollowOnRefusal.Rejected => "Something that they raised was rejected. There is no such letter then.",
        FollowOnRefusal.WantsNone => "They said no to such letters.",
        _ => "There was such a letter for this case.",
    };
}
