using System.Diagnostics;

namespace Amends.Bench;

/// <summary>From the start of the process to the first page that a person sees, the sign-in.</summary>
public static class StartBench
{
    private const int Times = 5;

    /// <summary>Measures the very first start, which makes the schema, and the median of five later ones.</summary>
    public static async Task Run(string kind, Options options, Table table)
    {
        await using var place = await Place.On(kind, options);
        table.Add(kind, "first start, schema made, to the first page", await Once(place), "s");
        var later = new List<double>();
        for (var i = 0; i < Times; i++)
            later.Add(await Once(place));
        table.Add(kind, $"start to the first page, median of {Times}", later.Order().ElementAt(Times / 2), "s", target: 2, lessIsBetter: true);
    }

    private static async Task<double> Once(Place place)
    {
        var watch = Stopwatch.StartNew();
        place.App.Start();
        await place.App.Answers("/sign-in", TimeSpan.FromMinutes(2));
        var took = watch.Elapsed.TotalSeconds;
        await place.App.Kill();
        return took;
    }
}
