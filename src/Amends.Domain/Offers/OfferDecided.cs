using System.Globalization;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Offers;

/// <summary>How an offer with money was decided: without a second person, or with one, and how long that took.</summary>
/// <param name="PreparedAt">When it was put together.</param>
/// <param name="Role">Of whoever put it together: the one whose limit held.</param>
/// <param name="IsSent">It went out.</param>
/// <param name="IsAsked">A second person was asked.</param>
/// <param name="IsAgreed">Somebody agreed to it as it was.</param>
/// <param name="Waited">How long the first answer took, in open hours; <c>null</c> where nobody was asked or nobody answered yet.</param>
public readonly record struct OfferDecided(DateTimeOffset PreparedAt, Role Role, bool IsSent, bool IsAsked, bool IsAgreed, TimeSpan? Waited)
{
    /// <summary>Reads the offers with money of one case.</summary>
    /// <param name="log">Its events, oldest first; those that say nothing of offers may be left out.</param>
    /// <param name="calendar">The company's open hours.</param>
    public static IReadOnlyList<OfferDecided> Of(IEnumerable<CaseEvent> log, Calendars.Calendar calendar)
    {
        var stories = new Dictionary<int, Story>();
        foreach (var news in log)
        {
            switch (news)
            {
                case OfferPrepared e when e.Options.Any(option => option.Value.Minor > 0):
                    stories[e.Id] = new Story(e.At, e.Under ?? e.By.Role);
                    break;
                case ApprovalAsked e when stories.TryGetValue(e.Id, out var story):
                    story.AskedAt ??= e.At;
                    break;
                case OfferApproved e when stories.TryGetValue(e.Id, out var story):
                    (story.AnsweredAt, story.IsAgreed) = (story.AnsweredAt ?? e.At, true);
                    break;
                case OfferRefused e when stories.TryGetValue(e.Id, out var story):
                    story.AnsweredAt ??= e.At;
                    break;
                case OfferSent e when stories.TryGetValue(e.Id, out var story):
                    story.IsSent = true;
                    break;
                case DecisionAdded e when stories.TryGetValue(e.OfferId, out var story):
                    story.IsSent = true;
                    break;
            }
        }

        return [.. stories.Values.Select(story => new OfferDecided(story.PreparedAt, story.Role, story.IsSent, story.AskedAt is not null, story.IsAgreed,
            story is { AskedAt: { } asked, AnsweredAt: { } answered } ? calendar.Between(asked, answered) : null))];
    }

    /// <summary>As text, in the order in which they were put together: <c>ticks,role,sent,asked,agreed,waited</c>, a blank between two. Nothing is lost.</summary>
    public static string Write(IEnumerable<OfferDecided> offers) => string.Join(' ', offers.Select(offer => string.Create(CultureInfo.InvariantCulture,
        $"{offer.PreparedAt.UtcTicks},{(int)offer.Role},{(offer.IsSent ? 1 : 0)},{(offer.IsAsked ? 1 : 0)},{(offer.IsAgreed ? 1 : 0)},{offer.Waited?.Ticks}")));

    /// <summary>From the text that <see cref="Write"/> gives.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static IReadOnlyList<OfferDecided> Read(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(',') is [var prepared, var role, var sent, var asked, var agreed, var waited]
        ? new OfferDecided(new DateTimeOffset(Number(prepared), TimeSpan.Zero), (Role)Number(role), sent == "1", asked == "1", agreed == "1", waited.Length == 0 ? null : new TimeSpan(Number(waited)))
        : throw new FormatException($"'{part}' is no offer."))];

    private static long Number(string digits) => long.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private sealed class Story(DateTimeOffset preparedAt, Role role)
    {
        public DateTimeOffset PreparedAt => preparedAt;
        public Role Role => role;
        public DateTimeOffset? AskedAt { get; set; }
        public DateTimeOffset? AnsweredAt { get; set; }
        public bool IsAgreed { get; set; }
        public bool IsSent { get; set; }
    }
}
