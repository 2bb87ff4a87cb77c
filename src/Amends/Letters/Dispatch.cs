using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.Issues;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Letters;

/// <summary>The verbs of a case that reach the customer in a letter, with that letter, in one unit of work: said and sent, or neither.</summary>
public sealed class Dispatch(Outbox outbox, LetterDesk letters)
{
    private const int LongestLetter = 10_000;

    /// <summary>The newest summary goes out, to confirm or correct.</summary>
    public async Task Summary(Work work)
    {
        work.Case.SendSummary(work.By, work.Now);
        await Send(work, SummaryLetter.For(work.Company, work.Number, work.Case.State, work.By.Name));
    }

    /// <summary>The options go out, under the limits of whoever answers for them: who prepared them, or who agreed. Sent twice they go once.</summary>
    /// <param name="work">Who sends them.</param>
    /// <param name="id">The newest offer's.</param>
    public async Task Offer(Work work, int id)
    {
        if (work.Case.State is { IsOpen: true, Offer: { SentAt: not null } sent } && sent.Id == id)
            return;
        var answers = work.Case.State.Offer is { } offer ? Actor.Person(offer.ApprovedById ?? offer.PreparedById, "", offer.ApprovedById is null ? offer.PreparedByRole : offer.ApprovedByRole) : work.By;
        work.Case.SendOffer(id, work.By, work.Calendar, work.Now, await (work with { By = answers }).Power());
        await Send(work, OfferLetter.For(work.Company, work.Number, work.Case.State, work.By.Name));
    }

    /// <summary>The decision goes out, with all that a rule asks of such a letter; once nothing is open it is kept as the final one.</summary>
    /// <param name="work">Who sends it.</param>
    /// <param name="terms">The dates, and where they can go next.</param>
    public async Task Decision(Work work, DecisionTerms terms)
    {
        work.Case.SendDecision(terms, work.By, work.Calendar, work.Now);
        var kind = work.Case.State.ToldLast.All(issue => issue.Decision!.Finding == Finding.NotUpheld) ? LetterKind.NotUpheld : LetterKind.Final;
        var letter = new LegalWords(work.Company, work.Number, work.Case.State, work.By.Name).Complete(kind, DecisionLetter.For(work.Company, work.Number, work.Case.State, work.By.Name));
        var message = await Send(work, letter);
        if (!work.Case.State.OpenIssues.Any())
            await letters.Keep(work.Unit, work.Number, work.Case, kind, message, letter, work.By, work.Now);
    }

    /// <summary>How far we are goes out, which keeps the promise.</summary>
    /// <param name="work">Who writes.</param>
    /// <param name="update">What is said.</param>
    public async Task Update(Work work, Update update)
    {
        var letter = UpdateLetter.For(work.Company, work.Number, work.Case.State, update, work.By.Name, work.Now);
        var message = await outbox.Queue(work.Unit, work.Company, work.Number, letter, work.By, work.Now);
        work.Case.Update(message, update, work.By, work.Calendar, work.Now);
        if (work.Case.State.Kind == CaseKind.Complaint)
            await letters.Keep(work.Unit, work.Number, work.Case, LetterKind.Update, message, letter, work.By, work.Now);
    }

    /// <summary>An apology, an explanation or the reasons go out, and with that the line is done. A second time changes nothing.</summary>
    /// <param name="work">Who writes.</param>
    /// <param name="id">The line.</param>
    /// <param name="text">The letter.</param>
    /// <exception cref="Refused"><c>text</c> when it is empty, too long or unfinished; <c>remedy</c> when the line is no letter.</exception>
    public async Task Remedy(Work work, int id, string? text)
    {
        var words = Finished(text, "text");
        if (work.Case.State.Remedies.FirstOrDefault(each => each.Id == id) is not { Kind: RemedyKind.Apology or RemedyKind.Explanation or RemedyKind.None } remedy)
            throw new Refused("remedy", "This line is no letter.");
        if (!remedy.IsOpen)
            return; // pressed twice
        await Send(work, PlainReply.For(work.Company, work.Number, work.Case.State, words, remedy.Data?.Signatory is { } signed && words.Contains(signed, StringComparison.OrdinalIgnoreCase) ? signed : work.By.Name));
        work.Case.AdvanceRemedy(id, remedy.Type.DoneAt, null, remedy.Data?.Signatory is { } who ? $"signed by {who}" : null, work.By, work.Now);
    }

    /// <summary>Asks by mail once more what they make of what we offered.</summary>
    /// <param name="work">Who asks.</param>
    /// <param name="text">The letter.</param>
    /// <exception cref="Refused"><c>text</c> when it is empty, too long or unfinished; as the verb.</exception>
    public async Task Reminder(Work work, string? text)
    {
        var letter = PlainReply.For(work.Company, work.Number, work.Case.State, Finished(text, "text"), work.By.Name);
        work.Case.RemindOfOffer(work.Case.State.SentOffer?.Id ?? 0, work.Company.Course.Rule(), Channel.Mail, await outbox.Queue(work.Unit, work.Company, work.Number, letter, work.By, work.Now), work.By, work.Calendar, work.Now);
    }

    /// <summary>Notes a call in which they were reminded without an answer.</summary>
    /// <param name="work">Who called.</param>
    /// <param name="said">What came of it.</param>
    /// <exception cref="Refused"><c>said</c> when it is empty or too long; as the verb.</exception>
    public static async Task ReminderCall(Work work, string? said)
    {
        var words = Finished(said, "said", "Write what came of the call.");
        var message = await Conversation.Add(work.Unit, work.Number, new NewMessage(Direction.Call, Channel.Phone, work.By.Name, words, work.Now) { AuthorId = work.By.Id });
        work.Case.RemindOfOffer(work.Case.State.SentOffer?.Id ?? 0, work.Company.Course.Rule(), Channel.Phone, message, work.By, work.Calendar, work.Now);
    }

    /// <summary>The letter that tells them that their case ends is queued, or it is said how they know otherwise; the verb that ends it tells the rest.</summary>
    /// <param name="work">Who ends it.</param>
    /// <param name="byLetter">Whether a letter goes out.</param>
    /// <param name="text">The letter.</param>
    /// <param name="otherwise">How they were told without one, or why not.</param>
    /// <exception cref="Refused"><c>letter</c> when it is empty, too long or unfinished; <c>no_address</c>.</exception>
    public async Task<Told> Tell(Work work, bool byLetter, string? text, string? otherwise) => byLetter
        ? Told.By(await outbox.Queue(work.Unit, work.Company, work.Number, PlainReply.For(work.Company, work.Number, work.Case.State, Finished(text, "letter"), work.By.Name), work.By, work.Now))
        : Told.Without(otherwise);

    private static string Finished(string? text, string code, string missing = "Write the letter first.")
    {
        var words = (text ?? "").Trim();
        return words.Length is 0 or > LongestLetter || words.Contains('…')
            ? throw new Refused(code, words.Length == 0 ? missing : words.Length > LongestLetter ? $"That is longer than {LongestLetter} characters." : "Finish it: a sentence still ends with three dots.")
            : words;
    }

    private async Task<long> Send(Work work, Letter letter)
    {
        var message = await outbox.Queue(work.Unit, work.Company, work.Number, letter, work.By, work.Now);
        work.Case.Speak(message, Channel.Mail, work.By, work.Now);
        return message;
    }
}
