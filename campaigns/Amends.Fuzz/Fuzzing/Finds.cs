using System.Diagnostics;
using System.IO.MemoryMappedFiles;

namespace Amends.Fuzz.Fuzzing;

/// <summary>What a run found: each kind of fault once, as small as it could be made, and the input at hand, which is what is left when the process dies.</summary>
internal sealed class Finds : IDisposable
{
    const int MostTries = 3000;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly string folder;
    readonly FuzzTarget target;
    readonly HashSet<string> known = [];
    readonly MemoryMappedFile file;
    readonly MemoryMappedViewAccessor view;
    readonly string atHand;

    internal Finds(string folder, FuzzTarget target, int seed)
    {
        (this.folder, this.target) = (folder, target);
        Directory.CreateDirectory(folder);
        atHand = Path.Combine(folder, $"{target.Name}-{seed}.at-hand");
        file = MemoryMappedFile.CreateFromFile(atHand, FileMode.Create, null, 4 + (2 * 1024 * 1024));
        view = file.CreateViewAccessor();
    }

    internal int Count => known.Count;

    /// <summary>Notes what is about to be read: four bytes of length and the input. It survives the process.</summary>
    internal void AtHand(byte[] input)
    {
        var length = Math.Min(input.Length, (int)view.Capacity - 4);
        view.Write(0, length);
        view.WriteArray(4, input, 0, length);
    }

    /// <summary>Makes an input that fails smaller, and writes it down unless its fault is known.</summary>
    internal async Task Add(byte[] input, Exception fault, Func<byte[], Task<int>> run)
    {
        var kind = KindOf(fault);
        if (!known.Add(kind)) return;
        var small = await Smaller(input, kind, run);
        var name = $"{target.Name}-{known.Count:d3}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(small))[..8]}";
        await File.WriteAllBytesAsync(Path.Combine(folder, name + ".bin"), small);
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".txt"), $"{kind}\n\n{fault}\n");
        await Console.Error.WriteLineAsync($"find {name}: {kind}");
    }

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
        File.Delete(atHand);
    }

    /// <summary>Faults of one type from one place are one find.</summary>
    static string KindOf(Exception fault)
    {
        var place = fault is BrokenRuleException ? "" : new StackTrace(fault).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(method => method?.DeclaringType?.Namespace?.StartsWith("Amends.Mail", StringComparison.Ordinal) == true) is { } method ? $" in {method.DeclaringType!.Name}.{method.Name}" : "";
        return $"{fault.GetType().Name}: {(fault is BrokenRuleException ? new string([.. fault.Message.Where(c => !char.IsAsciiDigit(c))]) : "")}{place}";
    }

    async Task<byte[]> Smaller(byte[] input, string kind, Func<byte[], Task<int>> run)
    {
        var watch = Stopwatch.StartNew();
        var tries = 0;
        for (var step = Math.Max(1, input.Length / 2); step > 0; step /= 2)
        {
            for (var at = 0; at < input.Length && tries < MostTries && watch.Elapsed < Patience;)
            {
                byte[] without = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(at + step, input.Length))];
                tries++;
                if (await Fails(without)) input = without;
                else at += step;
            }
        }
        return input;

        async Task<bool> Fails(byte[] bytes)
        {
            try
            {
                await run(bytes);
                return false;
            }
            catch (Exception fault)
            {
                return KindOf(fault) == kind;
            }
        }
    }
}
