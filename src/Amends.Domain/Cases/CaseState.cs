using Amends.Domain.CallBacks;
using Amends.Domain.CheckBacks;
using Amends.Domain.Contents;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.Playbooks;
using Amends.Domain.Promises;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>
/// All that a case knows, as one immutable value: stored with the case, and always equal to what its events tell.
/// Bodies of messages are not in it.
/// </summary>
public sealed partial record CaseState
{
    public CaseStage Stage { get; init; } = CaseStage.Received;
    public CaseKind Kind { get; init; } = CaseKind.Complaint;
    public string Subject { get; init; } = "";
    public Channel Channel { get; init; }
    public long CustomerId { get; init; }
    public string CustomerName { get; init; } = "";
    public long? OwnerId { get; init; }
    public string? OwnerName { get; init; }

    /// <summary>The team to which it went when it came; <c>null</c> without one.</summary>
    public People.NamedTeam? Team { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>The customer's story in their own words, as first told.</summary>
    public string Story { get; init; } = "";

    /// <summary>Whether the customer was asked what would put it right; <see cref="WantedOutcome"/> is the answer.</summary>
    public bool OutcomeAsked { get; init; }
    public string? WantedOutcome { get; init; }

    /// <summary>Whether anybody is in danger; <c>null</c> until asked.</summary>
    public bool? AtRisk { get; init; }
    public Severity Severity { get; init; } = Severity.Normal;

    /// <summary>Much is at stake for us with this customer, or it is not their first complaint: the summary must be confirmed.</summary>
    public bool HighValue { get; init; }

    /// <summary>What is at stake is above the company's mark for ringing; <c>null</c> in cases from before there was one, where <see cref="HighValue"/> counts.</summary>
    public bool? RingsForValue { get; init; }
    public bool Repeat { get; init; }

    public IReadOnlyList<Summary> Summaries { get; init; } = [];
    public IReadOnlyList<NextContact> Promises { get; init; } = [];
    public IReadOnlyList<Offer> Offers { get; init; } = [];
    public IReadOnlyList<Remedy> Remedies { get; init; } = [];
    public CheckBack? CheckBack { get; init; }

    /// <summary>The playbook, in the version that held, from which the newest such offer began.</summary>
    public PinnedPlaybook? Playbook { get; init; }

    /// <summary>The rules that offers followed or went beyond, in the versions that held.</summary>
    public IReadOnlyList<PinnedPolicy> Policies { get; init; } = [];

    /// <summary>Whether what may be dangerous is sold on, and who else has it; <c>null</c> while nobody is in danger.</summary>
    public Safety.StopSale? StopSale { get; init; }

    /// <summary>The cause lies in how we work; <c>null</c> when nobody said so.</summary>
    public SystemicCause? Systemic { get; init; }

    /// <summary>What somebody said is wrong with what was bought; <c>null</c> while nobody was asked.</summary>
    public Laws.NamedProblem? Problem { get; init; }
    public IReadOnlyList<CallBack> CallBacks { get; init; } = [];

    /// <summary>When we last spoke on the phone, and how often they have answered us in writing since something last moved on.</summary>
    public DateTimeOffset? LastCallAt { get; init; }
    public int WrittenRounds { get; init; }

    /// <summary>When the case last began to say that one should ring.</summary>
    public DateTimeOffset? NudgedAt { get; init; }

    /// <summary>Why one does not ring although a rule says so, if somebody said.</summary>
    public NudgeAside? NudgeAside { get; init; }

    /// <summary>Code of the cause; <c>unknown</c> is allowed and counted.</summary>
    public string? Cause { get; init; }
    public int Escalation { get; init; }
    public int Reopened { get; init; }

    /// <summary>Whether a lead looks, or looked, once more at what was answered plainly.</summary>
    public SecondLook? SecondLook { get; init; }
    public CloseReason? CloseReason { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The earlier case of the customer that it follows.</summary>
    public long? Follows { get; init; }

    /// <summary>Nobody has said yet whether it is the same matter as the one that it follows.</summary>
    public bool MayGoOn { get; init; }

    /// <summary>The case in which it goes on, while it is closed; <c>null</c> when it ended here.</summary>
    public long? GoesOnIn { get; init; }

    /// <summary>It was closed for now because the customer did not answer what we offered.</summary>
    public bool EndedUnanswered { get; init; }

    /// <summary>When we last contacted the customer, and when the customer last wrote or called.</summary>
    public DateTimeOffset? LastContactAt { get; init; }
    public DateTimeOffset? LastCustomerAt { get; init; }

    public bool IsOpen => Stage != CaseStage.Closed;

    /// <summary>The newest summary.</summary>
    public Summary? Summary => Summaries.Count == 0 ? null : Summaries[^1];

    /// <summary>The newest offer.</summary>
    public Offer? Offer => Offers.Count == 0 ? null : Offers[^1];

    /// <summary>The newest offer that went to the customer; one that is still being put together, or only adds to it, takes nothing from it.</summary>
    public Offer? SentOffer => Offers.LastOrDefault(offer => offer is { SentAt: not null, IsAddition: false });

    /// <summary>The call that we owe.</summary>
    public CallBack? CallBack => CallBacks.LastOrDefault(call => call.IsOpen);

    /// <summary>The promise that the customer waits for.</summary>
    public NextContact? NextContact => Promises.LastOrDefault(promise => promise.IsOpen);

    /// <summary>When we ask whether it is put right, as far as that is known: as the customer wished, or as the newest offer proposes.</summary>
    public DateTimeOffset? CheckBackDue =>
        CheckBack is { Answer: null } check && (check.Wished || Stage != CaseStage.Offered) ? check.DueAt : SentOffer?.CheckBackAt;

    /// <summary>Whether the customer can say if it is put right: when we ask, and still after we stopped asking.</summary>
    public bool TakesCheckBackAnswer => Stage == CaseStage.CheckBack || this is { CloseReason: Cases.CloseReason.Unconfirmed, CheckBack: not null, EndedUnanswered: false };

    /// <summary>How the customer is reminded of what we offered: another way than the last time, where there is one and they need no other.</summary>
    /// <param name="hasPhone">We have a number.</param>
    /// <param name="hasMail">We have a mail address.</param>
    public Channel ReminderWay(bool hasPhone, bool hasMail) =>
        !hasMail ? Channel.Phone
        : !hasPhone || SupportNeeds.Contains(Handling.SupportNeed.WritingOnly) || PreferredChannel == Customers.PreferredChannel.Mail ? Channel.Mail
        : SupportNeeds.Contains(Handling.SupportNeed.CallsOnly) || SentOffer?.Reminders is not [.., { Via: Channel.Phone }] ? Channel.Phone : Channel.Mail;

    /// <summary>Whether an offer must wait for the customer's "yes, that is right" (or for 24 open hours without an answer).</summary>
    public bool NeedsConfirmation => Severity == Severity.High || HighValue || Repeat || AtRisk == true;
}
