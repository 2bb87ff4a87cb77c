using Amends.Domain.Wording;

namespace Amends.Domain.Tests.Wording;

/// <summary>What is asked before a draft goes.</summary>
public sealed class SendingTests
{
    private static readonly DraftContext Amara = new() { Names = ["Amara Okafor"] };

    [Fact]
    public void Words_of_severity_three_are_asked_about_once_a_rule_and_all_else_is_advice()
    {
        var report = Lint.Read("Dear Amara,\n\ncalm down. Please calm down. It is our policy. Basically it works.", Amara, Packs.English);
        Assert.Equal(["calm", "policy"], Sending.ToAsk(report, []).Select(hint => hint.Rule));
        Assert.Equal(["policy"], Sending.ToAsk(report, ["calm"]).Select(hint => hint.Rule));
        Assert.Empty(Sending.ToAsk(report, ["policy", "calm"]));
        Assert.Empty(Sending.ToAsk(Lint.Read("Dear Amara,\n\nI have sent you a new lid today.", Amara, Packs.English), []));
    }

    [Fact]
    public void A_blank_is_no_question_and_a_wrong_name_is_not_heat()
    {
        var blank = Lint.Read("Dear {name},\n\nI have sent you a new lid.", Amara, Packs.English);
        Assert.True(blank.Blocks);
        Assert.Empty(Sending.ToAsk(blank, []));
        var wrong = Lint.Read("Dear Tom,\n\nI have sent you a new lid.", Amara, Packs.English);
        Assert.Equal("name-other", Assert.Single(Sending.ToAsk(wrong, [])).Rule);
        Assert.False(Sending.IsHeated(wrong.Hints));
        Assert.True(Sending.IsHeated(Lint.Read("Dear Amara,\n\nyou should have read it.", Amara, Packs.English).Hints));
    }
}
