using System.Text;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Mail.Imap;
using Amends.Mail.Wire;
using Amends.Tests.Servers;

namespace Amends.Tests.Channels.Email;

/// <summary>Mail that comes and goes by a consent: Dovecot, and Postfix through it, ask the provider whose a token is.</summary>
public sealed class TokenSignInTests
{
    private const string Account = "ann@desk.example";

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Mail_is_fetched_and_sent_with_tokens_and_one_that_was_withdrawn_is_replaced(string kind)
    {
        await using var provider = new FakeProvider();
        await using var dovecot = await DovecotServer.Start(whoseTokenUrl: provider.WhoseTokenUrl);
        await using var postfix = await PostfixServer.Start(new Dictionary<string, string> { ["customer.example"] = dovecot.Transport }, saslPort: dovecot.SaslPort);
        await using var desk = await MailDesk.Start(kind);
        var grant = await MailGrantTests.Connected(desk, provider, Account, seconds: 3600);
        await desk.Get<Mailboxes>().Save(
            new Mailbox { Name = "ann", Address = Account, Host = "127.0.0.1", Port = dovecot.ImapPort, Security = "none", Username = Account, GrantId = grant }, null);
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, new OutgoingServer { Host = "127.0.0.1", Port = postfix.Port, Security = "none", GrantId = grant });

        provider.Holders["first"] = Account;
        dovecot.Deliver("ann", Encoding.UTF8.GetBytes(MailDesk.Mail("Amara <amara@customer.example>", "The kettle leaks", "It leaks.")));
        await Round(desk);
        Assert.Equal(1, await Answers(desk, dovecot));

        Withdraw("first", "second");
        dovecot.Deliver("ann", Encoding.UTF8.GetBytes(MailDesk.Mail("Amara <amara@customer.example>", "The toaster burns", "One side.")));
        await Round(desk); // fetched with the second, which the outgoing server takes, too
        Assert.Equal(2, await Answers(desk, dovecot));

        dovecot.Deliver("ann", Encoding.UTF8.GetBytes(MailDesk.Mail("Amara <amara@customer.example>", "The fridge hums", "All night.")));
        await Fetched(desk);
        Withdraw("second", "third");
        await desk.Get<SendMail>().RunOnce(default);
        Assert.Equal((int)OutboxState.Deferred, await desk.Value<long>("select state from outbox order by id desc limit 1")); // refused, and not the mail's fault
        desk.Clock.Now = desk.Clock.Now.AddMinutes(2);
        await desk.Get<SendMail>().RunOnce(default);
        Assert.Equal(3, await Answers(desk, dovecot));
        Assert.Equal(2, provider.Asked.Count(asked => asked["grant_type"] == "refresh_token"));

        void Withdraw(string token, string next)
        {
            Assert.True(provider.Holders.TryRemove(token, out _));
            provider.Holders[next] = Account;
            provider.Answer = _ => Task.FromResult((200, FakeProvider.Tokens(next)));
        }
    }

    private static async Task Round(Desk desk)
    {
        await Fetched(desk);
        await desk.Get<SendMail>().RunOnce(default);
    }

    private static async Task Fetched(Desk desk)
    {
        await desk.Get<FetchMail>().RunOnce(default);
        Assert.Null(await desk.Value<string>("select error from mailboxes"));
        await desk.ReadAll();
    }

    /// <summary>How many mails the customer has once everything that was sent has arrived.</summary>
    private static async Task<int> Answers(Desk desk, DovecotServer dovecot)
    {
        var sent = (int)await desk.Value<long>($"select count(*) from outbox where state = {(int)OutboxState.Accepted}");
        await using var client = await ImapClient.Connect(new ImapClientOptions
        {
            Host = "127.0.0.1", Port = dovecot.ImapPort, User = "amara", Password = DovecotServer.Password, Security = MailboxSecurity.None, AllowPlainCredentials = true,
        }, default);
        for (var tries = 0; ; tries++)
        {
            await client.Select("INBOX", default);
            var count = (await client.Search(1, null, default)).Count;
            if (count >= sent || tries == 100)
                return count;
            await Task.Delay(100);
        }
    }
}
