using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Features.Live;

/// <summary>The stream that tells a browser what changed: ids and versions, never content. One a browser, shared by its tabs.</summary>
public static class LiveEndpoints
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Maps the stream.</summary>
    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet("/live", Stream).RequireAuthorization(Policies.Reader);

    private static IResult Stream(HttpContext context, LiveSignals live, IHostApplicationLifetime life)
    {
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.ServerSentEvents(Events(live, context.User.Actor(), context.RequestAborted, life.ApplicationStopping));
    }

    private static async IAsyncEnumerable<SseItem<string>> Events(LiveSignals live, Actor me, CancellationToken gone, [EnumeratorCancellation] CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping);
        var waiting = Channel.CreateBounded<LiveSignal>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        var listening = Listen(live, waiting, end.Token);
        yield return new SseItem<string>("{}", "ready");
        while (!end.IsCancellationRequested)
        {
            var came = await Next(waiting.Reader, end.Token);
            if (end.IsCancellationRequested)
                break;
            if (!came)
            {
                yield return new SseItem<string>("{}", "beat");
                continue;
            }

            while (waiting.Reader.TryRead(out var signal))
            {
                if (MaySee(me, signal))
                    yield return new SseItem<string>(JsonSerializer.Serialize(signal, JsonSerializerOptions.Web), "signal");
            }
        }

        await listening;
    }

    /// <summary>Everybody of us may read every case. Nobody needs to hear that they are there themselves; notices are for one person, exports for theirs and the owner.</summary>
    private static bool MaySee(Actor me, LiveSignal signal) => signal.Type switch
    {
        "presence" => signal.PersonId != me.Id,
        "notice" => signal.PersonId == me.Id,
        "export" => signal.PersonId == me.Id || me.Role >= Role.Owner,
        _ => true,
    };

    private static async Task Listen(LiveSignals live, Channel<LiveSignal> waiting, CancellationToken end)
    {
        try
        {
            await foreach (var signal in live.Listen(end))
                waiting.Writer.TryWrite(signal);
        }
        catch (OperationCanceledException)
        {
            // the browser went, or we stop
        }
    }

    private static async Task<bool> Next(ChannelReader<LiveSignal> reader, CancellationToken end)
    {
        try
        {
            return await reader.WaitToReadAsync(end).AsTask().WaitAsync(Beat, end);
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
