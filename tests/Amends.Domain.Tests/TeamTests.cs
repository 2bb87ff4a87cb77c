using Amends.Domain.People;

namespace Amends.Domain.Tests;

/// <summary>Teams: names that tell them apart, nobody in two, no category answered for by two, nobody in a retired one.</summary>
public sealed class TeamTests
{
    private static readonly IReadOnlySet<long> Here = new HashSet<long> { 1, 2, 3 };
    private static readonly IReadOnlySet<string> Codes = new HashSet<string> { "DEL", "DEL.late", "RET" };

    private static readonly Team Orders = new(7, "Orders and delivery", [1, 2], ["DEL"]), Repairs = new(8, "Repairs", [3], ["DEL.late", "RET"]), Old = new(9, "Old hands", [], [], true);

    [Fact]
    public void A_name_is_trimmed_and_no_two_teams_share_one_in_whatever_letters()
    {
        Assert.Equal("Bills and prices", As(null, new() { Name = "  Bills \t and  prices " }).Name);
        Assert.Equal("REPAIRS", As(Repairs, new() { Name = "REPAIRS" }).Name); // its own
        Assert.Equal(("name", "There is a team “Repairs” already. Choose another name."), Refused(null, new() { Name = "rEpairs" }));
        Assert.Contains("Take that one up again", Refused(null, new() { Name = "old HANDS" }).Words);
        Assert.Equal("name", Refused(null, new()).Code);
        Assert.Equal("name", Refused(Repairs, new() { Name = " " }).Code);
        Assert.Equal(Team.LongestName, As(null, new() { Name = new('x', Team.LongestName) }).Name.Length);
        Assert.Equal("name", Refused(null, new() { Name = new('x', Team.LongestName + 1) }).Code);
        Assert.Equal("name", Refused(null, new() { Name = "a\0b" }).Code);
    }

    [Fact]
    public void Whom_a_team_takes_leaves_the_team_where_they_were_and_so_does_a_category()
    {
        var after = Team.After([Orders, Repairs, Old], As(Repairs, new() { People = [3, 2, 2], Categories = ["RET", "DEL"] }));
        Assert.Equal([7, 8], after.Select(team => team.Id));
        Assert.Equal((1L, 0), (Assert.Single(after[0].People), after[0].Categories.Count));
        Assert.Equal<long>([2, 3], after[1].People);
        Assert.Equal(["DEL", "RET"], after[1].Categories); // what was left out is answered for no more
        Assert.Equal(Repairs, Assert.Single(Team.After([Orders, Repairs, Old], Repairs)));
        Assert.Equal("people", Refused(Repairs, new() { People = [4] }).Code);
        Assert.Equal<long>([4], As(Repairs with { People = [4] }, new() { People = [4] }).People); // who left stays with what they did
        Assert.Equal("categories", Refused(Repairs, new() { Categories = ["NIX"] }).Code);
        Assert.Equal(["OLD"], As(Repairs with { Categories = ["OLD"] }, new() { Categories = ["OLD"] }).Categories); // retired meanwhile
    }

    [Fact]
    public void Nobody_is_in_a_retired_team_and_it_answers_for_nothing()
    {
        var retired = As(Orders, new() { IsRetired = true });
        Assert.True(retired.IsRetired);
        Assert.Empty(retired.People);
        Assert.Empty(retired.Categories);
        Assert.Equal("retired", Refused(Old, new() { People = [1] }).Code);
        Assert.Equal("retired", Refused(Orders, new() { Categories = ["RET"], IsRetired = true }).Code);
        Assert.Equal<long>([1], As(Old, new() { IsRetired = false, People = [1] }).People);
        Assert.Equal("New hands", As(Old, new() { Name = "New hands" }).Name);
    }

    [Fact]
    public void The_nearest_code_says_which_team_answers()
    {
        var answering = new Dictionary<string, NamedTeam> { ["DEL"] = new(7, "Orders"), ["DEL.late"] = new(8, "Repairs") };
        Assert.Equal(8, Team.AnsweringFor("DEL.late", answering)!.Id);
        Assert.Equal(8, Team.AnsweringFor("DEL.late.days", answering)!.Id);
        Assert.Equal(7, Team.AnsweringFor("DEL.lost", answering)!.Id);
        Assert.Null(Team.AnsweringFor("RET", answering));
        Assert.Null(Team.AnsweringFor(null, answering));
    }

    private static Team As(Team? before, TeamWish wish) => Team.As([Orders, Repairs, Old], before, wish, Here, Codes);

    private static (string Code, string Words) Refused(Team? before, TeamWish wish)
    {
        var no = Assert.Throws<Refused>(() => As(before, wish));
        return (no.Code, no.Message);
    }
}
