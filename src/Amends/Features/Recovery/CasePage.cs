using Amends.Data;
using Amends.Domain.Cases;
using Amends.Features.Shared;

namespace Amends.Features.Recovery;

/// <summary>What every form on a case shows beside its own fields.</summary>
/// <param name="Number">The case.</param>
/// <param name="State">As it stands.</param>
/// <param name="Chrome">The frame around the page.</param>
/// <param name="Company">For its hours, zone and currency.</param>
/// <param name="Now">Now.</param>
/// <param name="Errors">Field → sentence; empty at first.</param>
public sealed record CasePage(long Number, CaseState State, Chrome Chrome, Company Company, DateTimeOffset Now, IReadOnlyDictionary<string, string> Errors)
{
    /// <summary>The customer's first name, for sentences on buttons.</summary>
    public string FirstName => State.CustomerName.Split(' ', 2)[0];

    /// <summary>A moment as a person reads it.</summary>
    public string When(DateTimeOffset at) => Shared.When.Long(at, Now, Company.Zone());
}

/// <summary>Loads what the forms show.</summary>
public sealed class CasePages(CaseStore cases, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>The page of a case, or <c>null</c> when there is no such case.</summary>
    public async Task<CasePage?> Load(HttpContext context, long number, IReadOnlyDictionary<string, string>? errors = null) =>
        await cases.Find(number, context.RequestAborted) is { } state
            ? new CasePage(number, state, await frame.For(context), await settings.Company(), clock.GetUtcNow(), errors ?? new Dictionary<string, string>())
            : null;
}
