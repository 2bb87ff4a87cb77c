using System.Diagnostics;

namespace Amends.Fuzz.Fuzzing;

/// <summary>How far to go.</summary>
/// <param name="Inputs">Most inputs.</param>
/// <param name="Seed">The same seed makes the same inputs, as long as the library answers the same.</param>
/// <param name="Time">Ends the run earlier; null does not.</param>
/// <param name="Folder">Where finds and the input at hand are written; null throws the first find.</param>
/// <param name="Slack">What the time limit is multiplied with: more than 1 for a build that is not optimised.</param>
public sealed record FuzzPlan(long Inputs, int Seed, TimeSpan? Time = null, string? Folder = null, double Slack = 1);

/// <summary>What a run saw.</summary>
public sealed record FuzzResult(string Name, long Inputs, long Bytes, TimeSpan Took, int Shapes, int Finds, TimeSpan Slowest, int SlowestBytes)
{
    /// <summary>In one line.</summary>
    public override string ToString() =>
        $"{Name}: {Inputs:N0} inputs, {Bytes / 1e6:N0} MB, {Took.TotalSeconds:N0} s, {Inputs / Math.Max(0.001, Took.TotalSeconds):N0}/s, {Shapes:N0} shapes of outcome, slowest {Slowest.TotalMilliseconds:N0} ms for {SlowestBytes:N0} bytes, {Finds} finds";
}

/// <summary>
/// Makes inputs by grammar and by mutation. There is no instrumentation, so it is not guided by coverage; what guides it is the
/// outcome: an input whose shape of outcome (repairs, structure, answers, failures) is new joins the pool that is mutated.
/// </summary>
public sealed class Fuzzer(FuzzTarget target, FuzzPlan plan)
{
    const int MostKept = 5000;
    const int LongestKept = 16 * 1024;
    static readonly TimeSpan MostWaiting = TimeSpan.FromSeconds(3);

    readonly Random random = new(plan.Seed);
    readonly HashSet<int> shapes = [];
    readonly List<byte[]> pool = [];
    TimeSpan slowest;
    int slowestBytes;

    /// <summary>Goes on until the plan's end.</summary>
    /// <param name="tell">Takes a line about every ten seconds; null for none.</param>
    public async Task<FuzzResult> Run(Action<string>? tell = null)
    {
        var mutator = new Mutator(random, target.Pieces, target.Longest);
        using var finds = plan.Folder is null ? null : new Finds(plan.Folder, target, plan.Seed);
        pool.AddRange(target.Seeds);
        for (var i = 0; i < 20; i++) pool.Add(target.Generate(random));
        var watch = Stopwatch.StartNew();
        var told = TimeSpan.Zero;
        long inputs = 0, bytes = 0;
        for (; inputs < plan.Inputs && !(watch.Elapsed > plan.Time); inputs++)
        {
            var input = inputs < pool.Count && inputs < 1000 ? pool[(int)inputs]
                : random.Next(5) == 0 ? target.Generate(random)
                : mutator.Mutate(pool[random.Next(pool.Count)], pool[random.Next(pool.Count)]);
            bytes += input.Length;
            finds?.AtHand(input);
            try
            {
                Keep(input, await Timed(input));
            }
            catch (Exception fault) when (finds is not null)
            {
                await finds.Add(input, fault, Timed);
            }
            if (tell is not null && watch.Elapsed - told > TimeSpan.FromSeconds(10)) (told, _) = (watch.Elapsed, Told());
        }
        return Result();

        FuzzResult Result() => new(target.Name, inputs, bytes, watch.Elapsed, shapes.Count, finds?.Count ?? 0, slowest, slowestBytes);

        bool Told()
        {
            tell(Result().ToString());
            return true;
        }
    }

    /// <summary>Reads one input within its time: a second a megabyte. The machine is shared, so one that seems slow is read thrice more, and the quickest counts.</summary>
    public async Task<int> Timed(byte[] input)
    {
        var limit = (target.Grace + TimeSpan.FromSeconds(target.Readings * input.Length / 1e6)) * plan.Slack;
        var (shape, took) = await Once(input);
        for (var again = 0; again < 3 && took > limit; again++)
        {
            var (_, once) = await Once(input);
            took = once < took ? once : took;
        }
        if (took > slowest) (slowest, slowestBytes) = (took, input.Length);
        return took <= limit ? shape : throw new BrokenRuleException($"slow: {took.TotalMilliseconds:N0} ms for {input.Length:N0} bytes, where {limit.TotalMilliseconds:N0} are allowed");
    }

    async Task<(int Shape, TimeSpan Took)> Once(byte[] input)
    {
        var begun = Stopwatch.GetTimestamp();
        var busy = Environment.CpuUsage.TotalTime;
        var shape = await target.Run(input);
        var took = Stopwatch.GetElapsedTime(begun);
        busy = Environment.CpuUsage.TotalTime - busy;
        // A conversation may be kept waiting by a processor that is busy elsewhere, but not for long.
        if (target.Waits) return (shape, busy > took - MostWaiting ? busy : took - MostWaiting);
        // The processor is shared with others, and the process with other tests: whichever says less is nearer to the truth.
        return (shape, busy < took ? busy : took);
    }

    void Keep(byte[] input, int shape)
    {
        if (!shapes.Add(shape) || input.Length > LongestKept) return;
        if (pool.Count < MostKept) pool.Add(input);
        else pool[random.Next(pool.Count)] = input;
    }
}
