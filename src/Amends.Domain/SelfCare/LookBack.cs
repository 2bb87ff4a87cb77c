using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Issues;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.People;

namespace Amends.Domain.SelfCare;

/// <summary>The eleven things that somebody asks themselves when they look back at a complaint that they handled.</summary>
public enum Habit
{
    /// <summary>Being in the customer's place.</summary>
    TheirPlace = 1,

    /// <summary>Judging only after hearing them.</summary>
    OpenMind,

    /// <summary>Letting them say all of it before solving anything.</summary>
    AllOfIt,

    /// <summary>Taking in everything they said.</summary>
    Attention,

    /// <summary>Listening at least as much as talking.</summary>
    Listening,

    /// <summary>Asking to be sure.</summary>
    Asking,

    /// <summary>Their idea, or a choice.</summary>
    Choice,

    /// <summary>What we can do, and why.</summary>
    Reasons,

    /// <summary>Owning what went wrong.</summary>
    Owning,

    /// <summary>When and how to follow up.</summary>
    FollowUp,

    /// <summary>Whether they are satisfied.</summary>
    Satisfied,
}

/// <summary>Which of the two questions of a pair fits.</summary>
public enum Leaning
{
    /// <summary>Neither: only the person can tell.</summary>
    Open = 1,

    /// <summary>The first: it was done.</summary>
    Did,

    /// <summary>The second: the other thing was done instead.</summary>
    Instead,
}

/// <summary>What a case shows about one habit.</summary>
/// <param name="Habit">Which.</param>
/// <param name="Leaning">What it leans to; a person may judge otherwise.</param>
/// <param name="Words">What in the case says so.</param>
public sealed record Evidence(Habit Habit, Leaning Leaning, string Words);

/// <summary>Something that was written or said in a case.</summary>
/// <param name="At">When.</param>
/// <param name="ByCustomer">Whose words they are.</param>
/// <param name="Words">The words themselves, without what is quoted.</param>
public sealed record Utterance(DateTimeOffset At, bool ByCustomer, string Words);

/// <summary>
/// Fills in beforehand, from what the case holds, how somebody handled it. Pure: the same case always shows the same. It never says how good
/// anybody is; where the log cannot know (an apology), it says so.
/// </summary>
public static class LookBack
{
    /// <summary>The largest part of the words or the talk that may be ours before it counts as holding the floor.</summary>
    public const double MostOurs = 0.55;

    /// <summary>What the case shows, one line a habit, in the order of <see cref="Habit"/>.</summary>
    /// <param name="state">As it stands.</param>
    /// <param name="log">All its events, oldest first.</param>
    /// <param name="said">Letters, calls and messages in order; notes are none.</param>
    public static IReadOnlyList<Evidence> Of(CaseState state, IReadOnlyList<CaseEvent> log, IReadOnlyList<Utterance> said) =>
    [
        TheirPlace(state), OpenMind(log), AllOfIt(state, log), Attention(state), Listening(state, log, said), Asking(log, said), Choice(state), Reasons(state), Owning(state), FollowUp(state, log), Satisfied(state),
    ];

    private static Evidence TheirPlace(CaseState state) => state.Impact is { Length: > 0 }
        ? new(Habit.TheirPlace, Leaning.Did, "What it meant for them is written down in their words.")
        : new(Habit.TheirPlace, Leaning.Instead, "Nothing in the case says what it meant for them.");

    private static Evidence OpenMind(IReadOnlyList<CaseEvent> log)
    {
        var (heard, judged) = (First(log, IsContact), First(log, news => news is DecisionRecorded or WhyFound));
        return judged is null ? new(Habit.OpenMind, heard is null ? Leaning.Open : Leaning.Did, heard is null ? "Nobody spoke with them, and nothing was judged." : "Neither a decision nor a cause was written down before you had been in touch.")
            : heard < judged ? new(Habit.OpenMind, Leaning.Did, "You had been in touch before a decision or a cause was written down.")
            : new(Habit.OpenMind, Leaning.Instead, "A decision or a cause was written down before anybody had been in touch with them.");
    }

    private static Evidence AllOfIt(CaseState state, IReadOnlyList<CaseEvent> log)
    {
        var words = Texts.Words(state.Story).Count();
        var story = $"Their story has {words} {(words == 1 ? "word" : "words")}.";
        var (summed, offered, added, heard) = (First(log, news => news is SummaryWritten), First(log, news => news is OfferPrepared), First(log, news => news is Remedies.RemedyAdded), First(log, IsContact));
        return added is not null && (heard is null || added < heard) ? new(Habit.AllOfIt, Leaning.Instead, $"{story} A remedy was there before anybody had been in touch.")
            : summed is null ? new(Habit.AllOfIt, offered is null ? Leaning.Open : Leaning.Instead, $"{story} What you understood was never written down.")
            : offered is null ? new(Habit.AllOfIt, Leaning.Did, $"{story} What you understood was written down, and nothing was offered before.")
            : summed < offered ? new(Habit.AllOfIt, Leaning.Did, $"{story} What you understood was written down before anything was offered.")
            : new(Habit.AllOfIt, Leaning.Instead, $"{story} Something was offered before what you understood was written down.");
    }

    private static Evidence Attention(CaseState state)
    {
        var (raised, open, corrected) = (state.Raised.Count(), state.OpenIssues.Count(), state.Summaries.Count(summary => summary.CorrectedAt is not null));
        if (raised == 0 && state.Summary is null)
            return new(Habit.Attention, Leaning.Open, "No issues and no summary are written down.");
        var answered = raised == 0 ? "No issues were written down." : $"{raised - open} of {raised} {(raised == 1 ? "issue" : "issues")} answered.";
        var put = corrected switch { 0 => "They corrected nothing in your summary.", 1 => "They corrected your summary once.", _ => $"They corrected your summary {corrected} times." };
        return new(Habit.Attention, open > 0 || corrected > 0 ? Leaning.Instead : Leaning.Did, $"{answered} {put}");
    }

    private static Evidence Listening(CaseState state, IReadOnlyList<CaseEvent> log, IReadOnlyList<Utterance> said)
    {
        var tapped = SpokenCall.ShareOf(state.Calls.Sum(call => call.TheirSeconds ?? 0), state.Calls.Sum(call => call.OurSeconds ?? 0));
        if (tapped is { } share)
            return new(Habit.Listening, 1 - share <= MostOurs ? Leaning.Did : Leaning.Instead, $"On the phone {Percent(share)} of the talk was theirs.{AtOnce(state)}");
        if (state.Calls.Where(call => call.Balance is not null).ToList() is { Count: > 0 } judged)
        {
            var (ours, theirs) = (judged.Count(call => call.Balance == TalkBalance.MostlyUs), judged.Count(call => call.Balance == TalkBalance.MostlyThem));
            return new(Habit.Listening, ours > theirs ? Leaning.Instead : Leaning.Did, $"Of {judged.Count} {(judged.Count == 1 ? "call" : "calls")} you spoke mostly in {ours}, they in {theirs}.");
        }

        var forms = log.Where(news => news is SummarySent or OfferSent or DecisionSent or Deadlines.LetterSent).Select(news => news.At.ToUnixTimeMilliseconds()).ToHashSet(); // letters that the program words
        var told = said.Where(each => each.ByCustomer).Sum(Count);
        var (@in, @out) = (told > 0 ? told : Texts.Words(state.Story).Count(), said.Where(each => !each.ByCustomer && !forms.Contains(each.At.ToUnixTimeMilliseconds())).Sum(Count));
        return @out == 0 ? new(Habit.Listening, Leaning.Open, "No calls were judged, and you wrote nothing of your own.")
            : new(Habit.Listening, (double)@out / (@in + @out) <= MostOurs ? Leaning.Did : Leaning.Instead, $"In writing: {@in} words from them, {@out} of your own, form letters aside.");
    }

    /// <summary>How often both spoke at once, as the telephone counted; who broke in, it does not know.</summary>
    private static string AtOnce(CaseState state) => state.Calls.Where(call => call.Overlaps is not null).ToList() is { Count: > 0 } counted
        ? counted.Sum(call => call.Overlaps!.Value) is > 0 and var times ? $" You both spoke at once {Texts.Count(times, "time")}: did you let them finish?" : " Neither of you broke in." : "";

    private static Evidence Asking(IReadOnlyList<CaseEvent> log, IReadOnlyList<Utterance> said)
    {
        var offered = log.FirstOrDefault(news => news is OfferPrepared);
        var until = offered?.At ?? DateTimeOffset.MaxValue;
        var before = offered is null ? log : log.TakeWhile(news => news != offered);
        var banked = before.Count(news => news is QuestionAnswered or WantedOutcomeHeard);
        var written = said.Where(each => !each.ByCustomer && each.At <= until).Sum(each => Questions.In(each.Words));
        return banked + written > 0
            ? new(Habit.Asking, Leaning.Did, $"{banked + written} {(banked + written == 1 ? "question" : "questions")} before the first offer: {banked} noted with their answers, {written} in what you wrote.")
            : new(Habit.Asking, offered is null ? Leaning.Open : Leaning.Instead, offered is null ? "No question is noted, and nothing was offered." : "No question is noted before the first offer.");
    }

    private static Evidence Choice(CaseState state)
    {
        var most = state.Offers.Where(offer => !offer.IsDecision).Select(offer => offer.Options.Count).DefaultIfEmpty(0).Max();
        return (most >= 2, state.OutcomeAsked) switch
        {
            (true, true) => new(Habit.Choice, Leaning.Did, $"They were asked what would put it right, and had {most} options."),
            (true, false) => new(Habit.Choice, Leaning.Did, $"They had {most} options."),
            (false, true) => new(Habit.Choice, Leaning.Did, "They were asked what would put it right."),
            _ => new(Habit.Choice, state.Offers.Count == 0 ? Leaning.Open : Leaning.Instead, state.Offers.Count == 0 ? "Nothing was offered." : "One way was offered, and nothing says that they were asked."),
        };
    }

    private static Evidence Reasons(CaseState state)
    {
        var options = state.Offers.Where(offer => !offer.IsDecision).SelectMany(offer => offer.Options).ToList();
        var decisions = state.Raised.Select(issue => issue.Decision).OfType<Decision>().ToList();
        if (options.Count + decisions.Count == 0)
            return new(Habit.Reasons, Leaning.Open, "Nothing was offered or decided.");
        var bare = options.Count(option => string.IsNullOrWhiteSpace(option.Why)) + decisions.Count(decision => decision.Finding != Finding.Upheld && (string.IsNullOrWhiteSpace(decision.Reasons) || !decision.SaysWhatWeDo));
        return bare == 0 ? new(Habit.Reasons, Leaning.Did, "Every option has its reason, and every decision says what we can do.") : new(Habit.Reasons, Leaning.Instead, $"{bare} of {options.Count + decisions.Count} options and decisions lack a reason or what we can do.");
    }

    private static Evidence Owning(CaseState state) => new(Habit.Owning, Leaning.Open, state.Raised.Any(issue => issue.Decision is { Finding: not Finding.NotUpheld })
        ? "You found them right. Whether your words owned it and were sorry, only you can judge: read them again."
        : "The log cannot tell whether your words owned what went wrong. Read them again.");

    private static Evidence FollowUp(CaseState state, IReadOnlyList<CaseEvent> log) => state switch
    {
        { CheckBack.Waived: true } => new(Habit.FollowUp, Leaning.Did, "They said that no follow-up is needed."),
        { CheckBack.Wished: true } => new(Habit.FollowUp, Leaning.Did, "They chose when and how you ask."),
        _ when state.SentOffer is not null || log.Any(news => news is CheckBackAgreed) => new(Habit.FollowUp, Leaning.Did, "A time for the follow-up was proposed and stood."),
        _ => new(Habit.FollowUp, Leaning.Instead, "Nothing was agreed on a follow-up."),
    };

    private static Evidence Satisfied(CaseState state) => state.CheckBack switch
    {
        { Answer: CheckBackAnswer.Yes } => new(Habit.Satisfied, Leaning.Did, "They said that it is put right."),
        { Answer: not null } => new(Habit.Satisfied, Leaning.Did, "They were asked, and said that it is not all put right."),
        { Waived: true } => new(Habit.Satisfied, Leaning.Did, "They needed no follow-up."),
        { Attempts: > 0 } asked => new(Habit.Satisfied, Leaning.Open, $"They were asked {(asked.Attempts == 1 ? "once" : $"{asked.Attempts} times")} and said nothing. Silence is no yes."),
        _ => new(Habit.Satisfied, Leaning.Instead, "Nobody asked whether it is put right."),
    };

    /// <summary>The customer heard from one of us, or was on the line when it began: what Amends sends by itself is no contact.</summary>
    private static bool IsContact(CaseEvent news) => news is CaseOpened { Channel: Channel.Phone or Channel.InPerson } or CallLogged || (news is WeSpoke or SummarySent && news.By.Kind == ActorKind.Person);

    private static int? First(IReadOnlyList<CaseEvent> log, Func<CaseEvent, bool> which)
    {
        for (var i = 0; i < log.Count; i++)
        {
            if (which(log[i]))
                return i;
        }

        return null;
    }

    private static int Count(Utterance each) => Texts.Words(each.Words).Count();

    private static string Percent(double share) => $"{Math.Round(share * 100):0} %";
}

/// <summary>Questions in a text.</summary>
public static class Questions
{
    private static readonly string[] Openers = ["how", "what", "when", "where", "which", "who", "why", "tell", "describe"];

    /// <summary>How many sentences of it end as a question; several marks in a row are one.</summary>
    public static int In(string text) => text.Where((letter, at) => IsMark(letter) && (at == 0 || !IsMark(text[at - 1]))).Count();

    /// <summary>Whether one of them is open: it cannot be answered with yes or no, since it begins with such a word.</summary>
    public static bool HasOpen(string text) => text.Split(['?', '؟', '？', '.', '!', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Any(sentence => Texts.Words(sentence).FirstOrDefault() is { } first && Openers.Contains(first.ToLowerInvariant()));

    private static bool IsMark(char letter) => letter is '?' or '؟' or '？';
}
