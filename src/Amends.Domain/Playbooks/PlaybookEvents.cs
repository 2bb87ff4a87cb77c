using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Playbooks;

/// <summary>The options of an offer began from a playbook; its version stays with the case.</summary>
public sealed record PlaybookUsed(DateTimeOffset At, Actor By, string Key, int Version, string Title, int OfferId) : CaseEvent(At, By);
