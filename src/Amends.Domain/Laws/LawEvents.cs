using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Laws;

/// <summary>Somebody said what is wrong with what was bought.</summary>
public sealed record ProblemNamed(DateTimeOffset At, Actor By, NamedProblem What) : CaseEvent(At, By);
