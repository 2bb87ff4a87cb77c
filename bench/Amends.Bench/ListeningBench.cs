using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Wording;

namespace Amends.Bench;

/// <summary>
/// How many messages a second are heard, how long a reply of 2,000 words takes to be read over, and what the model costs. On one thread, in
/// processor time, beside cutting the same texts into words; then the hints of a page of text over HTTP.
/// </summary>
public static class ListeningBench
{
    private const string Columns = "listening";
    private const int LongestShort = 200;
    private const int ReplyWords = 2_000, PageWords = 400;
    private static readonly string Texts = Path.Combine(AppContext.BaseDirectory, "listening");

    /// <summary>Measures hearing and reading over, without a program or a database.</summary>
    /// <param name="table">Takes the figures.</param>
    public static void Run(Table table)
    {
        List<string> shorts = [.. TextsOf("short-texts.jsonl").Where(text => text.Length <= LongestShort)], mails = [.. TextsOf("complaint-mails.jsonl").Chunk(2).Select(two => string.Join("\n\n", two))]; // ours are short; two together are about 150 words
        Load(table);
        Hear(table, $"messages of {shorts.Average(text => text.Length):N0} characters", shorts, 20_000);
        Hear(table, $"mails of {mails.Average(Words):N0} words", mails, 4_000);
        Lint(table, mails);
    }

    /// <summary>Measures the hints beside a reply as an agent's browser asks for them.</summary>
    public static async Task Hints(string kind, Options options, Table table)
    {
        await using var place = await Place.On(kind, options);
        await place.Prepare(_ => Task.FromResult(0));
        await place.Prepare(services => DataSet.Add(services, 50));
        place.App.Start();
        await place.App.Answers("/sign-in", TimeSpan.FromMinutes(2));
        using var browser = await Browser.SignIn(place.App.Address, DataSet.EmailOf(0), DataSet.Password);
        var page = Replies(PageWords)[0];
        Task<(HttpStatusCode, long)> Ask(Browser asks, long i) => asks.Post($"/cases/{PageBench.FirstNumber + (i % 50)}/wording", new() { ["text"] = page });
        await Amends.Bench.Load.Run([browser], Ask, TimeSpan.FromSeconds(2));
        var load = await Amends.Bench.Load.Run([browser], Ask, TimeSpan.FromSeconds(options.Seconds));
        table.Add(kind, $"hints on {PageWords} words over HTTP, p50", load.Median, "ms");
        table.Add(kind, $"hints on {PageWords} words over HTTP, p95", load.P95, "ms", target: 50, lessIsBetter: true);
        if (load.Failures > 0)
            table.Add(kind, "hints over HTTP, failed requests", load.Failures, "", target: 1, lessIsBetter: true);
    }

    private static void Load(Table table)
    {
        using var stream = typeof(Ear).Assembly.GetManifestResourceStream("Amends.Content.listening.en.model")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        UpsetModel.Read(bytes);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var model = UpsetModel.Read(bytes);
        table.Add(Columns, "reading the model", watch.Elapsed.TotalMilliseconds, "ms");
        table.Add(Columns, "the model in memory", (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6, "MB", bytes.Length / 1e6, "MB in its file");
        GC.KeepAlive(model);
    }

    private static void Hear(Table table, string what, List<string> texts, double target)
    {
        var features = new TextFeatures(Ear.English);
        var cutting = Rate(texts, text =>
        {
            features.Read(text);
            return features.Tokens.Count;
        });
        table.Add(Columns, $"{what}: cut into words", cutting, "/s a core");
        table.Add(Columns, $"{what}: heard", Rate(texts, text => (int)Ear.Shipped.HearEnglish(text).Level), "/s a core", cutting, "/s cut into words", target);
        table.Add(Columns, $"{what}: heard as a case keeps it, with language, reasons and signs", Rate(texts, text => Ear.Shipped.ToneOf(text)!.Signs.Count), "/s a core", cutting, "/s cut into words");
    }

    private static void Lint(Table table, List<string> mails)
    {
        var (pack, replies) = (PhrasePacks.Shipped("en"), Replies(ReplyWords));
        var context = new DraftContext { Names = ["Amara"], CustomerWords = mails[0], Happened = mails[1], Today = new DateOnly(2026, 11, 27) };
        var cutting = Times(replies, text => DraftText.Read(text, pack.Words).Sentences.Count);
        var lint = Times(replies, text => Domain.Wording.Lint.Read(text, context, pack).Hints.Count);
        table.Add(Columns, $"a reply of {ReplyWords} words: cut into words, p95", cutting.P95, "ms");
        table.Add(Columns, $"a reply of {ReplyWords} words: read over, p50", lint.Median, "ms", cutting.Median, "ms to cut it into words");
        table.Add(Columns, $"a reply of {ReplyWords} words: read over, p95", lint.P95, "ms", cutting.P95, "ms to cut it into words", 20, lessIsBetter: true);
    }

    /// <summary>Replies of so many words, made of our own sentences with and without faults.</summary>
    private static List<string> Replies(int words)
    {
        var sentences = Directory.EnumerateFiles(Path.Combine(Texts, "golden"), "en-*.jsonl").Order(StringComparer.Ordinal).SelectMany(TextsIn).ToList();
        List<string> replies = [];
        for (var (next, reply) = (0, 0); reply < 40; reply++)
        {
            var text = new StringBuilder("Dear Amara,\n\n");
            for (var count = 0; count < words; next++)
            {
                var sentence = sentences[next * 7 % sentences.Count];
                count += Words(sentence);
                text.Append(sentence).Append(next % 5 == 4 ? "\n\n" : " ");
            }

            replies.Add(text.ToString());
        }

        return replies;
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static IEnumerable<string> TextsOf(string file) => TextsIn(Path.Combine(Texts, file));

    private static IEnumerable<string> TextsIn(string file) => File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!);

    /// <summary>Texts a second of processor time, after two seconds to warm up.</summary>
    private static double Rate(List<string> texts, Func<string, int> work)
    {
        Warm(texts, work);
        var (count, busy, watch) = (0L, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        while (watch.Elapsed < TimeSpan.FromSeconds(2))
        {
            texts.ForEach(text => work(text));
            count += texts.Count;
        }

        return count / (Environment.CpuUsage.TotalTime - busy).TotalSeconds;
    }

    /// <summary>Milliseconds for each text, by the clock: on a busy machine p95 is that of the machine.</summary>
    private static (double Median, double P95) Times(List<string> texts, Func<string, int> work)
    {
        Warm(texts, work);
        List<double> times = [];
        for (var round = 0; round < 10; round++)
        {
            foreach (var text in texts)
            {
                var begun = Stopwatch.GetTimestamp();
                work(text);
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        times.Sort();
        return (times[times.Count / 2], times[times.Count * 95 / 100]);
    }

    private static void Warm(List<string> texts, Func<string, int> work)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(2))
            texts.ForEach(text => work(text));
    }
}
