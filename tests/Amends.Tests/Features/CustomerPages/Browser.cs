using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Amends.Tests.Features.CustomerPages;

/// <summary>A browser without scripts: keeps cookies, follows 303, fills in the forms that it sees.</summary>
public sealed class Browser(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = address };

    public IHtmlDocument Page { get; private set; } = new HtmlParser().ParseDocument("");
    public HttpResponseMessage Response { get; private set; } = new();
    public string Path { get; private set; } = "";
    public string Text => string.Join(' ', Page.QuerySelector("main")?.TextContent.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? []);

    public Task<Browser> Open(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Fills in the form with this action (the only one without it) and sends it, as pressing its button would.</summary>
    public Task<Browser> Submit(string? action, params (string Field, string Value)[] fields) => Send(Filled(action, fields, null));

    public Task<Browser> SubmitWithFile(string action, string name, byte[] content, params (string Field, string Value)[] fields) => Send(Filled(action, fields, (name, content)));

    /// <summary>The same press twice, before the page has changed.</summary>
    public async Task<Browser> SubmitTwice(string action, params (string Field, string Value)[] fields)
    {
        var (first, second) = (Filled(action, fields, null), Filled(action, fields, null));
        await Send(first);
        return await Send(second);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Filled(string? action, (string Field, string Value)[] fields, (string Name, byte[] Content)? file)
    {
        var form = (IHtmlFormElement)(Page.QuerySelector(action is null ? "form[method=post]" : $"form[action='{action}']") ?? throw new InvalidOperationException($"There is no form {action} on {Path}: {Text}"));
        foreach (var (field, _) in fields)
        {
            if (form.QuerySelector($"[name='{field}']") is null)
                throw new InvalidOperationException($"The form {action} on {Path} has no field {field}.");
        }

        var values = form.QuerySelectorAll("input[type=hidden]").Select(input => (Field: input.GetAttribute("name")!, Value: input.GetAttribute("value") ?? "")).Concat(fields);
        HttpContent content;
        if (form.GetAttribute("enctype") == "multipart/form-data")
        {
            var parts = new MultipartFormDataContent();
            foreach (var (field, value) in values)
                parts.Add(new StringContent(value), field);
            if (file is { } sent)
                parts.Add(new ByteArrayContent(sent.Content), "files", sent.Name);
            content = parts;
        }
        else
        {
            content = new FormUrlEncodedContent(values.Select(pair => KeyValuePair.Create(pair.Field, pair.Value)));
        }

        return new HttpRequestMessage(HttpMethod.Post, action ?? Path) { Content = content };
    }

    private async Task<Browser> Send(HttpRequestMessage request)
    {
        Path = request.RequestUri!.OriginalString;
        Response = await _http.SendAsync(request);
        Page = new HtmlParser().ParseDocument(await Response.Content.ReadAsStringAsync());
        return Response.StatusCode == HttpStatusCode.SeeOther ? await Open(Response.Headers.Location!.OriginalString) : this;
    }
}
