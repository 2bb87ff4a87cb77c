namespace Amends.Campaigns;

/// <summary>How much to pour, and how often to kill.</summary>
/// <param name="Kind"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="BySmtp">Mails through Postfix into the SMTP intake.</param>
/// <param name="ByImap">Mails through Postfix into a Dovecot mailbox that Amends fetches.</param>
/// <param name="Kills">Kills with SIGKILL: Amends, Dovecot and Postfix in turn, or Amends alone.</param>
/// <param name="Seed">Of the moments of the kills.</param>
/// <param name="Program">The executable.</param>
public sealed record Campaign(string Kind, int BySmtp, int ByImap, int Kills, int Seed, string Program)
{
    /// <summary>One mail in so many names no sender: it must wait in quarantine, not vanish.</summary>
    public const int EveryHeld = 40;

    /// <summary>One acknowledgement in so many is answered by its customer.</summary>
    public const int EveryReply = 10;

    /// <summary>Whether the mail servers are killed, too.</summary>
    public bool KillsServers { get; init; } = true;

    /// <summary>How long the last mail may take after the last kill.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);
}
