using Amends.Domain.Customers;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>Who the customer is to us: what they want to be called, who speaks for them, and whose case it is when two customers are one or one is two.</summary>
public sealed partial class Case
{
    /// <summary>What they want to be called, and how they want to hear from us.</summary>
    /// <exception cref="Refused"><c>preferred_channel</c> for a way that is none.</exception>
    public void NotePreferences(string? name, PreferredChannel? channel, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeUsOrProgram(by);
        if (channel is { } way && !Enum.IsDefined(way))
            throw new Refused("preferred_channel", "Choose from the list how they want to hear from us.");
        var called = Given(name, 200);
        if ((called, channel) != (State.PreferredName, State.PreferredChannel))
            Tell(new PreferencesNoted(at, by, called, channel));
    }

    /// <summary>Somebody acts for the customer from now on.</summary>
    /// <exception cref="Refused">Something is missing; see <see cref="Representative.Checked"/>.</exception>
    public void NameRepresentative(Representative who, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeUsOrProgram(by);
        var named = who.Checked(at);
        if (named != State.Representative)
            SpokenForBy(new RepresentativeNamed(at, by, named));
    }

    /// <summary>Nobody acts for the customer any more.</summary>
    public void EndRepresentative(string? why, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeUsOrProgram(by);
        var because = Needed(why, "end_why", "Say why: it has ended, or the customer wants to speak for themselves.", 500);
        if (State.Representative is not null)
            SpokenForBy(new RepresentativeEnded(at, by, because));
    }

    /// <summary>
    /// Two customers turned out to be one. A case of either is told so, whatever its stage: nothing of it changes but whose it is.
    /// </summary>
    /// <param name="id">Whose it is now.</param>
    /// <param name="name">Their name.</param>
    /// <param name="fromId">The one who joined them.</param>
    /// <param name="fromName">Their name.</param>
    /// <param name="why">What shows it.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="at">Now.</param>
    public void JoinCustomer(long id, string name, long fromId, string fromName, string why, Actor by, DateTimeOffset at)
    {
        MustBeUsOrProgram(by);
        Tell(new CustomersMerged(at, by, id, name, fromId, fromName, Needed(why, "why", WhyMerged, LongestWhy)));
    }

    /// <summary>One customer turned out to be two, or this case was never theirs; parameters as in <see cref="JoinCustomer"/>.</summary>
    public void LeaveCustomer(long id, string name, long fromId, string fromName, string why, Actor by, DateTimeOffset at)
    {
        MustBeUsOrProgram(by);
        Tell(new CustomersSplit(at, by, id, name, fromId, fromName, Needed(why, "why", WhySplit, LongestWhy)));
    }

    /// <summary>We thanked the customer in a letter; a closed case stays closed, and no promise is kept by it.</summary>
    /// <param name="messageId">The letter.</param>
    /// <param name="by">Who wrote it.</param>
    /// <param name="at">Now.</param>
    public void Thank(long messageId, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        Tell(new CustomerThanked(at, by, messageId));
    }

    /// <summary>Takes over what the customer told us before, as far as this case does not know it; on a closed case there is nothing to do.</summary>
    public void TakeOver(Care care, Actor by, DateTimeOffset at)
    {
        if (!State.IsOpen)
            return;
        if ((care.PreferredName, care.Channel) != (State.PreferredName, State.PreferredChannel) && (care.PreferredName ?? (object?)care.Channel) is not null)
            Tell(new PreferencesNoted(at, by, care.PreferredName, care.Channel));
        if (care.Needs.Count > 0 && State.SupportNeeds.Count == 0)
            Tell(new Handling.SupportNeedsNoted(at, by, care.Needs, care.NeedsWords));
        if (care.Representative is { } who && who.SpeaksAt(at) && State.Representative is null)
            SpokenForBy(new RepresentativeNamed(at, by, who));
    }

    /// <summary>The most characters of a reason for joining or parting customers.</summary>
    public const int LongestWhy = 500;

    /// <summary>What is asked of whoever joins two customers.</summary>
    public const string WhyMerged = "Say what shows that they are the same person.";

    /// <summary>What is asked of whoever parts them.</summary>
    public const string WhySplit = "Say what shows that they are not the same person.";

    private void SpokenForBy(CaseEvent news)
    {
        Tell(news);
        _claims.Add(new WriteTo(State.Representative));
    }

    /// <summary>Whoever speaks for the customer answers in their place only when that was agreed, and while it lasts.</summary>
    private void MustBeAllowedToAnswer(Actor by, DateTimeOffset at)
    {
        if (by.Through is not { } name)
            return;
        if (State.Representative is not { } who || who.Name != name || !who.SpeaksAt(at))
            throw new Refused("representative", $"{name} does not speak for {State.CustomerName} any more. Ask {State.CustomerName}.");
        if (who.May != Mandate.Agree)
            throw new Refused("representative", $"{name} may hear how things stand, but not answer for {State.CustomerName}. Ask {State.CustomerName}, or note first what allows it.");
    }

    private static void MustBeUsOrProgram(Actor by)
    {
        if (by.Kind is not (ActorKind.Integration or ActorKind.Amends))
            MustBeOneOfUs(by);
    }
}

/// <summary>Where letters of the case go beside the customer; <c>null</c> to the customer alone.</summary>
public sealed record WriteTo(Representative? Who) : Claim;
