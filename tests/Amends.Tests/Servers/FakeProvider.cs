using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Web;

namespace Amends.Tests.Servers;

/// <summary>A provider of OAuth tokens on the loopback that does what a test says: gives tokens, refuses, stalls or lies.</summary>
public sealed class FakeProvider : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task run;

    /// <summary>Starts one.</summary>
    public FakeProvider()
    {
        Start = $"http://127.0.0.1:{OwnProcess.FreePort()}/";
        listener.Prefixes.Add(Start);
        listener.Start();
        run = Run();
    }

    /// <summary>The beginning of its addresses.</summary>
    public string Start { get; }

    /// <summary>What was posted, in order.</summary>
    public List<Dictionary<string, string>> Asked { get; } = [];

    /// <summary>What it answers to what was posted; a number first is the status.</summary>
    public Func<Dictionary<string, string>, Task<(int Status, string Body)>> Answer { get; set; } = _ => Task.FromResult((200, "{}"));

    /// <summary>Whose each token is that is good now; a mail server asks at <see cref="WhoseTokenUrl"/>.</summary>
    public ConcurrentDictionary<string, string> Holders { get; } = new();

    /// <summary>Where a mail server asks whose a token is; the token follows.</summary>
    public string WhoseTokenUrl => Start + "whose?access_token=";

    /// <summary>An answer with tokens.</summary>
    public static string Tokens(string access, string? refresh = null, int seconds = 3600) =>
        $"{{\"token_type\":\"Bearer\",\"access_token\":\"{access}\",\"expires_in\":{seconds}{(refresh is null ? "" : $",\"refresh_token\":\"{refresh}\"")}}}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await run;
    }

    private async Task Run()
    {
        while (true)
        {
            try
            {
                var context = await listener.GetContextAsync();
                if (context.Request.HttpMethod == "GET")
                {
                    var known = Holders.TryGetValue(context.Request.QueryString["access_token"] ?? "", out var holder);
                    context.Response.StatusCode = known ? 200 : 401;
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(known ? $"{{\"email\":\"{holder}\"}}" : "{}"));
                    context.Response.Close();
                    continue;
                }

                using var reader = new StreamReader(context.Request.InputStream);
                var fields = HttpUtility.ParseQueryString(await reader.ReadToEndAsync());
                var asked = fields.AllKeys.OfType<string>().ToDictionary(key => key, key => fields[key]!);
                Asked.Add(asked);
                var (status, body) = await Answer(asked);
                context.Response.StatusCode = status;
                if (status is >= 300 and < 400)
                    context.Response.RedirectLocation = Start + "elsewhere";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
            {
                if (!listener.IsListening)
                    return;
            }
        }
    }
}
