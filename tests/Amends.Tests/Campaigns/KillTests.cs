using Amends.Campaigns;

namespace Amends.Tests.Campaigns;

/// <summary>The short cut of <c>bin/campaign</c>: the real program, a real Postfix and Dovecot, killed in turn with SIGKILL while mail pours in.</summary>
public sealed class KillTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task No_mail_is_lost_or_doubled_when_the_program_and_the_mail_servers_are_killed(string kind)
    {
        var log = TestContext.Current.TestOutputHelper!;
        var verdict = await KillCampaign.Run(new Campaign(kind, BySmtp: 60, ByImap: 40, Kills: 4, Seed: 11, RunningAmends.Built), log.WriteLine);
        Assert.True(verdict.HandedOver > 100); // some were answered, too
        Assert.Empty(verdict.Lost);
        Assert.Empty(verdict.Duplicated);
        Assert.Empty(verdict.Misplaced);
        Assert.Empty(verdict.WronglyAcknowledged);
        Assert.Empty(verdict.UncountedCopies);
        Assert.Equal(0, verdict.Unexplained);
    }
}
