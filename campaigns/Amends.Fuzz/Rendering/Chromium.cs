using System.Diagnostics;
using System.Globalization;

namespace Amends.Fuzz.Rendering;

/// <summary>A Chromium of one's own, without a window, that finds one port of the loopback whatever host it asks for.</summary>
public sealed class Chromium : IAsyncDisposable
{
    static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    readonly string folder = Directory.CreateTempSubdirectory("amends-chromium-").FullName;
    readonly Process process;

    /// <summary>Starts it at the first page.</summary>
    public Chromium(string program, int port)
    {
        var at = port.ToString(CultureInfo.InvariantCulture);
        // A pipe for its words, so that it stays without a terminal; nobody debugs it, but without that port it would end at once.
        var start = new ProcessStartInfo(program,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
            "--disable-default-apps", "--js-flags=--single-threaded", $"--host-resolver-rules=MAP * 127.0.0.1:{at}", "--proxy-server=direct://", $"--user-data-dir={folder}", "--remote-debugging-port=0", $"http://127.0.0.1:{at}/batch/0",
        ]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where Debian and others put it, the one that draws no window first; null where it is not.</summary>
    public static string? Program => Places.FirstOrDefault(File.Exists);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        for (var tries = 0; Directory.Exists(folder) && tries < 20; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(50); // a child of it is still writing
            }
        }
    }
}
