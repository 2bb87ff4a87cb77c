using System.Diagnostics;
using System.Globalization;
using Amends.Mail.Mime;
using Amends.Mail.Reading;

namespace Amends.Bench;

/// <summary>
/// Parsing of a folder of mails, again and again, on one processor: beside reading the same bytes from a file, Python's <c>email</c> and GMime,
/// all in the same run and in seconds of processor time. Every parser takes a mail from memory, walks its parts and decodes their contents.
/// </summary>
public static class ParseBench
{
    private const long Least = 64L * 1024 * 1024;
    private const string Columns = "parse";
    private static readonly string Peers = Path.Combine(AppContext.BaseDirectory, "peers");

    /// <summary>Measures it.</summary>
    /// <param name="folder">Mails; those of the tests where null.</param>
    /// <param name="table">Takes the figures.</param>
    public static void Run(string? folder, Table table)
    {
        var mails = Mails(folder ?? Path.Combine(AppContext.BaseDirectory, "golden"));
        if (mails.Count == 0)
            throw new InvalidOperationException($"There is no mail in {folder}.");
        var once = mails.Sum(mail => (long)mail.Length);
        var times = (int)Math.Max(1, (Least + once - 1) / once);
        var (all, megabytes) = ((double)mails.Count * times, once * times / 1e6);
        Console.Error.WriteLine($"  {mails.Count} mails, {once / 1e6:N1} MB, {times} times");
        var file = Path.GetTempFileName();
        try
        {
            Pack(file, mails);
            var limit = megabytes / ReadFile(file, times);
            table.Add(Columns, "reading of the bytes (System.IO)", limit, "MB/s");
            var allocated = 0L;
            var ours = Measured(mails, times, bytes => Decoded(MimeReader.Read(bytes)), ref allocated);
            table.Add(Columns, "MimeReader.Read", megabytes / ours, "MB/s", limit, "MB/s of reading");
            table.Add(Columns, "MimeReader.Read", all / ours, "mails/s");
            table.Add(Columns, "allocated a mail by MimeReader.Read", allocated / all / 1e3, "kB", once / 1e3 / mails.Count, "kB of mail");
            var rounds = Math.Max(1, times / 10);
            var whole = Measured(mails, rounds, bytes => MailReading.Of(bytes, "message/rfc822").Text.Length, ref allocated);
            table.Add(Columns, "everything: reply, traits, sanitised HTML, digests", megabytes / times * rounds / whole, "MB/s", limit, "MB/s of reading");
            table.Add(Columns, "the same", mails.Count * (double)rounds / whole, "mails/s");
            Peer("GMime", Compile(), "gcc, pkg-config and libgmime-3.0-dev (apt-get install brings them)", file, times);
            Peer("Python's email", Find("python3") is { } python ? [python, Path.Combine(Peers, "email_of_python.py")] : null, "python3", file, Math.Max(1, times / 20));

            void Peer(string name, string[]? program, string need, string packed, int turns)
            {
                if (program is null)
                {
                    Console.WriteLine($"{name} is not measured: it needs {need}.");
                    return;
                }

                var said = Output(program[0], [.. program.Skip(1), packed, turns.ToString(CultureInfo.InvariantCulture)]).Split(' ');
                var seconds = double.Parse(said[0], CultureInfo.InvariantCulture) / turns * times;
                table.Add(Columns, name, megabytes / seconds, "MB/s", limit, "MB/s of reading");
                table.Add(Columns, $"MimeReader.Read as a multiple of {name}", seconds / ours, "times", target: name == "GMime" ? 0.5 : 1);
                if (said is [_, _, var failed] && failed != "0")
                    Console.WriteLine($"{name} threw at {int.Parse(failed, CultureInfo.InvariantCulture) / turns} of {mails.Count} mails.");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<byte[]> Mails(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".eml" or ".box" or ".msg").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(mail => mail.Length > 0)];

    /// <summary>Processor seconds of this process for all mails, so many times; once over before, so that the code is compiled.</summary>
    private static double Measured(List<byte[]> mails, int times, Func<byte[], long> read, ref long allocated)
    {
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < TimeSpan.FromSeconds(2))
            mails.ForEach(mail => read(mail));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var busy = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
            mails.ForEach(mail => read(mail));
        var took = Environment.CpuUsage.TotalTime - busy;
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return took.TotalSeconds;
    }

    private static long Decoded(MailMessage mail) => mail.Subject.Length + mail.Root.All().Sum(part => (long)part.Content.Length);

    private static double ReadFile(string file, int times)
    {
        var buffer = new byte[64 * 1024];
        var busy = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
        {
            using var stream = File.OpenRead(file);
            while (stream.Read(buffer) > 0)
            {
                // the bytes alone
            }
        }

        return Math.Max(0.001, (Environment.CpuUsage.TotalTime - busy).TotalSeconds);
    }

    private static void Pack(string file, List<byte[]> mails)
    {
        using var writer = new BinaryWriter(File.Create(file));
        foreach (var mail in mails)
        {
            writer.Write(mail.Length);
            writer.Write(mail);
        }
    }

    /// <summary>GMime's peer, compiled here; null where a part of it is missing.</summary>
    private static string[]? Compile()
    {
        if (Find("gcc") is not { } gcc || Find("pkg-config") is not { } config)
            return null;
        try
        {
            var program = Path.Combine(Path.GetTempPath(), $"amends-gmime-{Environment.ProcessId}");
            Output(gcc, ["-O2", "-o", program, Path.Combine(Peers, "gmime.c"), .. Output(config, ["--cflags", "--libs", "gmime-3.0"]).Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            return [program];
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string Output(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
