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
        if (line.Option("--corrections") is { } corrections)
            examples.AddRange(ListeningData.Labelled(corrections).Select(each => each.Example));
        var model = UpsetTraining.Train(examples, Ear.English);
        await File.WriteAllBytesAsync(to, model.Write());
        Console.WriteLine($"{to}: learnt from {examples.Count} texts, {new FileInfo(to).Length} bytes. Measure it: amends listening evaluate --model {to}");
        return 0;
    }
}
