using Amends.Data;
using Amends.Domain.Listening.Emotion;

namespace Amends.Commands.Listening;

/// <summary><c>amends listening train</c>: makes the model file from labelled texts; the same texts make the same bytes.</summary>
public static class ListeningTrain
{
    /// <summary>Trains on what is not held back, and writes the model.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        if (line.Option("--data") is not { } folder || line.Option("--out") is not { } to)
            return CommandLine.Wrong;
        var data = ListeningData.Read(folder, line.Option("--own"));
        List<UpsetExample> examples = [.. data.Training];
        IReadOnlyList<UpsetExample> corrections = line.Option("--corrections") is { } file ? ListeningData.Corrections(file) : [];
        examples.AddRange(corrections);
        var model = UpsetTraining.Train(examples, Ear.English);
        await File.WriteAllBytesAsync(to, model.Write());
        await new ModelCard(TimeProvider.System.GetUtcNow(), examples.Count, corrections.Count, ListeningData.OfCorrections).Write(to);
        Console.WriteLine($"{to}: learnt from {examples.Count} texts{(corrections.Count > 0 ? $", {corrections.Count} of them read here (a mistake on one costs {ListeningData.OfCorrections} times that on a comment)" : "")}, {new FileInfo(to).Length} bytes. Measure it: amends listening evaluate --model {to}. To hear with it, put it and its card at {OwnModel.PathIn(line.Surroundings.Data)} and start Amends anew.");
        return 0;
    }
}
