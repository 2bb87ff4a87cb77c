using Amends.Data;
using Amends.Domain;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;

namespace Amends.Features.Api.Writes;

/// <summary>One thing that is done. Beside the first five fields each kind takes what it asks for, and nothing else.</summary>
public sealed record AskedRemedy
{
    public RemedyKind? Kind { get; init; }

    /// <summary>In words for the customer.</summary>
    public string? What { get; init; }

    /// <summary>What it is worth; nothing when left out.</summary>
    public Amount? Amount { get; init; }

    /// <summary>When the customer has it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The law gives it to the customer: it counts against no limit. Say which in law.</summary>
    public bool Statutory { get; init; }

    /// <summary>Which law gives it: the key of a remedy law that applies to the case, such as uk-cra-2015, or another law in words.</summary>
    public string? Law { get; init; }

    /// <summary>The payment that goes back.</summary>
    public string? PaymentReference { get; init; }

    /// <summary>Why it is this and not more or less, for the customer.</summary>
    public string? Reason { get; init; }

    /// <summary>What a substitute takes the place of.</summary>
    public string? InsteadOf { get; init; }
    public string? Address { get; init; }

    /// <summary>Until when a voucher or credit is good.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>What a voucher can be used for.</summary>
    public string? Rule { get; init; }
    public bool? Transferable { get; init; }

    /// <summary>Who signs an apology.</summary>
    public string? Signatory { get; init; }

    /// <summary>An entry of the company's list of extras, by its name.</summary>
    public string? Extra { get; init; }

    /// <summary>The band of inconvenience.</summary>
    public string? Band { get; init; }

    /// <summary>What changes.</summary>
    public string? Improvement { get; init; }

    /// <summary>What else there is, and where they can go.</summary>
    public string? Alternatives { get; init; }

    /// <summary>The change of your list that this is, by its id; what is new is said with <c>improvement</c>.</summary>
    public long? ImprovementId { get; init; }

    /// <summary>They send something back first: at_once, scan or receipt says when this is due.</summary>
    public ReleaseOn? ReleaseOn { get; init; }

    /// <summary>Why they keep what they have, where it is worth more than the company's rule says; they do not read it.</summary>
    public string? KeepsWhy { get; init; }

    /// <summary>What the customer would pay. Refused where the fault is or may be yours.</summary>
    public Amount? CustomerCharge { get; init; }

    /// <summary>The remedy as the case takes it.</summary>
    /// <param name="company">For its currency and its list of extras.</param>
    /// <param name="now">Now.</param>
    /// <param name="at">Where it stands in the request.</param>
    /// <param name="withReason">It has a reason, whatever its kind.</param>
    /// <exception cref="BadField">A field is missing, out of bounds, or not one of this kind's.</exception>
    internal OptionRemedy Read(Company company, DateTimeOffset now, string at, bool withReason = false)
    {
        var kind = Checked.Chosen($"{at}.kind", Kind, "Say what kind of remedy it is, such as refund.");
        var takes = RemedyTypes.Of(kind).All.ToHashSet();
        foreach (var (need, field, isGiven) in Details())
        {
            if (isGiven && !takes.Contains(need) && !(withReason && need == RemedyNeed.Reason))
                throw new BadField($"{at}.{field}", "A remedy of this kind does not take this.");
        }

        var extra = Extra is null ? null : company.Content.Extras.FirstOrDefault(each => each.Name == Extra.Trim()) ?? throw new BadField($"{at}.extra", "There is no such entry in the list of extras.");
        var worth = Checked.Worth($"{at}.amount", Amount, company);
        var charge = Checked.Worth($"{at}.customer_charge", CustomerCharge, company);
        var data = new RemedyData
        {
            PaymentReference = PaymentReference, Reason = Reason, InsteadOf = InsteadOf, Address = Address, ValidUntil = Checked.Moment($"{at}.valid_until", ValidUntil, now), Rule = Rule, Transferable = Transferable,
            Signatory = Signatory, Extra = extra?.Name, ExtraKey = extra?.Key, Cost = extra is null ? null : new Money(extra.CostMinor, company.Currency), Band = Band, Improvement = Improvement, ImprovementId = ImprovementId, Alternatives = Alternatives, ReleaseOn = ReleaseOn, KeepsWhy = KeepsWhy,
        };
        var law = Checked.Text($"{at}.law", Law, 200);
        if (Statutory && law is null)
            throw new BadField($"{at}.law", "Say which law gives it to them: the key of one that applies to the case, or another law in words.");
        if (law is not null && !Statutory)
            throw new BadField($"{at}.statutory", "A law is named. Set statutory to true, or leave the law out.");
        return new OptionRemedy(kind, Checked.Text($"{at}.what", What, 400) ?? extra?.Name ?? throw new BadField($"{at}.what", "Say what is done, in words for the customer."),
            extra is not null && worth.Minor == 0 ? new Money(extra.CostMinor, company.Currency) : worth, Checked.Moment($"{at}.due_at", DueAt, now) ?? throw new BadField($"{at}.due_at", "Say when they have it."))
        {
            Data = data.Trimmed(), CustomerCharge = charge.Minor == 0 ? null : charge, IsStatutory = Statutory,
            Law = law is null ? null : PresetFiles.All.Any(preset => preset.Key == law && preset.Law is not null) ? new(law, law) : new(null, law),
        };
    }

    private IEnumerable<(RemedyNeed Need, string Field, bool IsGiven)> Details() =>
    [
        (RemedyNeed.PaymentReference, "payment_reference", PaymentReference is not null), (RemedyNeed.Reason, "reason", Reason is not null), (RemedyNeed.InsteadOf, "instead_of", InsteadOf is not null),
        (RemedyNeed.Address, "address", Address is not null), (RemedyNeed.ValidUntil, "valid_until", ValidUntil is not null), (RemedyNeed.Rule, "rule", Rule is not null),
        (RemedyNeed.Transferable, "transferable", Transferable is not null), (RemedyNeed.Signatory, "signatory", Signatory is not null), (RemedyNeed.Extra, "extra", Extra is not null),
        (RemedyNeed.Band, "band", Band is not null), (RemedyNeed.Improvement, "improvement", Improvement is not null), (RemedyNeed.Improvement, "improvement_id", ImprovementId is not null), (RemedyNeed.Alternatives, "alternatives", Alternatives is not null),
        (RemedyNeed.SendBack, "release_on", ReleaseOn is not null), (RemedyNeed.SendBack, "keeps_why", KeepsWhy is not null),
    ];
}
