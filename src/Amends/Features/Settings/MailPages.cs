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

    /// <summary><c>imap</c> or <c>pop3</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>Where a mail goes once it is stored.</summary>
    public string? MoveTo { get; init; }

    /// <summary>By POP3: <c>no</c> when a mail is deleted on the server once it is stored.</summary>
    public string? Keep { get; init; }

    /// <summary>The consent that signs in, by id; empty for the password.</summary>
    public string? Grant { get; init; }

    /// <summary>What becomes of the mail that is there: <c>all</c>, <c>now</c>, or empty to go by how much it is.</summary>
    public string? Start { get; init; }

    /// <summary>The consent as a number.</summary>
    public long? GrantId => long.TryParse(Grant, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

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

    /// <summary>Folders of the account that was looked at.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];
    public AccountFields Account { get; init; } = new();
    public AccountStep? Step { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

/// <summary>What the page on mail shows.</summary>
public sealed record MailModel(Chrome Chrome, bool Guided, string MailFrom, ServerFields Outgoing, bool HasPassword, IReadOnlyList<Mailbox> Mailboxes, IReadOnlyList<MailGrant> Grants, string? ReturnUrl, string? Listening, SenderModel Sender, MailForm Form);

/// <summary>Loads the page on mail.</summary>
public sealed class MailPages(Frame frame, StoredSettings settings, Mailboxes mailboxes, MailGrants grants, SenderTrust trust, DkimKeys keys, Surroundings surroundings)
{
    /// <summary>The page, with what came of a form.</summary>
    public async Task<IResult> Show(HttpContext context, MailForm form)
    {
        var company = await settings.Company(context.RequestAborted);
        var server = await settings.Get<OutgoingServer>(OutgoingServer.Setting, context.RequestAborted);
        var stored = server is null ? new ServerFields() : new ServerFields { Host = server.Host, Port = server.Port.ToString(CultureInfo.InvariantCulture), Security = server.Security, User = server.User, Grant = server.GrantId?.ToString(CultureInfo.InvariantCulture) };
        return Html.Show<MailPage, MailModel>(new(await frame.For(context), !company.IsSetUp, form.MailFrom ?? company.MailFrom, form.Outgoing ?? stored, server?.Password is not null,
            await mailboxes.All(context.RequestAborted), await grants.All(context.RequestAborted), await ReturnUrl(context), surroundings.SmtpListen?.ToString(),
            new(await trust.Receiver(context.RequestAborted), trust.Dns.IsOn ? string.Join(", ", trust.Dns.Servers.Select(each => each.Address)) : null, await keys.All(context.RequestAborted)), form),
            form.Errors.Count > 0 || form is { OutgoingSaid: not null, OutgoingWorks: false } or { IncomingSaid: not null, IncomingWorks: false } or { KeySaid: not null } or { Step: { Said: not null, Works: false } } ? 422 : 200);
    }

    /// <summary>Our page that a provider sends a browser back to; <c>null</c> while nobody said what the world calls us.</summary>
    public async Task<string?> ReturnUrl(HttpContext context) =>
        (surroundings.PublicUrl ?? (await settings.Company(context.RequestAborted)).PublicUrl) is { Length: > 0 } start ? start.TrimEnd('/') + "/settings/mail/accounts/return" : null;
}
