using System.Text;
using System.Text.RegularExpressions;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Cases;
using Amends.Mail.Imap;
using Amends.Mail.Mime;
using Amends.Mail.Smtp;
using Amends.Mail.Wire;
using Amends.Tests.Servers;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>
/// An upset customer writes, and ends by saying "yes, it is put right". Mail goes through a real Postfix both ways and is
/// read back from a real Dovecot; the agent and the customer each have a real Chromium, the customer's without scripts.
/// </summary>
public sealed partial class WholePathTests
{
    private const string Ours = "service@desk.example";

    [Theory]
    [InlineData("sqlite", false)]
    [InlineData("postgres", true)]
    public async Task A_mail_becomes_a_complaint_that_the_customer_calls_put_right(string kind, bool keyboard)
    {
        await using var desk = await Desk.Start(kind, smtp: true);
        await desk.AddPerson("Jo", Role.Agent);
        await using var dovecot = await DovecotServer.Start();
        await using var postfix = await PostfixServer.Start(new Dictionary<string, string>
        {
            ["customer.example"] = dovecot.Transport, ["desk.example"] = PostfixServer.ToSmtp(desk.Get<SmtpIntake>().Endpoint!.Port),
        });
        await desk.Get<StoredSettings>().Set(new Company { Name = "Kettle & Co", MailFrom = Ours, PublicUrl = desk.Address.ToString().TrimEnd('/'), IsSetUp = true });
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, new OutgoingServer { Host = "127.0.0.1", Port = postfix.Port, Security = "none" });
        await using var chrome = await Chrome.Start();

        await Write(postfix);
        await Until(async () => { await desk.Get<ReadMail>().RunOnce(default); return await desk.Cases.Find(1001) is not null; });
        Assert.Contains("You hear from us by", (await Received(desk, dovecot, 1)).Text);

        var jo = await chrome.Open(desk.Address);
        var agent = new Hand(jo, keyboard);
        await jo.GotoAsync("/sign-in");
        await agent.Fill("[name=email]", "jo@desk.example");
        await agent.Fill("[name=password]", Browserless.Password);
        await agent.Press("main form button");
        await jo.Arrives("/inbox/.*");
        await agent.Press("a.row[href*='1001']");
        await jo.Arrives("/cases/1001.*");

        await agent.Fill("[name=next_what]", "what the depot says");
        await agent.Type("#compose, .ProseMirror", "Dear Amara, that must not happen. I am on it.");
        await agent.Press("#composer button.for-reply");
        await Until(async () => await desk.Database.Write(unit => unit.Value<long>("select count(*) from held_replies")) == 1);
        desk.Clock.Now = desk.Clock.Now.AddSeconds(15);
        await Until(async () => { await desk.Get<ReleaseReplies>().RunOnce(default); return (await desk.Cases.Find(1001))!.LastContactAt is not null; });
        Assert.Contains("I am on it.", (await Received(desk, dovecot, 2)).Text);

        await jo.GotoAsync("/cases/1001/summary/new");
        await agent.Fill("[name=Outcome]", "A kettle that holds water");
        await agent.Press("input[name=AtRisk][value=no]");
        await agent.Fill("[name=Happened]", "The kettle leaks");
        await agent.Fill("[name=Matters]", "Tea in the morning");
        await agent.Fill("[name=Promised]", "Options today");
        await agent.Press("button[value=send]");
        await jo.Arrives("/cases/1001");

        var amara = await chrome.Open(desk.Address, scripts: false);
        var customer = new Hand(amara, keyboard);
        await Follow(amara, customer, await Received(desk, dovecot, 3));
        await amara.GotoAsync("/c/confirm");
        await customer.Press("button:has-text('Yes, that is right')");
        await Until(async () => (await desk.Cases.Find(1001))!.Summary!.ConfirmedAt is not null);

        await jo.GotoAsync("/cases/1001/offer/new");
        for (var i = 0; i < 2; i++)
        {
            await agent.Fill($"#Options_{i + 1}_Title", i == 0 ? "A new kettle tomorrow" : "Your money back");
            await agent.Fill($"#Options_{i + 1}_Why", "So that there is tea again.");
            await agent.Fill($"#Options_{i + 1}_Amount", "29");
        }

        await agent.Press("button[value=send]");
        await jo.Arrives("/cases/1001");
        Assert.Contains("Your money back", (await Received(desk, dovecot, 4)).Text);

        await amara.GotoAsync("/c/choose");
        await customer.Press("input[type=radio][value='1']");
        await customer.Press("main form button.primary");
        await Until(async () => (await desk.Cases.Find(1001))!.Stage == CaseStage.Delivering);
        await desk.RunDue();
        Assert.Contains("A new kettle tomorrow", (await Received(desk, dovecot, 5)).Text);

        await jo.GotoAsync("/cases/1001/delivery");
        await agent.Press("button:has-text('Done')");
        await jo.Arrives("/cases/1001/delivery");
        await agent.Press("button:has-text('All done')");
        await jo.Arrives("/cases/1001");
        Assert.Equal(CaseStage.CheckBack, (await desk.Cases.Find(1001))!.Stage);

        desk.Clock.Now = (await desk.Cases.Find(1001))!.CheckBack!.DueAt;
        await desk.RunDue();
        await Follow(amara, customer, await Received(desk, dovecot, 6));
        await amara.GotoAsync("/c/rate");
        await customer.Press("input[type=radio][value='Yes' i]");
        await customer.Press("main form button.primary");

        await Until(async () => !(await desk.Cases.Find(1001))!.IsOpen);
        var state = (await desk.Cases.Find(1001))!;
        Assert.Equal(CloseReason.Confirmed, state.CloseReason);
        Assert.Equal(ActorKind.Customer, (await Answer(desk)).By.Kind);
    }

    private static async Task<CaseEvent> Answer(Desk desk) => CaseJson.Event("check_back_answered",
        (await desk.Database.Write(unit => unit.Value<string>("select body from events where kind = 'check_back_answered'")))!);

    private static async Task Write(PostfixServer postfix)
    {
        await using var client = new SmtpClient(new SmtpClientOptions { Host = "127.0.0.1", Port = postfix.Port, Security = SmtpSecurity.None });
        var mail = "From: Amara Okafor <amara@customer.example>\r\nTo: service@desk.example\r\nSubject: The kettle leaks\r\nMessage-ID: <first@customer.example>\r\n\r\nIt leaks, and I am upset.\r\n";
        Assert.Equal(SmtpResult.Accepted, (await client.Send("amara@customer.example", [Ours], Encoding.ASCII.GetBytes(mail), default)).Result);
    }

    /// <summary>Sends what is due, and reads the mail of this number from the customer's mailbox.</summary>
    private static async Task<MailMessage> Received(Desk desk, DovecotServer dovecot, int number)
    {
        desk.Clock.Now = desk.Clock.Now.AddSeconds(15); // a person's letter can be taken back for ten
        for (var attempt = 0; attempt < 100; attempt++)
        {
            await desk.Get<SendMail>().RunOnce(default);
            await using var imap = await ImapClient.Connect(new ImapClientOptions { Host = "127.0.0.1", Port = dovecot.ImapPort, Security = MailboxSecurity.None, User = "amara", Password = DovecotServer.Password, AllowPlainCredentials = true }, default);
            var box = await imap.Examine("INBOX", default);
            var uids = await imap.Search(1, box.UidNext, default);
            if (uids.Count >= number)
            {
                await foreach (var mail in imap.Fetch([uids[number - 1]], default))
                    return MimeReader.Read(mail.Raw);
            }

            await Task.Delay(200);
        }

        throw new TimeoutException($"Mail {number} did not arrive.");
    }

    private static async Task Follow(IPage page, Hand hand, MailMessage mail)
    {
        await page.GotoAsync(Link().Match(mail.Text).Value);
        await hand.Press("main form button");
        await page.GetByText("You told us").First.WaitForAsync();
        Assert.Equal("/c", new Uri(page.Url).AbsolutePath);
    }

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var attempt = 0; attempt < 150; attempt++)
        {
            if (await done())
                return;
            await Task.Delay(100);
        }

        throw new TimeoutException();
    }

    [GeneratedRegex(@"http://\S+/c/[A-Za-z0-9_-]+")]
    private static partial Regex Link();

    /// <summary>Does the same by mouse, or by keyboard alone: focus and keys.</summary>
    private sealed class Hand(IPage page, bool keyboard)
    {
        public async Task Fill(string what, string text)
        {
            await Reach(what);
            if (keyboard)
            {
                await page.Keyboard.PressAsync("Control+A");
                await page.Keyboard.TypeAsync(text);
            }
            else
            {
                await page.Locator(what).First.FillAsync(text);
            }
        }

        public async Task Type(string what, string text)
        {
            await Reach(what);
            await page.WaitForTimeoutAsync(400); // the editor takes the place of the plain field
            await page.Keyboard.TypeAsync(text);
        }

        public async Task Press(string what)
        {
            await Reach(what);
            if (keyboard)
                await page.Keyboard.PressAsync(what.Contains("radio") || what.StartsWith("input", StringComparison.Ordinal) ? "Space" : "Enter");
        }

        private async Task Reach(string what)
        {
            var target = page.Locator(what).First;
            if (!keyboard)
            {
                await target.ClickAsync();
                return;
            }

            await target.WaitForAsync();
            await target.FocusAsync();
        }
    }
}
