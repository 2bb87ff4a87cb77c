using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amends.Domain.People;
using Amends.Features.Api;

namespace Amends.Tests.Features.Api;

/// <summary>Programs with tokens, as tests use them.</summary>
internal static class Programs
{
    /// <summary>A client that carries a new token with these scopes.</summary>
    public static async Task<HttpClient> AsProgram(this Desk desk, string name, params string[] scopes) => desk.With(await desk.Get<ApiTokens>().Make(name, scopes, 0));

    /// <summary>A client that carries a new token which acts for somebody.</summary>
    public static async Task<HttpClient> ActingFor(this Desk desk, Actor person, string name, params string[] scopes) => desk.With(await desk.Get<ApiTokens>().Make(name, scopes, 0, person.Id));

    /// <summary>A client that carries this token.</summary>
    public static HttpClient With(this Desk desk, string token)
    {
        var client = desk.Browser(follow: false);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Sends JSON, under a key unless it is <c>null</c>.</summary>
    public static async Task<HttpResponseMessage> Json(this HttpClient client, string path, string body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add(DoOnce.Header, key);
        return await client.SendAsync(request);
    }

    /// <summary>The answer as JSON.</summary>
    public static async Task<JsonElement> Read(this HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    /// <summary>The JSON behind an address.</summary>
    public static async Task<JsonElement> Get(this HttpClient client, string path) => await (await client.GetAsync(path)).EnsureSuccessStatusCode().Read();
}
