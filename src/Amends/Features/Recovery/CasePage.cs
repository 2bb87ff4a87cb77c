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

    /// <summary>What is left of each extra that is counted, by key.</summary>
    public IReadOnlyDictionary<string, int> Stock { get; init; } = new Dictionary<string, int>();

    /// <summary>Changes of the company's list, to promise one of them.</summary>
    public IReadOnlyList<NotedChange> Changes { get; init; } = [];

    /// <summary>What lines of the case stand for in that list, by line.</summary>
    public IReadOnlyDictionary<int, string> Changed { get; init; } = new Dictionary<int, string>();

    /// <summary>What they ordered and how much of it is there; <c>null</c> where nobody counts it.</summary>
    public StockedProduct? Ordered { get; init; }

    /// <summary>What can be given on top here: for a complaint of this category, and not used up; the most for the least first.</summary>
    public IReadOnlyList<Domain.Remedies.Extra> Extras => Domain.Remedies.Extra.Ranked(Company.Content.Extras.Where(extra => extra.IsFor(State.Category?.Code) && Stock.GetValueOrDefault(extra.Key, 1) > 0));

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
        new(number, state, await frame.For(context), company, now, errors, await MoneyDesk.PowerOf(database, company, context.User.Actor(), state.CustomerId, number, now, context.RequestAborted)) 
        {
            Stock = await ExtraStock.All(database, context.RequestAborted), Ordered = await ProductStock.OfOrder(database, number, context.RequestAborted), Changes = await Improvements.Newest(database, context.RequestAborted),
            Changed = state.Remedies.Any(remedy => remedy.Kind == Domain.Remedies.RemedyKind.Change) ? await Improvements.Of(database, number, context.RequestAborted) : new Dictionary<int, string>(),
        };
}
