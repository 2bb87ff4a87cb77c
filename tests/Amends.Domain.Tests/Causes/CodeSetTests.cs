using Amends.Domain.Causes;
using Amends.Domain.Contents;
using Amends.Domain.Laws;
using Amends.Domain.Listening;
using Amends.Domain.Playbooks;

namespace Amends.Domain.Tests.Causes;

/// <summary>Sets of categories and causes: three levels, stable codes, nothing deleted.</summary>
public sealed class CodeSetTests
{
    private static readonly CodeSet Set = new([new("DEL", "Delivery"), new("DEL.late", "Late"), new("DEL.late.days", "Some days"), new("DEL.lost", "Lost") { Retired = true }, new("DEL.lost.depot", "In a depot"), new("HND", "Handling"), new("OTH", "Something else")]);

    [Fact]
    public void Words_come_from_all_levels_and_what_is_retired_is_read_but_not_offered()
    {
        Assert.Equal(["Delivery", "Delivery: late", "Delivery: late, some days", "Delivery: lost"], new[] { "DEL", "DEL.late", "DEL.late.days", "DEL.lost" }.Select(Set.WordsOf));
        Assert.Null(Set.WordsOf("DEL.early"));
        Assert.Equal(["DEL", "DEL.late", "DEL.late.days", "HND", "OTH"], Set.Offered.Select(line => line.Code)); // with what is retired goes what belongs to it
        Assert.Equal(("DEL", 2), Set.Groups.Select(group => (group.Group.Code, group.Parts.Count)).First());
        Assert.Equal(["DEL.late.days", "DEL.late", "DEL"], CodeSet.Chain("DEL.late.days"));
        Assert.True(CodeSet.IsWithin("DEL.late.days", "DEL.late") && CodeSet.IsWithin("DEL", "DEL") && !CodeSet.IsWithin("DEL.lateness", "DEL.late"));
    }

    [Fact]
    public void A_retired_code_is_chosen_by_nobody_new_and_kept_by_what_has_it()
    {
        var refusal = ("category", "Choose one.");
        Assert.Null(Set.Chosen(" ", null, refusal));
        Assert.Equal("DEL.late", Set.Chosen(" DEL.late ", null, refusal));
        Assert.Equal("DEL.lost", Set.Chosen("DEL.lost", "DEL.lost", refusal));
        Assert.Equal("“Delivery: lost” is not used any more. Choose another one.", Assert.Throws<Refused>(() => Set.Chosen("DEL.lost", null, refusal)).Message);
        Assert.Equal("Choose one.", Assert.Throws<Refused>(() => Set.Chosen("DEL.x", "DEL.y", refusal)).Message);
    }

    [Theory]
    [InlineData("stands there twice", "DEL", "DEL")]
    [InlineData("is no code", "DEL", "DEL.Late")]
    [InlineData("is no code", "DEL", "DEL.late.a.b")]
    [InlineData("is no code", "del")]
    [InlineData("belongs to nothing", "DEL.late")]
    [InlineData("must stay", "DEL")] // and what everything else falls into is gone
    public void A_set_that_cannot_be_counted_with_is_refused_in_words(string words, params string[] codes) =>
        Assert.Contains(words, Assert.Throws<Refused>(() => new CodeSet([.. codes.Select((code, i) => new CodeLine(code, $"Words {i}"))]).MustBeWhole(true, CodeSet.Other)).Message);

    [Fact]
    public void No_code_is_lost_no_name_stands_twice_and_the_unknown_cause_stays()
    {
        Set.MustBeWhole(true, CodeSet.Other, Categorised.Handling);
        Assert.Contains("DEL.gone is missing", Assert.Throws<Refused>(() => Set.MustKeep(["DEL", "DEL.gone"])).Message);
        Assert.Contains("“late” stands there twice", Assert.Throws<Refused>(() => new CodeSet([.. Set.Lines, new CodeLine("DEL.late_2", "late ") { }]).MustBeWhole(true)).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("is called", Assert.Throws<Refused>(() => new CodeSet([new("supplier", " ")]).MustBeWhole(false)).Message);
        var causes = new ContentItem("causes.set", ContentKind.Causes, "Causes") { Codes = [new("unknown", "Unknown") { Retired = true }, new("supplier", "Supplier")] };
        Assert.Contains("“Unknown” must stay", Assert.Throws<Refused>(causes.MustBeWhole).Message);
        Assert.Equal("effective_until", Assert.Throws<Refused>(() => (causes with { Codes = [new("unknown", "Unknown")], EffectiveFrom = new(2026, 1, 1), EffectiveUntil = new(2026, 2, 1) }).MustBeWhole()).Code);
    }

    [Fact]
    public void What_is_for_a_category_is_for_what_stands_below_it_too()
    {
        Assert.True(Categorised.IsCode("DEL.damaged.inside") && !Categorised.IsCode("DEL.damaged.inside.more") && !Categorised.IsCode("DEL..inside"));
        Assert.Equal(Problem.Faulty, Problems.Of("DEL.damaged.inside"));
        Assert.True(new ContentItem("policy.x", ContentKind.Policy, "X") { Categories = ["DEL.damaged"] }.IsFor("DEL.damaged.inside"));
        var (wide, near) = (new Playbook("wide", 1, "Wide") { EffectiveFrom = new(2026, 1, 1), Categories = ["DEL"] }, new Playbook("near", 1, "Near") { EffectiveFrom = new(2026, 1, 1), Categories = ["DEL.damaged"] });
        Assert.Equal("near", Playbook.Match([wide, near], "DEL.damaged.inside", null, true, new(2026, 3, 4))?.Key);
        Assert.Equal("wide", Playbook.Match([wide, near], "DEL.late.days", null, true, new(2026, 3, 4))?.Key);
    }
}
