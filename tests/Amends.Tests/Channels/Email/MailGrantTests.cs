using System.Net;
using System.Text;
using System.Web;
using Amends.Channels.Email;
using Amends.Domain.People;
using Amends.Tests.Features;
using Amends.Tests.Servers;

namespace Amends.Tests.Channels.Email;

/// <summary>Consents at a provider, from the settings page to the mail that is fetched by them.</summary>
public sealed class MailGrantTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task An_account_consents_in_the_browser_and_its_tokens_are_renewed_before_their_end_and_when_refused(string kind)
    {
        await using var provider = new FakeProvider();
        await using var desk = await MailDesk.Start(kind);
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        var page = await (await owner.Send("/settings/mail", "/settings/mail/accounts", Registration(provider))).Tree();
        var address = new Uri(page.QuerySelector("#accounts a.btn.primary")!.GetAttribute("href")!);
        var query = HttpUtility.ParseQueryString(address.Query);
        Assert.Equal(("S256", "code", "https://care.desk.example/settings/mail/accounts/return"), (query["code_challenge_method"], query["response_type"], query["redirect_uri"]));

        provider.Answer = Give(FakeProvider.Tokens("good", "lasting"));
        var back = await owner.Open($"/settings/mail/accounts/return?state={Uri.EscapeDataString(query["state"]!)}&code=the-code");
        Assert.Empty(provider.Asked); // a page that is looked at changes nothing
        var form = new Dictionary<string, string> { ["state"] = back.QuerySelector("input[name=state]")!.GetAttribute("value")!, ["code"] = back.QuerySelector("input[name=code]")!.GetAttribute("value")! };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.Send("/settings/mail", "/settings/mail/accounts/finish", new(form) { ["state"] = "1.guessed" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await owner.Send("/settings/mail", "/settings/mail/accounts/finish", form)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.Send("/settings/mail", "/settings/mail/accounts/finish", form)).StatusCode); // once only
        var asked = Assert.Single(provider.Asked);
        Assert.Equal(query["code_challenge"], System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(asked["code_verifier"]))));
        var stored = string.Join(' ', await desk.Rows<string>("select coalesce(refresh_token, '') || coalesce(access_token, '') || coalesce(client_secret, '') from mail_grants"));
        Assert.DoesNotContain("lasting", stored);
        Assert.DoesNotContain("hush", stored);

        var grants = desk.Get<MailGrants>();
        var id = Assert.Single(await grants.All()).Id;
        Assert.Equal("good", (await grants.Token(id, null, default)).Token);
        Assert.Single(provider.Asked); // kept until shortly before its end
        desk.Clock.Now = desk.Clock.Now.AddMinutes(56);
        provider.Answer = Give(FakeProvider.Tokens("newer"));
        Assert.Equal("newer", (await grants.Token(id, null, default)).Token);
        Assert.Equal(("refresh_token", "lasting", "hush"), (provider.Asked[1]["grant_type"], provider.Asked[1]["refresh_token"], provider.Asked[1]["client_secret"]));
        provider.Answer = Give(FakeProvider.Tokens("newest"));
        Assert.Equal("newest", (await grants.Token(id, "newer", default)).Token); // a server refused the one that should be good
    }

    [Fact]
    public async Task A_provider_that_refuses_stalls_redirects_or_lies_is_told_in_words_and_the_mailbox_waits()
    {
        await using var provider = new FakeProvider();
        await using var desk = await MailDesk.Start("sqlite");
        var grants = desk.Get<MailGrants>();
        desk.Get<OAuthClient>().Patience = TimeSpan.FromMilliseconds(400);
        var id = await Connected(desk, provider);
        await desk.Get<Mailboxes>().Save(new Mailbox { Name = "one", Address = "one@desk.example", Host = "127.0.0.1", Port = 1, Security = "none", Username = "ann", GrantId = id }, null);
        ((int, string) Answer, string Words)[] plays =
        [
            ((400, "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS70008\"}"), "no longer accepts the consent for ann@example.com"),
            ((401, "{\"error\":\"invalid_client\"}"), "client id or its secret"),
            ((400, "{\"error\":\"interaction_required\"}"), "sign in again"),
            ((400, "{\"error\":\"<script>alert(1)</script>\"}"), "(scriptalert1script)"),
            ((302, ""), "does not answer"), ((503, "busy"), "does not answer"), ((200, "<html>"), "is no token endpoint"), ((200, "[]"), "is no token endpoint"),
            ((200, FakeProvider.Tokens("two\\nlines")), "is no token endpoint"), ((200, "{\"access_token\":\"x\",\"token_type\":\"mac\"}"), "is no token endpoint"),
            ((200, "{\"access_token\":\"" + new string('x', 70_000) + "\"}"), "does not answer"),
        ];
        foreach (var (answer, words) in plays)
        {
            provider.Answer = _ => Task.FromResult(answer);
            await desk.Get<FetchMail>().RunOnce(default);
            Assert.Contains(words, await desk.Value<string>("select error from mailboxes"));
        }

        Assert.Equal(plays.Length, provider.Asked.Count(asked => asked["grant_type"] == "refresh_token")); // nobody's redirect was followed
        provider.Answer = async _ =>
        {
            await Task.Delay(2000);
            return (200, FakeProvider.Tokens("late"));
        };
        Assert.Contains("does not answer", (await Assert.ThrowsAsync<MailGrantFailure>(() => grants.Token(id, null, default))).Message);
    }

    [Fact]
    public async Task An_account_consents_on_another_device()
    {
        await using var provider = new FakeProvider();
        await using var desk = await MailDesk.Start("sqlite");
        using var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        provider.Answer = Give("{\"device_code\":\"secret-device\",\"user_code\":\"ABCD-EFGH\",\"verification_uri\":\"https://provider.example/device\",\"expires_in\":900}");
        var page = await (await owner.Send("/settings/mail", "/settings/mail/accounts", new(Registration(provider)) { ["way"] = "device" })).Tree();
        Assert.Contains("ABCD-EFGH", page.QuerySelector("#accounts")!.TextContent);
        Assert.DoesNotContain("secret-device", page.DocumentElement.OuterHtml);
        var id = (await desk.Get<MailGrants>().All())[0].Id;
        provider.Answer = Give("{\"error\":\"authorization_pending\"}", 400);
        var early = await owner.Send("/settings/mail", $"/settings/mail/accounts/{id}/code");
        Assert.Contains("not confirmed yet", await early.Content.ReadAsStringAsync());
        provider.Answer = Give(FakeProvider.Tokens("good", "lasting"));
        Assert.Equal(HttpStatusCode.SeeOther, (await owner.Send("/settings/mail", $"/settings/mail/accounts/{id}/code")).StatusCode);
        Assert.Equal("good", (await desk.Get<MailGrants>().Token(id, null, default)).Token);
    }

    private static Dictionary<string, string> Registration(FakeProvider provider) => new()
    {
        ["provider"] = "other", ["account"] = "ann@example.com", ["clientId"] = "our-client", ["secret"] = "hush", ["authorizeUrl"] = provider.Start + "authorize", ["tokenUrl"] = provider.Start + "token",
        ["deviceUrl"] = provider.Start + "device", ["scope"] = "mail offline_access", ["way"] = "browser",
    };

    /// <summary>An account whose consent was given; its first token is good for so long.</summary>
    internal static async Task<long> Connected(Desk desk, FakeProvider provider, string account = "ann@example.com", int seconds = 60)
    {
        var grants = desk.Get<MailGrants>();
        var grant = await grants.Keep(new MailGrant { Provider = "other", Account = account, ClientId = "our-client", AuthorizeUrl = provider.Start + "a", TokenUrl = provider.Start + "t", Scope = "mail" }, "hush");
        var state = HttpUtility.ParseQueryString(new Uri(await grants.Begin(grant, "https://care.desk.example/settings/mail/accounts/return")).Query)["state"]!;
        provider.Answer = Give(FakeProvider.Tokens("first", "lasting", seconds));
        Assert.Null(await grants.Finish(state, "the-code", default));
        return grant.Id;
    }

    private static Func<Dictionary<string, string>, Task<(int, string)>> Give(string body, int status = 200) => _ => Task.FromResult((status, body));
}
