using System.Diagnostics;
using System.Globalization;
using Amends.Tests.Servers;

namespace Amends.Campaigns;

/// <summary>
/// The real program as a child process, on a folder, a database and ports of its own. What it prints goes to a file in its
/// folder, so that no pipe ever holds it up.
/// </summary>
/// <param name="program">The executable.</param>
/// <param name="folder">For its keys, its log and the SQLite file.</param>
/// <param name="database">As <c>AMENDS_DATABASE</c> takes it; <c>null</c> for SQLite in the folder.</param>
public sealed class RunningAmends(string program, string folder, string? database = null) : IAsyncDisposable
{
    private Process? _process;

    /// <summary>The program that was built beside this one, in the same configuration.</summary>
    public static string Built { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Amends", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "amends"));

    /// <summary>Where the pages are.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{OwnProcess.FreePort()}");

    /// <summary>Where mail is taken in, on the loopback.</summary>
    public int SmtpPort { get; } = OwnProcess.FreePort();

    /// <summary>As <c>AMENDS_DATABASE</c> takes it.</summary>
    public string Database { get; } = database ?? "sqlite:" + Path.Combine(folder, "amends.db");

    /// <summary>What it printed so far.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    /// <summary>Whether it makes the demo company when it starts on nothing.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Its process id while it runs.</summary>
    public int Id => _process!.Id;

    /// <summary>Bytes of its memory that are resident, as the kernel counts them (proc(5), VmRSS).</summary>
    public long Resident => 1024 * long.Parse(
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/status")).First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    private string LogFile => Path.Combine(folder, "amends.log");

    /// <summary>Starts it, without waiting for anything.</summary>
    public void Start()
    {
        // The shell becomes the program: its id is the program's.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$1\" serve >>\"$2\" 2>&1 </dev/null", "amends", program, LogFile]) { WorkingDirectory = folder };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AMENDS_", StringComparison.Ordinal) && name != "AMENDS_DATABASE_PASSWORD").ToList())
            start.Environment.Remove(name);
        start.Environment["AMENDS_DATA"] = folder;
        start.Environment["AMENDS_DATABASE"] = Database;
        start.Environment["AMENDS_URLS"] = Address.ToString().TrimEnd('/');
        start.Environment["AMENDS_SMTP_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{SmtpPort}");
        if (IsDemo)
            start.Environment["AMENDS_DEMO"] = "1";
        _process = Process.Start(start)!;
    }

    /// <summary>Waits until a page answers with 200.</summary>
    /// <param name="path">The page.</param>
    /// <param name="patience">How long at the most.</param>
    /// <exception cref="InvalidOperationException">It ended, or did not answer in time; the message has its log.</exception>
    public async Task Answers(string path, TimeSpan patience)
    {
        using var browser = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await browser.GetAsync(path);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                // not yet
            }

            if (_process!.HasExited || waited.Elapsed > patience)
                throw new InvalidOperationException($"Amends {(_process.HasExited ? "ended" : "does not answer")}: {Log}");
            await Task.Delay(5);
        }
    }

    /// <summary>Ends it as a power cut would: SIGKILL, no word of warning.</summary>
    public async Task Kill()
    {
        if (_process is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Kill();
}
