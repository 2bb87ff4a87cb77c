using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Amends.Fuzz.Rendering;

/// <summary>What a browser did with pieces of HTML.</summary>
/// <param name="Shown">How many were loaded to their end.</param>
/// <param name="Scripts">Those in which a script ran or wanted to: an alert, an eval, a handler, a javascript: address.</param>
/// <param name="Requests">What was asked of the network beside the pages themselves: a connection to any host is seen.</param>
public sealed record Seen(int Shown, IReadOnlyList<string> Scripts, IReadOnlyList<string> Requests)
{
    /// <summary>How many of the pieces ran a script or wanted to.</summary>
    public int Running => Scripts.Select(line => line.Split(' ')[0]).Distinct().Count();
}

/// <summary>
/// Shows pieces of HTML in a real Chromium and watches it: every name is resolved to one server on the loopback, which keeps a strict log,
/// and each document begins with hooks and with a policy that only reports. No sandbox and no policy hold anything back: what is
/// seen is what the HTML itself does.
/// </summary>
public sealed class Watch : IAsyncDisposable
{
    const int Batch = 40;
    const string Nonce = "ours";

    // Everything that wants to run without our nonce or load anything is reported, and runs and loads nevertheless.
    const string Policy = $"default-src 'none'; script-src 'nonce-{Nonce}'; style-src 'unsafe-inline'; img-src data: cid:";

    const string Hooks = $$"""
        <script nonce="{{Nonce}}">
        const tell = what => parent.postMessage({ who: location.pathname, what }, '*');
        for (const name of ['alert', 'confirm', 'prompt', 'print', 'eval', 'open', 'fetch']) window[name] = () => tell('called ' + name);
        addEventListener('securitypolicyviolation', e => tell('wanted ' + e.effectiveDirective + ' ' + String(e.blockedURI).slice(0, 80) + ' ' + String(e.sample).slice(0, 40)), true);
        addEventListener('load', () => setTimeout(() => {
          for (const element of document.body ? document.body.querySelectorAll('*') : [])
          {
            for (const { name } of element.attributes) if (name.startsWith('on')) tell('handler ' + name);
            const to = element.protocol || (element.getAttribute('xlink:href') || '').split(':')[0];
            if (/^(javascript|vbscript|data):?$/i.test(to)) tell('link ' + to);
            if (['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'META', 'LINK', 'STYLE', 'FORM'].includes(element.tagName)) tell('element ' + element.tagName);
          }
          tell('done');
        }, 60));
        </script>
        """;

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentBag<string> scripts = [];
    readonly ConcurrentBag<string> requests = [];
    readonly IReadOnlyList<string> pieces;
    readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task serving;
    int shown;

    Watch(IReadOnlyList<string> pieces)
    {
        this.pieces = pieces;
        listener.Start();
        serving = Serve();
    }

    int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Shows all pieces, some at once, and says what happened.</summary>
    /// <param name="chromium">The browser's program.</param>
    /// <param name="pieces">Bodies of HTML.</param>
    /// <param name="patience">The longest it may take.</param>
    /// <exception cref="TimeoutException">The browser did not come to the end.</exception>
    public static async Task<Seen> Show(string chromium, IReadOnlyList<string> pieces, TimeSpan patience)
    {
        await using var watch = new Watch(pieces);
        await using var browser = new Chromium(chromium, watch.Port);
        await watch.over.Task.WaitAsync(patience);
        return new Seen(watch.shown, [.. watch.scripts.Distinct().Order(StringComparer.Ordinal)], [.. watch.requests.Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await serving;
        stop.Dispose();
    }

    async Task Serve()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(Answer(await listener.AcceptTcpClientAsync(stop.Token)));
                open.RemoveAll(task => task.IsCompleted);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is over.
        }
        await Task.WhenAll(open);
    }

    async Task Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await Request(stream) is { } request)
                {
                    var (status, body) = Page(request);
                    var bytes = Encoding.UTF8.GetBytes(body);
                    var policy = request.Path.StartsWith("/doc/", StringComparison.Ordinal) ? $"Content-Security-Policy-Report-Only: {Policy}\r\n" : "";
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} x\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n{policy}Content-Length: {bytes.Length}\r\n\r\n"), stop.Token);
                    await stream.WriteAsync(bytes, stop.Token);
                }
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The browser went away.
            }
        }
    }

    /// <summary>Reads a request; what is no HTTP is noted, since a browser that wants https says so here too.</summary>
    async Task<(string Host, string Path, string Body)?> Request(Stream stream)
    {
        var bytes = new byte[64 * 1024];
        var count = 0;
        int head;
        while ((head = bytes.AsSpan(0, count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (count > 0 && bytes[0] == 0x16)
            {
                requests.Add("a TLS connection");
                return null;
            }
            var more = count == bytes.Length ? 0 : await stream.ReadAsync(bytes.AsMemory(count), stop.Token);
            if (more == 0) return null;
            count += more;
        }
        var lines = Encoding.Latin1.GetString(bytes, 0, head).Split("\r\n");
        var length = int.TryParse(lines.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?.Split(':')[1], CultureInfo.InvariantCulture, out var said) ? Math.Min(said, 60_000) : 0;
        while (count < head + 4 + length && await stream.ReadAsync(bytes.AsMemory(count), stop.Token) is > 0 and var more) count += more;
        var host = lines.FirstOrDefault(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))?[5..].Trim() ?? "";
        return (host, lines[0].Split(' ') is [_, var path, ..] ? path : "", Encoding.UTF8.GetString(bytes, head + 4, Math.Max(0, count - head - 4)));
    }

    (int Status, string Body) Page((string Host, string Path, string Body) request)
    {
        var parts = request.Path.Split('/');
        var number = parts.Length == 3 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
        if (request.Host != $"127.0.0.1:{Port}" || number < 0 || parts[1] is not ("batch" or "doc" or "done"))
        {
            requests.Add($"{request.Host}{request.Path}");
            return (404, "");
        }
        if (parts[1] == "doc") return (200, $"<!doctype html><html><head><meta charset=\"utf-8\">{Hooks}</head><body>{pieces[number]}</body></html>");
        if (parts[1] == "done")
        {
            foreach (var line in request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.EndsWith(" done", StringComparison.Ordinal)) Interlocked.Increment(ref shown);
                else scripts.Add(line);
            }
            if (number >= pieces.Count) over.TrySetResult();
            return (200, "");
        }
        return (200, Frames(number));
    }

    /// <summary>A page that shows some of the documents, waits for them, reports, and goes on to the next.</summary>
    string Frames(int first)
    {
        var next = Math.Min(first + Batch, pieces.Count);
        var frames = string.Concat(Enumerable.Range(first, next - first).Select(i => $"<iframe src=\"/doc/{i}\" sandbox=\"allow-scripts allow-same-origin allow-modals allow-forms\"></iframe>"));
        return $$"""
            <!doctype html><html><head><link rel="icon" href="data:,"></head><body><script>
            const said = new Set(); const done = new Set();
            addEventListener('message', e => { said.add(e.data.who + ' ' + e.data.what); if (e.data.what === 'done') done.add(e.data.who); if (done.size >= {{next - first}}) finish(50); });
            let ends = 0;
            function finish(after) { if (!ends) ends = setTimeout(async () => { await fetch('/done/{{next}}', { method: 'POST', body: [...said].join('\n') }); location.replace('/batch/{{next}}'); }, after); }
            setTimeout(() => { if (!ends) finish(1); }, 60000);
            </script>{{frames}}</body></html>
            """;
    }
}
