using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Amends.Domain.Remedies;
using Amends.Domain.Tests.Cases;
using Amends.Domain.Tests.Deadlines;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Playbooks;

/// <summary>Which playbook suits, what its options are worth, and what it asks of an offer.</summary>
public sealed class PlaybookTests
{
    private static readonly DateOnly Today = new(2026, 3, 4);
    private static readonly LegalMinimum Law = new(["by-hand"], [RemedyKind.Replacement, RemedyKind.Refund], "the same again, or the money back");

    [Fact]
    public void The_playbook_that_names_what_happened_most_exactly_is_proposed_in_the_version_that_holds()
    {
        Playbook[] all =
        [
            Of("product", ["PRD"]), Of("early", ["PRD.fails_early"]), Of("returns", ["PRD"]) with { Stages = [JourneyStage.Leaving] },
            Of("early", ["PRD.fails_early"], 2) with { EffectiveFrom = Today.AddDays(3), Title = "Broke too soon, better" },
            Of("ended", ["WEB"]) with { EffectiveUntil = Today.AddDays(-1) },
        ];

        string On(string? category, JourneyStage? stage = null, int days = 0) => Playbook.Match(all, category, stage, true, Today.AddDays(days)) is { } found ? $"{found.Key}.{found.Version}" : "none";
        Assert.Equal(["early.1", "early.2", "product.1", "returns.1"], [On("PRD.fails_early"), On("PRD.fails_early", days: 3), On("PRD.quality"), On("PRD.quality", JourneyStage.Leaving)]);
        Assert.Equal(["none", "none", "none"], [On(null), On("DEL.late"), On("WEB.fault")]);
        Assert.Null(Playbook.Match([Of("order", ["DEL"]) with { WithOrder = true }], "DEL.late", null, false, Today));
        Assert.NotNull(Playbook.Match([Of("order", ["DEL"]) with { WithOrder = true }], "DEL.late", null, true, Today));
    }

    [Fact]
    public void A_worth_follows_the_order_and_a_why_line_holds_what_matters_to_them()
    {
        var order = new Money(3333, "EUR");
        Assert.Equal(new Money(334, "EUR"), new ValueRule(Percent: 10).Of(order, "EUR")); // in their favour
        Assert.Equal(order, new ValueRule(Percent: 100).Of(order, "EUR"));
        Assert.Null(new ValueRule(Percent: 10).Of(null, "EUR"));
        Assert.Null(new ValueRule(Percent: 10).Of(order, "USD"));
        Assert.Equal(new Money(1000, "EUR"), new ValueRule(Fixed: 10).Of(null, "EUR"));

        var option = Options[0] with { Why = "You told us what matters: {matters}. It is soonest." };
        Assert.Equal("You told us what matters: Tea in the morning. It is soonest.", option.WhyFor("Tea in the morning."));
        Assert.Equal("It is soonest.", option.WhyFor(null));
    }

    [Fact]
    public void What_a_law_gives_is_among_the_options_unless_they_asked_for_something_else()
    {
        var @case = Understood();
        @case.PrepareOffer(Draft() with { Playbook = Terms() }, Jo, Start); // no such law on the case
        @case.FollowDuties(DutyTests.Book);
        @case.PutUnder("by-hand", DutyTests.Book, Jo, Start);

        Assert.Equal("statutory_minimum", Assert.Throws<Refused>(() => @case.PrepareOffer(Draft() with { Playbook = Terms() }, Jo, Start)).Code); // money back, but as a favour
        @case.PrepareOffer(Draft(asWanted: true) with { Playbook = Terms() }, Jo, Start);
        @case.PrepareOffer(ByLaw(9_000) with { Playbook = Terms() }, Jo, Start);

        Assert.False(@case.State.Offer!.NeedsApproval); // however much: the law gives it
        @case.TakeOff("by-hand", "It was bought by a firm.", Lea, Start);
        @case.PrepareOffer(Draft() with { Playbook = Terms() }, Jo, Start);
        Assert.Equal(4, @case.State.Offers.Count);
    }

    [Fact]
    public void What_a_law_gives_is_given_on_the_spot_too_unless_they_asked_for_something_else()
    {
        Case Heard()
        {
            var @case = Opened();
            @case.FollowDuties(DutyTests.Book);
            @case.PutUnder("by-hand", DutyTests.Book, Jo, Start);
            @case.CheckSafety(false, Jo, Start);
            return @case;
        }

        void Settle(Case @case, OnTheSpot settled) => @case.ResolveNow(settled with { Playbook = Terms() }, Channel.Phone, Jo, Hours, Start);
        Assert.Equal("statutory_minimum", Assert.Throws<Refused>(() => Settle(Heard(), Spot(other: true))).Code);
        Settle(Heard(), Spot());
        var byLaw = Heard();
        var spot = Spot(9_000, other: true);
        Settle(byLaw, spot with { Remedy = spot.Remedy with { IsStatutory = true, Law = new("by-hand", "") } });
        Assert.Equal(CaseStage.Delivering, byLaw.State.Stage); // no limit holds it up
    }

    [Fact]
    public void What_was_found_not_to_be_justified_owes_no_minimum()
    {
        var @case = Asked();
        @case.FollowDuties(DutyTests.Book);
        @case.PutUnder("by-hand", DutyTests.Book, Jo, Start);
        @case.Decide(1, Finding.NotUpheld, "It was filled above the mark.", "A descaler", null, Jo, Start);
        @case.PrepareOffer(Draft() with { Playbook = Terms() }, Jo, Start);
        @case.Decide(1, Finding.PartlyUpheld, "The mark is hard to see.", "A descaler", null, Jo, Start);
        Assert.Equal("statutory_minimum", Assert.Throws<Refused>(() => @case.PrepareOffer(Draft() with { Playbook = Terms() }, Jo, Start)).Code);
    }

    [Fact]
    public void Nobody_asks_for_proof_below_the_playbooks_threshold_even_where_limits_do()
    {
        var strict = new Power(new Authority(AuthorityProfile.Own, "EUR", [new Limit(Role.Agent) { EvidenceAbove = 1000 }]));
        var @case = Understood();
        var no = Assert.Throws<Refused>(() => @case.PrepareOffer(Draft(20), Jo, Start, strict));
        Assert.Equal("evidence", no.Code);
        @case.PrepareOffer(Draft(20) with { Playbook = Terms() with { NoQuestionsUpTo = new Money(4000, "EUR") } }, Jo, Start, strict); // 20 or 40
        Assert.Equal("evidence", Assert.Throws<Refused>(() => @case.PrepareOffer(Draft(20) with { Playbook = Terms() with { NoQuestionsUpTo = new Money(3999, "EUR") } }, Jo, Start, strict)).Code);
        Assert.Equal("evidence", Assert.Throws<Refused>(() => @case.PrepareOffer(Draft(20) with { Playbook = Terms() with { NoQuestionsUpTo = new Money(9000, "USD") } }, Jo, Start, strict)).Code);
    }

    [Fact]
    public void The_version_that_options_began_from_stays_with_the_case()
    {
        var @case = Understood();
        @case.PrepareOffer(Draft() with { Playbook = Terms() }, Jo, Start);
        Assert.Null(@case.State.Playbook);
        @case.PrepareOffer(Draft() with { Playbook = Terms() with { IsUsed = true } }, Jo, Start);
        Assert.Equal(("broken", 3, 2), (@case.State.Playbook!.Key, @case.State.Playbook.Version, @case.State.Playbook.OfferId));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("gets")]
    [InlineData("may_give")]
    [InlineData("categories")]
    [InlineData("no_questions")]
    [InlineData("options")]
    [InlineData("days late")]
    public void A_playbook_that_lacks_something_is_not_taken(string field)
    {
        var whole = Of("late", ["DEL.late"]);
        whole.MustBeWhole();
        var torn = field switch
        {
            "title" => whole with { Title = " " },
            "gets" => whole with { Gets = "" },
            "may_give" => whole with { MayGive = "" },
            "categories" => whole with { Categories = [] },
            "no_questions" => whole with { NoQuestionsUpTo = -1 },
            "days late" => whole with { Options = [Options[0], Options[1] with { Late = new(8, 7) }] },
            _ => whole with { Options = [Options[0]] },
        };
        Assert.Equal(field == "days late" ? "options" : field, Assert.Throws<Refused>(torn.MustBeWhole).Code);
    }

    private static readonly IReadOnlyList<OptionTemplate> Options =
    [
        new("The same again", "It is soonest.", RemedyKind.Replacement, "A new one", 3, new ValueRule()), new("Your money back", "If you have lost trust.", RemedyKind.Refund, "The price back", 3, new ValueRule(Percent: 100)),
    ];

    private static Playbook Of(string key, IReadOnlyList<string> categories, int version = 1) =>
        new(key, version, key) { EffectiveFrom = new(2026, 1, 1), Categories = categories, Gets = "The same again, or money.", MayGive = "Something extra.", Options = Options };

    private static PlaybookTerms Terms() => new("broken", 3, "It broke", Money.Zero("EUR"), [Law], false);

    private static Case.Draft ByLaw(long euros) => Draft() with
    {
        Options = [.. Draft().Options.Select(option => option with { Remedies = [option.Remedies[0] with { Value = new Money(euros * 100, "EUR"), IsStatutory = true, Law = new("by-hand", "") }] })],
    };
}
