using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.Issues;
using Amends.Domain.Laws;
using Amends.Domain.Offers;
using Amends.Domain.Playbooks;
using Amends.Domain.Remedies;
using Amends.Domain.Tests.Deadlines;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Laws;

/// <summary>A remedy law that is switched on applies by itself where it fits, what it gives today is among the options, and whoever says "the law gives it" names the law.</summary>
public sealed class CaseLawTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Start.UtcDateTime);

    [Fact]
    public void A_law_that_fits_applies_by_itself_and_inside_the_thirty_days_a_repair_alone_is_not_enough()
    {
        var @case = Understood();
        @case.Categorise("PRD.on_arrival", false, Jo, Start);
        Assert.Equal("statutory_minimum", Prepare(@case, Terms(), Line(RemedyKind.Repair), Line(RemedyKind.Replacement)));
        Assert.Null(Prepare(@case, Terms(), Line(RemedyKind.Repair), Line(RemedyKind.Refund, 90_000)));
        Assert.Contains(@case.State.Presets, preset => preset is { Key: "law-goods", Applies: true });
        Assert.False(@case.State.Offer!.NeedsApproval); // however much: the law gives it
        Assert.Equal(new LegalBasis("law-goods", "Law of Goods"), @case.State.Offer.Options[1].Remedies[0].Law);
    }

    [Fact]
    public void After_the_thirty_days_one_repair_will_do_and_after_that_failed_they_choose_between_money_off_and_money_back()
    {
        var @case = Understood();
        Assert.Null(Prepare(@case, Terms(Said(Problem.Faulty, -40)), Line(RemedyKind.Repair), Line(RemedyKind.ValueAdd, 0, law: false)));
        @case.SendOffer(1, Jo, Hours, Start);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        @case.FailRemedy(1, "It leaks again", Jo, Hours, Start.AddDays(3));
        Assert.Equal("statutory_minimum", Prepare(@case, Terms(), Line(RemedyKind.Repair), Line(RemedyKind.Refund)));
        Assert.Null(Prepare(@case, Terms(), Line(RemedyKind.PriceReduction), Line(RemedyKind.Refund)));
        Assert.Equal("given by law: Law of Goods", @case.State.Remedies[0].Law!.ToString());
    }

    [Fact]
    public void With_an_order_and_no_category_it_is_asked_what_is_wrong_and_without_an_order_nothing_is()
    {
        var @case = Understood();
        Assert.Equal("problem", Prepare(@case, Terms(), Line(RemedyKind.Refund)));
        Assert.Null(Prepare(@case, Terms() with { HasOrder = false, OrderedOn = null }, Line(RemedyKind.Refund, law: false)));
        Assert.DoesNotContain(@case.State.Presets, preset => preset.Key == "law-goods");
        Assert.Null(Prepare(@case, Terms(Said(Problem.None)), Line(RemedyKind.Refund, law: false))); // a firm bought it
        Assert.Equal(Problem.None, @case.State.Problem!.Problem);
        @case.Categorise("SRV.rude", false, Jo, Start);
        Assert.DoesNotContain(@case.State.Presets, preset => preset.Key == "law-goods");

        var rude = Understood();
        rude.Categorise("SRV.rude", false, Jo, Start);
        Assert.Null(Prepare(rude, Terms(), Line(RemedyKind.Refund, law: false))); // not about what they bought
    }

    [Fact]
    public void One_that_a_lead_took_off_stays_off()
    {
        var @case = Understood();
        @case.Categorise("PRD.on_arrival", false, Jo, Start);
        Assert.Null(Prepare(@case, Terms(), Line(RemedyKind.Refund)));
        @case.TakeOff("law-goods", "It was bought by a firm.", Lea, Start);
        Assert.Null(Prepare(@case, Terms(), Line(RemedyKind.Repair, law: false), Line(RemedyKind.Replacement, law: false)));
        Assert.Equal("law", Prepare(@case, Terms(), Line(RemedyKind.Refund))); // and nobody gives by it any more
    }

    [Fact]
    public void Whoever_says_that_a_law_gives_it_names_one_that_applies_or_writes_which_other()
    {
        var @case = Understood();
        var free = Line(RemedyKind.Refund, 90_000) with { Law = null };
        Assert.Equal("law", Prepare(@case, null, free));
        Assert.Equal("law", Prepare(@case, null, free with { Law = new(null, " ") }));
        Assert.Equal("law", Prepare(@case, null, free with { Law = new("law-goods", "x") })); // not on the case
        Assert.Null(Prepare(@case, null, free with { Law = new(null, " The Package Travel Regulations ") }));
        Assert.Equal("The Package Travel Regulations", @case.State.Offer!.Options[0].Remedies[0].Law!.Name);
        Assert.Null(Prepare(@case, null, Line(RemedyKind.Refund, 20, law: false) with { Law = new(null, "Something") }));
        Assert.Null(@case.State.Offer!.Options[0].Remedies[0].Law); // no law where nobody says that one gives it
    }

    [Fact]
    public void On_the_spot_one_of_what_they_may_choose_between_is_enough_and_what_is_not_justified_owes_nothing()
    {
        Case Heard()
        {
            var @case = Opened();
            @case.CheckSafety(false, Jo, Start);
            @case.Categorise("PRD.quality", false, Jo, Start);
            return @case;
        }

        void Settle(RemedyKind kind) => Heard().ResolveNow(Spot(other: true) with { Remedy = Line(kind), Laws = Terms(new NamedProblem(Problem.Service)) }, Channel.Phone, Jo, Hours, Start);
        Settle(RemedyKind.Refund);
        Assert.Equal("statutory_minimum", Assert.Throws<Refused>(() => Settle(RemedyKind.Apology)).Code);

        var decided = Asked();
        decided.Decide(1, Finding.NotUpheld, "It was filled above the mark.", "A descaler", "photo 2", Jo, Start);
        Assert.Null(Prepare(decided, Terms(Said(Problem.Faulty)), Line(RemedyKind.Repair, law: false)));
    }

    [Fact]
    public void Days_that_cannot_be_are_refused_and_a_promised_day_starts_the_clock_of_its_duty()
    {
        var @case = Understood();
        Assert.Equal("since", Prepare(@case, Terms(Said(Problem.Faulty, 1)), Line(RemedyKind.Refund)));
        Assert.Equal("since", Prepare(@case, Terms(Said(Problem.Faulty, -400)), Line(RemedyKind.Refund)));
        Assert.Equal("promised", Prepare(@case, Terms(new NamedProblem(Problem.Late, PromisedFor: Today.AddDays(-400))), Line(RemedyKind.Refund)));
        Assert.Null(Prepare(@case, Terms(new NamedProblem(Problem.Late, PromisedFor: Today.AddDays(-2))), Line(RemedyKind.Refund, law: false)));
        Assert.Equal(Today.AddDays(-2), DateOnly.FromDateTime(Assert.Single(@case.State.ClockStarts).When.UtcDateTime));
        Assert.Equal(2, Terms().FactsOf(@case.State, Start)!.DaysLate);
    }

    [Fact]
    public void A_playbooks_word_on_a_law_counts_no_more_where_the_law_itself_knows_the_day()
    {
        var playbook = new PlaybookTerms("broken", 1, "It broke", Money.Zero("EUR"), [new(["law-goods"], [RemedyKind.Voucher], "a voucher")], false);
        var @case = Understood();
        @case.PrepareOffer(Draft() with { Options = Options(Line(RemedyKind.Refund), Line(RemedyKind.Repair)), Playbook = playbook }, Jo, Start, null, Terms(Said(Problem.Faulty, -5)));
        Assert.NotNull(@case.State.Offer);
    }

    private static readonly RemedyLaw Goods = new("Law of Goods",
    [
        new Grant("the money back", [Problem.Faulty, Problem.NotAsDescribed], "1") { Needs = [[RemedyKind.Refund]], Within = new(CountsFrom.Delivered, new Term(30, TimeUnit.CalendarDays)), FixFailed = false, StandsStill = true },
        new Grant("a repair", [Problem.Faulty, Problem.NotAsDescribed], "2") { Needs = [[RemedyKind.Repair, RemedyKind.Replacement, RemedyKind.Refund]], After = new(CountsFrom.Delivered, new Term(30, TimeUnit.CalendarDays)), FixFailed = false, StandsStill = true },
        new Grant("money off or money back", [Problem.Faulty, Problem.NotAsDescribed], "3") { Needs = [[RemedyKind.PriceReduction], [RemedyKind.Refund]], FixFailed = true },
        new Grant("the work again or money", [Problem.Service], "4") { Needs = [[RemedyKind.Redo], [RemedyKind.Refund]] },
        new Grant("money", [Problem.Late], "5") { Needs = [[RemedyKind.Refund]], After = new(CountsFrom.Promised, new Term(7, TimeUnit.CalendarDays)) },
    ]);

    private static readonly DeadlineBook Book = DutyTests.Book with
    {
        Presets = [.. DutyTests.Book.Presets, DutyTests.Book.Find("by-hand")! with { Key = "law-goods", Title = "Faulty goods", Law = Goods }], On = new HashSet<string>(DutyTests.Book.On) { "law-goods" },
    };

    private static LawTerms Terms(NamedProblem? said = null) => new(Book) { HasOrder = true, OrderedOn = Today.AddDays(-50), Said = said };

    private static NamedProblem Said(Problem problem, int since = -20) => new(problem, HadSince: Today.AddDays(since));

    private static OptionRemedy Line(RemedyKind kind, long euros = 20, bool law = true) => new(kind, "What we do", new Money(euros * 100, "EUR"), Start.AddDays(2))
    {
        IsStatutory = law, Law = law ? new LegalBasis("law-goods", "") : null, Data = kind == RemedyKind.PriceReduction ? new() { Reason = "It leaked" } : kind == RemedyKind.Apology ? new() { Signatory = "Jo" } : null,
    };

    private static Option[] Options(params OptionRemedy[] lines) => [.. lines.Select((line, i) => new Option(0, $"Option {i}", "Because you need tea.", [line], false))];

    private static string? Prepare(Case @case, LawTerms? terms, params OptionRemedy[] lines)
    {
        try
        {
            // the category or the words of an earlier answer say when they got it
            var said = terms is { Said: null } && @case.State.Problem is null && @case.State.Category?.Code == "PRD.on_arrival" ? terms with { Said = Said(Problem.Faulty) } : terms;
            var trial = Case.Load(@case.State);
            trial.PrepareOffer(Draft(reason: "It is the best we can do") with { Options = Options(lines) }, Jo, Start, null, said);
            @case.PrepareOffer(Draft(reason: "It is the best we can do") with { Options = Options(lines) }, Jo, Start, null, said);
            return null;
        }
        catch (Refused no)
        {
            return no.Code;
        }
    }
}
