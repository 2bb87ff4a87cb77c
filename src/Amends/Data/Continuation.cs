using Amends.Domain;
using Amends.Domain.Cases;

namespace Amends.Data;

/// <summary>The old matter goes on: the old case opens again with what was written since, and the one that followed it ends as its duplicate.</summary>
public static class Continuation
{
    /// <summary>Does it, in the unit of work of the case that followed.</summary>
    /// <param name="work">Who says so, on the case that followed.</param>
    /// <param name="cases">The store.</param>
    /// <param name="tell">Tells the customer, or says how they know.</param>
    /// <returns>The number of the old case.</returns>
    /// <exception cref="Refused"><c>follows</c> when it follows none; as the verbs.</exception>
    public static async Task<long> GoOn(Work work, CaseStore cases, Func<Task<Told>> tell)
    {
        var (@case, number) = (work.Case, work.Number);
        if (@case.State.Follows is not { } old)
            throw new Refused("follows", "This case follows no other one.");
        var told = await tell();
        var state = await cases.ChangeIn(work.Unit, old, (before, _) =>
        {
            before.Reopen($"The old matter goes on: case {number}.", work.By, work.Calendar, work.Now);
            before.Join(number, work.By, work.Now);
            return Task.CompletedTask;
        });
        @case.Withdraw(CloseReason.Duplicate, "The old matter goes on.", told, work.By, work.Now, SecondLook.ChanceOf($"case:{number}:{@case.State.Reopened}"), new OtherCase(old, state!));
        return old;
    }
}
