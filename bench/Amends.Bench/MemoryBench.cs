using System.Globalization;

namespace Amends.Bench;

/// <summary>Resident memory of the program while nobody uses it, some time after an empty start and one page.</summary>
public static class MemoryBench
{
    /// <summary>Measures it.</summary>
    public static async Task Run(string kind, Options options, Table table)
    {
        await using var place = await Place.On(kind, options);
        place.App.Start();
        await place.App.Answers("/sign-in", TimeSpan.FromMinutes(2));
        await Task.Delay(TimeSpan.FromSeconds(options.Idle));
        table.Add(kind, $"resident memory {options.Idle} s after an empty start", place.App.Resident / 1e6, "MB", target: 180, lessIsBetter: true);
    }

    /// <summary>Processor time that a process has used. Unlike rates it says little about who else is on the machine.</summary>
    public static TimeSpan Processor(int process)
    {
        using var seen = System.Diagnostics.Process.GetProcessById(process);
        return seen.TotalProcessorTime;
    }
}
