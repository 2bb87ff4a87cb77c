using Amends.Data;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.Statistics;

namespace Amends.Commands.Listening;

/// <summary>
/// <c>amends listening evaluate</c>: how well the training hears. Without <c>--model</c> it cross-validates: it trains five
/// times, each time without a fifth of the comments and requests, and scores that fifth; sets that are never learnt from
/// and the held half of our own are scored by the first of the five.
/// </summary>
public static class ListeningEvaluate
{
    private const int Folds = 5;

    /// <summary>Prints the figures, a line each.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        if (line.Option("--data") is not { } folder)
            return CommandLine.Wrong;
        var data = ListeningData.Read(folder, line.Option("--own"));
        if (line.Option("--model") is { } file)
        {
            Console.WriteLine("A model that learnt from the comments and requests cannot be measured on them; the rest:");
            PrintOthers(data, new Ear(UpsetModel.Read(await File.ReadAllBytesAsync(file))));
            return 0;
        }

        var (comments, requests) = (new List<Scored>(), new List<Scored>());
        for (var fold = 0; fold < Folds; fold++)
        {
            Console.Error.WriteLine($"training {fold + 1} of {Folds} …");
            var ear = new Ear(UpsetTraining.Train([.. Without(data.Comments, fold), .. Without(data.Requests, fold), .. data.Ours.Where(each => !each.IsHeld).Select(each => each.Example)], Ear.English));
            comments.AddRange(Of(data.Comments, fold).Select(each => new Scored(each, ear.HearEnglish(each.Example.Text))));
            requests.AddRange(Of(data.Requests, fold).Select(each => new Scored(each, ear.HearEnglish(each.Example.Text))));
            if (fold == 0)
                PrintOthers(data, ear);
        }

        Print("comments, angry", comments, each => each.Angry, each => each.Angry >= 0.5f, each => each.Example.Angry == true);
        Print("comments, upset", comments, each => each.Score, IsUpset, each => each.Example.Upset == true);
        Console.WriteLine($"calm requests: {requests.Count}, annoyed or worse {Share(requests, UpsetLevel.Annoyed):P2}, upset or worse {Share(requests, UpsetLevel.Upset):P2}");
        return 0;
    }

    private static IEnumerable<UpsetExample> Without(IReadOnlyList<ListeningData.Sample> samples, int fold) => samples.Where((_, i) => i % Folds != fold).Select(each => each.Example);

    private static IEnumerable<ListeningData.Sample> Of(IReadOnlyList<ListeningData.Sample> samples, int fold) => samples.Where((_, i) => i % Folds == fold);

    private static bool IsUpset(UpsetScore score) => score.Level >= UpsetLevel.Annoyed;

    private static double Share(List<Scored> scored, UpsetLevel from) => scored.Count == 0 ? 0 : (double)scored.Count(each => each.Score.Level >= from) / scored.Count;

    private static void PrintOthers(ListeningData data, Ear ear)
    {
        foreach (var (name, samples) in data.Others)
        {
            var scored = samples.Select(each => new Scored(each, ear.HearEnglish(each.Example.Text))).ToList();
            Print(name, scored, each => each.Score, IsUpset, each => each.Example.Upset == true);
            var graded = scored.Where(each => each.Sample.Level is not null).ToList();
            if (graded.Count > 1)
            {
                double[] ours = [.. graded.Select(each => (double)each.Score.Score)], theirs = [.. graded.Select(each => each.Sample.Level!.Value)];
                Console.WriteLine($"  how much: Pearson {BinaryScores.Correlation(ours, theirs):0.0000} Spearman {BinaryScores.Correlation(BinaryScores.Ranks(ours), BinaryScores.Ranks(theirs)):0.0000}");
            }
        }

        PrintOurs("our own, held half", [.. data.Ours.Where(each => each.IsHeld).Select(each => new Scored(each, ear.HearEnglish(each.Example.Text)))]);
        foreach (var (language, samples) in data.OtherLanguages)
            PrintByWords(language, samples.Count, [.. samples.Select(each => (each, ear.Hear(each.Example.Text))).Where(each => each.Item2.Language == language).Select(each => new Scored(each.each, new UpsetScore(each.Item2.Score, each.Item2.Angry, each.Item2.Level)))]);
    }

    // What the list of words of another language hears in the mails that are told as its language.
    private static void PrintByWords(string language, int count, List<Scored> told)
    {
        if (told.Count == 0)
            return;
        var calm = told.Where(each => each.Sample.Example.Level == UpsetLevel.Calm).ToList();
        Console.WriteLine($"by words, {language}: n {count}, told as {language} {told.Count}, upset or worse AUC {BinaryScores.AreaUnderCurve(told.ConvertAll(each => ((double)each.Score.Score, each.Sample.Example.Level >= UpsetLevel.Upset))):0.000}, the same level {told.Average(each => Distance(each) == 0 ? 1.0 : 0):P0}, one level off at the most {told.Average(each => Distance(each) <= 1 ? 1.0 : 0):P0}, calm ({calm.Count}) heard as upset {Share(calm, UpsetLevel.Upset):P0}");
    }

    private static void PrintOurs(string name, List<Scored> ours)
    {
        if (ours.Count == 0)
            return;
        Print($"{name}, upset or worse", ours, each => each.Score, each => each.Level >= UpsetLevel.Upset, each => each.Example.Level >= UpsetLevel.Upset);
        Print($"{name}, annoyed or worse", ours, each => each.Score, IsUpset, each => each.Example.Level >= UpsetLevel.Annoyed);
        Print($"{name}, by length alone", [.. ours.Select(each => each with { Score = new UpsetScore(each.Sample.Example.Text.Length / 2000f, 0, 0) })], each => each.Score, _ => true, each => each.Example.Level >= UpsetLevel.Upset);
        Console.WriteLine($"  the same level {ours.Average(each => Distance(each) == 0 ? 1.0 : 0):P1}, one level off at the most {ours.Average(each => Distance(each) <= 1 ? 1.0 : 0):P1}");
        foreach (var level in Enum.GetValues<UpsetLevel>())
            Console.WriteLine($"  labelled {level.Code(),-10} heard as {string.Join(", ", Enum.GetValues<UpsetLevel>().Select(heard => $"{heard.Code()} {ours.Count(each => each.Sample.Example.Level == level && each.Score.Level == heard)}"))}");
    }

    private static int Distance(Scored each) => Math.Abs((int)each.Score.Level - (int)each.Sample.Example.Level!.Value);

    private static void Print(string name, List<Scored> scored, Func<UpsetScore, double> score, Func<UpsetScore, bool> says, Func<ListeningData.Sample, bool> was)
    {
        var ranked = scored.ConvertAll(each => (score(each.Score), was(each.Sample)));
        var confusion = Confusion.Of(scored.ConvertAll(each => (says(each.Score), was(each.Sample))));
        Console.WriteLine($"{name}: n {scored.Count} positives {ranked.Count(each => each.Item2)} accuracy {confusion.Accuracy:0.0000} precision {confusion.Precision:0.0000} recall {confusion.Recall:0.0000} F1 {confusion.F1:0.0000} macroF1 {confusion.MacroF1:0.0000} AUC {BinaryScores.AreaUnderCurve(ranked):0.0000} AP {BinaryScores.AveragePrecision(ranked):0.0000}");
    }

    private sealed record Scored(ListeningData.Sample Sample, UpsetScore Score);
}
