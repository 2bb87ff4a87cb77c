namespace Amends.Domain.Cases;

/// <summary>Where the case is on its way, as people count it. Follows from the rest of the state.</summary>
public sealed partial record CaseState
{
    /// <summary>1 listen, 2 confirm, 3 offer, 4 put right, 5 check back, 6 when the customer said yes; 0 for kinds that do not walk this way.</summary>
    public int Step => Kind != CaseKind.Complaint ? 0 : Stage switch
    {
        CaseStage.Received or CaseStage.Listening => 1,
        CaseStage.Working => Summary is null ? 1 : Summary.ConfirmedAt is null && Offers.Count == 0 ? 2 : 3,
        CaseStage.Offered => 3,
        CaseStage.Delivering => 4,
        CaseStage.CheckBack => 5,
        _ => CloseReason == Cases.CloseReason.Confirmed ? 6 : CheckBack is not null ? 5 : Remedies.Count > 0 ? 4 : Offers.Count > 0 ? 3 : Summary is not null ? 2 : 1,
    };

    /// <summary>Whether the customer has something of ours to answer: the summary, or the options.</summary>
    public bool IsWithCustomer =>
        (Stage == CaseStage.Offered && SentOffer is { IsWithCustomer: true })
        || (Stage == CaseStage.Working && Summary is { SentAt: not null, ConfirmedAt: null, CorrectedAt: null });
}
