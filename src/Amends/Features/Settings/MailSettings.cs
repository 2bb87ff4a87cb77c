using System.Globalization;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Settings;

/// <summary>Where mail comes in and how it goes out. A server's settings are tried before they are kept.</summary>
public static class MailSettings
{
    private const string Page = "/settings/mail";
    private const string NoPort = "A port is a number from 1 to 65535.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Maps the page and its forms.</summary>
    public static void MapMailSettings(this IEndpointRouteBuilder settings)
    {
        settings.MapGet("/mail", (HttpContext context, MailPages pages) => pages.Show(context, new()));
        settings.MapPost("/mail/from", SaveFrom);
        settings.MapForm("/mail/outgoing", SaveOutgoing);
        settings.MapForm("/mail/mailboxes", SaveMailbox);
        settings.MapPost("/mail/mailboxes/{id:long}/switch", Switch);
        settings.MapMailAccounts();
    }

    private static async Task<IResult> SaveFrom(HttpContext context, StoredSettings settings, MailPages pages, [FromForm] string? mailFrom)
    {
        var address = (mailFrom ?? "").Trim();
        if (!IsAddress(address))
            return await pages.Show(context, new() { MailFrom = address, Errors = One("mailFrom", "Write a mail address such as service@example.com.") });
        await settings.Set(await settings.Company(context.RequestAborted) with { MailFrom = address });
        Frame.Say(context, "Saved.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> SaveOutgoing(HttpContext context, StoredSettings settings, Secrets secrets, MailGrants grants, MailPages pages, [FromForm] ServerFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var company = await settings.Company(context.RequestAborted);
        var server = new OutgoingServer { Host = (fields.Host ?? "").Trim(), Port = fields.PortOr(587), Security = fields.Security ?? "starttls", User = (fields.User ?? "").Trim(), GrantId = fields.GrantId };
        var before = await settings.Get<OutgoingServer>(OutgoingServer.Setting, context.RequestAborted);
        server = fields.Password is { Length: > 0 } password ? server.WithPassword(secrets, password)
            : server.User.Length > 0 && before is not null && before.Host == server.Host ? server with { Password = before.Password } // a kept password goes only to the server that it was given for
            : server;
        var form = new MailForm { Outgoing = fields };
        if (server.Host.Length == 0 || server.Port == 0)
            return await pages.Show(context, form with { Errors = server.Host.Length == 0 ? One("out-host", "Write the server's name, such as smtp.example.com.") : One("out-port", NoPort) });

        var trouble = company.IsDemo ? "This is the demo: nothing is sent outside, so no server is asked." : await Try(ct => server.Test(secrets, company, ct, grants), context);
        if (trouble is null || fields.Anyway is not null)
            await settings.Set(OutgoingServer.Setting, server);
        return await pages.Show(context, form with { OutgoingSaid = trouble ?? $"{server.Host} took the connection{(server.GrantId is not null ? " and the consent" : server.User.Length > 0 ? " and the password" : "")}.", OutgoingWorks = trouble is null });
    }

    private static async Task<IResult> SaveMailbox(HttpContext context, StoredSettings settings, Mailboxes mailboxes, MailGrants grants, MailPages pages, [FromForm] ServerFields? sent)
    {
        var fields = sent ?? new();
        var form = new MailForm { Incoming = fields };
        var box = new Mailbox
        {
            Name = (fields.Address ?? "").Trim(), Address = (fields.Address ?? "").Trim(), Host = string.IsNullOrWhiteSpace(fields.Host) ? null : fields.Host.Trim(), Port = fields.PortOr(fields.Protocol == "pop3" ? 995 : 993),
            Protocol = fields.Protocol == "pop3" ? "pop3" : "imap", GrantId = fields.GrantId, MoveTo = string.IsNullOrWhiteSpace(fields.MoveTo) || fields.Protocol == "pop3" ? null : fields.MoveTo.Trim(),
            Security = fields.Security ?? "tls", Username = (fields.User ?? "").Trim(), Folder = string.IsNullOrWhiteSpace(fields.Folder) ? "INBOX" : fields.Folder.Trim(),
            KeepOnServer = fields.Protocol != "pop3" || fields.Keep != "no",
        };
        if (!IsAddress(box.Address))
            return await pages.Show(context, form with { Errors = One("in-address", "Write a mail address such as complaints@example.com.") });
        if (box.Host is null)
        {
            await mailboxes.Save(box, null);
            return await pages.Show(context, form with { IncomingSaid = $"Mail to {box.Address} is taken when it is handed to our own listener.", IncomingWorks = true });
        }

        if (box.Port == 0)
            return await pages.Show(context, form with { Errors = One("in-port", NoPort) });
        if (box.GrantId is { } id && box.Username.Length == 0)
            box = box with { Username = (await grants.All(context.RequestAborted)).FirstOrDefault(grant => grant.Id == id)?.Account ?? "" };
        if (box.Username.Length == 0 || (box.GrantId is null && string.IsNullOrEmpty(fields.Password)))
            return await pages.Show(context, form with { Errors = One("in-user", "A mailbox that is fetched needs a user name and a password, or the consent of an account at Microsoft or Google.") });
        var demo = (await settings.Company(context.RequestAborted)).IsDemo;
        MailboxLook? look = null;
        var trouble = demo ? "This is the demo: no server is asked." : await Try(async ct => (look = await Look(box, fields, grants, ct)).Trouble, context);
        if (demo || (trouble is not null && fields.Anyway is null))
            return await pages.Show(context, form with { IncomingSaid = trouble });
        var fromNow = fields.Start == "now" || (fields.Start != "all" && look?.Mails > MailboxLook.Archive);
        await mailboxes.Save(box, string.IsNullOrEmpty(fields.Password) ? null : fields.Password, fields.Start is "all" or "now" || fromNow ? new MailboxStart(fromNow, look?.Mark) : null);
        return await pages.Show(context, form with { IncomingSaid = trouble ?? WordsOf(box, look!, fromNow, fields.Start), IncomingWorks = trouble is null, Folders = [.. (look?.Folders ?? []).Where(folder => folder.Selectable).Select(folder => folder.Name).Order(StringComparer.OrdinalIgnoreCase).Take(200)] });
    }

    private static async Task<MailboxLook> Look(Mailbox box, ServerFields fields, MailGrants grants, CancellationToken ct)
    {
        try
        {
            return await MailboxLook.At(box, fields.Password ?? "", box.GrantId is { } id ? (await grants.Token(id, null, ct)).Token : null, ct);
        }
        catch (MailGrantFailure failure)
        {
            return new(failure.Message);
        }
    }

    private static string WordsOf(Mailbox box, MailboxLook look, bool fromNow, string? chosen) =>
        $"{box.Host} opened {(box.Protocol == "pop3" ? "the mailbox" : box.Folder)}."
        + (look.Mails == 0 ? "" : $" It holds {(look.Mails == 1 ? "a mail" : $"{look.Mails.ToString("N0", CultureInfo.InvariantCulture)} mails")}. "
            + (!fromNow ? "All of it is taken." : chosen == "now" ? "Only what arrives from now on is taken." : "That is an archive, so only what arrives from now on is taken. To take the old mail too, choose \"all of it\" and keep it again."))
        + (box.KeepOnServer ? "" : " Mails are deleted there once they are stored here.")
        + (box.MoveTo is null && look.ArchiveFolder is { } archive ? $" Its archive is the folder {archive}." : "");

    private static async Task<IResult> Switch(HttpContext context, long id, Mailboxes mailboxes, [FromForm] string? on)
    {
        await mailboxes.Switch(id, on is not null);
        Frame.Say(context, on is null ? "No mail comes in by it." : "Mail comes in by it again.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<string?> Try(Func<CancellationToken, Task<string?>> test, HttpContext context)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            return await test(patience.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return $"The server did not answer within {Patience.TotalSeconds:0} seconds. Look at its name, the port, and the firewall between.";
        }
    }

    private static bool IsAddress(string text) => text.Length <= 254 && !text.Any(char.IsWhiteSpace) && text.Split('@') is [{ Length: > 0 }, { Length: > 0 }];

    private static Dictionary<string, string> One(string field, string words) => new() { [field] = words };
}
