namespace Amends.Mail.Wire;

/// <summary>A connection that cannot go on; the two clients turn it into their own results.</summary>
internal sealed class WireFault(MailTrouble trouble, string text, Exception? inner = null) : Exception(text, inner)
{
    public MailTrouble Trouble { get; } = trouble;
}
