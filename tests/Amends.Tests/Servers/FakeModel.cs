using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Amends.Tests.Servers;

/// <summary>What <see cref="FakeModel"/> does instead of answering.</summary>
public enum ModelTrick
{
    /// <summary>It answers.</summary>
    None,

    /// <summary>It says nothing until the other side gives up.</summary>
    Stalls,

    /// <summary>It begins to answer, and stalls.</summary>
    StallsInTheMiddle,

    /// <summary>429.</summary>
    TooMuch,

    /// <summary>500.</summary>
    Breaks,

    /// <summary>It sends on to another address.</summary>
    SendsOn,

    /// <summary>200 with a page in place of JSON.</summary>
    Page,

    /// <summary>JSON that is no answer.</summary>
    OtherJson,

    /// <summary>An answer without words.</summary>
    NoWords,

    /// <summary>Half a body, then it hangs up.</summary>
    HalfABody,

    /// <summary>Megabytes.</summary>
    Huge,

    /// <summary>Megabytes, and it says so beforehand.</summary>
    HugeAndSaysSo,

    /// <summary>It counts tokens that cannot be.</summary>
    ImpossibleCounts,
}

/// <summary>A language model on the loopback: a real Kestrel that speaks as servers do which are called compatible with OpenAI's. It can also fail, stall and lie.</summary>
public sealed class FakeModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();

    private FakeModel(WebApplication app)
    {
        _app = app;
    }

    /// <summary>The address before <c>/chat/completions</c>.</summary>
    public string Url => _app.Urls.First() + "/v1";

    /// <summary>The key that it takes; <c>null</c> for any.</summary>
    public string? Key { get; set; }

    /// <summary>Names of its models.</summary>
    public string[] Models { get; set; } = ["small:latest", "large"];

    /// <summary>What it answers to the text between the marks.</summary>
    public Func<string, string> Answer { get; set; } = text => $"A:{text}";

    /// <summary>What it does instead.</summary>
    public ModelTrick Trick { get; set; }

    /// <summary>Bodies that it was sent.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Requests that the other side broke off.</summary>
    public int Left;

    /// <summary>How often it was asked to list its models.</summary>
    public int Listed;

    /// <summary>The key that the last request came with.</summary>
    public string Authorization { get; private set; } = "";

    /// <summary>Starts one.</summary>
    public static async Task<FakeModel> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null);
        var app = builder.Build();
        var model = new FakeModel(app);
        app.Run(model.Serve);
        await app.StartAsync();
        return model;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private async Task Serve(HttpContext context)
    {
        Authorization = context.Request.Headers.Authorization.ToString();
        if (Key is { } key && context.Request.Headers.Authorization != $"Bearer {key}")
        {
            context.Response.StatusCode = 401;
            return;
        }

        if (context.Request.Path == "/v1/models")
        {
            Interlocked.Increment(ref Listed);
            if (!await Play(context))
                await Say(context, new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. Models.Select(name => (JsonNode)new JsonObject { ["id"] = name, ["object"] = "model" })]) });
            return;
        }

        if (context.Request.Path != "/v1/chat/completions" || context.Request.Method != "POST")
        {
            context.Response.StatusCode = 404;
            return;
        }

        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        Asked.Enqueue(body);
        if (await Play(context))
            return;
        var content = JsonDocument.Parse(body).RootElement.GetProperty("messages")[1].GetProperty("content").GetString()!;
        await Say(context, Answered(Answer(Amends.Domain.Language.ModelPrompt.TextOf(content)), Trick == ModelTrick.ImpossibleCounts ? (-3, long.MaxValue) : (120, 40)));
    }

    private static JsonObject Answered(string? words, (long In, long Out) tokens) => new()
    {
        ["id"] = "c1", ["object"] = "chat.completion",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = words }, ["finish_reason"] = "stop" }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = tokens.In, ["completion_tokens"] = tokens.Out },
    };

    private async Task<bool> Play(HttpContext context)
    {
        switch (Trick)
        {
            case ModelTrick.Stalls or ModelTrick.StallsInTheMiddle:
                if (Trick == ModelTrick.StallsInTheMiddle)
                {
                    await context.Response.WriteAsync("{\"choices\":");
                    await context.Response.Body.FlushAsync();
                }

                using (var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, context.RequestAborted))
                    await Task.Delay(Timeout.Infinite, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Interlocked.Increment(ref Left);
                context.Abort();
                return true;
            case ModelTrick.TooMuch:
                context.Response.StatusCode = 429;
                return true;
            case ModelTrick.Breaks:
                context.Response.StatusCode = 500;
                await context.Response.WriteAsync("a failure with Zz9words");
                return true;
            case ModelTrick.SendsOn:
                context.Response.Redirect($"{Url}/elsewhere");
                return true;
            case ModelTrick.Page:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html><title>Router</title></html>");
                return true;
            case ModelTrick.OtherJson:
                await context.Response.WriteAsync("{\"data\": 7, \"choices\": \"none\"}");
                return true;
            case ModelTrick.NoWords:
                await Say(context, Answered(null, (1, 1)));
                return true;
            case ModelTrick.HalfABody:
                context.Response.ContentLength = 4000;
                await context.Response.WriteAsync("{\"choices\":[{\"message\":{\"content\":\"It");
                await context.Response.Body.FlushAsync();
                context.Abort();
                return true;
            case ModelTrick.Huge or ModelTrick.HugeAndSaysSo:
                var piece = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
                if (Trick == ModelTrick.HugeAndSaysSo)
                    context.Response.ContentLength = 64 * piece.Length;
                for (var i = 0; i < 64 && !context.RequestAborted.IsCancellationRequested; i++)
                    await context.Response.Body.WriteAsync(piece);
                return true;
            default:
                return false;
        }
    }

    private static Task Say(HttpContext context, JsonObject what)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(what.ToJsonString());
    }
}
