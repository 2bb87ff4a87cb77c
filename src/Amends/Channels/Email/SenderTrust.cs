using Amends.Data;
using Amends.Mail.Mime;
using Amends.Mail.Trust;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>Whom we believe about the senders of mail, as it is stored under <c>sender_trust</c>.</summary>
public sealed record TrustSettings
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "sender_trust";

    /// <summary>The name (authserv-id) under which our own receiving server writes Authentication-Results; empty believes nobody.</summary>
    public string Receiver { get; init; } = "";
}

/// <summary>Finds out, while a mail is read, how far its sender is who it says. Never holds mail up: what is not known in time is not known.</summary>
public sealed class SenderTrust
{
    private readonly StoredSettings _settings;
    private readonly DkimVerifier? _dkim;

    /// <param name="surroundings">Names the resolvers.</param>
    /// <param name="settings">Names the receiving server.</param>
    /// <param name="clock">The time.</param>
    public SenderTrust(Surroundings surroundings, StoredSettings settings, TimeProvider clock)
    {
        _settings = settings;
        Dns = new DnsClient(surroundings.DnsServers, clock);
        _dkim = Dns.IsOn ? new DkimVerifier(Dns, clock) : null;
    }

    /// <summary>Who is asked for keys.</summary>
    public DnsClient Dns { get; }

    /// <summary>The receiving server that is believed; empty for none.</summary>
    public async ValueTask<string> Receiver(CancellationToken ct) => (await _settings.Get<TrustSettings>(TrustSettings.Setting, ct))?.Receiver ?? "";

    /// <summary>Checks a mail.</summary>
    /// <param name="mail">The mail as it was read.</param>
    /// <param name="raw">Its bytes.</param>
    /// <param name="isWhole">Whether they are all of it; a header alone proves nothing about the body.</param>
    /// <param name="receiver">The receiving server that is believed.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<SenderCheck> Check(MailMessage mail, ReadOnlyMemory<byte> raw, bool isWhole, string receiver, CancellationToken ct) =>
        SenderCheck.Of(mail, receiver, _dkim is null || !isWhole ? null : await _dkim.Verify(raw, ct));
}
