using System.Diagnostics;
using System.Globalization;
using Amends.Fuzz.Fuzzing;

namespace Amends.Fuzz;

/// <summary><c>bin/campaign fuzz [--kind mime|headers|imap|smtp|html|all] [--inputs N] [--seconds N] [--seed N] [--out FOLDER]</c></summary>
public static class FuzzCommand
{
    const long MostMemory = 512L * 1024 * 1024;

    /// <summary>Runs it.</summary>
    /// <returns>0 where nothing was found, 1 for finds, 2 for a command line that means nothing.</returns>
    public static async Task<int> Run(string[] args)
    {
        var (kinds, plan) = (Targets.Kinds, new FuzzPlan(100_000, 20_261_126, null, Path.Combine("artifacts", "fuzz")));
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var number = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed : 0;
            switch (args[i])
            {
                case "--kind" when value == "all": break;
                case "--kind" when Targets.Kinds.Contains(value): kinds = [value]; break;
                case "--inputs" when number > 0: plan = plan with { Inputs = number }; break;
                case "--seconds" when number > 0: plan = plan with { Time = TimeSpan.FromSeconds(number), Inputs = plan.Inputs == 100_000 ? long.MaxValue : plan.Inputs }; break;
                case "--seed" when number is > 0 and < int.MaxValue: plan = plan with { Seed = (int)number }; break;
                case "--out" when value.Length > 0: plan = plan with { Folder = value }; break;
                default:
                    await Console.Error.WriteLineAsync($"bin/campaign fuzz: what is {args[i]} {value}? It takes --kind {string.Join('|', Targets.Kinds)}|all, --inputs, --seconds, --seed (numbers), --out FOLDER");
                    return 2;
            }
        }
        var finds = 0;
        foreach (var kind in kinds)
        {
            var targets = Targets.Of(kind).ToList();
            foreach (var target in targets)
            {
                await using (target)
                {
                    var share = plan with { Inputs = plan.Inputs == long.MaxValue ? long.MaxValue : plan.Inputs / targets.Count, Time = plan.Time / targets.Count };
                    var result = await new Fuzzer(target, share).Run(Console.Error.WriteLine);
                    finds += result.Finds;
                    Console.WriteLine($"{result}, seed {plan.Seed}, most memory {Peak() / 1e6:N0} MB");
                }
            }
        }
        if (Peak() > MostMemory)
        {
            Console.WriteLine($"The process took {Peak() / 1e6:N0} MB, where {MostMemory / 1e6:N0} are allowed.");
            return 1;
        }
        if (finds > 0) Console.WriteLine($"{finds} finds are in {plan.Folder}; bin/campaign replay KIND FILE reads one again.");
        return finds > 0 ? 1 : 0;
    }

    /// <summary>Reads finds again: the target's name and files.</summary>
    public static async Task<int> Replay(string[] args)
    {
        var target = Targets.Kinds.SelectMany(Targets.Of).FirstOrDefault(one => args.Length > 1 && one.Name == args[0]);
        if (target is null)
        {
            await Console.Error.WriteLineAsync($"bin/campaign replay KIND FILE…; kinds are {string.Join(", ", Targets.Kinds.SelectMany(Targets.Of).Select(one => one.Name))}");
            return 2;
        }
        var failed = 0;
        await using (target)
        {
            foreach (var file in args.Skip(1))
            {
                var bytes = await File.ReadAllBytesAsync(file);
                // What a dead process leaves behind is longer than the input and says how long it is.
                if (file.EndsWith(".at-hand", StringComparison.Ordinal)) bytes = bytes[4..(4 + BitConverter.ToInt32(bytes))];
                try
                {
                    await new Fuzzer(target, new FuzzPlan(1, 1)).Timed(bytes);
                    Console.WriteLine($"{file}: nothing");
                }
                catch (Exception fault)
                {
                    failed++;
                    Console.WriteLine($"{file}: {fault}");
                }
            }
        }
        return failed > 0 ? 1 : 0;
    }

    /// <summary>The most resident memory of this process so far, in bytes.</summary>
    static long Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
