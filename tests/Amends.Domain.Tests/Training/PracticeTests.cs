using Amends.Domain.SelfCare;
using Amends.Domain.Training;

namespace Amends.Domain.Tests.Training;

/// <summary>Practising: step by step, and what the checklist finds.</summary>
public sealed class PracticeTests
{
    private static readonly Scenario Late = new("late", 1, "Late", "Late", "Priya Nair", "by mail", "It came late.", [], "No present", "A word",
        [new("It came after the birthday.", ["late", "birthday"]), new("Nobody answered.", ["answer", "repl"])], "");

    private static readonly Practice New = new() { Scenario = "late", Version = 1 };

    [Fact]
    public void It_goes_from_listening_to_the_answer_and_each_step_needs_its_words()
    {
        Assert.Equal("questions", Assert.Throws<Refused>(() => New.Take(new())).Code);
        var heard = New.Take(new() { Questions = " How was the day? ", Happened = "of another step" });
        Assert.Equal((PracticeStep.SumUp, "How was the day?", ""), (heard.Step, heard.Questions, heard.Happened));
        Assert.Equal("happened", Assert.Throws<Refused>(() => heard.Take(new())).Code);
        var summed = heard.Take(new() { Happened = "It came late." });
        Assert.Equal("options", Assert.Throws<Refused>(() => summed.Take(new() { Options = [new("", "a reason alone")] })).Code);
        var offered = summed.Take(new() { Options = [new("Postage back", ""), new("", "")] });
        Assert.Single(offered.Options);
        Assert.Equal("letter", Assert.Throws<Refused>(() => offered.Take(new())).Code);
        var done = offered.Take(new() { Letter = "Dear Priya" });
        Assert.Equal(PracticeStep.Done, done.Step);
        Assert.Equal("done", Assert.Throws<Refused>(() => done.Take(new())).Code);
        Assert.Equal("too_long", Assert.Throws<Refused>(() => New.Take(new() { Questions = new string('x', 5001) })).Code);
    }

    [Fact]
    public void A_whole_answer_has_everything_on_the_checklist()
    {
        var whole = New with
        {
            Step = PracticeStep.Done, Questions = "How did the day go?", Impact = "No present", Wanted = "A word", Happened = "It was LATE, and no replies came.", Matters = "Her son", Promised = "Today",
            Options = [new("Postage back", "It was ours."), new("A toy with his name", "He can hold it.")], CheckBack = "Friday, by mail", Letter = "Dear Ms Nair, you can have the postage back, or a toy with his name on it.",
        };
        Assert.All(PracticeChecks.Of(Late, whole), note => Assert.True(note.IsThere, note.Words));
    }

    [Fact]
    public void What_is_missing_is_named_line_by_line()
    {
        var bare = New with { Step = PracticeStep.Done, Questions = "Tell me.", Happened = "Something about a train.", Options = [new("Postage back", "")], Letter = "Hello, wait a little." };
        var missing = PracticeChecks.Of(Late, bare).Where(note => !note.IsThere).Select(note => note.Words).ToList();
        Assert.Equal(
        [
            "Nothing in it ends with a question mark. Ask before you solve.", "What it means for them is missing. It is half of the complaint.", "You did not note what would put it right. Ask; it is often less than one fears.",
            "Your summary leaves it out: It came after the birthday.", "Your summary leaves it out: Nobody answered.", "Say what matters most to them; then they know that you heard.", "Say what you do next, and by when.",
            "One way is no choice. Find a second, or ask them for theirs.", "No reason stands beside: Postage back.", "Say when and how you ask whether it is really put right.",
            "Your answer does not call them by their name, Priya Nair.", "An option that you put together is not in your answer.",
        ], missing);
    }

    [Theory]
    [InlineData("Was it late?", 1, false)]
    [InlineData("How long did you wait? And then?", 2, true)]
    [InlineData("Really?!?", 2, false)] // a mark after another sign is a mark of its own
    [InlineData("No question.", 0, false)]
    [InlineData("¿Qué pasó? ماذا حدث؟", 2, false)]
    public void Questions_are_counted_by_their_marks_and_open_ones_by_how_they_begin(string text, int many, bool open)
    {
        Assert.Equal(many, Questions.In(text));
        Assert.Equal(open, Questions.HasOpen(text));
    }
}
