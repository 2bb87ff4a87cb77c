using Amends.Domain.Listening;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>What we take in beside the story: what it means for them, where it went wrong, what sort of thing it is, what they answered, and why it happened.</summary>
public sealed partial class Case
{
    /// <summary>The most characters of the line on what it means for them.</summary>
    public const int LongestImpact = 500;

    private const int MostWhys = 40;
    private const int MostLessons = 20;

    /// <summary>What it means for the customer, as they say it themselves or as one of us heard it.</summary>
    public void HearImpact(string? impact, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        if (by.Kind != ActorKind.Customer)
            MustBeOneOfUs(by);
        var words = Needed(impact, "impact", "Say in a line what it means for them.", LongestImpact);
        if (State.Impact != words)
            Tell(new ImpactHeard(at, by, words));
    }

    /// <summary>Where on their way with us it went wrong.</summary>
    public void PlaceOnJourney(JourneyStage stage, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        if (!Enum.IsDefined(stage))
            throw new Refused("journey", "Choose where on their way it went wrong.");
        if (State.Journey != stage)
            Tell(new JourneyPlaced(at, by, stage));
    }

    /// <summary>Gives the case a category. What was given before stays in the history; a confirmed one is not replaced by an impression.</summary>
    /// <param name="code">A code of the company's set; that it is one of them is the caller's to check.</param>
    /// <param name="confirmed">We have understood what it is; otherwise a first impression.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    public void Categorise(string code, bool confirmed, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        if (!Categorised.IsCode(code))
            throw new Refused("category", "Choose one of the categories.");
        if (!confirmed && State.ConfirmedCategory is not null)
            throw new Refused("category", "The category is confirmed already. Confirm another one instead.");
        if (State.Category is { } now && now.Code == code && now.Confirmed == confirmed)
            return;
        var wasAboutHandling = State.Categories.Any(each => each.Code.StartsWith(Categorised.Handling, StringComparison.Ordinal));
        Tell(new CategoryGiven(at, by, code, confirmed));
        if (!wasAboutHandling && State.IsOpen && code.StartsWith(Categorised.Handling, StringComparison.Ordinal))
            TellLead("It is about how we handled their complaint.", by, at);
    }

    /// <summary>Writes down what the customer answered to a question. The same answer twice changes nothing; a newer one stands beside the older.</summary>
    public void Answer(string code, string question, string words, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        var answer = Needed(words, "answer", "Write what they answered.", 2000);
        if (State.AnswerTo(code)?.Words != answer)
            Tell(new QuestionAnswered(at, by, code, question, answer));
    }

    /// <summary>Adds a step to the ladder of whys. Possible on a closed complaint, too: learning goes on.</summary>
    /// <param name="why">Because…</param>
    /// <param name="under">The step that it explains; <c>null</c> for what happened itself.</param>
    /// <param name="evidence">How we know.</param>
    /// <param name="canChange">We can change this.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    public void AskWhy(string? why, int? under, string? evidence, bool canChange, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        var words = Needed(why, "why", "Write in a line why it came to that.", LongestIssue);
        if (under is { } above && State.Whys.All(each => each.Id != above || !each.Stands))
            throw new Refused("under", "This step is no longer there. Choose the one that you explain.");
        if (State.Whys.Any(each => each.Stands && each.Under == under && each.Words == words))
            return;
        if (State.Whys.Count >= MostWhys)
            throw new Refused("why", $"A ladder holds {MostWhys} steps. Look for what we can change in what is there.");
        Tell(new WhyFound(at, by, State.Whys.Count + 1, under, words, string.IsNullOrWhiteSpace(evidence) ? null : Needed(evidence, "evidence", "", 1000), canChange));
    }

    /// <summary>Keeps what we learned from the complaint, in a line. Possible on a closed one, too; the same line twice is one.</summary>
    /// <exception cref="Refused"><c>learned</c> without words, or when there are many already; <c>too_long</c>.</exception>
    public void Learn(string? lesson, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        var words = Needed(lesson, "learned", "Say in a line what we learned.", LongestIssue);
        if (State.Lessons.Any(each => each.Words == words))
            return;
        if (State.Lessons.Count >= MostLessons)
            throw new Refused("learned", $"A complaint holds {MostLessons} lines of what we learned. Choose the ones that matter.");
        Tell(new LessonLearned(at, by, words));
    }

    /// <summary>Takes back a step that turned out to be wrong. It stays to be read, with the reason.</summary>
    public void TakeBackWhy(int id, string? reason, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        if (State.Whys.FirstOrDefault(each => each.Id == id && each.Stands) is not { } why)
            throw new Refused("under", "There is no such step.");
        if (State.Whys.Any(each => each.Stands && each.Under == id))
            throw new Refused("under", "Other steps explain this one. Take them back first.");
        Tell(new WhyTakenBack(at, by, why.Id, Needed(reason, "reason", "Say why it was wrong.", LongestIssue)));
    }
}
