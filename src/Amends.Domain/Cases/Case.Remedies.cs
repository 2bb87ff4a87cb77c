using Amends.Domain.Calendars;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>Doing what was chosen (T10, T11; guard G4).</summary>
public sealed partial class Case
{
    /// <summary>The cause that is recorded when nobody knows it yet. It is counted.</summary>
    public const string UnknownCause = "unknown";

    /// <summary>This line is done; also one that was left when another failed. Doing it twice changes nothing.</summary>
    public void FinishRemedy(int id, string? note, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var remedy = RemedyOf(id);
        if (remedy.IsOpen)
            Tell(new RemedyDone(at, by, id, string.IsNullOrWhiteSpace(note) ? null : note.Trim()));
    }

    /// <summary>It did not work (T11): back to work, the lead is told, and the customer hears from us soon.</summary>
    public void FailRemedy(int id, string note, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Delivering);
        var remedy = RemedyOf(id);
        if (!remedy.IsOpen)
            throw new Refused("remedy", "This line is already settled.");
        Tell(new RemedyFailed(at, by, id, Needed(note, "note", "Say what went wrong.")));
        _claims.Add(new TakeBackMoney(remedy.Kind, remedy.Value));
        TellLead($"A remedy failed: {remedy.What}", Actor.Amends, at);
        Kept(by, at);
        MakePromise("what went wrong, and how we put it right now", calendar.After(calendar.NextOpen(at), FirstContactWithin), by, calendar, at);
    }

    /// <summary>All lines are done (T10, G4): next we ask the customer, unless they need no follow-up. The cause defaults to <see cref="UnknownCause"/>.</summary>
    /// <exception cref="Refused"><c>remedies_open</c> while a line is not done, <c>issues_open</c> while an issue has no answer.</exception>
    public void CompleteDelivery(string? cause, DateTimeOffset? checkBackAt, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeIn(CaseStage.Delivering);
        MustBeOneOfUs(by);
        MustOweNothing();
        if (State.OpenIssues.ToList() is { Count: > 0 } issues)
            throw new Refused("issues_open", $"This still needs an answer: {Listed(issues)}. Decide it and send the decision; it adds to what was chosen.");

        Tell(new DeliveryCompleted(at, by, string.IsNullOrWhiteSpace(cause) ? UnknownCause : cause.Trim()));
        Kept(by, at);
        if (State.CheckBack is { Waived: true })
        {
            Tell(new CaseClosed(at, by, CloseReason.Unconfirmed, "The customer needs no follow-up."));
            return;
        }

        var agreed = checkBackAt ?? State.CheckBack?.DueAt ?? at;
        var due = agreed > at ? agreed : calendar.After(calendar.NextOpen(at), FirstContactWithin);
        if (due != State.CheckBack?.DueAt)
            Tell(new CheckBackAgreed(at, by, due, State.CheckBack?.Manner ?? CheckBackManner.Mail));
        MakePromise("whether it is really put right for you", calendar.After(due, FirstContactWithin), by, calendar, at);
    }

    private Remedy RemedyOf(int id) => State.Remedies.FirstOrDefault(remedy => remedy.Id == id) ?? throw new Refused("remedy", "There is no such line.");
}
