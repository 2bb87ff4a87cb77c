using Amends.Domain.Signals;

namespace Amends.Domain.Tests.Signals;

public sealed class GiverSignalsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_two_again_and_again_are_seen_and_many_customers_are_not()
    {
        Gift[] gifts = [Of(1, 7, 101), Of(1, 7, 102), Of(1, 7, 103), Of(1, 7, 103), Of(2, 7, 104), .. Enumerable.Range(1, 9).Select(i => Of(2, 100 + i, 200 + i))];
        var found = Assert.Single(GiverSignals.Of(gifts));
        Assert.Equal((GiverSignalKind.SamePair, 1L, 7L, 3, 4), (found.Kind, found.PersonId, found.CustomerId, found.Count, found.Of));
        Assert.Equal([101L, 102, 103], found.Cases.Order());
        Assert.Empty(GiverSignals.Of([.. gifts, Of(2, 7, 105), Of(3, 7, 106), Of(3, 7, 107)])); // three of seven
    }

    [Fact]
    public void What_is_given_by_law_above_the_limit_is_a_line_of_its_own_and_makes_no_other()
    {
        var above = Enumerable.Range(0, 3).Select(i => Of(1, 7, 300 + i) with { Minor = 9000, Limit = 5000, ByLaw = true }).ToList();
        var found = Assert.Single(GiverSignals.Of([.. above, Of(1, 8, 400)]));
        Assert.Equal((GiverSignalKind.ByLaw, 1L, 3, 4), (found.Kind, found.PersonId, found.Count, found.Of));
        Assert.Empty(GiverSignals.Of([.. above.Take(2), above[2] with { Minor = 5000 }])); // within the limit it needs no law
        Assert.Equal(GiverSignalKind.OwnCase, Assert.Single(GiverSignals.Of([above[0] with { IsTheirOwn = true }])).Kind);
    }

    [Theory]
    [InlineData(10, 5, true)]
    [InlineData(10, 4, false)]
    [InlineData(9, 9, false)] // too few to lean on
    public void Mostly_just_under_the_limit_is_seen(int gifts, int near, bool isThere)
    {
        var given = Enumerable.Range(0, gifts).Select(i => Of(1, i, i) with { Minor = i < near ? (i % 2 == 0 ? 4500 : 5000) : 4499 }).ToList();
        Assert.Equal(isThere, GiverSignals.Of(given).Any(signal => signal.Kind == GiverSignalKind.JustUnderLimit));
        Assert.DoesNotContain(GiverSignals.Of([.. given.Select(gift => gift with { Limit = null })]), signal => signal.Kind == GiverSignalKind.JustUnderLimit);
    }

    [Fact]
    public void Gifts_while_the_desk_is_closed_and_to_one_of_us_are_seen()
    {
        var late = Enumerable.Range(0, 10).Select(i => Of(1, i, i) with { InOpenHours = i % 2 == 0 }).ToList();
        Assert.Equal(GiverSignalKind.OutsideHours, Assert.Single(GiverSignals.Of(late)).Kind);
        Assert.Equal(GiverSignalKind.OwnCase, Assert.Single(GiverSignals.Of([Of(1, 7, 101) with { IsTheirOwn = true }])).Kind);
    }

    private static Gift Of(long person, long customer, long number) => new(person, customer, number, Start.AddMinutes(number), 1000, 5000, true);
}
