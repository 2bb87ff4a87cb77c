using Amends.Domain.Alerts;
using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Alerts;

/// <summary>What stands out among complaints, and what does not.</summary>
public sealed class AlertScanTests
{
    private static readonly DateOnly Today = new(2026, 11, 27);

    [Fact]
    public void A_week_above_the_limit_of_its_category_is_told_with_what_was_expected_and_of_how_many_orders()
    {
        var complaints = Enumerable.Range(1, 25).SelectMany(week => new[] { At(week * 7, "DEL.late", "", 5) }).Append(At(2, "DEL.late", "", 14)).Append(At(1, "PRD.quality", "", 2));
        var alert = Assert.Single(new AlertScan(Today, complaints, Steady("", 100)).Find(), each => each.Rule == AlertRule.WeeklyRate);
        Assert.Equal(("DEL.late", 14, 2800L), (alert.Category, alert.Observed, alert.Exposure));
        Assert.Equal(5, alert.Expected!.Value, 6);
        Assert.Equal(PoissonRate.AtLeast(14, 5), alert.P!.Value, 9);
    }

    [Fact]
    public void A_category_of_one_product_that_had_next_to_none_stands_out_among_many_tests_and_one_that_always_had_some_does_not()
    {
        List<ComplaintsOfDay> complaints = [At(1, "PRD.fails_early", "Kettle", 2), At(3, "PRD.fails_early", "Kettle", 3), At(100, "PRD.fails_early", "Kettle", 1)];
        for (var week = 0; week < 26; week++)
            complaints.Add(At(week * 7, "PRD.fails_early", "Toaster", 5));
        for (var other = 0; other < 40; other++) // many tests of things that happen
            complaints.AddRange(Enumerable.Range(0, 26).Select(week => At(week * 7 + 1, "DEL.late", $"Thing {other}", 1)));
        var orders = new[] { "Kettle", "Toaster" }.Concat(Enumerable.Range(0, 40).Select(other => $"Thing {other}")).SelectMany(product => Steady(product, 10));
        var alert = Assert.Single(new AlertScan(Today, complaints, orders).Find(), each => each.Rule == AlertRule.Rare);
        Assert.Equal(("PRD.fails_early", "Kettle", 5, 280L), (alert.Category, alert.Product, alert.Observed, alert.Exposure));
        Assert.True(alert.P > PoissonRate.AtLeast(5, alert.Expected!.Value), "the chance is that among all tests");
        Assert.True(alert.P < 0.05);
    }

    [Fact]
    public void Fewer_than_three_are_never_told_by_any_count()
    {
        List<ComplaintsOfDay> two = [At(0, "PRD.safety", "Kettle", 1), At(5, "PRD.safety", "Kettle", 1)];
        Assert.Empty(new AlertScan(Today, two, Steady("Kettle", 1000)).Find());
    }

    [Fact]
    public void Three_alike_within_fourteen_days_are_told_in_a_small_shop_even_without_orders_and_not_over_a_longer_time()
    {
        ComplaintsOfDay[] near = [At(0, "ORD.wrong_item", "Lamp", 1), At(6, "ORD.wrong_item", "Lamp", 1), At(13, "ORD.wrong_item", "Lamp", 1)];
        var alert = Assert.Single(new AlertScan(Today, near, []).Find());
        Assert.Equal((AlertRule.Similar, 3, Today.AddDays(-13)), (alert.Rule, alert.Observed, alert.From));
        Assert.Empty(new AlertScan(Today, [near[0], near[1], At(14, "ORD.wrong_item", "Lamp", 1)], []).Find());
        Assert.Empty(new AlertScan(Today, [near[0], near[1], At(13, "ORD.wrong_item", "Vase", 1)], []).Find());
    }

    [Fact]
    public void A_busy_desk_is_told_of_a_day_far_above_the_days_before_by_EARS_C2()
    {
        var complaints = Enumerable.Range(1, 27).Select(ago => At(ago, "DEL.late", "", 2)).Append(At(0, "DEL.late", "", 9));
        var alert = Assert.Single(new AlertScan(Today, complaints, []).Find());
        Assert.Equal((AlertRule.Daily, 9, 2.0), (alert.Rule, alert.Observed, alert.Expected));
        Assert.Empty(new AlertScan(Today, complaints.SkipLast(1).Append(At(0, "DEL.late", "", 3)), []).Find());
    }

    [Fact]
    public void Weeks_end_today_days_outside_count_nowhere_and_orders_count_in_the_four_weeks_before_the_end_of_each()
    {
        var scan = new AlertScan(Today, [At(-1, "DEL.late", "", 9), At(182, "DEL.late", "", 9), At(181, "DEL.late", "", 1), At(6, "DEL.late", "", 2), At(7, "DEL.late", "", 4)], [new(Today.AddDays(-27), "", 3), new(Today.AddDays(-28), "", 5), new(Today.AddDays(1), "", 9)]);
        var chart = scan.ChartOf("DEL.late");
        Assert.Equal((1, 4, 2), (chart.Weeks[0].Count, chart.Weeks[^2].Count, chart.Weeks[^1].Count));
        Assert.Equal([8L, 8L, 8L, 8L, 3L], new[] { chart.Weeks[^5].Orders + 3, chart.Weeks[^4].Orders, chart.Weeks[^3].Orders, chart.Weeks[^2].Orders, chart.Weeks[^1].Orders });
        Assert.Equal(Today.AddDays(-6), chart.Weeks[^1].From);
    }

    private static ComplaintsOfDay At(int ago, string category, string product, int count) => new(Today.AddDays(-ago), category, product, count);

    private static IEnumerable<OrdersOfDay> Steady(string product, int day) => Enumerable.Range(0, 220).Select(ago => new OrdersOfDay(Today.AddDays(-ago), product, day));
}
