using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Features.Api.Writes;

/// <summary>Somebody may be in danger: whether it is sold on, and who else has it.</summary>
public sealed class SafetyWrites(CaseWrite write)
{
    /// <summary>Whether the product, or one lot of it, is sold on.</summary>
    public Task<IResult> Stop(long number, HttpContext context) => write.Do<AnswerStop>(number, context, asked =>
    {
        var stopped = asked.Value.Stopped ?? throw new BadField("stopped", "Say whether it is sold no more: true or false.");
        var (words, product, lot) = (Checked.Needed("words", asked.Value.Words, 1000), Checked.Text("product", asked.Value.Product, 200), Checked.Text("lot", asked.Value.Lot, 100));
        return work => work.Case.AnswerStopSale(stopped, words, product, lot, work.By, work.Now);
    });

    /// <summary>Who else has it, as the orders say now.</summary>
    public Task<IResult> Count(long number, HttpContext context) => write.Send<CountAffected>(number, context, asked =>
    {
        var (product, lot) = (Checked.Needed("product", asked.Value.Product, 200), Checked.Text("lot", asked.Value.Lot, 100) ?? "");
        return async work =>
        {
            var (orders, customers) = await AffectedOrders.Count(work.Unit, number, product, lot);
            work.Case.CountAffected(product, lot, orders, customers, work.By, work.Now);
        };
    }, state => new AffectedStep(number, state.Stage, state.StopSale?.Affected?.Orders ?? 0, state.StopSale?.Affected?.Customers ?? 0));
}

/// <summary>Whether it is sold no more, and what was done or why it is sold on; the product where it is sold no more, the lot where it is one.</summary>
public sealed record AnswerStop(bool? Stopped, string? Words, string? Product = null, string? Lot = null);

/// <summary>Of what to count: a product, and the lot where it is one.</summary>
public sealed record CountAffected(string? Product, string? Lot = null);

/// <summary>How many orders of how many others have it.</summary>
public sealed record AffectedStep(long Number, CaseStage State, int Orders, int Customers);
