using Amends.Data;
using Amends.Domain.Deadlines;
using Amends.Domain.Laws;
using Amends.Domain.Playbooks;
using Amends.Domain.Remedies;

namespace Amends.Tests.Storage;

/// <summary>What the remedy laws that ship give, by the day: the rules of the preset files as a table.</summary>
public sealed class RemedyLawTests
{
    private static readonly DateOnly Delivered = new(2026, 3, 2);

    [Fact]
    public void Each_says_where_it_is_written_and_the_category_and_the_questions_reach_all_of_it()
    {
        var laws = PresetFiles.All.Where(preset => preset.Law is not null).ToList();
        Assert.Equal(["au-acl", "eu-2019-771", "eu-crd", "uk-ccr-2013", "uk-cra-2015", "us-ftc-mitor"], laws.Select(preset => preset.Key).Order());
        Assert.All(laws, preset =>
        {
            Assert.False(preset.Trigger.Automatic); // it is fitted to the case, and not put on every complaint
            Assert.NotEmpty(preset.Law!.Name);
            Assert.All(preset.Law.Grants, grant =>
            {
                Assert.NotEmpty(grant.Source);
                Assert.NotEmpty(grant.On);
                Assert.All(grant.Needs, kinds => Assert.NotEmpty(kinds));
                foreach (var term in new[] { grant.Within?.Term, grant.After?.Term, grant.After?.Unpromised }.OfType<Term>())
                    Assert.True(term.Unit is TimeUnit.CalendarDays or TimeUnit.Weeks or TimeUnit.Months);
            });
        });
        foreach (var code in CategorySet.All.SelectMany(group => group.Parts.Select(part => part.Code).Append(group.Code)))
            Assert.True(Problems.Of(code) is not { } problem || Enum.IsDefined(problem));
        Assert.Equal((Problem.Faulty, Problem.Late, Problem.None), (Problems.Of("DEL.damaged"), Problems.Of("DEL.late"), Problems.Of("SRV.rude")));
        Assert.Null(Problems.Of("RET.refused")); // a fault or a change of mind: it is asked
    }

    /// <summary>Days after the goods came, what happened since, and of which kinds one each must be among the options.</summary>
    [Theory]
    [InlineData("uk-cra-2015", 0, 0, 0, "Refund")]
    [InlineData("uk-cra-2015", 30, 0, 0, "Refund")] // day 30 is within the 30 days
    [InlineData("uk-cra-2015", 31, 0, 0, "Repair/Replacement/Refund")]
    [InlineData("uk-cra-2015", 36, 0, 6, "Refund")] // the days stood still for six
    [InlineData("uk-cra-2015", 37, 0, 6, "Repair/Replacement/Refund")]
    [InlineData("uk-cra-2015", 12, 1, 0, "PriceReduction;Refund")] // one repair failed, inside the 30 days, too
    [InlineData("uk-cra-2015", 200, 1, 0, "PriceReduction;Refund")]
    [InlineData("uk-cra-2015", 200, 2, 0, "PriceReduction;Refund")]
    [InlineData("eu-2019-771", 5, 0, 0, "Repair/Replacement/Refund")]
    [InlineData("eu-2019-771", 730, 0, 0, "Repair/Replacement/Refund")]
    [InlineData("eu-2019-771", 731, 0, 0, "Repair/Replacement/Refund")] // 2 March 2028 is the last day
    [InlineData("eu-2019-771", 732, 0, 0, "")]
    [InlineData("eu-2019-771", 90, 1, 0, "PriceReduction;Refund")]
    public void Faulty_goods_by_the_day(string key, int days, int failed, int fixing, string needs) =>
        Assert.Equal(needs, Needs(key, new LawFacts(Problem.Faulty, Delivered.AddDays(days)) { DeliveredOn = Delivered, FailedFixes = failed, DaysBeingFixed = fixing }));

    [Theory]
    [InlineData(true, "Refund;Replacement")]
    [InlineData(null, "Refund;Replacement")] // in their favour while nobody said
    [InlineData(false, "Repair/Replacement/Refund")]
    public void A_major_failure_is_theirs_to_choose_a_minor_one_is_ours(bool? major, string needs) =>
        Assert.Equal(needs, Needs("au-acl", new LawFacts(Problem.NotAsDescribed, Delivered) { IsMajor = major }));

    [Theory]
    [InlineData("uk-cra-2015", "2026-09-02", true)]
    [InlineData("uk-cra-2015", "2026-09-03", false)]
    public void The_fault_counts_as_there_from_the_start_for_six_months(string key, string today, bool holds) =>
        Assert.Equal(holds, Law(key).Gives(new LawFacts(Problem.Faulty, DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture)) { DeliveredOn = Delivered }).Any(gives => gives.Needs.Count == 0 && gives.Until == new DateOnly(2026, 9, 2)));

    [Theory]
    [InlineData("eu-crd", 14, "Refund")]
    [InlineData("eu-crd", 15, "")]
    [InlineData("uk-ccr-2013", 14, "Refund")]
    [InlineData("uk-ccr-2013", 15, "")]
    [InlineData("uk-cra-2015", 3, "")] // a change of mind is none of its business
    public void A_change_of_mind_by_the_day(string key, int days, string needs) =>
        Assert.Equal(needs, Needs(key, new LawFacts(Problem.ChangeOfMind, Delivered.AddDays(days)) { DeliveredOn = Delivered }));

    [Theory]
    [InlineData("us-ftc-mitor", null, 30, "")]
    [InlineData("us-ftc-mitor", null, 31, "Refund")] // nothing was said: 30 days
    [InlineData("us-ftc-mitor", 5, 5, "")]
    [InlineData("us-ftc-mitor", 5, 6, "Refund")]
    [InlineData("eu-crd", null, 31, "Refund")]
    [InlineData("eu-crd", 45, 31, "")]
    [InlineData("uk-cra-2015", 10, 11, "Refund")]
    public void A_late_order_by_the_day_that_it_was_promised_for(string key, int? promised, int days, string needs) =>
        Assert.Equal(needs, Needs(key, new LawFacts(Problem.Late, Delivered.AddDays(days)) { OrderedOn = Delivered, PromisedOn = promised is { } day ? Delivered.AddDays(day) : null }));

    [Fact]
    public void While_nobody_knows_the_day_doubt_is_in_their_favour()
    {
        Assert.Equal("Refund;Repair/Replacement/Refund", Needs("uk-cra-2015", new LawFacts(Problem.Faulty, Delivered)));
        Assert.Equal("Refund", Needs("us-ftc-mitor", new LawFacts(Problem.Late, Delivered)));
    }

    /// <summary>16 CFR 435.2: a first, definite delay of up to 30 days; any other needs their yes, and money is back within seven working days.</summary>
    [Theory]
    [InlineData(30, 0, true)]
    [InlineData(31, 0, false)]
    [InlineData(null, 0, false)]
    [InlineData(10, 1, false)]
    public void What_silence_means_about_a_delay(int? revised, int earlier, bool waits)
    {
        var promised = new DateOnly(2026, 7, 1);
        var notice = Law("us-ftc-mitor").Delay!.For(promised, revised is { } days ? promised.AddDays(days) : null, earlier, PresetFiles.Calendars.Single(calendar => calendar.Key == "us"));
        Assert.Equal((promised, new DateOnly(2026, 7, 31), waits), (notice.NoticeBy, notice.SilenceUntil, notice.SilenceIsConsent));
        Assert.Equal(new DateOnly(2026, 7, 13), notice.RefundBy); // over the holiday of 3 July and two weekends
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(8, 10)]
    [InlineData(14, 10)]
    [InlineData(15, 20)]
    [InlineData(90, 20)]
    public void The_ladder_of_the_late_playbook_climbs_with_the_days(int late, int percent)
    {
        var options = PlaybookDesk.Shipped.Single(each => each.Key == "late").OptionsFor(late);
        Assert.Equal(percent, options.Where(option => option.Kind == RemedyKind.PriceReduction).Sum(option => option.Value.Percent ?? 0));
        Assert.Contains(options, option => option.Kind == RemedyKind.Refund); // the money back is there from the first day
        Assert.InRange(options.Count, 2, 3);
    }

    private static RemedyLaw Law(string key) => PresetFiles.All.Single(preset => preset.Key == key).Law!;

    private static string Needs(string key, LawFacts facts) => string.Join(';', Law(key).Gives(facts).SelectMany(gives => gives.Needs).Select(kinds => string.Join('/', kinds)));
}
