using System.Reflection;
using Amends.Domain.Language;

namespace Amends.Data;

/// <summary>The prompts that ship, one a task.</summary>
public static class ModelPrompts
{
    private static readonly Lazy<Dictionary<ModelTask, ModelPrompt>> All = new(() => Enum.GetValues<ModelTask>().ToDictionary(task => task, task => ModelPrompt.Read(File(task))));

    /// <summary>What a model is told for a task.</summary>
    public static ModelPrompt Of(ModelTask task) => All.Value[task];

    private static string File(ModelTask task)
    {
        var name = $"Amends.Content.language-model.{task.ToString().ToLowerInvariant()}.json";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
