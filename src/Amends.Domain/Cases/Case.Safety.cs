using Amends.Domain.People;
using Amends.Domain.Safety;

namespace Amends.Domain.Cases;

/// <summary>When somebody may be in danger: a lead says whether it is sold on, and somebody counts who else has it, before the case can end.</summary>
public sealed partial class Case
{
    /// <summary>The fewest steps of the ladder of whys for a cause that lies in how we work.</summary>
    public const int FewestWhys = 2;

    /// <summary>Says whether the product, or one lot of it, is sold on. A later answer takes the place of an earlier one.</summary>
    /// <param name="isStopped">It is sold no more.</param>
    /// <param name="words">What was done, or why it is sold on.</param>
    /// <param name="product">The product; needed when it is sold no more.</param>
    /// <param name="lot">The lot; empty for all.</param>
    /// <param name="by">A lead or somebody above.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>not_a_lead</c>; <c>stop_sale</c> while nobody is in danger; <c>words</c> or <c>product</c> when they are missing.</exception>
    public void AnswerStopSale(bool isStopped, string? words, string? product, string? lot, Actor by, DateTimeOffset at)
    {
        if (by is not { Kind: ActorKind.Person, Role: >= Role.Lead })
            throw new Refused("not_a_lead", "A lead says whether it is sold on.");
        if (State.StopSale is not { } asked)
            throw new Refused("stop_sale", "Nobody asked this: say first that somebody may be in danger.");
        var said = Needed(words, "words", isStopped ? "Say what was done: taken off the shop, held in the warehouse, the maker told." : "Say why it is sold on.", 1000);
        var what = isStopped ? Needed(product, "product", "Say what is sold no more.", 200) : Given(product, 200, "product") ?? "";
        var which = Given(lot, 100, "lot") ?? "";
        if ((asked.IsStopped, asked.Words, asked.Product, asked.Lot) != (isStopped, said, what, which))
            Tell(new StopSaleAnswered(at, by, isStopped, said, what, which));
    }

    /// <summary>Notes who else has the product or lot, as the orders say now.</summary>
    /// <param name="product">The product; empty when it is about nothing that is sold.</param>
    /// <param name="lot">The lot; empty for all.</param>
    /// <param name="orders">How many orders of others.</param>
    /// <param name="customers">Of how many customers.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>stop_sale</c> while nobody is in danger; <c>product</c> without one.</exception>
    public void CountAffected(string? product, string? lot, int orders, int customers, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        if (State.StopSale is null)
            throw new Refused("stop_sale", "This is counted where somebody may be in danger. Say so first.");
        Tell(new AffectedCounted(at, by, Needed(product, "product", "Say which product it is about.", 200), Given(lot, 100, "lot") ?? "", orders, customers));
    }

    /// <summary>A case in which somebody may be in danger does not go on to its end before both are answered.</summary>
    private void MustBeSafe()
    {
        if (State is not { AtRisk: true, StopSale: { } asked })
            return;
        if (asked.IsOpen)
            throw new Refused("stop_sale", "Somebody may be in danger here, and no lead has said yet whether it is sold on. That comes first: Safety, on this case.");
        if (asked.Affected is null)
            throw new Refused("affected", "Somebody may be in danger here, and nobody has counted who else has it. That comes first: Safety, on this case.");
    }

    /// <summary>A cause that lies in how we work has a ladder of whys, or a reason for none.</summary>
    private void MustHaveAskedWhy(SystemicCause? systemic)
    {
        if (systemic is { WithoutLadder: null } && State.Whys.Count(why => why.Stands) < FewestWhys)
            throw new Refused("whys", $"The cause lies in how we work, so it comes again. Ask why at least {(FewestWhys == 2 ? "twice" : $"{FewestWhys} times")} under “What went wrong, and why”, or write why that is not needed.");
    }
}

/// <summary>The cause lies in how we work: it is no single slip, and comes again until something changes.</summary>
/// <param name="WithoutLadder">Why nobody asked why; <c>null</c> when the ladder says it.</param>
public sealed record SystemicCause(string? WithoutLadder = null);
