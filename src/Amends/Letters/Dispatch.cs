using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.FollowOns;
using Amends.Domain.Improvements;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Letters;

/// <summary>The verbs of a case that reach the customer in a letter, with that letter, in one unit of work: said and sent, or neither.</summary>
public sealed class Dispatch(Outbox outbox, LetterDesk letters, WordingDesk wording)
{
    private const int LongestLetter = 10_000;

    /// <summary>The newest summary goes out, to confirm or correct.</summary>
    public async Task Summary(Work work)
    {
        work.Case.SendSummary(work.By, work.Now);
        await Send(work, SummaryLetter.For(work.Company, work.Number, work.Case.State, work.By.Name));
    }

    /// <summary>The options, or a decision that was prepared, go out, under the limits of whoever answers for them: who prepared them, or who agreed. Sent twice they go once.</summary>
    /// <param name="work">Who sends them.</param>
    /// <param name="id">The newest offer's.</param>
    public async Task Offer(Work work, int id)
    {
        if (work.Case.State is { IsOpen: true, Offer: { SentAt: not null } sent } && sent.Id == id)
            return;
        var answers = work.Case.State.Offer is { } offer ? Actor.Person(offer.ApprovedById ?? offer.PreparedById, "", offer.ApprovedById is null ? offer.PreparedByRole : offer.ApprovedByRole) : work.By;
        work.Case.SendOffer(id, work.By, work.Calendar, work.Now, await (work with { By = answers }).Power());
        if (work.Case.State.Offer!.IsDecision)
            await Decided(work);
        else
            await Send(work, OfferLetter.For(work.Company, work.Number, work.Case.State, work.By.Name));
    }

    /// <summary>The decision is put together, and goes out with all that a rule asks of such a letter; above a limit it waits for a second person, and goes with <see cref="Offer"/>.</summary>
    /// <param name="work">Who sends it.</param>
    /// <param name="terms">The dates, where they can go next, and what a law gives.</param>
    public async Task Decision(Work work, DecisionTerms terms)
    {
        if (OutsideRoutes.Asks(LetterKind.Final, work.Case.State))
            OutsideRoutes.MustBeNamed(work.Company, work.Case.State);
        work.Case.PrepareDecision(terms with { OutsideRoute = OutsideRoutes.For(work.Company, work.Case.State) }, work.By, work.Now, await work.Power());
        if (work.Case.State.Offer is { NeedsApproval: false } ready)
            await Offer(work, ready.Id);
    }

    /// <summary>The letter with what was decided; once nothing is open it is kept as the final one.</summary>
    private async Task Decided(Work work)
    {
        var kind = DecisionLetter.KindOf(work.Case.State);
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
        var letter = NoBlank.Checked(UpdateLetter.For(work.Company, work.Number, work.Case.State, update, work.By.Name, work.Now), work.Case.State);
        var message = await outbox.Queue(work.Unit, work.Company, work.Number, letter, work.By, work.Now);
        work.Case.Update(message, update, work.By, work.Calendar, work.Now, await wording.Said(work.Case.State, letter.Text, work.Company, work.Now));
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

    /// <summary>A letter that a rule asks for goes out, looked through for what it must say, and is kept as it went.</summary>
    /// <param name="work">Who writes.</param>
    /// <param name="asked">The letter.</param>
    /// <returns>Its message.</returns>
    /// <exception cref="Refused"><c>until</c> or <c>reason</c> when a holding letter lacks it; <c>text</c> or <c>legal</c> with what is missing; and those of <see cref="Case.KeepLetter"/>.</exception>
    public async Task<long> Rule(Work work, AskedLetter asked)
    {
        if (asked.Kind == LetterKind.Holding && (asked.Until is null || string.IsNullOrWhiteSpace(asked.Reason)))
            throw new Refused(asked.Until is null ? "until" : "reason", asked.Until is null ? "Give the day by which they have the answer." : "Say why it takes longer. They read it.");
        var letter = RuleLetter.For(new LegalWords(work.Company, work.Number, work.Case.State, work.By.Name) { Reason = asked.Reason, NewDay = asked.NewDay(work.Company) }, asked.Kind, asked.Text);
        var message = await Send(work, letter);
        await letters.Keep(work.Unit, work.Number, work.Case, asked.Kind, message, letter, work.By, work.Now);
        return message;
    }

    /// <summary>A duty gets more time, and the notice without which it gets none goes out.</summary>
    /// <param name="work">Who writes.</param>
    /// <param name="book">The presets and calendars.</param>
    /// <param name="id">The duty; <c>null</c> when none was chosen.</param>
    /// <param name="until">The last day of it; <c>null</c> when none was given.</param>
    /// <param name="reason">Why; the customer reads it.</param>
    /// <param name="more">Further words of the writer.</param>
    /// <param name="agreed">The customer agreed.</param>
    /// <exception cref="Refused"><c>duty</c>, <c>reason</c>, <c>day</c>; and those of <see cref="Case.ExtendDuty"/>.</exception>
    public async Task Extension(Work work, DeadlineBook book, int? id, DateOnly? until, string? reason, string? more, bool agreed)
    {
        var (@case, by, now) = (work.Case, work.By, work.Now);
        var duty = @case.State.Duties.FirstOrDefault(each => each.Id == id && each.IsOpen) ?? throw new Refused("duty", "Choose what needs more time.");
        var (preset, rule) = (book.Find(duty.Preset), book.Find(duty.Preset)?.Extensions.FirstOrDefault(each => each.Milestone == duty.Milestone));
        if (preset is null || rule is null || @case.CanExtend(duty.Id, book, now).Why is { })
            throw new Refused("duty", @case.CanExtend(duty.Id, book, now).Why ?? "The rule gives no more time for this.");
        if (string.IsNullOrWhiteSpace(reason))
            throw new Refused("reason", "Say why it takes longer. The customer reads it.");
        var day = until ?? throw new Refused("day", "Give the day.");
        var words = new LegalWords(work.Company, work.Number, @case.State, by.Name) { Reason = reason, NewDay = DueDates.EndOf(day, book.Rules.Zone) };
        var letter = NoBlank.Checked(ExtensionLetter.For(words, preset, rule, more, by.Name), @case.State);
        var message = await outbox.Queue(work.Unit, work.Company, work.Number, letter, by, now);
        @case.ExtendDuty(duty.Id, day, reason, agreed, message, book, by, now);
        @case.Speak(message, Channel.Mail, by, now, await wording.Said(@case.State, letter.Text, work.Company, now));
        await letters.Keep(work.Unit, work.Number, @case, LetterKind.Holding, message, letter, by, now);
    }

    /// <summary>A letter of thanks goes out after a good end, once a case, where nothing stands against it.</summary>
    /// <param name="work">Who thanks.</param>
    /// <param name="text">The words.</param>
    /// <param name="review">Whether it asks to tell others, where an owner said where.</param>
    /// <param name="withCode">Whether it carries a code for a friend, where there are such codes.</param>
    /// <exception cref="Refused"><c>follow_on</c> when something stands against it; <c>text</c> when the words do.</exception>
    public async Task FollowOn(Work work, string? text, bool review, bool withCode)
    {
        var (set, state) = (work.Company.FollowOn, work.Case.State);
        if (!set.IsOn)
            throw new Refused("follow_on", "Thank-you letters are switched off. An owner can switch them on in the settings.");
        var asks = review && set.ReviewUrl.Length > 0;
        var words = FollowOnText.Checked(text, asks);
        var wantsNone = await FollowOnDesk.WantsNone(work.Unit, state.CustomerId);
        if (FollowOnRule.Against(state, wantsNone) is [var refusal, ..])
            throw new Refused("follow_on", Case.Why(refusal));
        var code = withCode && set.HasCodes ? await FollowOnDesk.NewCode(work.Unit) : null;
        var token = FollowOnDesk.NewToken();
        var message = await outbox.Queue(work.Unit, work.Company, work.Number, NoBlank.Checked(FollowOnLetter.For(work.Company, work.Number, state, words, asks, code, work.By.Name, outbox.Site(work.Company) + FollowOnDesk.OffPath + token), state), work.By, work.Now);
        await FollowOnDesk.Keep(work.Unit, work.Number, state.CustomerId, asks, code, token, work.Now);
        work.Case.SendFollowOn(message, asks, code, wantsNone, work.By, work.Now);
    }

    /// <summary>One of us tells the customer what changed because of their complaint, in words that may quote only their own. Sent twice it goes once.</summary>
    /// <param name="work">Who sends it, in the case.</param>
    /// <param name="desk">Where the improvement notes it.</param>
    /// <param name="id">The improvement.</param>
    /// <param name="text">The words.</param>
    /// <exception cref="Refused"><c>follow_on</c> when something stands against it; <c>text</c> when the words do.</exception>
    public async Task Change(Work work, ImprovementDesk desk, long id, string? text)
    {
        var state = work.Case.State;
        if (!work.Company.FollowOn.IsOn)
            throw new Refused("follow_on", "Letters after a good end are switched off. An owner can switch them on in the settings.");
        var wantsNone = await FollowOnDesk.WantsNone(work.Unit, state.CustomerId);
        if (ChangeLetterRule.Against(state, id, wantsNone) is [var refusal, ..])
            throw new Refused("follow_on", Case.Why(refusal));
        var words = FollowOnText.Checked(text, false);
        ChangeLetterRule.MustQuote(words, [state.Story, state.CheckBack?.Words ?? "", .. await work.Unit.List<string>("select text from messages where case_number = @Number and direction = 1", new { work.Number })]);
        var token = FollowOnDesk.NewToken();
        var message = await outbox.Queue(work.Unit, work.Company, work.Number, NoBlank.Checked(ChangeLetter.For(work.Company, work.Number, state, words, work.By.Name, outbox.Site(work.Company) + FollowOnDesk.OffPath + token), state), work.By, work.Now);
        work.Case.TellChange(id, message, wantsNone, work.By, work.Now);
        await desk.Told(work.Unit, id, work.Number, message, token, work.By, work.Now);
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
        var message = await outbox.Queue(work.Unit, work.Company, work.Number, NoBlank.Checked(letter, work.Case.State), work.By, work.Now);
        work.Case.Speak(message, Channel.Mail, work.By, work.Now, await wording.Said(work.Case.State, letter.Text, work.Company, work.Now));
        return message;
    }
}
