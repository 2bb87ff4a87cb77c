using Amends.Domain.Cases;
using Amends.Domain.Language;
using Amends.Domain.Learning;
using Amends.Domain.Listening;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Remedies;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Learning;

/// <summary>Which hard case went well, and how it is told without names.</summary>
public sealed class HardCaseTests
{
    private static readonly CaseState Done = Understood().State with { CloseReason = CloseReason.Confirmed, ClosedAt = Start.AddDays(3) };

    [Fact]
    public void Only_a_complaint_that_its_customer_called_put_right_went_well()
    {
        Assert.NotNull(HardCase.Of(1, Done, 2, "EUR"));
        Assert.Null(HardCase.Of(1, Done with { CloseReason = CloseReason.Unconfirmed }, 2, "EUR")); // silence is no yes
        Assert.Null(HardCase.Of(1, Done with { Kind = CaseKind.Praise }, 2, "EUR"));
        Assert.Null(HardCase.Of(1, Done with { CloseReason = null, ClosedAt = null }, 2, "EUR"));
    }

    [Fact]
    public void It_is_as_hard_as_its_worst_words_its_rounds_its_returns_and_what_was_done_in_the_companys_currency()
    {
        Remedy Given(int id, long minor, string currency, bool isDone) => new(id, RemedyKind.Refund, "Money back", new Money(minor, currency), Start, null) { DoneAt = isDone ? Start : null };
        var state = Done with
        {
            Tones = [Heard(1, UpsetLevel.Upset), Heard(2, UpsetLevel.VeryUpset), Heard(3, UpsetLevel.Calm)], Reopened = 1, NotPutRight = 2,
            Remedies = [Given(1, 3000, "EUR", true), Given(2, 500, "EUR", true), Given(3, 9000, "USD", true), Given(4, 7000, "EUR", false)],
        };
        Assert.Equal(new HardCase(7, UpsetLevel.VeryUpset, 4, 3, 3500), HardCase.Of(7, state, 4, "EUR"));
        Assert.Equal(UpsetLevel.Upset, HardCase.Of(7, state with { Tones = [Heard(1, UpsetLevel.Upset) with { Corrected = UpsetLevel.Upset }, Heard(2, UpsetLevel.VeryUpset) with { Corrected = UpsetLevel.Annoyed }] }, 4, "EUR")!.Worst); // a person's word counts
    }

    [Fact]
    public void The_most_upset_is_the_hardest_then_rounds_then_returns_then_value_then_the_older_one()
    {
        HardCase[] all = [new(5, UpsetLevel.Upset, 9, 9, 90_000), new(4, UpsetLevel.VeryUpset, 2, 0, 0), new(3, UpsetLevel.VeryUpset, 3, 0, 10), new(2, UpsetLevel.VeryUpset, 3, 1, 5), new(1, UpsetLevel.VeryUpset, 3, 1, 6), new(6, UpsetLevel.VeryUpset, 3, 1, 6)];
        for (var gone = new List<HardCase>(); gone.Count < all.Length;)
        {
            gone.Add(HardCase.Hardest(all.Except(gone))!);
            if (gone.Count == all.Length)
                Assert.Equal([1, 6, 2, 3, 4, 5], gone.Select(each => each.Number));
        }

        Assert.Null(HardCase.Hardest([]));
    }

    [Fact]
    public void A_story_says_the_customer_and_somebody_and_holds_no_name_address_or_number()
    {
        var state = Done with { Remedies = [new Remedy(1, RemedyKind.Replacement, "Hanna brought a new kettle to Amara", Money.Zero("EUR"), Start, null) { DoneAt = Start }] };
        state = state with { Summaries = [new Summary(1, "Amara Okafor wrote from amara@post.example about order NW-20417.", "Tea for Amara's mother", "", Start, "Jo")] };
        KnownPersonal known = new(["Amara Okafor", "Hanna Berg"], ["NW-20417"], []);
        var story = HardStory.Of(state, ["Amara Okafor"], known);
        Assert.Contains("What happened: the customer wrote from a mail address about order a number.", story);
        Assert.Contains("What was done: somebody brought a new kettle to the customer", story);
        Assert.Contains("What was wanted: A kettle that holds water", story);
        Assert.DoesNotContain("Amara", story, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("[", story, StringComparison.Ordinal);
        Assert.Empty(HardStory.StillNames(story, known));
        Assert.Equal(["Okafor"], HardStory.StillNames("Mrs Okafor was right.", known).Select(name => name.Replace("Mrs ", "", StringComparison.Ordinal)));
    }

    private static HeardTone Heard(long message, UpsetLevel level) => new(message, Start, new Tone(level, 100, false, []));
}
