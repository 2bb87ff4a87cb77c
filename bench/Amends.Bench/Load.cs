using System.Diagnostics;
using System.Net;

namespace Amends.Bench;

/// <summary>What came of asking again and again for a while, each browser one request at a time.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="Median">Milliseconds.</param>
/// <param name="P95">Milliseconds that 95 of 100 answers stay below.</param>
/// <param name="Failures">Answers with a status of 400 or more.</param>
public sealed record Load(double Rate, double Median, double P95, int Failures)
{
    private static long _asked; // every request of this run is about another case

    /// <summary>Asks for this long.</summary>
    public static async Task<Load> Run(IEnumerable<Browser> browsers, Func<Browser, long, Task<(HttpStatusCode, long)>> ask, TimeSpan length)
    {
        var failures = 0;
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(browsers.Select(browser => Task.Run(async () =>
        {
            var own = new List<double>();
            while (watch.Elapsed < length)
            {
                var begun = Stopwatch.GetTimestamp();
                var (status, _) = await ask(browser, Interlocked.Increment(ref _asked));
                own.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                if ((int)status >= 400)
                    Interlocked.Increment(ref failures);
            }

            return own;
        })));
        var took = watch.Elapsed.TotalSeconds;
        var all = times.SelectMany(each => each).Order().ToArray();
        return new Load(all.Length / took, all[all.Length / 2], all[(int)(all.Length * 0.95)], failures);
    }
}
