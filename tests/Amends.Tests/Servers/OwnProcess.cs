using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Amends.Tests.Servers;

/// <summary>What the fixtures of foreign servers share: a folder of their own, free ports, a process ended by its own id.</summary>
public static class OwnProcess
{
    // Below the ports that the system gives to whoever asks for any or connects somewhere (from 32768 on): none of those takes
    // one between the look and the server's start. Two test runs at a time begin at different places.
    private const int FirstPort = 12_000, Ports = 20_000;
    private static int _asked = Random.Shared.Next(Ports);

    /// <summary>Skips the test where it cannot run: the servers are Debian's and want to start as root.</summary>
    public static void Need(params string[] programs)
    {
        foreach (var program in programs)
        {
            if (!File.Exists(program)) Assert.Skip($"{program} is not installed here; Debian's mail servers are needed.");
        }
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") Assert.Skip("The mail servers switch users, so this test needs root on Linux.");
    }

    /// <summary>An empty folder with a name of its own that other users may enter.</summary>
    public static string Folder(string name)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"amends-{name}-{Guid.NewGuid():N}"[..(15 + name.Length)]);
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return folder;
    }

    /// <summary>A port on which nobody listens, and that nobody else is given by this.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (int)((uint)Interlocked.Increment(ref _asked) % Ports);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // somebody's already
            }
        }
    }

    /// <summary>Starts a program whose output nobody reads.</summary>
    public static Process Start(string program, params string[] arguments)
    {
        // Inherited pipes would keep the test run open as long as a grandchild lives.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed: {errors}");
    }

    /// <summary>Waits until something listens, or the process has ended.</summary>
    public static async Task<bool> Listening(Process process, params int[] ports)
    {
        for (var tries = 0; tries < 2000 && !process.HasExited; tries++)
        {
            if (Array.TrueForAll(ports, IsOpen)) return true;
            await Task.Delay(10);
        }
        return false;
    }

    /// <summary>Waits until nothing listens any more.</summary>
    public static async Task<bool> Closed(params int[] ports)
    {
        for (var tries = 0; tries < 2000; tries++)
        {
            if (!Array.Exists(ports, IsOpen)) return true;
            await Task.Delay(10);
        }
        return false;
    }

    /// <summary>Asks a process to end, insists after five seconds, and removes its folder.</summary>
    public static async Task End(Process process, string? folder)
    {
        if (!process.HasExited)
        {
            // It may end by itself just now, and then there is nobody to ask.
            using (var ask = Start("/bin/kill", "-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))) await ask.WaitForExitAsync();
            using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await process.WaitForExitAsync(moment.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        process.Dispose();
        for (var tries = 0; folder is not null && Directory.Exists(folder) && tries < 20; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // A child of it is still writing its last line.
                await Task.Delay(50);
            }
        }
    }

    private static bool IsOpen(int port)
    {
        try
        {
            using var probe = new TcpClient();
            probe.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
