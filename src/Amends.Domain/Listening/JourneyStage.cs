namespace Amends.Domain.Listening;

/// <summary>Where the person was on their way with us when it went wrong. It begins before they buy anything, so no order is needed.</summary>
public enum JourneyStage
{
    /// <summary>Looking around, asking, comparing.</summary>
    BeforePurchase = 1,

    /// <summary>Ordering and paying.</summary>
    Ordering,

    /// <summary>Waiting for it, receiving it, having it put up.</summary>
    Delivery,

    /// <summary>Using it.</summary>
    Use,

    /// <summary>Asking us for help.</summary>
    Service,

    /// <summary>Bills, refunds, reminders.</summary>
    Billing,

    /// <summary>Giving it back, ending a contract.</summary>
    Leaving,
}
