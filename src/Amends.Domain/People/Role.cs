namespace Amends.Domain.People;

/// <summary>What a person may do here, from reading to everything.</summary>
public enum Role
{
    /// <summary>Reads cases, changes nothing.</summary>
    Reader,

    /// <summary>Handles complaints.</summary>
    Agent,

    /// <summary>Leads a team: approves within a limit, reassigns.</summary>
    Lead,

    /// <summary>Reports, playbooks, limits, approvals.</summary>
    Manager,

    /// <summary>Everything.</summary>
    Owner,
}
