using Amends.Domain.Cases;
using Amends.Domain.Ledger;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>An offer stays open until somebody replaces it, and a choice can be changed while nothing of it has begun.</summary>
public sealed class ChangeChoiceTests
{
    [Fact]
    public void After_its_day_an_offer_can_still_be_chosen_until_another_takes_its_place()
    {
        var @case = Offered();
        @case.Wake(Start.AddDays(4));
        Assert.Equal((CaseStage.Offered, true), (@case.State.Stage, @case.State.Offer!.UnansweredAt is not null));
        @case.Choose(1, 2, Channel.Page, null, Amara, Hours, Start.AddDays(9));
        Assert.Equal((CaseStage.Delivering, 2), (@case.State.Stage, @case.State.SentOffer!.ChosenId));

        var replaced = Offered();
        replaced.PrepareOffer(Draft() with { AnswerBy = Start.AddDays(9), CheckBackAt = Start.AddDays(12) }, Max, Start.AddDays(4));
        replaced.SendOffer(2, Jo, Hours, Start.AddDays(4));
        Assert.Equal("offer_changed", Assert.Throws<Refused>(() => replaced.Choose(1, 2, Channel.Page, null, Amara, Hours, Start.AddDays(5))).Code);
    }

    [Fact]
    public void Another_option_takes_the_place_of_the_first_while_nothing_has_begun()
    {
        var @case = Delivering();
        var before = @case.State;
        var (news, claims) = (@case.News.Count, @case.Claims.Count);
        @case.ChangeChoice(1, 2, Channel.Page, "After all.", Amara, Hours, Start.AddHours(2));

        Assert.Equal((2, "After all.", 1), (@case.State.Offer!.ChosenId, @case.State.Offer.Words, @case.State.Offer.Earlier[0].OptionId));
        Assert.Equal([false, true], @case.State.Remedies.Select(remedy => remedy.IsOpen));
        Assert.Equal([(EntryKind.Reversed, 1, 2000L), (EntryKind.Owed, 2, 4000L)], Postings.Of(before, [.. @case.News.Skip(news)]).Select(entry => (entry.Kind, entry.Remedy, Math.Abs(entry.Lines[0].Amount.Minor))));
        Assert.Equal([(false, 4000L), (true, 4000L)], @case.Claims.Skip(claims).OfType<GiveMoney>().Select(give => (give.IsChosen, give.Gifts[0].Value.Minor))); // it is more than before: budgets are asked
        Assert.True(@case.State.MayChangeChoice);
        @case.ChangeChoice(1, 2, Channel.Page, null, Amara, Hours, Start.AddHours(3)); // twice is once
        Assert.Equal(2, @case.State.Remedies.Count);
        @case.ChangeChoice(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(3));
        Assert.Equal([true], @case.Claims.Skip(claims + 2).OfType<GiveMoney>().Select(give => give.IsChosen)); // less: nothing is asked

        @case.FinishRemedy(3, null, Jo, Start.AddHours(4));
        @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(4)); // what was replaced is owed no more
        Assert.Equal(CaseStage.CheckBack, @case.State.Stage);
    }

    [Fact]
    public void What_has_begun_is_not_changed_by_a_press()
    {
        var @case = Delivering();
        @case.RequestPayment(1, "manual", false, Max, Start.AddHours(2));
        Assert.False(@case.State.MayChangeChoice);
        Assert.Equal("begun", Assert.Throws<Refused>(() => @case.ChangeChoice(1, 2, Channel.Page, null, Amara, Hours, Start.AddHours(3))).Code);
        var moved = Delivering();
        moved.AdvanceRemedy(1, RemedyStep.Requested, null, null, Jo, Start.AddHours(2));
        Assert.Equal("begun", Assert.Throws<Refused>(() => moved.ChangeChoice(1, 2, Channel.Page, null, Amara, Hours, Start.AddHours(3))).Code);
    }

    [Fact]
    public void Only_the_customers_own_word_changes_a_choice_that_was_made()
    {
        var @case = Delivering();
        Assert.Equal("words", Assert.Throws<Refused>(() => @case.ChangeChoice(1, 2, Channel.Phone, null, Jo, Hours, Start.AddHours(2))).Code);
        Assert.Equal("option", Assert.Throws<Refused>(() => @case.ChangeChoice(1, 7, Channel.Page, null, Amara, Hours, Start.AddHours(2))).Code);
        Assert.Equal("not_chosen", Assert.Throws<Refused>(() => Offered().ChangeChoice(1, 2, Channel.Page, null, Amara, Hours, Start.AddHours(2))).Code);
        @case.ChangeChoice(1, 2, Channel.Phone, "“The second one, please.”", Jo, Hours, Start.AddHours(2));
        Assert.Equal(2, @case.State.Offer!.ChosenId);
    }
}
