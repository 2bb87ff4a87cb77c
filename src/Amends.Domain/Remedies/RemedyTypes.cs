using static Amends.Domain.Remedies.RemedyKind;
using static Amends.Domain.Remedies.RemedyNeed;
using static Amends.Domain.Remedies.RemedyStep;

namespace Amends.Domain.Remedies;

/// <summary>One kind of remedy: what it must know, which way it walks, and when it counts as done.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Group">What it is offered beside.</param>
/// <param name="Name">As an agent says it.</param>
/// <param name="Steps">In order.</param>
/// <param name="DoneAt">The step with which nothing is owed any more. A voucher is owed until it is issued; using it is the customer's affair.</param>
/// <param name="Needs">Without these it is not offered.</param>
/// <param name="Asks">These are asked for, and may be left out.</param>
public sealed record RemedyType(RemedyKind Kind, RemedyGroup Group, string Name, IReadOnlyList<RemedyStep> Steps, RemedyStep DoneAt, IReadOnlyList<RemedyNeed> Needs, IReadOnlyList<RemedyNeed> Asks)
{
    /// <summary>Steps that are not simply ticked: each has a page of its own that asks for what it needs (a label, a time, a code).</summary>
    public IReadOnlyList<RemedyStep> Gated { get; init; } = [];

    /// <summary>Whether a remedy of this kind is paid in money.</summary>
    public bool IsMoney => Steps.Contains(Paid);

    /// <summary>Whether it can be offered with no more than words and an amount.</summary>
    public bool IsPlain => Needs.All(need => need == Amount);

    /// <summary>Whether giving it costs something that is budgeted and taxed: a thing, work, money or an extra, and not words or a promise to change.</summary>
    public bool Costs => Group is RemedyGroup.Thing or RemedyGroup.Money or RemedyGroup.Goodwill || Kind == Other;

    /// <summary>Everything that a form can ask for.</summary>
    public IEnumerable<RemedyNeed> All => Needs.Concat(Asks);

    /// <summary>The step that comes after one, <c>null</c> at the end.</summary>
    /// <param name="step">Where it is; <c>null</c> before the first.</param>
    public RemedyStep? After(RemedyStep? step)
    {
        var next = step is { } at ? Place(at) + 1 : 0;
        return next < Steps.Count && step != Expired ? Steps[next] : null;
    }

    /// <summary>Whether one step comes after another on this way.</summary>
    /// <param name="step">The later one.</param>
    /// <param name="than">The earlier one; <c>null</c> before the first.</param>
    public bool IsAfter(RemedyStep step, RemedyStep? than) => Place(step) >= 0 && (than is not { } at || Place(step) > Place(at));

    private int Place(RemedyStep step)
    {
        for (var i = 0; i < Steps.Count; i++)
        {
            if (Steps[i] == step)
                return i;
        }

        return -1;
    }
}

/// <summary>
/// The catalogue of remedies: eighteen kinds, and one for what fits none of them. One table, so that forms, pages, rules and
/// letters say the same.
/// </summary>
public static class RemedyTypes
{
    private static readonly RemedyStep[] Payment = [Requested, Authorised, Paid, Confirmed];
    private static readonly RemedyStep[] Sending = [Reserved, Shipped, Delivered];

    /// <summary>All kinds, in the order of the forms.</summary>
    public static IReadOnlyList<RemedyType> All { get; } =
    [
        new(RemedyKind.Apology, RemedyGroup.Words, "An apology in writing", [Sent], Sent, [], [Signatory]),
        new(Explanation, RemedyGroup.Words, "An explanation", [Done], Done, [], []),
        new(Replacement, RemedyGroup.Thing, "The same again", Sending, Delivered, [], [SendBack]),
        new(Substitute, RemedyGroup.Thing, "Something different", Sending, Delivered, [InsteadOf], [SendBack]),
        new(Repair, RemedyGroup.Thing, "A repair in the workshop", [CheckedIn, Diagnosed, Fixed, Returned], Returned, [], [SendBack]),
        new(Visit, RemedyGroup.Thing, "A visit that fixes it", [Offered, Booked, Done, SignedOff], SignedOff, [], [Address]) { Gated = [Offered, Booked, Done, SignedOff] },
        new(Redo, RemedyGroup.Thing, "Done again, properly", [Booked, Done], Done, [], [Address]),
        new(Return, RemedyGroup.Thing, "Sent back on our label", [Issued, InTransit, Received, Inspected, Closed], Closed, [], []) { Gated = [Issued, InTransit, Received, Inspected] },
        new(Refund, RemedyGroup.Money, "All of the money back", Payment, Confirmed, [], [PaymentReference, SendBack]),
        new(PriceReduction, RemedyGroup.Money, "Part of the price back", Payment, Confirmed, [Amount, Reason], [PaymentReference]),
        new(ShippingRefund, RemedyGroup.Money, "Delivery or postage back", Payment, Confirmed, [Amount], [PaymentReference]),
        new(Distress, RemedyGroup.Money, "Money for the trouble", Payment, Confirmed, [Amount], [Band, PaymentReference]),
        new(ValueAdd, RemedyGroup.Goodwill, "Something extra", [Issued, Delivered], Delivered, [], [RemedyNeed.Extra]),
        new(Voucher, RemedyGroup.Goodwill, "A voucher", [Issued, Used], Issued, [], [ValidUntil, Rule, Transferable]),
        new(Credit, RemedyGroup.Goodwill, "Credit with us", [Issued, Used], Issued, [Amount], [ValidUntil, Transferable]),
        new(Change, RemedyGroup.Change, "We change something", [Agreed, Done, Told], Told, [], [Improvement]),
        new(Stop, RemedyGroup.Change, "We stop something", [Done], Done, [], []),
        new(None, RemedyGroup.Change, "Nothing, with the reasons", [Sent], Sent, [Reason, Alternatives], []),
        new(Other, RemedyGroup.Change, "Something else that helps", [Done], Done, [], []),
    ];

    private static readonly Dictionary<RemedyKind, RemedyType> ByKind = All.ToDictionary(type => type.Kind);

    /// <summary>The kind's row.</summary>
    /// <exception cref="KeyNotFoundException">There is no such kind.</exception>
    public static RemedyType Of(RemedyKind kind) => ByKind[kind];

    /// <summary>A group's heading in a form.</summary>
    public static string NameOf(RemedyGroup group) => group switch
    {
        RemedyGroup.Words => "Words",
        RemedyGroup.Thing => "The thing itself",
        RemedyGroup.Money => "Money",
        RemedyGroup.Goodwill => "Something extra",
        _ => "So that it ends",
    };

    /// <summary>A step as we say it among us.</summary>
    public static string NameOf(RemedyStep step) => step switch
    {
        CheckedIn => "In the workshop",
        SignedOff => "Signed off",
        InTransit => "On its way to us",
        Used => "Used up",
        Told => "Told the customer",
        Offered => "Times offered",
        _ => step.ToString(),
    };

    /// <summary>Where it is, as the customer reads it; <c>null</c> where the date says enough.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="step">The last step that it reached.</param>
    public static string? ForCustomer(RemedyKind kind, RemedyStep? step) => (kind, step) switch
    {
        (Return, null) => "we are preparing your label",
        (Visit, null) => "we are looking for times that suit you",
        (_, null) => null,
        (_, Requested) => "the payment is being prepared",
        (_, Authorised) => "the payment is released",
        (_, Paid) => "the money is on its way to you",
        (_, Confirmed) => "you have the money",
        (_, Reserved) => "it is set aside for you",
        (_, Shipped) => "it is on its way to you",
        (_, Delivered) => "you have it",
        (_, CheckedIn) => "it is in our workshop",
        (_, Diagnosed) => "we know what is wrong with it",
        (_, Fixed) => "it works again, and goes back to you",
        (_, Returned) => "you have it back",
        (_, Offered) => "please choose a time",
        (_, Booked) => "the time is agreed",
        (Visit, Done) => "we were with you; please tell us whether it works",
        (Return, Issued) => "your label is ready",
        (_, Issued) => "it is yours",
        (_, InTransit) => "your parcel is on its way to us",
        (_, Received) => "we have your parcel",
        (_, Inspected) => "we have looked at what you sent",
        (_, Expired) => "its time has passed",
        (_, Used) => "you have used all of it",
        (Change, Done) => "it is changed",
        (_, Agreed) => "it is agreed inside our company",
        (_, Sent) => "it is with you",
        _ => null,
    };
}
