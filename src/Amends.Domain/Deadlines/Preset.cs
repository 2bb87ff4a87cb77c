using Amends.Domain.Cases;
using Amends.Domain.Laws;

namespace Amends.Domain.Deadlines;

/// <summary>
/// A set of deadlines for complaints of one kind, as a law, a regulator or a good habit puts them. It is data with a source and a date, no advice:
/// whoever switches one on asks their adviser first.
/// </summary>
public sealed record Preset
{
    /// <summary>Its name for programs, such as <c>uk-fca-disp</c>; it never changes.</summary>
    public required string Key { get; init; }

    /// <summary>Counts up with each change of the file.</summary>
    public required int Version { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>Where it applies, such as <c>United Kingdom</c>.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>What business it is for.</summary>
    public required string Sector { get; init; }

    /// <summary>When it was last compared with its source.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The day from which complaints fall under it, where it is a recent one.</summary>
    public DateOnly? EffectiveFrom { get; init; }

    /// <summary>How well the source is known: the text itself, others' account of it, a part of it, or a habit of our own.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>Where it comes from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>What to know before it is switched on; ends with the advice to ask an adviser.</summary>
    public required string Note { get; init; }

    /// <summary>The calendar that its business days are counted in; <c>company</c> is the company's own.</summary>
    public string Calendar { get; init; } = HolidayCalendars.Company;

    /// <summary>It is on until somebody switches it off; regulatory ones are off until somebody switches them on.</summary>
    public bool OnByDefault { get; init; }

    /// <summary>Which complaints it is for.</summary>
    public required Trigger Trigger { get; init; }

    /// <summary>The duties; none where it only says where people can go, or what a remedy must be.</summary>
    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    /// <summary>How a duty may be given more time.</summary>
    public IReadOnlyList<ExtensionRule> Extensions { get; init; } = [];

    /// <summary>How a complaint may end.</summary>
    public CloseRules? CloseRules { get; init; }

    /// <summary>Where the customer can go next.</summary>
    public Signpost? Signpost { get; init; }

    /// <summary>What the law gives the customer, in sentences for the agent who puts together an offer.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>What the law gives by what is wrong and by the day, so that an offer is looked at; <c>null</c> for rules on complaints.</summary>
    public RemedyLaw? Law { get; init; }

    /// <summary>What is kept, and for how long.</summary>
    public RecordRule? Records { get; init; }

    /// <summary>What is reported to whom.</summary>
    public IReadOnlyList<string> Reports { get; init; } = [];

    /// <summary>Whether it comes from a law or a regulator rather than from us.</summary>
    public bool IsRegulatory => Confidence != Confidence.Own;

    /// <summary>A duty by its name.</summary>
    public Milestone? Find(string milestone) => Milestones.FirstOrDefault(each => each.Name == milestone);
}

/// <summary>How well a source is known.</summary>
public enum Confidence
{
    /// <summary>A habit of our own.</summary>
    Own = 1,

    /// <summary>The text itself was read.</summary>
    High,

    /// <summary>An account of the text was read.</summary>
    Medium,

    /// <summary>Only a part is known.</summary>
    Low,
}

/// <summary>Which complaints a preset is for.</summary>
/// <param name="Words">For people.</param>
/// <param name="Automatic">Every complaint that comes in by one of the channels falls under it while it is on; otherwise somebody puts it on a case.</param>
public sealed record Trigger(string Words, bool Automatic)
{
    /// <summary>The channels; empty for all.</summary>
    public IReadOnlyList<Channel> Channels { get; init; } = [];
}

/// <summary>What starts the clock of a duty.</summary>
public enum StartsOn
{
    /// <summary>The complaint reached us.</summary>
    Received = 1,

    /// <summary>We acknowledged it.</summary>
    Acknowledged,

    /// <summary>We understood what it is: a summary was written.</summary>
    Classified,

    /// <summary>A regulator sent it to us; somebody notes when.</summary>
    ForwardedByRegulator,

    /// <summary>The day that the order was promised for; somebody notes it.</summary>
    OrderPromiseDate,

    /// <summary>A remedy was agreed: the customer chose.</summary>
    AgreedPlan,

    /// <summary>It went to the second stage: on the day that somebody noted for it, or else when somebody else began to look at it.</summary>
    Escalation,

    /// <summary>The matter was concluded: our final word went out.</summary>
    Concluded,
}

/// <summary>What meets a duty.</summary>
public enum Fulfilment
{
    /// <summary>An acknowledgement went out.</summary>
    Acknowledgement = 1,

    /// <summary>An acknowledgement that names the person who looks after the complaint.</summary>
    NamedAcknowledgement,

    /// <summary>One of us wrote or spoke to the customer.</summary>
    Word,

    /// <summary>An update on paper or by mail.</summary>
    UpdateLetter,

    /// <summary>A holding response.</summary>
    HoldingLetter,

    /// <summary>A final response, a rejecting one too.</summary>
    FinalLetter,

    /// <summary>A summary resolution.</summary>
    SummaryLetter,

    /// <summary>A decision letter.</summary>
    Decision,

    /// <summary>Options, or what we can do.</summary>
    Offer,

    /// <summary>What was agreed is done.</summary>
    Delivered,

    /// <summary>The case ended.</summary>
    Closed,
}

/// <summary>One duty of a preset.</summary>
/// <param name="Name">Its name for programs.</param>
/// <param name="Title">What to do, as a sentence in the imperative: "Acknowledge in writing".</param>
/// <param name="StartsOn">What starts its clock.</param>
/// <param name="Term">How long.</param>
/// <param name="MetBy">What meets it.</param>
public sealed record Milestone(string Name, string Title, StartsOn StartsOn, Term Term, IReadOnlyList<Fulfilment> MetBy)
{
    /// <summary>How the source puts the period where it gives no number, such as "promptly"; then the number is our reading.</summary>
    public string? AsWritten { get; init; }

    /// <summary>Never later than this.</summary>
    public Term? AtMost { get; init; }

    /// <summary>It begins again when it was met, until the case ends.</summary>
    public bool Repeats { get; init; }

    /// <summary>It must be met by the company's closing hour, not by midnight.</summary>
    public bool ByCloseOfBusiness { get; init; }

    /// <summary>What comes after the closing hour, or on a day that is no business day, counts as received on the next one.</summary>
    public bool AfterCutOffIsNextDay { get; init; }

    /// <summary>An aim of our own: it is shown, and to miss it is no breach of a rule.</summary>
    public bool IsTarget { get; init; }

    /// <summary>Once this other duty was met in time, this one is not owed.</summary>
    public string? UnlessMet { get; init; }

    /// <summary>What the letter that meets it must say, a list for each kind of letter, by codes of <see cref="Deadlines.RequiredContent"/>.</summary>
    public IReadOnlyDictionary<Fulfilment, IReadOnlyList<string>> RequiredContent { get; init; } = new Dictionary<Fulfilment, IReadOnlyList<string>>();
}

/// <summary>How a duty may be given more time. Without its notice to the customer there is no extension, and the old date was missed.</summary>
/// <param name="Milestone">The duty.</param>
/// <param name="Term">How much more.</param>
/// <param name="Conditions">When that is allowed, for people.</param>
/// <param name="Notice">What the notice to the customer must say, by its code in <see cref="RequiredContent"/>.</param>
public sealed record ExtensionRule(string Milestone, Term Term, string Conditions, IReadOnlyList<string> Notice)
{
    /// <summary>The period is counted from the start of the duty's clock, not from the due date: the latest day in all.</summary>
    public bool FromStart { get; init; }

    /// <summary>The customer must agree.</summary>
    public bool NeedsConsent { get; init; }
}

/// <summary>How a complaint may end under a preset.</summary>
/// <param name="Outcomes">The words of the source.</param>
/// <param name="NoResponse">What to do when the customer does not answer.</param>
public sealed record CloseRules(IReadOnlyList<string> Outcomes, string NoResponse);

/// <summary>Where the customer can go next.</summary>
/// <param name="Body">Its name, as letters must give it.</param>
/// <param name="When">When they are told.</param>
public sealed record Signpost(string Body, string When)
{
    /// <summary>Its address on the web.</summary>
    public string? Web { get; init; }

    /// <summary>Its address on paper.</summary>
    public string? Address { get; init; }

    /// <summary>Within what time, such as <c>six months</c>.</summary>
    public string? Window { get; init; }
}

/// <summary>What is kept.</summary>
/// <param name="Retention">How long.</param>
/// <param name="Fields">What.</param>
public sealed record RecordRule(string Retention, IReadOnlyList<string> Fields);
