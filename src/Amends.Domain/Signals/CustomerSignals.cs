namespace Amends.Domain.Signals;

/// <summary>What a history may be looked at for, once more, before much is given. None of it decides anything.</summary>
public enum SignalKind
{
    /// <summary>Parcels that did not arrive, again and again.</summary>
    NotReceived = 1,

    /// <summary>Parcels in which something was missing, again and again.</summary>
    ContentsMissing,

    /// <summary>More complaints for each order than nearly everybody else has.</summary>
    MoreThanPeers,

    /// <summary>Several customers with one phone number, all of whom complained.</summary>
    SharedPhone,

    /// <summary>What came back has another lot or serial number than what was sent.</summary>
    AnotherReturned,
}

/// <summary>A complaint, as far as signals look at it.</summary>
/// <param name="Number">The case.</param>
/// <param name="At">When it came.</param>
/// <param name="Category">What it is about: a code of the category set, or <c>null</c>.</param>
/// <param name="WasRight">We found all of it upheld.</param>
/// <param name="IsLinked">Another customer's, with the same phone number.</param>
public sealed record Claimed(long Number, DateTimeOffset At, string? Category, bool WasRight = false, bool IsLinked = false);

/// <summary>Something came back with another lot or serial number than the order says was sent.</summary>
/// <param name="Number">The case.</param>
/// <param name="Return">The return's number.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Mark">The number on what came back.</param>
/// <param name="Sent">What was sent.</param>
public sealed record OtherMark(long Number, string Return, DateTimeOffset At, string Mark, string Sent);

/// <summary>What is known of a customer's complaints.</summary>
/// <param name="Claims">Theirs, the one at hand included, and those of customers with the same phone number.</param>
/// <param name="Orders">Orders within <see cref="CustomerSignals.Window"/>.</param>
/// <param name="LinkedCustomers">How many others have the same phone number.</param>
/// <param name="Peers">How others are; <c>null</c> when that was not looked at.</param>
public sealed record ClaimHistory(IReadOnlyList<Claimed> Claims, int Orders, int LinkedCustomers = 0, Peers? Peers = null)
{
    /// <summary>What came back of theirs and was another than was sent.</summary>
    public IReadOnlyList<OtherMark> Marks { get; init; } = [];
}

/// <summary>How many complaints for each order other customers have.</summary>
/// <param name="Count">How many customers with three orders at least.</param>
/// <param name="High">What 99 of 100 of them do not exceed.</param>
public sealed record Peers(int Count, double High)
{
    /// <summary>Of the shares of all of them, by nearest rank.</summary>
    public static Peers Of(IReadOnlyCollection<double> shares)
    {
        var sorted = shares.Order().ToList();
        return new Peers(sorted.Count, sorted.Count == 0 ? 0 : sorted[(int)Math.Ceiling(0.99 * sorted.Count) - 1]);
    }
}

/// <summary>Somebody looked, and what was counted until then is explained.</summary>
/// <param name="Kind">What is explained.</param>
/// <param name="At">When; what came before counts no more.</param>
public sealed record Explained(SignalKind Kind, DateTimeOffset At);

/// <summary>Something to look at.</summary>
/// <param name="Kind">What.</param>
/// <param name="Words">What was counted, so that anybody can count it again.</param>
/// <param name="Until">When it falls away by itself if nothing is added.</param>
public sealed record CustomerSignal(SignalKind Kind, string Words, DateTimeOffset Until);

/// <summary>
/// Looks at a customer's history for what may be made-up claims. It counts, says what it counted, forgets after a year, and stores nothing. A first
/// complaint is always believed; a complaint that we found upheld never counts; nothing is refused or held up because of it. A parcel with another number in it is said
/// from the first one: it is a fact about a parcel, and as often our mistake as theirs.
/// </summary>
public static class CustomerSignals
{
    /// <summary>What is older counts no more.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(365);

    private const int Least = 3; // of one kind
    private const int FewestPeers = 100;

    /// <summary>What there is to look at; empty nearly always.</summary>
    /// <param name="history">The complaints.</param>
    /// <param name="number">The case at hand.</param>
    /// <param name="explained">What was looked at before.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<CustomerSignal> Of(ClaimHistory history, long number, IReadOnlyCollection<Explained> explained, DateTimeOffset now)
    {
        var found = new List<CustomerSignal>();
        var marks = history.Marks.Where(mark => mark.At > Since(SignalKind.AnotherReturned) && mark.At > now - Window).OrderByDescending(mark => mark.At).ToList();
        if (marks.Count > 0)
            found.Add(new CustomerSignal(SignalKind.AnotherReturned, WordsOf(marks), marks[0].At + Window));
        if (!history.Claims.Any(claim => !claim.IsLinked && claim.Number != number))
            return found; // a first complaint
        Add(SignalKind.NotReceived, Own().Where(claim => claim.Category == "DEL.lost"), claims => claims.Count * 2 >= history.Orders,
            count => $"{count} parcels that did not arrive in a year, with {history.Orders} orders.");
        Add(SignalKind.ContentsMissing, Own().Where(claim => claim.Category is "DEL.partial" or "PRD.missing_part"), claims => claims.Count * 2 >= history.Orders,
            count => $"{count} parcels in a year in which something was missing, with {history.Orders} orders.");
        if (history.Peers is { Count: >= FewestPeers } peers && history.Orders > 0)
            Add(SignalKind.MoreThanPeers, Own(), claims => (double)claims.Count / history.Orders > peers.High,
                count => $"{count} complaints for {history.Orders} orders in a year; 99 of 100 customers with three orders or more have at most {peers.High:0.##} for each order.");
        if (history.LinkedCustomers > 0)
            Add(SignalKind.SharedPhone, history.Claims, claims => claims.Any(claim => claim.IsLinked),
                count => $"{history.LinkedCustomers + 1} customers have this phone number, with {count} complaints between them in a year. A family or a shared office may be why.");
        return found;

        DateTimeOffset Since(SignalKind kind) => explained.Where(each => each.Kind == kind).Select(each => each.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();

        IEnumerable<Claimed> Own() => history.Claims.Where(claim => !claim.IsLinked);

        void Add(SignalKind kind, IEnumerable<Claimed> of, Func<List<Claimed>, bool> isMuch, Func<int, string> words)
        {
            var since = Since(kind);
            var counted = of.Where(claim => !claim.WasRight && claim.At > since && claim.At > now - Window).OrderByDescending(claim => claim.At).ToList();
            if (counted.Count >= Least && isMuch(counted))
                found.Add(new CustomerSignal(kind, words(counted.Count), counted[Least - 1].At + Window));
        }
    }

    private static string WordsOf(List<OtherMark> marks)
    {
        var last = FormattableString.Invariant($"{marks[0].Mark} came back in {marks[0].Return} (case {marks[0].Number}), and the order says that {marks[0].Sent} was sent.");
        return (marks.Count == 1 ? last : FormattableString.Invariant($"{marks.Count} returns in a year held something else than was sent. The last: {last}")) + " Two may have been mixed up when they were packed, by us as well.";
    }
}
