using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Issues;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Domain.Visits;

namespace Amends.Domain.Effort;

/// <summary>What a case cost the customer in effort, counted from its log alone (practice 1-20). Pure.</summary>
/// <param name="Contacts">How often they turned to us, the first time among them. What they typed into a page as an answer counts as a form.</param>
/// <param name="Channels">The different ways in which they did, in the order of their first use.</param>
/// <param name="Transfers">How often the case went from one of us to another.</param>
/// <param name="Repeats">How often they had to say something again: summaries that were not right, and questions that were asked twice.</param>
/// <param name="Forms">How often they filled in a form of ours.</param>
/// <param name="Days">Whole days from the first word to their yes or the last end; to the given time while it is open.</param>
public sealed record CaseEffort(int Contacts, IReadOnlyList<Channel> Channels, int Transfers, int Repeats, int Forms, int Days)
{
    /// <summary>Counts.</summary>
    /// <param name="log">Everything that happened, oldest first.</param>
    /// <param name="now">Until when days are counted while the case is open.</param>
    public static CaseEffort Of(IEnumerable<CaseEvent> log, DateTimeOffset now)
    {
        var (contacts, transfers, repeats, forms) = (0, 0, 0, 0);
        var (channels, asked) = (new List<Channel>(), new HashSet<string>());
        DateTimeOffset? began = null, ended = null;
        long? lastOwner = null;
        foreach (var news in log)
        {
            began ??= news.At;
            var isTheirs = news.By.Kind == ActorKind.Customer;
            switch (news)
            {
                case CaseOpened e: Contact(e.Channel); forms += e.Channel == Channel.Form ? 1 : 0; break;
                case CustomerSpoke { ReplyDueAt: null, Channel: Channel.Page }: break; // words that came with an answer, which counts itself
                case CustomerSpoke e when e.By is not { Kind: ActorKind.Customer, Id: 0 }: Contact(e.Channel); forms += e.Channel == Channel.Page ? 1 : 0; break;
                case TheyRang: Contact(Channel.Phone); break;
                case OwnerChanged { OwnerId: { } owner }: transfers += lastOwner is { } before && before != owner ? 1 : 0; lastOwner = owner; break;
                case SummaryCorrected e: repeats++; Answer(e.Via); break;
                case QuestionAnswered e: repeats += asked.Add(e.Code) ? 0 : 1; break;
                case SummaryConfirmed e: Answer(e.Via); break;
                case OptionChosen e: Answer(e.Via); break;
                case ChoiceChanged e: Answer(e.Via); break;
                case OfferDeclined e: Answer(e.Via); break;
                case SubstituteAgreed e: Answer(e.Via); break;
                case CheckBackAnswered e: Answer(e.Via); break;
                case CheckBackWaived e: Answer(e.Via); break;
                case CallBooked or CallMoved or VisitBooked or CheckBackAgreed { Wished: true } or IssueRaised when isTheirs: forms++; break;
                case CaseClosed e: ended = e.At; break;
                case CaseReopened: ended = null; break;
            }
        }

        return new(contacts, channels, transfers, repeats, forms, began is { } from ? Math.Max(0, (int)((ended ?? now) - from).TotalDays) : 0);

        void Contact(Channel channel)
        {
            contacts++;
            if (!channels.Contains(channel))
                channels.Add(channel);
        }

        void Answer(Channel via)
        {
            forms += via == Channel.Page ? 1 : 0;
            if (!channels.Contains(via))
                channels.Add(via);
        }
    }

    /// <summary>Whether nothing was asked twice.</summary>
    public bool NothingAskedTwice => Repeats == 0;
}
