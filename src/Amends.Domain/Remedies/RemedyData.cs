namespace Amends.Domain.Remedies;

/// <summary>What a remedy knows beyond its words, worth and date; which of it, the kind says (<see cref="RemedyType.All"/>).</summary>
public sealed record RemedyData
{
    /// <summary>The payment that goes back.</summary>
    public string? PaymentReference { get; init; }

    /// <summary>Why it is this and not more or less, for the customer.</summary>
    public string? Reason { get; init; }

    /// <summary>What the customer would have had; a substitute takes its place, if they agree.</summary>
    public string? InsteadOf { get; init; }

    /// <summary>Where it is done.</summary>
    public string? Address { get; init; }

    /// <summary>Until when a voucher or credit is good.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>What a voucher can be used for.</summary>
    public string? Rule { get; init; }

    /// <summary>Whether it may be passed on.</summary>
    public bool? Transferable { get; init; }

    /// <summary>Who signs an apology.</summary>
    public string? Signatory { get; init; }

    /// <summary>The entry of the list of extras that was picked; <c>null</c> for one that somebody invented.</summary>
    public string? Extra { get; init; }

    /// <summary>That entry's key, by which its stock is counted.</summary>
    public string? ExtraKey { get; init; }

    /// <summary>What it costs us, where that is less than what it is worth to the customer.</summary>
    public Money? Cost { get; init; }

    /// <summary>The band of inconvenience.</summary>
    public string? Band { get; init; }

    /// <summary>What changes: words, or the cause that an improvement is recorded for.</summary>
    public string? Improvement { get; init; }

    /// <summary>The change of the company's list that this is, where it stands there already.</summary>
    public long? ImprovementId { get; init; }

    /// <summary>What else there is, and where they can go.</summary>
    public string? Alternatives { get; init; }

    /// <summary>When it becomes due that hangs on something being sent back; <c>null</c> when it hangs on nothing.</summary>
    public ReleaseOn? ReleaseOn { get; init; }

    /// <summary>Why they keep what they have, where it is worth so much that it would come back; among us.</summary>
    public string? KeepsWhy { get; init; }

    /// <summary>What a remedy costs us, where that is known in the same currency; else what it is worth.</summary>
    /// <param name="worth">What it is worth to the customer.</param>
    /// <param name="data">What it knows.</param>
    public static Money CostOf(Money worth, RemedyData? data) => data?.Cost is { } cost && cost.Currency == worth.Currency ? cost : worth;

    /// <summary>The same without what was left empty, so that two ways to say nothing are equal.</summary>
    public RemedyData? Trimmed()
    {
        var data = this with
        {
            PaymentReference = Short(PaymentReference, 100, "payment_reference"), Reason = Short(Reason, 2000, "reason"), InsteadOf = Short(InsteadOf, 200, "instead_of"), Address = Short(Address, 400, "address"),
            Rule = Short(Rule, 400, "rule"), Signatory = Short(Signatory, 120, "signatory"), Extra = Short(Extra, 120, "extra"), Band = Short(Band, 60, "band"), Improvement = Short(Improvement, 400, "improvement"),
            Alternatives = Short(Alternatives, 2000, "alternatives"), KeepsWhy = Short(KeepsWhy, 500, "keeps_why"),
        };
        return data == new RemedyData() ? null : data;
    }

    /// <summary>Whether this is filled in.</summary>
    /// <param name="need">What is asked for; the amount is not in here.</param>
    public bool Has(RemedyNeed need) => need switch
    {
        RemedyNeed.PaymentReference => PaymentReference is not null,
        RemedyNeed.Reason => Reason is not null,
        RemedyNeed.InsteadOf => InsteadOf is not null,
        RemedyNeed.Address => Address is not null,
        RemedyNeed.ValidUntil => ValidUntil is not null,
        RemedyNeed.Rule => Rule is not null,
        RemedyNeed.Transferable => Transferable is not null,
        RemedyNeed.Signatory => Signatory is not null,
        RemedyNeed.Extra => Extra is not null,
        RemedyNeed.Band => Band is not null,
        RemedyNeed.Improvement => Improvement is not null,
        RemedyNeed.Alternatives => Alternatives is not null,
        _ => true,
    };

    private static string? Short(string? text, int most, string code) =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Trim() is { } said && said.Length <= most ? said
        : throw new Refused(code, $"That is longer than {most} characters.");
}

/// <summary>When something becomes due that hangs on what the customer sends back.</summary>
public enum ReleaseOn
{
    /// <summary>It does not wait: it is due on its date, whether anything has come back or not.</summary>
    AtOnce = 1,

    /// <summary>When the carrier has the parcel.</summary>
    Scan,

    /// <summary>When we have the parcel.</summary>
    Receipt,
}

/// <summary>One step that was reached: who, when, and what shows it.</summary>
public sealed record RemedyMove(RemedyStep Step, DateTimeOffset At, string By, string? Note, string? Proof);

/// <summary>The customer's yes to something other than what they had ordered.</summary>
/// <param name="At">When.</param>
/// <param name="Via">How it was given, in words.</param>
/// <param name="Words">The customer's words, where one of us recorded it.</param>
public sealed record Consent(DateTimeOffset At, string Via, string? Words);
