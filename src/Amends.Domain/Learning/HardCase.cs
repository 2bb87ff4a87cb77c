using Amends.Domain.Cases;
using Amends.Domain.Listening.Emotion;

namespace Amends.Domain.Learning;

/// <summary>A complaint that the customer themselves called put right, and what made it hard.</summary>
/// <param name="Number">The case.</param>
/// <param name="Worst">How upset the customer's words were at their worst.</param>
/// <param name="Rounds">How many messages the customer had to send.</param>
/// <param name="Reopened">How often it was opened again, or was not put right when we thought so.</param>
/// <param name="WorthMinor">What was done for it, in minor units of the company's currency.</param>
public sealed record HardCase(long Number, UpsetLevel Worst, int Rounds, int Reopened, long WorthMinor)
{
    /// <summary>What made a case hard; <c>null</c> when it is no complaint or the customer did not say that it is put right: silence is no yes.</summary>
    /// <param name="number">The case.</param>
    /// <param name="state">As it stands.</param>
    /// <param name="rounds">How many messages the customer sent.</param>
    /// <param name="currency">The company's currency; what is worth something in another one is not added up.</param>
    public static HardCase? Of(long number, CaseState state, int rounds, string currency) =>
        state is not { Kind: CaseKind.Complaint, CloseReason: CloseReason.Confirmed, ClosedAt: not null } ? null
        : new(number, state.Tones.Count == 0 ? UpsetLevel.Calm : state.Tones.Max(heard => heard.Level), rounds, state.Reopened + state.NotPutRight,
            state.Remedies.Where(remedy => remedy.DoneAt is not null && remedy.Value.Currency == currency).Sum(remedy => remedy.Value.Minor));

    /// <summary>The hardest: the most upset; among those the one with the most messages, then opened again most often, then of the highest value, then the older one. <c>null</c> when there is none.</summary>
    public static HardCase? Hardest(IEnumerable<HardCase> cases) =>
        cases.OrderByDescending(each => each.Worst).ThenByDescending(each => each.Rounds).ThenByDescending(each => each.Reopened).ThenByDescending(each => each.WorthMinor).ThenBy(each => each.Number).FirstOrDefault();
}
