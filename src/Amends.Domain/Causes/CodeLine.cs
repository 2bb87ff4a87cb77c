namespace Amends.Domain.Causes;

/// <summary>One entry of a company's set of categories or causes.</summary>
/// <param name="Code">Stays for ever, such as <c>DEL.late</c> or <c>supplier</c>; what comes before its last point is what it belongs to.</param>
/// <param name="Words">As people call it; may change.</param>
public sealed record CodeLine(string Code, string Words)
{
    /// <summary>It is offered no more. What has it keeps it, and it is still read and counted.</summary>
    public bool Retired { get; init; }
}
