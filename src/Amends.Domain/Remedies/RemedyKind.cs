namespace Amends.Domain.Remedies;

/// <summary>The sorts of things that put a complaint right. The first seven names are those that cases have been stored with from the beginning.</summary>
public enum RemedyKind
{
    /// <summary>All of the money back.</summary>
    Refund = 1,

    /// <summary>The same thing again.</summary>
    Replacement,

    /// <summary>Mended in a workshop.</summary>
    Repair,

    /// <summary>A code that is worth something later.</summary>
    Voucher,

    /// <summary>Done once more, properly.</summary>
    Redo,

    /// <summary>A plain, specific apology, from a person with a name.</summary>
    Apology,

    /// <summary>Something else that helps.</summary>
    Other,

    /// <summary>Part of the price back.</summary>
    PriceReduction,

    /// <summary>What delivery or sending back has cost.</summary>
    ShippingRefund,

    /// <summary>Something different in its place, if the customer agrees.</summary>
    Substitute,

    /// <summary>Somebody comes, looks and fixes it, for nothing.</summary>
    Visit,

    /// <summary>Sent back on our label.</summary>
    Return,

    /// <summary>Money on the customer's account with us.</summary>
    Credit,

    /// <summary>Something extra: an upgrade, a longer warranty, faster delivery.</summary>
    ValueAdd,

    /// <summary>Money for the trouble.</summary>
    Distress,

    /// <summary>We change how we work, or the thing itself.</summary>
    Change,

    /// <summary>We stop it: contact, collection, a charge.</summary>
    Stop,

    /// <summary>An explanation, or the right information.</summary>
    Explanation,

    /// <summary>Nothing, with the reasons and what else there is.</summary>
    None,
}

/// <summary>Kinds that belong together, in the order in which they are offered: what repairs the thing before what pays for it.</summary>
public enum RemedyGroup
{
    /// <summary>Say it.</summary>
    Words = 1,

    /// <summary>Mend, replace, do again.</summary>
    Thing,

    /// <summary>Money back.</summary>
    Money,

    /// <summary>Goodwill.</summary>
    Goodwill,

    /// <summary>So that it does not happen again.</summary>
    Change,
}

/// <summary>Where a remedy is on its way. Which steps a kind walks is in <see cref="RemedyTypes"/>.</summary>
public enum RemedyStep
{
    /// <summary>A payment was asked for.</summary>
    Requested = 1,

    /// <summary>Somebody who may has released it.</summary>
    Authorised,

    /// <summary>The money has left us.</summary>
    Paid,

    /// <summary>It has arrived.</summary>
    Confirmed,

    /// <summary>The thing lies ready for this customer.</summary>
    Reserved,

    /// <summary>It is on its way.</summary>
    Shipped,

    /// <summary>The customer has it.</summary>
    Delivered,

    /// <summary>It is in the workshop.</summary>
    CheckedIn,

    /// <summary>We know what is wrong with it.</summary>
    Diagnosed,

    /// <summary>It works again.</summary>
    Fixed,

    /// <summary>The customer has it back.</summary>
    Returned,

    /// <summary>Times are with the customer.</summary>
    Offered,

    /// <summary>A time is agreed.</summary>
    Booked,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>The customer says that it was done.</summary>
    SignedOff,

    /// <summary>The customer has the label, the code, the credit.</summary>
    Issued,

    /// <summary>The carrier has the parcel.</summary>
    InTransit,

    /// <summary>We have the parcel.</summary>
    Received,

    /// <summary>We have looked at what came back.</summary>
    Inspected,

    /// <summary>Nothing is left to do about it.</summary>
    Closed,

    /// <summary>Its time has passed.</summary>
    Expired,

    /// <summary>All of it was used.</summary>
    Used,

    /// <summary>It is agreed what changes.</summary>
    Agreed,

    /// <summary>The customer was told.</summary>
    Told,

    /// <summary>It went to the customer.</summary>
    Sent,
}

/// <summary>What a kind of remedy has to know.</summary>
public enum RemedyNeed
{
    /// <summary>How much.</summary>
    Amount = 1,

    /// <summary>The payment that goes back, by the number it has with the bank or the provider.</summary>
    PaymentReference,

    /// <summary>Why, in words that the customer reads.</summary>
    Reason,

    /// <summary>What the customer does not get; they agree to what comes in its place.</summary>
    InsteadOf,

    /// <summary>Where.</summary>
    Address,

    /// <summary>Until when it is good.</summary>
    ValidUntil,

    /// <summary>What it can be used for.</summary>
    Rule,

    /// <summary>Whether the customer may pass it on.</summary>
    Transferable,

    /// <summary>Who signs.</summary>
    Signatory,

    /// <summary>An entry of the list of extras.</summary>
    Extra,

    /// <summary>A band of inconvenience.</summary>
    Band,

    /// <summary>What changes, or which improvement it is part of.</summary>
    Improvement,

    /// <summary>What else there is, and where they can go.</summary>
    Alternatives,

    /// <summary>Whether something comes back to us first, and when the money goes out then.</summary>
    SendBack,
}
