using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Promises;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Listening;

/// <summary>What a case adds to the words of its customer: bounded, the same each time, never less for more, and explained.</summary>
public sealed class CaseUpsetTests
{
    [Fact]
    public void A_long_wait_a_third_contact_and_a_missed_promise_lift_the_words_by_a_level_and_say_why()
    {
        var @case = Opened();
        Write(@case, 1, UpsetLevel.Annoyed, 400, Start.AddHours(1));
        Assert.Equal((UpsetLevel.Annoyed, 400, 0), (@case.State.Upset!.Level, @case.State.Upset.Score, @case.State.Upset.Reasons.Count));
        Write(@case, 2, UpsetLevel.Annoyed, 400, Start.AddDays(8));
        Write(@case, 3, UpsetLevel.Annoyed, 400, Start.AddDays(9));
        var upset = @case.State.Upset!;
        Assert.Equal([new(UpsetCause.Waited, 9, 120), new UpsetReason(UpsetCause.Contacts, 3, 60)], upset.Reasons);
        Assert.Equal((580, UpsetLevel.Upset, true), (upset.Score, upset.Level, upset.IsLifted));
        Assert.Equal((UpsetLevel.Annoyed, 400), (@case.State.Tone!.Level, @case.State.Tone.Tone.Score)); // what was heard stays
        @case.Wake(Start.AddDays(10)); // nobody was in touch when it was promised
        upset = @case.State.Upset!;
        Assert.Contains(new UpsetReason(UpsetCause.MissedPromises, 1, 100), upset.Reasons);
        Assert.Equal((CaseUpset.Most, 650, UpsetLevel.Upset), (upset.Added, upset.Score, upset.Level));
    }

    [Fact]
    public void Upset_words_in_a_case_that_went_badly_bring_it_as_early_as_very_upset_ones()
    {
        var @case = Opened();
        Write(@case, 1, UpsetLevel.Upset, 700, Start.AddDays(7));
        Assert.Equal((UpsetLevel.VeryUpset, Urgency.Serious, 0), (@case.State.Upset!.Level, @case.State.Urgency, @case.State.Escalation)); // a lead is told of words alone
        @case.CorrectTone(1, UpsetLevel.Calm, Jo, Start.AddDays(7));
        Assert.Equal((UpsetLevel.Annoyed, Urgency.Usual), (@case.State.Upset!.Level, @case.State.Urgency));
    }

    [Fact]
    public void What_was_not_heard_has_no_level_whatever_the_case_went_through()
    {
        var @case = Opened();
        @case.Hear(1, Channel.Phone, Amara, Hours, Start.AddDays(20));
        Assert.Null(@case.State.Upset);
    }

    [Fact]
    public void However_bad_it_is_words_are_lifted_by_one_level_at_the_most_and_more_never_counts_less()
    {
        foreach (var level in Enum.GetValues<UpsetLevel>())
        {
            foreach (var score in (int[])[0, 150, 299, 300, 420, 549, 550, 700, 799, 800, 950, 1000])
            {
                var before = new int[5];
                for (var step = 0; step <= 30; step++)
                {
                    var (days, contacts, missed, failed, repeat) = (step, step / 3, step / 6, step / 10, step > 20);
                    Check(0, State(level, score, days, 1, 0, 0, false));
                    Check(1, State(level, score, 0, 1 + contacts, 0, 0, false));
                    Check(2, State(level, score, 0, 1, missed, 0, false));
                    Check(3, State(level, score, 0, 1, 0, failed, repeat));
                    Check(4, State(level, score, days, 1 + contacts, missed, failed, repeat));
                }

                void Check(int course, CaseState state)
                {
                    var upset = CaseUpset.Of(state)!;
                    Assert.InRange((int)upset.Level, (int)level, Math.Min((int)level + 1, 3));
                    Assert.InRange(upset.Score, 0, 1000);
                    Assert.InRange(upset.Added, 0, CaseUpset.Most);
                    Assert.True(upset.Score >= before[course], $"{level} {score} {course}");
                    Assert.Equal(upset.Reasons.Sum(reason => reason.Points) > 0, upset.Added > 0);
                    Assert.Equal(upset.Reasons, CaseUpset.Of(state)!.Reasons);
                    before[course] = upset.Score;
                }
            }
        }
    }

    private static CaseState State(UpsetLevel level, int score, int days, int contacts, int missed, int reopened, bool repeat) => new()
    {
        OpenedAt = Start, Repeat = repeat, Reopened = reopened, LastCustomerAt = Start.AddDays(days),
        Tones = [.. Enumerable.Range(1, contacts).Select(i => new HeardTone(i, Start.AddDays(days), new Tone(level, score, false, [])))],
        Promises = [.. Enumerable.Range(1, missed).Select(i => new NextContact(i, "x", Start, Start, Start, "Jo") { MissedAt = Start })],
    };

    private static void Write(Case @case, long message, UpsetLevel level, int score, DateTimeOffset at) => @case.Hear(message, Channel.Mail, Amara, Hours, at, tone: new Tone(level, score, false, []));
}
