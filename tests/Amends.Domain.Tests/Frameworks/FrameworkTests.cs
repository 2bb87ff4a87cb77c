using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Frameworks;
using Amends.Domain.People;
using Amends.Domain.Tests.Wording;
using Amends.Domain.Wording;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Frameworks;

/// <summary>Steps of frameworks, lit by what happened in a case.</summary>
public sealed class FrameworkTests
{
    private static readonly FrameworkStep Both = new("Both", "", [Evidence.Heard, Evidence.SummarySent], []), Either = new("Either", "", [], [Evidence.Offered, Evidence.Spoke]), Mixed = new("Mixed", "", [Evidence.Heard], [Evidence.Offered, Evidence.Spoke]);

    [Fact]
    public void Each_kind_of_evidence_comes_from_what_happened_and_none_of_it_is_there_at_first()
    {
        var begun = Start.AddHours(3);
        Assert.Empty(EvidenceOf.Case(Opened().State));
        Assert.Equal([Evidence.Heard], EvidenceOf.Case(Understood().State).Keys);
        Assert.Equal((DateTimeOffset?)Start, EvidenceOf.Case(Asked().State)[Evidence.SummarySent]);
        Assert.True(Has(Asked(), Evidence.Believed));
        Assert.True(Has(Offered(), Evidence.Offered, Evidence.ToldWhatWeDo));
        Assert.False(Has(Delivering(), Evidence.PutRight));
        Assert.False(Has(Delivering(), Evidence.FollowUpAgreed) && Has(Delivering(), Evidence.FollowedUp));
        Assert.True(Has(Decided(), Evidence.LookedInto, Evidence.Explained, Evidence.Offered));
        var asked = AskedBack();
        Assert.True(Has(asked, Evidence.PutRight, Evidence.FollowUpAgreed, Evidence.NextStepsTold));
        Assert.False(Has(asked, Evidence.FollowedUp));
        Assert.False(Has(asked, Evidence.CauseKnown)); // it was put down as unknown
        asked.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, "Tea again!", Amara, Hours, Start.AddDays(8));
        Assert.True(Has(asked, Evidence.FollowedUp));

        var spoken = Understood();
        Say(spoken, Channel.Phone, begun);
        Assert.True(Has(spoken, Evidence.Spoke));
        spoken.KeepPromise("what we found", begun.AddHours(2), Jo, Hours, begun);
        Assert.Equal((DateTimeOffset?)begun, EvidenceOf.Case(spoken.State)[Evidence.UpdateKept]);
        spoken.AskWhy("The lid is too thin", null, null, true, Jo, begun);
        Assert.True(Has(spoken, Evidence.CauseKnown, Evidence.LookedInto));
    }

    [Fact]
    public void A_letter_of_ours_says_what_was_read_in_it_once_and_only_a_person_says_it()
    {
        var @case = Understood();
        @case.Speak(1, Channel.Mail, Actor.Amends, Start, [SaidPart.Apology]);
        Assert.Empty(@case.State.Said);
        Say(@case, Channel.Mail, Start.AddHours(1), 2, SaidPart.Apology, SaidPart.Calm);
        Say(@case, Channel.Mail, Start.AddHours(2), 3, SaidPart.Apology, SaidPart.Empathy);
        Assert.Equal([(SaidPart.Apology, 2), (SaidPart.Calm, 2), (SaidPart.Empathy, 3)], @case.State.Said.Select(said => (said.Part, (int)said.MessageId)));
        Assert.Equal((DateTimeOffset?)Start.AddHours(1), EvidenceOf.Case(@case.State)[Evidence.Apologised]);
        Assert.True(Has(@case, Evidence.Empathised, Evidence.StayedCalm));
        Assert.False(Has(@case, Evidence.Thanked));
    }

    [Fact]
    public void What_a_letter_says_is_what_the_lint_found_in_it()
    {
        var context = new DraftContext { Names = ["Amara"], CustomerWords = "The kettle leaks on my new table and nobody rang me back.", Today = new DateOnly(2026, 3, 4) };
        IReadOnlyList<SaidPart> Of(string text) => SaidParts.Of(Lint.Read(text, context, Packs.English));
        Assert.Equal([SaidPart.Calm], Of("Hello."));
        Assert.Empty(Of("Please calm down."));
        Assert.Equal([SaidPart.Apology, SaidPart.Responsibility, SaidPart.Repair, SaidPart.Explanation, SaidPart.Empathy, SaidPart.Thanks, SaidPart.Calm],
            Of("Dear Amara,\n\nI'm sorry that the kettle leaks on your new table and that nobody rang you back. We got this wrong, because the lid was not checked. I have sent a new kettle today. Thank you for telling us about the table.").Where(part => part != SaidPart.NextContact));
    }

    [Fact]
    public void A_step_is_lit_by_all_that_it_needs_and_by_one_of_what_is_enough()
    {
        var framework = new Framework("t", "T", "s", new DateOnly(2026, 1, 1), "", [Both, Either, Mixed]);
        Assert.Equal([false, false, false], Lit(Opened()));
        Assert.Equal([false, false, false], Lit(Understood()));
        Assert.Equal([Evidence.SummarySent], framework.On(Understood().State)[0].Missing);
        Assert.Equal([Evidence.Offered, Evidence.Spoke], framework.On(Understood().State)[2].Missing);
        Assert.Equal([true, false, false], Lit(Asked()));
        Assert.Equal([true, true, true], Lit(Offered())); // options take the summary with them
        var spoken = Understood();
        Say(spoken, Channel.Phone, Start.AddHours(5));
        Assert.Equal([false, true, true], Lit(spoken));
        Assert.Equal((DateTimeOffset?)Start.AddHours(5), framework.On(spoken.State)[2].At);
        Assert.Equal([Evidence.Heard, Evidence.Spoke], framework.On(spoken.State)[2].By);

        IEnumerable<bool> Lit(Case @case) => framework.On(@case.State).Select(step => step.IsLit);
    }

    private static bool Has(Case @case, params Evidence[] evidence) => evidence.All(EvidenceOf.Case(@case.State).ContainsKey);

    private static void Say(Case @case, Channel channel, DateTimeOffset at, long message = 9, params SaidPart[] parts) => @case.Speak(message, channel, Jo, at, parts);
}
