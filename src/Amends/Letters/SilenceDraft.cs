using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Offers;

namespace Amends.Letters;

/// <summary>Drafts for a customer who did not answer what we offered; one of us reads them over and sends them. The signature and the link come below.</summary>
public static class SilenceDraft
{
    /// <summary>Asks once more.</summary>
    /// <param name="company">Who asks.</param>
    /// <param name="state">The case, with an offer that the customer has.</param>
    /// <param name="isLast">After this one the case may be closed for now.</param>
    /// <param name="until">Until when an answer is waited for.</param>
    public static string Reminder(Company company, CaseState state, bool isLast, DateTimeOffset until)
    {
        var offer = state.SentOffer!;
        return Words.Paragraphs(
            Words.Hello(state),
            $"On {Words.Day(offer.SentAt!.Value, company)} we wrote to you {(offer.IsDecision ? "what we found and what we can do" : "how we could put it right")}, and have not heard from you since. Nothing is decided without you.",
            offer.IsDecision ? null : string.Join('\n', offer.Options.Select(option => $"- {option.Title}")),
            offer.IsDecision ? "Does that help you, or do you see it differently? You can tell us on your page, or just answer this mail." : "Does one of these suit you? You can choose on your page, or just answer this mail. If none of them does, tell us what would help.",
            company.Phone is { Length: > 0 } phone ? $"If it is easier on the phone: {phone}." : null,
            $"We look out for your answer until {Words.Moment(until, company)}. " + (isLast ? "After that we close it for now, without taking your silence for a yes. A word from you takes it up again at any time." : "After that we ask you once more."));
    }

    /// <summary>Says that it is closed for now, and can be taken up at any time.</summary>
    /// <param name="company">Who writes.</param>
    /// <param name="state">The case, with an offer that the customer has.</param>
    public static string Closing(Company company, CaseState state)
    {
        var offer = state.SentOffer!;
        return Words.Paragraphs(
            Words.Hello(state),
            $"On {Words.Day(offer.SentAt!.Value, company)} we wrote to you {(offer.IsDecision ? "what we found and what we can do" : "how we could put it right")}, and we asked again {(offer.Reminders.Count == 1 ? "once" : $"{offer.Reminders.Count} times")} since. We have not heard from you, so we close it for now.",
            "Nothing was chosen for you, and we do not take it that it is put right.",
            "You can take it up again at any time: just answer this mail, or call us. You need not tell your story again.",
            state.OutsideRoute is { } route ? "What we wrote about where you can go next still holds:\n" + route : null);
    }
}
