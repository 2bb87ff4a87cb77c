using System.Globalization;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Settings;

/// <summary>A server as it is typed in.</summary>
public sealed record ServerFields
{
    public string? Address { get; init; }
    public string? Host { get; init; }
    public string? Port { get; init; }
    public string? Security { get; init; }
    public string? User { get; init; }
    public string? Password { get; init; }
    public string? Folder { get; init; }

    /// <summary>Keep it although the test failed.</summary>
    public string? Anyway { get; init; }

    /// <summary>The port; the usual one when nothing was typed, 0 when what was typed is no port.</summary>
    public int PortOr(int usual) => string.IsNullOrWhiteSpace(Port) ? usual : int.TryParse(Port, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : 0;
}

/// <summary>What was typed and what came of it.</summary>
public sealed record MailForm
{
    public string? MailFrom { get; init; }
    public ServerFields? Outgoing { get; init; }
    public ServerFields Incoming { get; init; } = new();
    public string? OutgoingSaid { get; init; }
    public bool OutgoingWorks { get; init; }
    public string? IncomingSaid { get; init; }
    public bool IncomingWorks { get; init; }
    public string? Receiver { get; init; }

    /// <summary>What is wrong with the record of a key, and whose it is.</summary>
    public string? KeySaid { get; init; }
    public long? KeyId { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

/// <summary>What the page on mail shows.</summary>
public sealed record MailModel(Chrome Chrome, bool Guided, string MailFrom, ServerFields Outgoing, bool HasPassword, IReadOnlyList<Mailbox> Mailboxes, string? Listening, SenderModel Sender, MailForm Form);

/// <summary>Loads the page on mail.</summary>
public sealed class MailPages(Frame frame, StoredSettings settings, Mailboxes mailboxes, SenderTrust trust, DkimKeys keys, Surroundings surroundings)
{
    /// <summary>The page, with what came of a form.</summary>
    public async Task<IResult> Show(HttpContext context, MailForm form)
    {
        var company = await settings.Company(context.RequestAborted);
        var server = await settings.Get<OutgoingServer>(OutgoingServer.Setting, context.RequestAborted);
        var stored = server is null ? new ServerFields() : new ServerFields { Host = server.Host, Port = server.Port.ToString(CultureInfo.InvariantCulture), Security = server.Security, User = server.User };
        return Html.Show<MailPage, MailModel>(new(await frame.For(context), !company.IsSetUp, form.MailFrom ?? company.MailFrom, form.Outgoing ?? stored, server?.Password is not null,
            await mailboxes.All(context.RequestAborted), surroundings.SmtpListen?.ToString(),
            new(await trust.Receiver(context.RequestAborted), trust.Dns.IsOn ? string.Join(", ", trust.Dns.Servers.Select(each => each.Address)) : null, await keys.All(context.RequestAborted)), form),
            form.Errors.Count > 0 || form is { OutgoingSaid: not null, OutgoingWorks: false } or { IncomingSaid: not null, IncomingWorks: false } or { KeySaid: not null } ? 422 : 200);
    }
}
