using Amends.Data;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Recovery;

/// <summary>What every form on a case shows beside its own fields.</summary>
/// <param name="Number">The case.</param>
/// <param name="State">As it stands.</param>
/// <param name="Chrome">The frame around the page.</param>
/// <param name="Company">For its hours, zone and currency.</param>
/// <param name="Now">Now.</param>
/// <param name="Errors">Field → sentence; empty at first.</param>
/// <param name="Power">What whoever looks may give.</param>
public sealed record CasePage(long Number, CaseState State, Chrome Chrome, Company Company, DateTimeOffset Now, IReadOnlyDictionary<string, string> Errors, Power Power)
{
    /// <summary>The customer's first name, for sentences on buttons.</summary>
    public string FirstName => State.PreferredName ?? State.CustomerName.Split(' ', 2)[0];

    /// <summary>A moment as a person reads it.</summary>
    public string When(DateTimeOffset at) => Shared.When.Long(at, Now, Company.Zone());
}

/// <summary>Loads what the forms show.</summary>
public sealed class CasePages(Database database, CaseStore cases, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>The page of a case, or <c>null</c> when there is no such case.</summary>
    public async Task<CasePage?> Load(HttpContext context, long number, IReadOnlyDictionary<string, string>? errors = null) =>
        await cases.Find(number, context.RequestAborted) is { } state
            ? await Page(context, number, state, await settings.Company(), clock.GetUtcNow(), errors ?? new Dictionary<string, string>())
            : null;

    private async Task<CasePage> Page(HttpContext context, long number, CaseState state, Company company, DateTimeOffset now, IReadOnlyDictionary<string, string> errors) =>
        new(number, state, await frame.For(context), company, now, errors, await MoneyDesk.PowerOf(database, company, context.User.Actor(), state.CustomerId, number, now, context.RequestAborted));
}
