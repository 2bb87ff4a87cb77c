using Amends.Campaigns;

namespace Amends.Bench;

/// <summary>What to measure, and how much of it.</summary>
public sealed record Options
{
    /// <summary>What can be measured alone.</summary>
    public static readonly string[] Names = ["mail", "parse", "pages", "start", "memory", "recovery", "listening", "insight", "dictionary"];

    /// <summary>One of <see cref="Names"/>, or <c>null</c> for all.</summary>
    public string? Name { get; init; }

    /// <summary>The databases, <c>sqlite</c> and <c>postgres</c>.</summary>
    public string[] Kinds { get; init; } = ["sqlite", "postgres"];

    /// <summary>Cases behind the pages; each has five messages.</summary>
    public int Cases { get; init; } = 10_000;

    /// <summary>Cases behind the reports when the command line says how many; <c>null</c> for a million.</summary>
    public int? CasesIfGiven { get; init; }

    /// <summary>Mails through the intake.</summary>
    public int Mails { get; init; } = 4_000;

    /// <summary>Open cases that are woken and shown on boards.</summary>
    public int Sleepers { get; init; } = 100_000;

    /// <summary>Connections that mails come over.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>Seconds for each page at each concurrency.</summary>
    public int Seconds { get; init; } = 5;

    /// <summary>Seconds after an empty start until memory is read.</summary>
    public int Idle { get; init; } = 60;

    /// <summary>A folder of mails to parse; <c>null</c> for those of the tests.</summary>
    public string? Corpora { get; init; }

    /// <summary>Reports whose address holds this alone; <c>null</c> for all.</summary>
    public string? Pages { get; init; }

    /// <summary>A folder in which the SQLite database of the reports stays for the next measurement; <c>null</c> for one that goes with this.</summary>
    public string? Keep { get; init; }

    /// <summary>A PostgreSQL database of the reports that is there and stays; <c>null</c> for one that is made and goes with this.</summary>
    public string? On { get; init; }

    /// <summary>The program that is measured.</summary>
    public string Program { get; init; } = RunningAmends.Built;

    /// <summary>Whether this is to be measured.</summary>
    public bool Wants(string name) => Name is null || Name == name;

    /// <summary>Reads the command line; says what is wrong with it and returns <c>null</c> when it cannot be used.</summary>
    public static Options? Read(string[] args)
    {
        var options = new Options();
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var number = int.TryParse(value, out var parsed) && parsed > 0 ? parsed : 0;
            Options? next = args[i] switch
            {
                _ when Names.Contains(args[i]) => options with { Name = args[i] },
                "--database" when value is "sqlite" or "postgres" => options with { Kinds = [value] },
                "--database" when value == "both" => options,
                "--cases" when number > 0 => options with { Cases = number, CasesIfGiven = number },
                "--mails" when number > 0 => options with { Mails = number },
                "--sleepers" when number > 0 => options with { Sleepers = number },
                "--connections" when number > 0 => options with { Connections = number },
                "--seconds" when number > 0 => options with { Seconds = number },
                "--idle" when number > 0 => options with { Idle = number },
                "--corpora" when Directory.Exists(value) => options with { Corpora = value },
                "--pages" when value.Length > 0 => options with { Pages = value },
                "--keep" when value.Length > 0 => options with { Keep = Path.GetFullPath(value) },
                "--on" when value.StartsWith("postgres://", StringComparison.Ordinal) => options with { On = value },
                "--program" when value.Length > 0 => options with { Program = Path.GetFullPath(value) },
                _ => null,
            };
            if (next is null)
            {
                Console.Error.WriteLine($"bin/bench: what is {args[i]} {value}? It takes {string.Join(", ", Names)}, --database sqlite|postgres|both, --cases, --mails, --sleepers, --connections, --seconds, --idle (numbers), --corpora FOLDER, --program FILE, --pages WORD, --keep FOLDER, --on postgres://… (insight)");
                return null;
            }

            options = next;
            if (args[i].StartsWith("--", StringComparison.Ordinal))
                i++;
        }

        return options;
    }

    /// <summary>The machine's load over the last minute: above the number of processors, figures say less about us.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
