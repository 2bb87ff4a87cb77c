using System.Collections.Concurrent;

namespace Amends.Campaigns;

/// <summary>
/// What the campaign itself knows: every mail that Postfix took responsibility for, and every mail that reached a
/// customer. Amends has no part in it.
/// </summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<string, Sent> _sent = new();
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> _received = new();

    /// <summary>Mails handed over, by their token.</summary>
    public IReadOnlyCollection<Sent> HandedOver => [.. _sent.Values];

    /// <summary>Postfix said 250.</summary>
    public void Took(Sent mail)
    {
        if (!_sent.TryAdd(mail.Token, mail))
            throw new InvalidOperationException($"Token {mail.Token} was used twice.");
    }

    /// <summary>A customer's server took a mail.</summary>
    /// <returns>How many copies that makes.</returns>
    public int Reached(string recipient, string messageId)
    {
        var ids = _received.GetOrAdd(recipient, _ => []);
        ids.Add(messageId);
        return ids.Count;
    }

    /// <summary>The Message-IDs of the mails that reached an address, copies included.</summary>
    public IReadOnlyCollection<string> ReceivedBy(string recipient) => _received.TryGetValue(recipient, out var ids) ? [.. ids] : [];
}

/// <summary>A mail that was handed over.</summary>
/// <param name="Token">Stands in its subject and in no other mail.</param>
/// <param name="Sender">An address that no other first mail has.</param>
/// <param name="Fate">What must become of it.</param>
/// <param name="Answers">The token of the mail whose case it belongs to; <c>null</c> for a first mail.</param>
public sealed record Sent(string Token, string Sender, Fate Fate, string? Answers = null);

/// <summary>What must become of a mail.</summary>
public enum Fate
{
    /// <summary>A case of its own, and one acknowledgement.</summary>
    Case,

    /// <summary>It continues the case of the mail that it answers.</summary>
    Continues,

    /// <summary>It names nobody: it waits in quarantine.</summary>
    Held,
}
