using System.Net;
using Amends.Domain.People;
using Amends.Features.Team.SignIn;
using Amends.Web;
using Dapper;

namespace Amends.Tests.Features.SignIn;

public sealed class SignInTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_right_password_starts_a_session_and_leads_to_the_page_that_was_asked_for(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.AddPerson("Jo", Role.Agent);
        using var browser = desk.Browser(follow: false);

        var answer = await browser.Send("/sign-in?return=/cases/1001", "/sign-in", new() { ["email"] = " JO@desk.example ", ["password"] = Browserless.Password, ["return"] = "/cases/1001" });

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/cases/1001", answer.Headers.Location!.ToString());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith($"amends-{desk.Address.Port}=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.Equal(1, await desk.Database.Read(connection => connection.ExecuteScalarAsync<int>("select count(*) from sessions")));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_session_from_before_the_sign_in_is_worth_nothing_after_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.AddPerson("Jo", Role.Agent);
        var name = $"amends-{desk.Address.Port}";
        var planted = Tokens.New();
        using var jar = new SocketsHttpHandler { AllowAutoRedirect = false };
        jar.CookieContainer.Add(desk.Address, new Cookie(name, planted));
        using var browser = new HttpClient(jar) { BaseAddress = desk.Address };

        var answer = await browser.Send("/sign-in", "/sign-in", new() { ["email"] = "jo@desk.example", ["password"] = Browserless.Password });

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.NotEqual(planted, jar.CookieContainer.GetCookies(desk.Address)[name]!.Value);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/sign-in")).StatusCode); // known by the new one
        Assert.Null(await desk.Get<Sessions>().Find(planted, default));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Ten_wrong_passwords_lock_the_account_for_longer_each_time(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var tries = desk.Get<Tries>();
        for (var i = 0; i < 10; i++)
            Assert.Null(await tries.Begin("jo@desk.example"));

        Assert.Equal(TimeSpan.FromMinutes(15), await tries.Begin("JO@desk.example"));
        Assert.Null(await tries.Begin("kim@desk.example"));
        desk.Clock.Now += TimeSpan.FromMinutes(16);
        for (var i = 0; i < 10; i++)
            Assert.Null(await tries.Begin("jo@desk.example"));
        Assert.Equal(TimeSpan.FromMinutes(30), await tries.Begin("jo@desk.example"));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var desk = await Desk.Start();
        await desk.AddPerson("Jo", Role.Agent);
        using var browser = desk.Browser(follow: false);

        var answer = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = "jo@desk.example", ["password"] = Browserless.Password }));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/sign-out", null)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_the_same_words_as_a_wrong_address()
    {
        await using var desk = await Desk.Start();
        await desk.AddPerson("Jo", Role.Agent);
        using var browser = desk.Browser(follow: false);

        var wrong = await browser.Send("/sign-in", "/sign-in", new() { ["email"] = "jo@desk.example", ["password"] = "no" });
        var nobody = await browser.Send("/sign-in", "/sign-in", new() { ["email"] = "nobody@desk.example", ["password"] = "no" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
        Assert.Contains("The address or the password is not right.", await wrong.Content.ReadAsStringAsync());
        Assert.Contains("The address or the password is not right.", await nobody.Content.ReadAsStringAsync());
    }
}
