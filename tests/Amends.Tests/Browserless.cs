using System.Net;
using System.Text.RegularExpressions;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Tests;

/// <summary>What a browser does without scripts: keeps cookies, follows redirects, sends forms with their hidden fields.</summary>
public static partial class Browserless
{
    /// <summary>The password of everybody whom <see cref="Desk.AddPerson"/> adds.</summary>
    public const string Password = "the kettle sings at noon";

    internal static readonly string PasswordHash = Passwords.HashOf(Password);

    /// <summary>A browser that nobody is signed in with.</summary>
    /// <param name="desk">Whose pages it opens.</param>
    /// <param name="follow">Whether it follows redirects.</param>
    public static HttpClient Browser(this Desk desk, bool follow = true) =>
        new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = follow }) { BaseAddress = desk.Address };

    /// <summary>
    /// A browser in which this person has signed in. It does not follow redirects unless asked to. The session is begun as the form's answer begins it, without its password: one is slow to look
    /// at on purpose, and signing in has tests of its own.
    /// </summary>
    public static async Task<HttpClient> SignIn(this Desk desk, Actor person, bool follow = false)
    {
        var token = await desk.Database.Write(unit => desk.Get<Sessions>().Start(unit, person.Id, "127.0.0.1", ""));
        var cookies = new CookieContainer();
        cookies.Add(desk.Address, new Cookie($"{OwnCookies.Person}-{desk.Address.Port}", token));
        return new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = follow }) { BaseAddress = desk.Address };
    }

    /// <summary>Opens a page, then posts a form with the page's form token.</summary>
    /// <param name="browser">Who does it.</param>
    /// <param name="page">The page with the form.</param>
    /// <param name="action">Where the form goes.</param>
    /// <param name="fields">What was filled in.</param>
    public static async Task<HttpResponseMessage> Send(this HttpClient browser, string page, string action, Dictionary<string, string>? fields = null)
    {
        var form = new Dictionary<string, string>(fields ?? []) { ["__RequestVerificationToken"] = await browser.FormToken(page) };
        return await browser.PostAsync(action, new FormUrlEncodedContent(form));
    }

    /// <summary>The form token of a page.</summary>
    public static async Task<string> FormToken(this HttpClient browser, string page)
    {
        var html = await browser.GetStringAsync(page);
        return Token().Match(html) is { Success: true } token ? WebUtility.HtmlDecode(token.Groups[1].Value) : throw new InvalidOperationException($"{page} has no form token");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
