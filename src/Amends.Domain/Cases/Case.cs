using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>
/// One customer's matter, from the first word to "yes, it is put right". Each verb checks its guard, then tells what
/// happened; the state follows from what was told. The verbs are in one file a concern: Intake, Conversation, Promises,
/// Listening, Issues, Offers, Decisions, Remedies, OnTheSpot, CheckBacks, FollowOns, CallBacks, Updates, Handling, Outside,
/// Returns, Visits, Vouchers, Approvals, Payments, Deadlines, Understanding, Notes, Customers, Closing, Clock.
/// </summary>
public sealed partial class Case
{
    private readonly List<CaseEvent> _news = [];

    private Case(CaseState state) => State = state;

    /// <summary>All that the case knows now.</summary>
    public CaseState State { get; private set; }

    /// <summary>What happened since the case was loaded. The store writes it down, and reactions act on it.</summary>
    public IReadOnlyList<CaseEvent> News => _news;

    /// <summary>A case as it was stored.</summary>
    public static Case Load(CaseState state) => new(state);

    private void Tell(CaseEvent news)
    {
        State = State.After(news);
        _news.Add(news);
    }

    private void MustBeOpen()
    {
        if (!State.IsOpen)
            throw new Refused("closed", "This case is closed. Reopen it first.");
    }

    private void MustBeComplaint()
    {
        if (State.Kind != CaseKind.Complaint)
            throw new Refused("not_a_complaint", "Only complaints walk the recovery path. Mark it as a complaint first.");
    }

    private void MustBeIn(params ReadOnlySpan<CaseStage> stages)
    {
        MustBeOpen();
        if (!stages.Contains(State.Stage))
            throw new Refused("wrong_stage", $"This is not possible while the case is {Name(State.Stage)}.");
    }

    private static string Name(CaseStage stage) => stage switch
    {
        CaseStage.Received => "received",
        CaseStage.Listening => "being listened to",
        CaseStage.Working => "being worked on",
        CaseStage.Offered => "with the customer, who chooses",
        CaseStage.Delivering => "being put right",
        CaseStage.CheckBack => "waiting for the customer's answer",
        _ => "closed",
    };

    private static string Needed(string? text, string code, string why, int most = 10_000) =>
        string.IsNullOrWhiteSpace(text) ? throw new Refused(code, why)
        : text.Length > most ? throw new Refused("too_long", $"That is longer than {most} characters.")
        : text.Trim();

    private static void MustBeOneOfUs(Actor by)
    {
        if (by is not { Kind: ActorKind.Person, Role: not Role.Reader })
            throw new Refused("not_allowed", "Only somebody who handles cases can do this.");
    }
}
