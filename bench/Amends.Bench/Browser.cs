using System.Net;
using System.Text.RegularExpressions;

namespace Amends.Bench;

/// <summary>Somebody who is signed in by the real form; then only the bytes that a browser sends, with as little work of our own as possible.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpMessageInvoker _wire;
    private readonly Uri _address;
    private readonly string _cookies;
    private readonly string _token;

    private Browser(Uri address, string cookies, string token)
    {
        (_address, _cookies, _token) = (address, cookies, token);
        _wire = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });
    }

    /// <summary>Signs in.</summary>
    /// <param name="address">Where the program is.</param>
    /// <param name="email">Who.</param>
    /// <param name="password">With what.</param>
    /// <exception cref="InvalidOperationException">It did not let us in.</exception>
    public static async Task<Browser> SignIn(Uri address, string email, string password)
    {
        var jar = new CookieContainer();
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = jar, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address };
        var form = new Dictionary<string, string> { ["email"] = email, ["password"] = password, ["__RequestVerificationToken"] = TokenOf(await client.GetStringAsync("/sign-in")) };
        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(form));
        if (answer.StatusCode != HttpStatusCode.SeeOther)
            throw new InvalidOperationException($"{email} could not sign in: {answer.StatusCode}");
        using var page = await client.GetAsync("/profile"); // any page with a form
        var token = page.IsSuccessStatusCode ? TokenOf(await page.Content.ReadAsStringAsync()) : "";
        return new Browser(address, jar.GetCookieHeader(address), token);
    }

    /// <summary>Gets a page to its last byte; returns its status and length.</summary>
    public async Task<(HttpStatusCode Status, long Bytes)> Get(string path)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, path));
        return await Send(ask);
    }

    /// <summary>Posts a form with the form token of this session.</summary>
    public async Task<(HttpStatusCode Status, long Bytes)> Post(string path, Dictionary<string, string> fields)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, path)) { Content = new FormUrlEncodedContent(new Dictionary<string, string>(fields) { ["__RequestVerificationToken"] = _token }) };
        return await Send(ask);
    }

    /// <summary>A page's text; with <paramref name="target"/> the piece that the desk's scripts ask for to put there.</summary>
    public async Task<string> Text(string path, string? target = null)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, path));
        ask.Headers.TryAddWithoutValidation("Cookie", _cookies);
        foreach (var (name, value) in target is null ? [] : new[] { ("HX-Request", "true"), ("HX-Request-Type", "partial"), ("HX-Target", target) })
            ask.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _wire.SendAsync(ask, CancellationToken.None);
        return answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType == "text/html" ? await answer.Content.ReadAsStringAsync() : throw new InvalidOperationException($"{path} is no page.");
    }

    private async Task<(HttpStatusCode, long)> Send(HttpRequestMessage ask)
    {
        ask.Headers.TryAddWithoutValidation("Cookie", _cookies);
        using var answer = await _wire.SendAsync(ask, CancellationToken.None);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[65536];
        var length = 0L;
        while (await body.ReadAsync(buffer) is > 0 and var read)
            length += read;
        return (answer.StatusCode, length);
    }

    private static string TokenOf(string html) => Token().Match(html) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : "";

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    /// <inheritdoc/>
    public void Dispose() => _wire.Dispose();
}
