using Amends.Domain.Calendars;
using Amends.Domain.Listening;
using Amends.Domain.People;
using Amends.Domain.Promises;

namespace Amends.Domain.Cases;

/// <summary>How a case begins, whose it is, and what sort of matter it is (T1, T2).</summary>
public sealed partial class Case
{
    /// <summary>Open hours within which a new case hears from us, if nothing else was promised.</summary>
    public static readonly TimeSpan FirstContactWithin = TimeSpan.FromHours(4);

    /// <summary>
    /// Opens a case (T1). The first promise is made with it: a first contact within <see cref="FirstContactWithin"/> of open time, or sooner
    /// where the way it came in asks for that.
    /// </summary>
    /// <exception cref="Refused">There is neither a subject nor a story.</exception>
    public static Case Open(Opening opening, Actor by, Calendar calendar, DateTimeOffset at, ReplyTimes? times = null)
    {
        if (string.IsNullOrWhiteSpace(opening.Subject) && string.IsNullOrWhiteSpace(opening.Story))
            throw new Refused("story", "Write down what happened, in the customer's words.");

        var @case = new Case(new CaseState());
        @case.Tell(new CaseOpened(at, by, opening.Channel, opening.Kind, Subject(opening), opening.Story, opening.CustomerId, opening.CustomerName, opening.HighValue, opening.Repeat, opening.Source?.For(opening.Channel, at), opening.Tone, opening.RingsForValue) { Follows = opening.Follows, MayGoOn = opening.MayGoOn ? true : null, Team = opening.Team });
        @case.TellOfTone(false, Actor.Amends, at);
        if (opening.Owner is { } owner)
            @case.Tell(new OwnerChanged(at, by, owner.Id, owner.Name));
        if (opening.Care is { IsEmpty: false } care)
            @case.TakeOver(care, Actor.Amends, at);
        var within = (times ?? ReplyTimes.Proposed).For(opening.Channel);
        @case.MakePromise(FirstWord(opening.Kind), calendar.After(calendar.NextOpen(at), within < FirstContactWithin ? within : FirstContactWithin), by, calendar, at);
        return @case;
    }

    /// <summary>Gives the case to one person, or back to the team with <c>null</c>.</summary>
    public void Assign(Actor? owner, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (owner is { Role: Role.Reader })
            throw new Refused("owner", $"{owner.Name} only reads cases and cannot own one.");
        if (owner?.Id != State.OwnerId)
            Tell(new OwnerChanged(at, by, owner?.Id, owner?.Name));
    }

    /// <summary>
    /// Names whose case it really is, where somebody else handed it on. Once the customer has a summary or an offer it is theirs.
    /// </summary>
    /// <exception cref="Refused">Somebody has already answered for this customer.</exception>
    public void ChangeCustomer(long id, string name, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (State.Summary?.SentAt is not null || State.Offer is not null)
            throw new Refused("customer", "This customer already has our summary or offer. Open a new case for somebody else.");
        if (id != State.CustomerId)
            Tell(new CustomerChanged(at, by, id, name));
    }

    /// <summary>The first human contact (T2): whoever begins takes the case if nobody has it. Listening twice changes nothing.</summary>
    public void BeginListening(Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (State.OwnerId is null)
            Assign(by, by, at);
        if (State.Stage == CaseStage.Received && State.Kind == CaseKind.Complaint)
            Tell(new ListeningBegun(at, by));
    }

    /// <summary>Corrects the first impression of what sort of matter it is. A complaint that we have summed up stays one.</summary>
    public void ChangeKind(CaseKind kind, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (State.Summary is not null)
            throw new Refused("kind", "This complaint is already summed up; it stays a complaint.");
        if (kind != State.Kind)
            Tell(new KindChanged(at, by, State.Kind, kind));
    }

    /// <summary>Records that the acknowledgement went out as this message.</summary>
    public void Acknowledge(long messageId, DateTimeOffset at)
    {
        if (State.AcknowledgedAt is null)
            Tell(new CaseAcknowledged(at, Actor.Amends, messageId));
    }

    /// <summary>Whether anybody is in danger was asked.</summary>
    public void CheckSafety(bool atRisk, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (State.AtRisk == atRisk)
            return;
        Tell(new SafetyChecked(at, by, atRisk));
        if (!atRisk)
            return;
        TellLead("Somebody may be in danger.", by, at);
        if (State.StopSale is null)
            Tell(new Safety.StopSaleAsked(at, by));
    }

    /// <summary>How serious it is for the person.</summary>
    public void SetSeverity(Severity severity, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (State.Severity != severity)
            Tell(new SeveritySet(at, by, severity));
    }

    private static string FirstWord(CaseKind kind) => kind switch
    {
        CaseKind.Complaint => "what we found out so far, and what happens next",
        CaseKind.Praise => "to whom we passed it on",
        CaseKind.Idea => "what we make of it",
        _ => "our answer, or how far we are with it",
    };

    private void TellLead(string reason, Actor by, DateTimeOffset at) => Tell(new CaseEscalated(at, by, State.Escalation + 1, reason));

    private static string Subject(Opening opening)
    {
        var text = string.IsNullOrWhiteSpace(opening.Subject) ? opening.Story : opening.Subject;
        var line = string.Join(' ', text.Split(['\r', '\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 200 ? line : Texts.Cut(line, 199) + "…";
    }
}

/// <summary>What is known when a case begins.</summary>
/// <param name="Channel">How it reached us.</param>
/// <param name="Kind">The first impression of what it is.</param>
/// <param name="Subject">A line; taken from the story when empty.</param>
/// <param name="Story">What happened, in the customer's words.</param>
/// <param name="CustomerId">Whose it is.</param>
/// <param name="CustomerName">As it is shown.</param>
/// <param name="Owner">Who takes it at once; <c>null</c> leaves it to the team.</param>
/// <param name="HighValue">Much is at stake with this customer.</param>
/// <param name="RingsForValue">What is at stake is above the company's mark for ringing; as <paramref name="HighValue"/> when left out.</param>
/// <param name="Repeat">Not the customer's first complaint.</param>
/// <param name="Source">Where exactly it came from, for ways in that are not ours.</param>
/// <param name="Care">What the customer told us before, so that nobody asks it again.</param>
/// <param name="Tone">What the story was heard as, where it is in the customer's own words.</param>
public sealed record Opening(Channel Channel, CaseKind Kind, string Subject, string Story, long CustomerId, string CustomerName, Actor? Owner = null, bool HighValue = false, bool Repeat = false, Source? Source = null, Customers.Care? Care = null, Tone? Tone = null, bool? RingsForValue = null)
{
    /// <summary>The earlier case of the customer that it follows.</summary>
    public long? Follows { get; init; }

    /// <summary>Somebody says later whether it is the same matter as that one.</summary>
    public bool MayGoOn { get; init; }

    /// <summary>The team that answers for what it seems to be about.</summary>
    public NamedTeam? Team { get; init; }
}
