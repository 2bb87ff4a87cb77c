using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Listening;
using Amends.Domain.Reports;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Reports;

/// <summary>What customers say matters to them, sorted by plain lists of words.</summary>
public sealed class MattersTests
{
    private static readonly ReportRules Rules = new(Calendar.NineToFive(TimeZoneInfo.Utc), "EUR");

    [Theory]
    [InlineData(SaidOf.Wanted, "I'd like my MONEY back, and an apology.", new[] { 0, 1, 6 })]
    [InlineData(SaidOf.Wanted, "Eine Rückerstattung", new[] { 0, 1 })]
    [InlineData(SaidOf.Wanted, "Monkeys", new[] { 0, 999 })]
    [InlineData(SaidOf.Wanted, "back money", new[] { 0, 999 })] // the words in their order
    [InlineData(SaidOf.Wanted, " … ", new int[0])]
    [InlineData(SaidOf.Wanted, null, new int[0])]
    [InlineData(SaidOf.Impact, "My daughter's birthday was spoilt, and I waited two days", new[] { 0, 101, 103, 105 })]
    [InlineData(SaidOf.Praise, "So friendly, and you kept me informed!", new[] { 0, 201, 203 })]
    [InlineData(SaidOf.Impact, "refund", new[] { 0, 999 })] // a wish is no harm
    public void Words_are_sorted_by_what_they_speak_of_each_once_and_what_is_in_no_list_is_counted_too(SaidOf of, string? words, int[] parts) => Assert.Equal(parts, Matters.PartsOf(of, words));

    [Fact]
    public void Every_matter_has_a_number_of_its_own_that_fits_where_it_is_looked_for_and_each_of_its_phrases_finds_it()
    {
        Assert.Equal(Matters.All.Count, Matters.All.Select(each => each.Part).Distinct().Count());
        Assert.All(Matters.All, each => Assert.Equal((int)each.Of - 1, each.Part / 100));
        foreach (var matter in Matters.All)
            Assert.All(matter.Phrases, phrase => Assert.Contains(matter.Part, Matters.PartsOf(matter.Of, $"We say {phrase.TrimEnd('*').ToUpperInvariant()}.")));
    }

    [Fact]
    public void What_they_wanted_is_counted_by_how_it_ended_and_thanks_count_of_letters_and_of_happy_answers()
    {
        CaseEvent begun = new CaseOpened(Start, Amara, Channel.Mail, CaseKind.Complaint, "Kettle", "It leaks.", Amara.Id, Amara.Name, false, false);
        List<CaseEvent> log = [begun, new WantedOutcomeHeard(Start, Jo, "A refund"), new ImpactHeard(Start, Jo, "No tea before work")];
        Assert.Equal((1L, 1L), (Count(log, Measure.Wanted, 1, AfterAll.NotSaid), Count(log, Measure.Impact, 104, AfterAll.NotSaid)));

        log.Add(new CheckBackAgreed(Start, Jo, Start.AddDays(1)));
        log.Add(new CheckBackAnswered(Start.AddDays(1), Amara, CheckBackAnswer.Partly, 3, Channel.Page, "Kind, but slow"));
        Assert.Equal((0L, 1L), (Count(log, Measure.Wanted, 1, AfterAll.NotSaid), Count(log, Measure.Wanted, 1, AfterAll.NotPutRight)));
        Assert.DoesNotContain(CaseFacts.Of(log, Rules).Marks.Keys, mark => mark.Measure == Measure.Praised); // three of five is no praise

        log.Add(new CheckBackAnswered(Start.AddDays(2), Amara, CheckBackAnswer.Yes, 5, Channel.Page, "So kind"));
        Assert.Equal((1L, 1L), (Count(log, Measure.Wanted, 1, AfterAll.PutRight), Count(log, Measure.Praised, 201, AfterAll.NotSaid)));

        var thanks = CaseFacts.Of([new CaseOpened(Start, Amara, Channel.Mail, CaseKind.Praise, "Thanks", "You called me back the same day.", Amara.Id, Amara.Name, false, false)], Rules);
        Assert.False(thanks.IsComplaint);
        Assert.Equal([0L, 202, 203], thanks.Marks.Keys.Select(mark => mark.Part).Order());
        Assert.All(thanks.Marks.Keys, mark => Assert.Equal(Measure.Praised, mark.Measure)); // it is no complaint that came
    }

    private static long Count(List<CaseEvent> log, Measure measure, int part, AfterAll after) => CaseFacts.Of(log, Rules).Marks.Where(each => each.Key.Measure == measure && each.Key.Part == part && each.Key.Bucket == (int)after).Sum(each => each.Value);
}
