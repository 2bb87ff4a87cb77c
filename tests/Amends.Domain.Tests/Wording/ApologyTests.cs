using Amends.Domain.Issues;
using Amends.Domain.Wording;

namespace Amends.Domain.Tests.Wording;

/// <summary>Apologies of our own with the parts that they hold.</summary>
public sealed class ApologyTests
{
    [Fact]
    public void The_parts_of_written_apologies_are_found()
    {
        var written = Packs.Lines<Written>("apologies.jsonl");
        int right = 0, wrong = 0, missed = 0, exact = 0;
        List<string> errors = [];
        foreach (var apology in written)
        {
            var found = Lint.Read(apology.Text, DraftContext.Nothing, Packs.English).Apology.Parts.Keys.Select(part => part.ToString().ToLowerInvariant()).ToList();
            var extra = found.Except(apology.Parts).ToList();
            var lost = apology.Parts.Except(found).ToList();
            (right, wrong, missed) = (right + found.Count - extra.Count, wrong + extra.Count, missed + lost.Count);
            if (extra.Count + lost.Count == 0)
                exact++;
            else
                errors.Add($"{Environment.NewLine}{apology.Text}  wrong: {string.Join(' ', extra)}; missed: {string.Join(' ', lost)}");
        }

        var figures = FormattableString.Invariant($"apologies: {written.Count}, precision {(double)right / (right + wrong):P1}, recall {(double)right / (right + missed):P1}, all parts right {(double)exact / written.Count:P1}");
        Console.WriteLine(figures);
        Assert.True(written.Count >= 64);
        Assert.True(right >= 0.95 * (right + wrong) && right >= 0.9 * (right + missed) && exact >= 0.85 * written.Count, figures + string.Concat(errors));
    }

    [Fact]
    public void Responsibility_and_repair_weigh_most_and_forgiveness_nothing()
    {
        Assert.Equal(Domain.Wording.Apology.Most, Enum.GetValues<ApologyPart>().Sum(Domain.Wording.Apology.Worth));
        Assert.Equal([3, 3, 1, 1, 1, 0], Enum.GetValues<ApologyPart>().Select(Domain.Wording.Apology.Worth));
        Assert.Equal(8, Apology("We got this wrong, and I'm sorry for that. The box was late because the label was torn. I have refunded you today.").Score);
    }

    [Theory]
    [InlineData(Finding.Upheld, 8)]
    [InlineData(Finding.PartlyUpheld, 5)]
    [InlineData(Finding.NotUpheld, null)]
    [InlineData(null, null)]
    public void The_decision_settles_how_much_is_expected(Finding? decision, int? expected) => Assert.Equal(expected, Apology("Hello.", decision).Expected);

    [Fact]
    public void A_weak_apology_for_what_is_justified_is_told_what_it_lacks()
    {
        const string Weak = "Hello Ms Berg, thank you for the photos of the table top. I am sorry for the scratch that you found on it. The table was made in our workshop in May, and the colleague who packed it has left the company since then.";

        var hint = Assert.Single(Hints(Weak, Finding.Upheld), hint => hint.Rule == "apology-weak");

        Assert.Contains(InWords(ApologyPart.Responsibility), hint.Reason, StringComparison.Ordinal);
        Assert.Contains(InWords(ApologyPart.Repair), hint.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Hints(Weak, Finding.NotUpheld), hint => hint.Rule == "apology-weak");
        Assert.DoesNotContain(Hints(Weak, null), hint => hint.Rule == "apology-weak");
        Assert.DoesNotContain(Hints(Weak + " It was our mistake: the box had no foam, because we had run out of it. I have sent you a new table top today.", Finding.Upheld), hint => hint.Rule == "apology-weak");
    }

    [Fact]
    public void What_was_not_upheld_takes_no_false_blame_and_may_be_regretted()
    {
        Assert.Contains(Hints("This was our fault.", Finding.NotUpheld), hint => hint is { Rule: "apology-false", Length: > 0 });
        Assert.DoesNotContain(Hints("I'm sorry that the wait was so long for you. The invoice is right, because the fee was on page one.", Finding.NotUpheld), hint => hint.Rule == "apology-false");
    }

    [Theory]
    [InlineData("I'm sorry about the wait.", true)]
    [InlineData("I'm sorry about the wait. I'm sending the part today.", false)]
    [InlineData("Thank you for your letter.", false)]
    public void Sorry_without_anything_done_is_pointed_out(string text, bool alone) => Assert.Equal(alone, Hints(text, null).Exists(hint => hint.Rule == "apology-alone"));

    [Theory]
    [InlineData("I'm sorry about the wait.", false)]
    [InlineData("I'm sorry about the wait. Again, I apologise.", true)]
    [InlineData("> I'm sorry but I had to write again\nI'm sorry about the wait.", false)]
    public void More_than_one_apology_is_pointed_out(string text, bool twice) => Assert.Equal(twice, Hints(text, null).Exists(hint => hint.Rule == "apology-twice"));

    private static Apology Apology(string text, Finding? decision = null) => Lint.Read(text, new() { Decision = decision }, Packs.English).Apology;

    private static List<Hint> Hints(string text, Finding? decision) => [.. Lint.Read(text, new() { Decision = decision }, Packs.English).Hints];

    private static string InWords(ApologyPart part) => Domain.Wording.Apology.WordsFor(part);
}
