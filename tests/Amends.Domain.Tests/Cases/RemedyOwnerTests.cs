using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>Whose each line is, and that each rings by itself once its day has passed.</summary>
public sealed class RemedyOwnerTests
{
    private static readonly DateTimeOffset Chosen = Start.AddHours(1);

    [Fact]
    public void A_line_that_is_late_rings_once_and_does_not_hide_behind_one_that_is_due_later()
    {
        var @case = With(Of("New seal", 2), Of("Money back", 9));
        Assert.Equal((Start.AddDays(2), Start.AddDays(9)), (@case.State.FixDueAt!.Value, @case.State.PutRightBy!.Value));
        @case.Wake(Start.AddDays(2));
        Assert.DoesNotContain(@case.News, news => news is RemedyOverdue);
        @case.HandRemedy(1, new RemedyOwner(2, "Lea"), Jo, Start.AddDays(1));
        @case.Wake(Start.AddDays(3));
        @case.Wake(Start.AddDays(4));
        Assert.Equal([(1, "New seal", (long?)2)], @case.News.OfType<RemedyOverdue>().Select(news => (news.Id, news.What, news.PersonId)));
        Assert.Equal((Start.AddDays(3), null), (@case.State.Remedies[0].LateAt, @case.State.Remedies[1].LateAt));
        Assert.Equal(Start.AddDays(2), @case.State.FixDueAt);

        @case.FinishRemedy(1, null, Jo, Start.AddDays(4));
        Assert.Equal(Start.AddDays(9), @case.State.FixDueAt);
        @case.Wake(Start.AddDays(10));
        Assert.Equal([1, 2], @case.News.OfType<RemedyOverdue>().Select(news => news.Id));
    }

    [Fact]
    public void What_waits_for_a_parcel_is_not_late_and_rings_for_the_day_that_the_parcel_gives_it()
    {
        var @case = With(Of("Sent back", 9, RemedyKind.Return), Of("Money back", 2) with { Data = new RemedyData { ReleaseOn = ReleaseOn.Receipt } });
        @case.Wake(Start.AddDays(3));
        Assert.DoesNotContain(@case.News, news => news is RemedyOverdue);
        @case.ReleaseRemedy(2, "They wait for long.", Jo, Hours, Start.AddDays(3));
        var due = @case.State.Remedies[1].DueAt;
        Assert.Equal(due, @case.State.FixDueAt);
        @case.Wake(due.AddMinutes(1));
        Assert.Equal([2], @case.News.OfType<RemedyOverdue>().Select(news => news.Id));
    }

    [Fact]
    public void A_line_is_handed_to_a_colleague_or_outside_and_back_and_only_while_it_is_owed()
    {
        var @case = With(Of("New seal", 2), Of("Money back", 9));
        @case.Assign(Jo, Jo, Chosen);
        @case.HandRemedy(1, new RemedyOwner(null, " Swift & Sons "), Jo, Chosen);
        @case.HandRemedy(1, new RemedyOwner(null, "Swift & Sons"), Jo, Chosen);
        Assert.Equal(new RemedyOwner(null, "Swift & Sons"), @case.State.Remedies[0].Owner);
        Assert.Single(@case.News.OfType<RemedyHanded>());
        @case.HandRemedy(1, new RemedyOwner(Jo.Id, "Jo"), Jo, Chosen); // it is Jo's with the case
        Assert.Null(@case.State.Remedies[0].Owner);
        Assert.Equal("owner", Code(() => @case.HandRemedy(1, new RemedyOwner(null, " "), Jo, Chosen)));
        Assert.Equal("not_allowed", Code(() => @case.HandRemedy(1, null, Rita, Chosen)));
        @case.FinishRemedy(1, null, Jo, Chosen);
        Assert.Equal("remedy", Code(() => @case.HandRemedy(1, new RemedyOwner(2, "Lea"), Jo, Chosen)));
    }

    private static OptionRemedy Of(string what, int days, RemedyKind kind = RemedyKind.Refund) => new(kind, what, new Money(kind == RemedyKind.Return ? 0 : 2000, "EUR"), Start.AddDays(days));

    private static Case With(params OptionRemedy[] remedies)
    {
        var @case = Understood();
        @case.PrepareOffer(new Case.Draft([new Option(0, "This", "Because of tea.", remedies, true)], null, Start.AddDays(3), Start.AddDays(12)), Lea, Start);
        @case.SendOffer(1, Jo, Hours, Start);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Chosen);
        return @case;
    }

    private static string Code(Action act) => Assert.Throws<Refused>(act).Code;
}
