using Amends.Domain.Signals;

namespace Amends.Domain.Tests.Signals;

public sealed class CustomerSignalsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_first_complaint_is_always_believed()
    {
        var first = new ClaimHistory([Lost(9, 0), .. Enumerable.Range(1, 5).Select(i => Lost(i, i) with { IsLinked = true })], 1, 4, new Peers(500, 0.1));
        Assert.Empty(CustomerSignals.Of(first, 9, [], Now));
    }

    [Theory]
    [InlineData(2, 2, false)] // two are no pattern
    [InlineData(3, 6, true)]
    [InlineData(3, 7, false)] // less than half of what was ordered
    [InlineData(3, 0, true)]
    public void Parcels_that_do_not_arrive_are_looked_at_from_the_third_in_half_of_the_orders(int lost, int orders, bool isThere)
    {
        var found = CustomerSignals.Of(new ClaimHistory([.. Enumerable.Range(1, lost).Select(i => Lost(i, i * 10))], orders), 1, [], Now);
        Assert.Equal(isThere, found.Any(signal => signal.Kind == SignalKind.NotReceived));
        Assert.DoesNotContain(found, signal => signal.Kind == SignalKind.ContentsMissing); // counted apart
    }

    [Fact]
    public void It_says_what_it_counted_falls_away_by_itself_and_what_was_right_or_is_explained_counts_no_more()
    {
        Claimed[] claims = [Lost(1, 300), Lost(2, 200), Lost(3, 100), Lost(4, 1)];
        var signal = Assert.Single(CustomerSignals.Of(new ClaimHistory(claims, 4), 4, [], Now));
        Assert.Equal("4 parcels that did not arrive in a year, with 4 orders.", signal.Words);
        Assert.Equal(claims[1].At + CustomerSignals.Window, signal.Until); // then two are left
        Assert.Empty(CustomerSignals.Of(new ClaimHistory(claims, 4), 4, [], signal.Until));
        Assert.Single(CustomerSignals.Of(new ClaimHistory(claims, 4), 4, [], signal.Until.AddSeconds(-1)));
        Assert.Empty(CustomerSignals.Of(new ClaimHistory([.. claims.Select(claim => claim with { WasRight = claim.Number > 2 })], 4), 4, [], Now));
        Assert.Empty(CustomerSignals.Of(new ClaimHistory(claims, 4), 4, [new Explained(SignalKind.NotReceived, claims[1].At)], Now));
        Assert.Single(CustomerSignals.Of(new ClaimHistory(claims, 4), 4, [new Explained(SignalKind.ContentsMissing, Now)], Now));
    }

    [Fact]
    public void Others_are_a_measure_only_when_there_are_a_hundred_of_them()
    {
        var peers = Peers.Of([.. Enumerable.Range(1, 100).Select(i => i / 100.0)]);
        Assert.Equal(new Peers(100, 0.99), peers);
        Claimed[] claims = [Late(1, 30), Late(2, 20), Late(3, 10)];
        Assert.Equal(SignalKind.MoreThanPeers, Assert.Single(CustomerSignals.Of(new ClaimHistory(claims, 3, Peers: peers), 3, [], Now)).Kind);
        Assert.Empty(CustomerSignals.Of(new ClaimHistory(claims, 4, Peers: peers), 3, [], Now));
        Assert.Empty(CustomerSignals.Of(new ClaimHistory(claims, 3, Peers: peers with { Count = 99 }), 3, [], Now));
    }

    [Fact]
    public void One_number_of_several_customers_is_said_with_why_it_may_be_so()
    {
        var found = Assert.Single(CustomerSignals.Of(new ClaimHistory([Late(1, 30), Late(2, 20), Late(3, 10) with { IsLinked = true }], 10, 1), 2, [], Now));
        Assert.Equal("2 customers have this phone number, with 3 complaints between them in a year. A family or a shared office may be why.", found.Words);
    }

    [Fact]
    public void Another_number_in_a_parcel_is_said_from_the_first_complaint_and_can_be_explained()
    {
        OtherMark[] marks = [new(4, "R1000017", Now.AddDays(-9), "SN-9", "SN-1")];
        var first = new ClaimHistory([Late(4, 20)], 1) { Marks = marks };
        var signal = Assert.Single(CustomerSignals.Of(first, 4, [], Now));
        Assert.Equal((SignalKind.AnotherReturned, Now.AddDays(-9) + CustomerSignals.Window), (signal.Kind, signal.Until));
        Assert.StartsWith("SN-9 came back in R1000017 (case 4), and the order says that SN-1 was sent.", signal.Words);
        Assert.Empty(CustomerSignals.Of(first, 4, [new Explained(SignalKind.AnotherReturned, Now.AddDays(-8))], Now));
        Assert.Empty(CustomerSignals.Of(first, 4, [], signal.Until));
        Assert.StartsWith("2 returns in a year held something else than was sent. The last: SN-9", Assert.Single(CustomerSignals.Of(first with { Marks = [new(2, "R1000009", Now.AddDays(-90), "L-2", "L-1"), .. marks] }, 4, [], Now)).Words);
    }

    private static Claimed Lost(long number, int daysAgo) => new(number, Now.AddDays(-daysAgo), "DEL.lost");

    private static Claimed Late(long number, int daysAgo) => new(number, Now.AddDays(-daysAgo), "DEL.late");
}
