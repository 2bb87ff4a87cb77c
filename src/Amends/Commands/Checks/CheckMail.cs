using System.Security.Cryptography;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Web;

namespace Amends.Commands.Checks;

/// <summary>The outgoing server and the mailboxes, by signing in to them as Amends does.</summary>
internal static class CheckMail
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What is to say of them. Nothing is sent, fetched or marked.</summary>
    public static async IAsyncEnumerable<Finding> Of(Database database, StoredSettings settings, Surroundings surroundings, TimeProvider clock)
    {
        const string outgoing = "outgoing mail";
        var company = await settings.Company();
        var server = await settings.Get<OutgoingServer>(OutgoingServer.Setting);
        var secrets = new Lazy<Secrets>(() => File.Exists(surroundings.KeyFile) ? new Secrets(surroundings.KeyFile) : throw new CryptographicException());
        if (company.IsDemo)
            yield return new Finding(Level.Ok, outgoing, "the demo sends nothing");
        else if (server is not { Host.Length: > 0 })
            yield return new Finding(Level.Warn, outgoing, "no server is set; letters wait", "Set it under Settings, Mail, or with amends mailbox outgoing.");
        else
        {
            yield return await Try(outgoing, $"{server.Host} is ready to take our mail", ct => server.Test(server.Password is null ? null! : secrets.Value, company, ct, server.GrantId is null ? null : Grants()));
        }

        if (await settings.Get<OutboxHold>(OutboxHold.Setting) is { } held)
            yield return new Finding(Level.Warn, outgoing, $"held since the restore from the backup of {held.Backup}", "A lead or an owner decides under Outbox.");

        var dns = new Amends.Mail.Trust.DnsClient(surroundings.DnsServers, clock);
        foreach (var key in await new DkimKeys(database, null!, clock).All())
        {
            if (key.SignsSince is not null && dns.IsOn)
                yield return await DkimKeys.Published(dns, key, CancellationToken.None) is { } wrong
                    ? new Finding(Level.Warn, $"signatures of {key.Domain}", wrong, "Publish the record that Settings, Mail shows, or remove the key there.")
                    : new Finding(Level.Ok, $"signatures of {key.Domain}", $"{key.RecordName} is published");
        }

        // Opening a password needs the key; a mailbox that our own listener serves has none.
        foreach (var box in await new Mailboxes(database, settings, null!, clock).All())
        {
            var about = $"mailbox {box.Address}";
            if (!box.Active)
                yield return new Finding(Level.Warn, about, "switched off", "Switch it on under Settings, Mail, when mail shall come in by it.");
            else if (box.Host is null)
                yield return new Finding(Level.Ok, about, "our own listener takes its mail");
            else
            {
                yield return await Try(about, $"{box.Host} answers, and {box.Folder} can be read", async ct =>
                    (await MailboxLook.At(box, new Mailboxes(database, settings, secrets.Value, clock).PasswordOf(box), box.GrantId is { } grant ? (await Grants().Token(grant, null, ct)).Token : null, ct)).Trouble);
                if (box.Unaccounted > 0)
                    yield return new Finding(Level.Warn, about, $"{box.Unaccounted} mails on the server are not stored", "They are fetched while Amends runs; if the number stays, its log says why.");
            }
        }

        MailGrants Grants() => new(database, secrets.Value, new Leases(database, clock), new OAuthClient(), clock);
    }

    private static async Task<Finding> Try(string about, string well, Func<CancellationToken, Task<string?>> test)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            return await test(patience.Token) is { } wrong ? new Finding(Level.Bad, about, wrong, "Check name, port, user and password under Settings, Mail.") : new Finding(Level.Ok, about, well);
        }
        catch (CryptographicException)
        {
            return new Finding(Level.Bad, about, "its password cannot be opened with this key", "Put the key file of this desk back, or type the password in again under Settings, Mail.");
        }
        catch (MailGrantFailure failure)
        {
            return new Finding(Level.Bad, about, failure.Message, "Connect the account again under Settings, Mail.");
        }
        catch (OperationCanceledException)
        {
            return new Finding(Level.Bad, about, "no answer within 30 seconds", "Check name and port, and the firewall in between.");
        }
    }
}
