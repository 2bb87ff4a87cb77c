using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.People;
using Amends.Web;
using Dapper;

namespace Amends.Tests.Web;

/// <summary>What browsers are told, what other hosts and forged forms get, and what lies in the database.</summary>
public sealed class SafetyTests
{
    [Fact]
    public async Task Every_answer_says_what_a_browser_may_do_with_it()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        using var browser = await desk.SignIn(jo);

        var page = await browser.GetAsync("/profile");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(SecurityHeaders.Policy, Assert.Single(page.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
        Assert.DoesNotContain("style=\"", await page.Content.ReadAsStringAsync());

        var link = await browser.GetAsync("/welcome/nothing");
        Assert.Equal("no-referrer", Assert.Single(link.Headers.GetValues("Referrer-Policy")));
        Assert.True(link.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task By_https_cookies_belong_to_this_host_alone_and_never_travel_in_the_clear()
    {
        await using var desk = await Desk.Start(change: (_, builder) => Https.Add(builder));
        await desk.AddPerson("Jo", Role.Agent);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = desk.Address };
        browser.DefaultRequestHeaders.Add(Https.Header, "yes");

        var form = await browser.GetAsync("/sign-in");
        var formCookie = Assert.Single(form.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-amends-form=", formCookie);
        Assert.Contains("secure", formCookie);
        Assert.Equal("max-age=31536000", Assert.Single(form.Headers.GetValues("Strict-Transport-Security")));

        var html = await form.Content.ReadAsStringAsync();
        var token = WebUtility.HtmlDecode(html.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0]);
        var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = "jo@desk.example", ["password"] = Browserless.Password, ["__RequestVerificationToken"] = token }),
        };
        request.Headers.Add("Cookie", formCookie.Split(';')[0]);
        var cookie = Assert.Single((await browser.SendAsync(request)).Headers.GetValues("Set-Cookie"), value => value.StartsWith("__Host-amends=", StringComparison.Ordinal));
        foreach (var mark in (string[])["path=/", "secure", "httponly", "samesite=lax"])
            Assert.Contains(mark, cookie);
        Assert.DoesNotContain("domain", cookie);
    }

    [Fact]
    public async Task Other_names_are_refused_and_the_public_one_is_known()
    {
        await using var desk = await Desk.Start(change: (_, builder) => Https.Add(builder));
        await desk.Get<StoredSettings>().Set(new Company { PublicUrl = "https://complaints.example" });

        Assert.Equal(HttpStatusCode.OK, (await Ask("complaints.example", true)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Ask("evil.example", true)).StatusCode);
        var clear = await Ask("complaints.example", false);
        Assert.Equal(HttpStatusCode.BadRequest, clear.StatusCode);
        Assert.Contains("AMENDS_PROXIES", await clear.Content.ReadAsStringAsync());
        Assert.False(clear.Headers.Contains("Set-Cookie"));

        async Task<HttpResponseMessage> Ask(string host, bool https)
        {
            using var browser = desk.Browser(follow: false);
            var request = new HttpRequestMessage(HttpMethod.Get, "/forgotten-password") { Headers = { Host = host } };
            if (https)
                request.Headers.Add(Https.Header, "yes");
            return await browser.SendAsync(request);
        }
    }

    [Fact]
    public async Task What_goes_wrong_is_told_in_words_to_a_person_and_as_a_problem_to_a_program()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var owner = await desk.AddPerson("Ona", Role.Owner);
        using var agent = await desk.SignIn(jo);

        var nothing = await agent.GetAsync("/no/such/page");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Contains("There is nothing here", await nothing.Content.ReadAsStringAsync());
        var closed = await agent.GetAsync("/settings/people");
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
        Assert.Contains("This is not open to you", await closed.Content.ReadAsStringAsync());
        var api = await agent.GetAsync("/api/v1/no-such");
        Assert.Equal("application/problem+json", api.Content.Headers.ContentType!.MediaType);
        Assert.Equal("not_found", (await api.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());

        using var boss = await desk.SignIn(owner);
        var refused = await boss.Send("/settings/people", $"/settings/people/{owner.Id}/role", new() { ["role"] = "Agent" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Somebody has to be the owner.", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task No_form_and_no_other_change_passes_without_its_token()
    {
        await using var desk = await Desk.Start();
        var owner = await desk.AddPerson("Ona", Role.Owner);
        using var boss = await desk.SignIn(owner);
        var before = await desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from people"));

        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete])
        {
            var answer = await boss.SendAsync(new HttpRequestMessage(method, "/settings/people") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Mal", ["email"] = "mal@desk.example", ["role"] = "Owner" }) });
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound, $"{method} answered {answer.StatusCode}");
        }

        Assert.Equal(before, await desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from people")));
    }

    [Fact]
    public async Task Keys_that_seal_form_tokens_are_not_readable_in_the_database()
    {
        await using var desk = await Desk.Start();
        using var browser = desk.Browser();
        await desk.AddPerson("Jo", Role.Agent);
        await browser.FormToken("/sign-in");

        var stored = Assert.Single(await desk.Database.Read(connection => connection.QueryAsync<string>("select sealed from protection_keys")));

        Assert.DoesNotContain("<key", stored);
        Assert.Contains("<key", desk.Get<Secrets>().Open(stored, "protection keys"));
    }
}
