using Amends.Domain.Cases;
using Amends.Domain.Tests.Deadlines;
using FsCheck;
using FsCheck.Fluent;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>
/// The invariants of the life cycle over random histories: anybody tries anything at any time, refusals included.
/// </summary>
public sealed class CaseInvariantTests
{
    private const int Histories = 700;

    [Fact]
    public void They_hold_over_random_histories()
    {
        var steps = Gen.Choose(0, 99_999).ArrayOf(60);
        var (reached, ends, seen) = (new Dictionary<CaseStage, int>(), new HashSet<CloseReason>(), new HashSet<string>());
        Prop.ForAll(steps.ToArbitrary(), history => Holds(history, reached, ends, seen)).Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));

        Assert.All(Enum.GetValues<CaseStage>(), stage => Assert.InRange(reached.GetValueOrDefault(stage), 50, int.MaxValue)); // otherwise the histories prove little
        foreach (var reason in new[] { CloseReason.Confirmed, CloseReason.Withdrawn, CloseReason.Deadlock, CloseReason.OutsideDecision, CloseReason.Duplicate, CloseReason.OutOfScope })
            Assert.True(ends.Contains(reason), $"no history ended as {reason}");
        Assert.All(new[] { "accepted, money", "added, money" }, what => Assert.Contains(seen, how => how.Contains(what, StringComparison.Ordinal)));
    }

    private static bool Holds(int[] history, Dictionary<CaseStage, int> reached, HashSet<CloseReason> ends, HashSet<string> seen)
    {
        var opened = Opened(repeat: history[0] % 5 == 0);
        opened.FollowDuties(DutyBook.Book);
        var (state, log, at) = (opened.State, opened.News.ToList(), Start);
        foreach (var step in history)
        {
            at = at.AddMinutes(1 + step % 977);
            var texts = CaseInvariants.Texts(state);
            var @case = Case.Load(state);
            try
            {
                RandomVerbs.Try(@case, step, at, history[1] % 4, DutyBook.Book);
                @case.FollowDuties(DutyBook.Book); // as the store does
                (state, log) = (@case.State, [.. log, .. @case.News]);
            }
            catch (Refused)
            {
                // as in the store: what a refused verb had begun is dropped
            }

            if (state.CloseReason is { } end)
                ends.Add(end);
            reached[state.Stage] = reached.GetValueOrDefault(state.Stage) + 1;
            CaseInvariants.Hold(state, log, at, DutyBook.Book, seen);
            Assert.True(texts.IsSubsetOf(CaseInvariants.Texts(state)), "a transition deleted text"); // (vii)
        }

        CaseInvariants.HeldThroughout(log);
        return true;
    }
}
