using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amends.Fuzz.Fuzzing;
using Amends.Fuzz.Rendering;
using Amends.Mail.Html;
using Amends.Mail.Mime;

namespace Amends.Fuzz;

/// <summary><c>bin/campaign render [--corpora FOLDER] [--mutated N] [--seed N]</c>: sanitised HTML in a real Chromium.</summary>
public static class RenderCommand
{
    const int AtOnce = 2000;

    /// <summary>Runs it.</summary>
    /// <returns>0 where nothing ran and nothing was asked for, 1 where something was, 2 for a command line that means nothing.</returns>
    public static async Task<int> Run(string[] args)
    {
        var (corpora, mutated, seed) = ((string?)null, 20_000, 20_261_126);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (args[i])
            {
                case "--corpora" when Directory.Exists(value): corpora = value; break;
                case "--mutated" when isNumber: mutated = number; break;
                case "--seed" when isNumber: seed = number; break;
                default:
                    await Console.Error.WriteLineAsync($"bin/campaign render: what is {args[i]} {value}? It takes --corpora FOLDER (mails and lines of JSON with an input), --mutated, --seed (numbers)");
                    return 2;
            }
        }
        if (Chromium.Program is not { } chromium)
        {
            await Console.Error.WriteLineAsync("There is no Chromium; apt-get install chromium-headless-shell brings one.");
            return 1;
        }
        if (!await CanSee(chromium)) return 1;

        var inputs = Attacks.Scripts.Concat(Attacks.Requests).ToList();
        if (corpora is not null) inputs.AddRange(OfFolder(corpora));
        Console.WriteLine($"{inputs.Count:N0} pieces of HTML, and {mutated:N0} made of them by mutation, seed {seed}");
        var watch = Stopwatch.StartNew();
        var (shown, scripts, requests) = (0, 0, 0);
        foreach (var some in inputs.Concat(Mutated(inputs, mutated, seed)).Select(Clean).Chunk(AtOnce))
        {
            var seen = await Watch.Show(chromium, some, TimeSpan.FromMinutes(20));
            shown += seen.Shown;
            scripts += seen.Scripts.Count;
            requests += seen.Requests.Count;
            foreach (var what in seen.Scripts.Concat(seen.Requests).Take(10)) Console.WriteLine("  " + what + Piece(some, what));
            await Console.Error.WriteLineAsync($"  {shown:N0} shown, {watch.Elapsed.TotalSeconds:N0} s");
        }
        var all = inputs.Count + mutated;
        Console.WriteLine($"sanitised: {shown:N0} of {all:N0} shown, {scripts} scripts, {requests} requests, {watch.Elapsed.TotalSeconds:N0} s");
        return scripts + requests == 0 && shown == all ? 0 : 1;
    }

    /// <summary>Whether a script that runs and a request that goes out would be noticed: each attack must be, unsanitised.</summary>
    static async Task<bool> CanSee(string chromium)
    {
        var scripts = (await Watch.Show(chromium, Attacks.Scripts, TimeSpan.FromMinutes(2))).Running;
        // Each asks for something else.
        var requests = (await Watch.Show(chromium, Attacks.Requests, TimeSpan.FromMinutes(2))).Requests.Distinct().Count();
        Console.WriteLine($"unsanitised: {scripts} of {Attacks.Scripts.Length} attacks seen to run, {requests} of {Attacks.Requests.Length} seen to ask the network");
        return scripts == Attacks.Scripts.Length && requests == Attacks.Requests.Length;
    }

    static string Clean(string html) => MailHtml.Clean(html).Html;

    static string Piece(string[] some, string what) =>
        what.Split('/') is [_, "doc", var rest, ..] && int.TryParse(rest.Split(' ')[0], CultureInfo.InvariantCulture, out var at) && at < some.Length ? "\n    " + (some[at].Length > 400 ? some[at][..400] : some[at]) : "";

    static IEnumerable<string> Mutated(List<string> inputs, int count, int seed)
    {
        var random = new Random(seed);
        var mutator = new Mutator(random, HtmlGrammar.Pieces, 32 * 1024);
        var bytes = inputs.Where(input => input.Length < 20_000).Select(Encoding.UTF8.GetBytes).ToList();
        for (var i = 0; i < count; i++)
        {
            var from = random.Next(4) == 0 ? Encoding.UTF8.GetBytes(new HtmlGrammar(random).Document()) : bytes[random.Next(bytes.Count)];
            yield return Encoding.UTF8.GetString(mutator.Mutate(from, bytes[random.Next(bytes.Count)]));
        }
    }

    /// <summary>All HTML of a folder: of mails, of HTML files, and of lines of JSON that have an <c>input</c>.</summary>
    static IEnumerable<string> OfFolder(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(file => new FileInfo(file).Length is > 0 and < 20_000_000))
        {
            if (file.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                foreach (var line in File.ReadLines(file).Where(line => line.StartsWith("{", StringComparison.Ordinal)))
                {
                    using var entry = JsonDocument.Parse(line);
                    if (entry.RootElement.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.String && input.GetString() is { Length: > 0 } text && text.Contains('<', StringComparison.Ordinal)) yield return text;
                }
            }
            else if (file.EndsWith(".html", StringComparison.Ordinal) || file.EndsWith(".htm", StringComparison.Ordinal)) yield return File.ReadAllText(file);
            else if (Html(MimeReader.Read(File.ReadAllBytes(file))) is { } html) yield return html;
        }
    }

    static string? Html(MailMessage mail) => mail.Html is { Length: > 0 } html ? html : null;
}
