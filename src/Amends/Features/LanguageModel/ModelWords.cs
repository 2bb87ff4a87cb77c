using System.Globalization;
using Amends.Data;
using Amends.Domain.Language;

namespace Amends.Features.LanguageModel;

/// <summary>Tasks and outcomes in words.</summary>
public static class ModelWords
{
    /// <summary>What a task is called.</summary>
    public static string Of(ModelTask task) => task switch
    {
        ModelTask.Summary => "Draft the summary",
        ModelTask.Calmer => "Say the reply more calmly",
        ModelTask.Plainer => "Say the reply more plainly",
        ModelTask.Translation => "Translate a message",
        _ => "A neutral gist of a message",
    };

    /// <summary>What a switch is called, and what it is for.</summary>
    public static (string Title, string What) Of(ModelFeature feature) => feature switch
    {
        ModelFeature.Summary => ("Draft summaries", "The three lines, in the customer's own sentences; whatever is not in their words is marked."),
        ModelFeature.Rewrite => ("Say a reply more calmly or plainly", "A person's own draft, said otherwise, read over by our rules before it is offered."),
        ModelFeature.Translation => ("Translate a message", "A customer's message in a language that its reader knows."),
        _ => ("A neutral gist", "What a long or an insulting message is about. Threats and danger stay in it."),
    };

    /// <summary>What became of a call.</summary>
    public static string Of(ModelOutcome outcome) => outcome switch
    {
        ModelOutcome.Running => "on its way", ModelOutcome.Answered => "answered", ModelOutcome.Refused => "refused", ModelOutcome.TimedOut => "took too long", ModelOutcome.OverCeiling => "over the ceiling", ModelOutcome.Left => "the person left", _ => "failed",
    };

    /// <summary>The tone of a chip for it.</summary>
    public static string Tone(ModelOutcome outcome) => outcome switch { ModelOutcome.Answered => "green", ModelOutcome.Running => "", ModelOutcome.OverCeiling or ModelOutcome.Left => "amber", _ => "red" };

    /// <summary>What the person did with it.</summary>
    public static string Decided(ModelCall call) => call.Decision switch { 1 => "taken", 2 => "thrown away", _ => call.How == ModelOutcome.Answered ? "not decided" : "" };

    /// <summary>The name of a language by its tag.</summary>
    public static string Language(string? tag) => ModelTasks.Languages.FirstOrDefault(each => each.Tag == tag).Name ?? tag ?? "";

    /// <summary>The first line of a note that an answer becomes.</summary>
    public static string Heading(ModelCall call) =>
        call.What == ModelTask.Translation ? $"Translation into {Language(call.IntoLanguage)} by a language model ({call.Model}), not by a person:" : $"Gist by a language model ({call.Model}), not by a person:";

    /// <summary>A number with its thousands.</summary>
    public static string Figure(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
