using System.Net;
using System.Text.RegularExpressions;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain.People;
using Amends.Features.Cases;
using Amends.Features.CheckBacks;
using Amends.Jobs;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Servers;
using Amends.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amends.Tests.Web;

/// <summary>Nothing that a person wrote, and nothing that opens a door, reaches the log, however much is logged and whatever goes wrong.</summary>
public sealed partial class LogCanaryTests
{
    private const string Canary = "Zz9kestrelfeather"; // in everything that people write below

    [Theory]
    [InlineData("sqlite", "shipped")]
    [InlineData("sqlite", "Trace")]
    [InlineData("postgres", "Trace")]
    public async Task Words_passwords_and_tokens_are_not_in_the_log(string kind, string level)
    {
        var log = new LogBook();
        await using var desk = await Desk.Start(kind, smtp: true, change: (_, builder) => Listen(builder, log, level));
        await desk.Get<StoredSettings>().Set(new Company { Name = "Kettle & Co", MailFrom = MailDesk.Ours, PublicUrl = desk.Address.ToString().TrimEnd('/'), IsSetUp = true });
        var secrets = new List<string> { Canary };
        using var cookies = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var owner = await SignIn(desk, cookies, await desk.AddPerson("Ona", Role.Owner), secrets);

        await ByMail(desk);
        await ByPages(desk, owner, secrets);
        await ByServers(desk, owner, secrets);
        await AsCustomer(desk, secrets);
        await AsProgram(desk, owner, secrets);
        await WhatFails(desk, owner);

        foreach (var failure in (string[])["could not be taken", "AskCustomer failed", "Stumbling failed", "POST /cases/{number:long}/presence failed"]) // it does listen
            Assert.Contains(failure, log.Text);
        Assert.True(secrets.Count > 6 && secrets.All(secret => secret.Length > 5));
        var text = log.Text;
        var leaked = secrets.Distinct().Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(secret => $"{secret}: {Around(text, secret)}").ToList();
        Assert.True(leaked.Count == 0, string.Join("\n\n", leaked));
    }

    private static void Listen(WebApplicationBuilder builder, LogBook log, string level)
    {
        builder.Services.AddSingleton<ILoggerProvider>(log);
        builder.Services.AddLoop<Stumbling>();
        if (level == "shipped")
            return;
        builder.Configuration["Logging:LogLevel:Default"] = level; // as somebody would who looks for a fault
        builder.Configuration["Logging:LogLevel:Microsoft"] = level;
        builder.Configuration["Logging:LogLevel:Npgsql"] = level;
    }

    private static async Task<HttpClient> SignIn(Desk desk, SocketsHttpHandler cookies, Actor person, List<string> secrets)
    {
        var browser = new HttpClient(cookies) { BaseAddress = desk.Address };
        await browser.Send("/sign-in", "/sign-in", new() { ["email"] = $"{Canary}@desk.example", ["password"] = $"{Canary} guessed" });
        await browser.Send("/sign-in", "/sign-in", new() { ["email"] = "ona@desk.example", ["password"] = Browserless.Password });
        secrets.Add(Browserless.Password);
        secrets.AddRange(cookies.CookieContainer.GetCookies(desk.Address).Select(cookie => cookie.Value));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).StatusCode);
        await browser.Send("/profile", "/profile/password", new() { ["current"] = Browserless.Password, ["password"] = $"{Canary} sings at dawn" });
        return browser;
    }

    private static async Task ByMail(Desk desk)
    {
        var body = $"--b\r\nContent-Type: text/plain\r\n\r\n{Canary} leaks.\r\n--b\r\nContent-Type: image/png; name=\"{Canary}.png\"\r\nContent-Disposition: attachment; filename=\"{Canary}.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--";
        var mail = $"From: {Canary} Okafor <{Canary}@customer.example>\r\nTo: {MailDesk.Ours}\r\nSubject: {Canary} broke\r\nMessage-ID: <{Canary}@customer.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{body}\r\n";
        await desk.Post(mail, from: $"{Canary}@customer.example");
        await desk.Post($"Subject: {Canary} unsigned\r\n\r\n{Canary}\r\n");
        await desk.Post(mail, to: $"{Canary}@elsewhere.example");
        await desk.ReadAll();
        Assert.NotNull(await desk.Cases.Find(1001));
        await desk.RunDue();
    }

    private static async Task ByPages(Desk desk, HttpClient owner, List<string> secrets)
    {
        await owner.Send("/cases/1001", "/cases/1001/messages", new() { ["kind"] = "note", ["text"] = $"{Canary} is known to us" });
        await owner.Send("/cases/1001", "/cases/1001/messages", new() { ["kind"] = "reply", ["keeps"] = "1", ["text"] = $"Dear {Canary}", ["next_what"] = Canary, ["next_due"] = "2026-03-05T10:00" });
        await owner.GetAsync($"/search?q={Canary}");
        await owner.GetAsync($"/no/such/{Canary}?of={Canary}");
        await owner.GetAsync($"/outbox?state={Canary}&before={Canary}");
        await owner.Send("/cases/new", "/cases", new() { ["Name"] = Canary, ["Email"] = $"{Canary} is none", ["Story"] = Canary });
        var invited = await (await owner.Send("/settings/people", "/settings/people", new() { ["name"] = Canary, ["email"] = $"{Canary}-kim@desk.example", ["role"] = "Agent" })).Content.ReadAsStringAsync();
        var reset = Welcome().Match(invited).Groups[1].Value;
        secrets.Add(reset);
        using var kim = desk.Browser(follow: false);
        await kim.Send($"/welcome/{reset}", "/welcome", new() { ["token"] = reset, ["password"] = "short" });
        Assert.Equal(HttpStatusCode.SeeOther, (await kim.Send($"/welcome/{reset}", "/welcome", new() { ["token"] = reset, ["password"] = $"{Canary} sings a song" })).StatusCode);
    }

    private static async Task ByServers(Desk desk, HttpClient owner, List<string> secrets)
    {
        await using var imap = EchoServer.Imap();
        await using var smtp = EchoServer.Smtp();
        secrets.Add("mailbox-secret-77");
        await owner.Send("/settings/mail", "/settings/mail/mailboxes", new() { ["address"] = $"{Canary}@desk.example", ["host"] = "127.0.0.1", ["port"] = $"{imap.Port}", ["security"] = "none", ["user"] = Canary, ["password"] = "mailbox-secret-77", ["anyway"] = "on" });
        await owner.Send("/settings/mail", "/settings/mail/outgoing", new() { ["host"] = "127.0.0.1", ["port"] = $"{smtp.Port}", ["security"] = "none", ["anyway"] = "on" });
        Assert.True(await desk.Value<long>("select count(*) from mailboxes where host is not null") == 1);
        await desk.Get<FetchMail>().RunOnce(default);
        desk.Clock.Now += TimeSpan.FromMinutes(1);
        await desk.Get<ReleaseReplies>().RunOnce(default);
        await desk.Get<SendMail>().RunOnce(default);
        Assert.Contains(Canary, smtp.Heard, StringComparison.OrdinalIgnoreCase);
        var sent = string.Join('\n', await desk.Outgoing());
        secrets.AddRange(ReplyTo().Matches(sent).Select(match => match.Groups[1].Value).Distinct());
        secrets.AddRange(Links().Matches(sent).Select(match => match.Groups[1].Value).Distinct());
    }

    private static async Task AsCustomer(Desk desk, List<string> secrets)
    {
        var token = await desk.Database.Write(unit => CustomerLinks.Issue(unit, 1001, desk.Clock.Now));
        secrets.Add(token);
        using var cookies = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var customer = new HttpClient(cookies) { BaseAddress = desk.Address };
        await customer.Send(CustomerLinks.PathOf(token), CustomerLinks.PathOf(token));
        secrets.AddRange(cookies.CookieContainer.GetCookies(desk.Address).Select(cookie => cookie.Value));
        var form = new MultipartFormDataContent { { new StringContent(await customer.FormToken("/c/more")), "__RequestVerificationToken" }, { new StringContent($"{Canary} adds"), "words" }, { new StringContent("png"), "files", $"{Canary}.png" } };
        await customer.PostAsync("/c/more", form);
        await customer.Send("/c/call", "/c/call", new() { ["phone"] = Canary, ["words"] = Canary });
        await customer.Send("/c/call", "/c/call/ask", new() { ["phone"] = Canary, ["words"] = Canary });
        using var stranger = desk.Browser(follow: false);
        await stranger.Send("/contact", "/contact", new() { ["reach"] = $"{Canary}-2@customer.example", ["happened"] = $"{Canary} again", ["wanted"] = Canary });
        await stranger.Send("/c/again", "/c/again", new() { ["email"] = $"{Canary}@customer.example" });
        await stranger.GetAsync($"/c/{Canary}{new string('A', 40)}");
        await stranger.GetAsync($"/c/{Canary}");
    }

    private static async Task AsProgram(Desk desk, HttpClient owner, List<string> secrets)
    {
        var page = await (await owner.Send("/settings/tokens", "/settings/tokens", new() { ["name"] = $"{Canary} shop", ["scopes"] = Scopes.CasesWrite })).Content.ReadAsStringAsync();
        var token = ApiToken().Match(page).Value;
        secrets.Add(token);
        using var shop = desk.With(token);
        var body = $"{{\"customer\":{{\"name\":\"{Canary}\",\"email\":\"{Canary}-3@customer.example\"}},\"story\":\"{Canary}\"}}";
        Assert.Equal(HttpStatusCode.Created, (await shop.Json("/api/v1/cases", body, $"{Canary} key")).StatusCode);
        await shop.Json("/api/v1/cases", body.Replace("story", Canary), $"{Canary} other key");
        await shop.GetAsync($"/api/v1/cases?view={Canary}");
        using var guess = desk.With($"amends_{Canary}");
        await guess.GetAsync("/api/v1/cases");
    }

    /// <summary>Failures whose messages hold what somebody wrote.</summary>
    private static async Task WhatFails(Desk desk, HttpClient owner)
    {
        var read = desk.Get<ReadMail>();
        read.BeforeTaking = _ => throw new FormatException($"The input string '{Canary}' was not in a correct format.", new InvalidOperationException(Canary));
        await desk.Post(MailDesk.Mail($"{Canary}@customer.example", Canary, Canary));
        await read.RunOnce(default);
        await desk.Database.Write(unit => JobQueue.Add(unit, new Job { Name = typeof(AskCustomer).FullName!, CaseNumber = 1001, Body = $"{{\"by\":\"{Canary}\"}}", DueAt = 0 }));
        await desk.Get<Worker>().RunOnce(default);
        await desk.Get<Stumbling>().Stumbled;
        await desk.Database.Write(unit => unit.Run("alter table presence rename to presence_gone"));
        await owner.Send("/profile", "/cases/1001/presence", new() { ["state"] = Canary });
        await owner.Send("/settings/people", $"/settings/people/1/role", new() { ["role"] = Canary });
    }

    private static string Around(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
    }

    [GeneratedRegex(@"/welcome/([A-Za-z0-9_-]{20,})")]
    private static partial Regex Welcome();

    [GeneratedRegex(@"\+\d+\.([a-z0-9]{16})@")]
    private static partial Regex ReplyTo();

    [GeneratedRegex("amends_[A-Za-z0-9_-]{43}")]
    private static partial Regex ApiToken();

    [GeneratedRegex(@"/c/([A-Za-z0-9_-]{20,})")]
    private static partial Regex Links();

    /// <summary>A loop whose every round fails with somebody's words.</summary>
    private sealed class Stumbling(LoopHealth health, ILogger<Stumbling> log) : Loop(TimeSpan.FromHours(1), health, log)
    {
        private readonly TaskCompletionSource _stumbled = new();

        public Task Stumbled => _stumbled.Task;

        public override async Task<bool> RunOnce(CancellationToken ct)
        {
            await Task.Yield();
            _ = Task.Delay(200, ct).ContinueWith(_ => _stumbled.TrySetResult(), ct);
            throw new InvalidDataException(Canary);
        }
    }
}
