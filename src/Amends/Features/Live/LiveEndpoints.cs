using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Features.Live;

/// <summary>The stream that tells a browser what changed: ids and versions, never content. One a browser, shared by its tabs.</summary>
public static class LiveEndpoints
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Maps the stream.</summary>
    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet("/live", Stream).RequireAuthorization(Policies.Reader);

    /// <summary>All since the page was read, or since a stream that broke off.</summary>
    private static IResult Stream(HttpContext context, LiveSignals live, IHostApplicationLifetime life, string? since)
    {
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.ServerSentEvents(Events(live, context.User.Actor(), context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? since, context.RequestAborted, life.ApplicationStopping));
    }

    private static async IAsyncEnumerable<SseItem<string>> Events(LiveSignals live, Actor me, string? since, CancellationToken gone, [EnumeratorCancellation] CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping);
        using var listening = live.Listen(since);
        yield return new SseItem<string>("{}", "ready");
        while (!end.IsCancellationRequested)
        {
            if (!await HasNews(listening, end.Token) && !end.IsCancellationRequested)
                yield return new SseItem<string>("{}", "beat");
            while (listening.TryRead(out var heard))
            {
                if (MaySee(me, heard.Signal))
                    yield return new SseItem<string>(JsonSerializer.Serialize(heard.Signal, JsonSerializerOptions.Web), "signal") { EventId = heard.Position };
            }
        }
    }

    /// <summary>Everybody of us may read every case. Nobody needs to hear that they are there themselves; notices are for one person, exports for theirs and the owner.</summary>
    private static bool MaySee(Actor me, LiveSignal signal) => signal.Type switch
    {
        "presence" => signal.PersonId != me.Id,
        "notice" => signal.PersonId == me.Id,
        "export" => signal.PersonId == me.Id || me.Role >= Role.Owner,
        _ => true,
    };

    private static async Task<bool> HasNews(LiveSignals.Listening listening, CancellationToken end)
    {
        try
        {
            await listening.Wait(end).WaitAsync(Beat, end);
            return true;
        }
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
