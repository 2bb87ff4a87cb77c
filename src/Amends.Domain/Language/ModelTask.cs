namespace Amends.Domain.Language;

/// <summary>What a language model can be asked for. Each answer is a draft that a person takes or throws away; none decides anything.</summary>
public enum ModelTask
{
    /// <summary>A draft of the three lines of a summary.</summary>
    Summary = 1,

    /// <summary>A reply, said more calmly.</summary>
    Calmer,

    /// <summary>A reply, said more plainly.</summary>
    Plainer,

    /// <summary>A customer's message in another language.</summary>
    Translation,

    /// <summary>What a long or an abusive message is about, without heat.</summary>
    Gist,
}

/// <summary>What is switched on by itself.</summary>
public enum ModelFeature
{
    /// <summary>Draft summaries.</summary>
    Summary = 1,

    /// <summary>Replies said more calmly or more plainly.</summary>
    Rewrite,

    /// <summary>Translations.</summary>
    Translation,

    /// <summary>Neutral gists.</summary>
    Gist,
}

/// <summary>What tasks need and belong to.</summary>
public static class ModelTasks
{
    /// <summary>Languages that a message can be put into: a tag and its name in English.</summary>
    public static IReadOnlyList<(string Tag, string Name)> Languages { get; } =
    [
        ("en", "English"), ("de", "German"), ("fr", "French"), ("es", "Spanish"), ("it", "Italian"), ("nl", "Dutch"), ("pl", "Polish"), ("pt", "Portuguese"), ("cs", "Czech"), ("da", "Danish"), ("sv", "Swedish"), ("tr", "Turkish"), ("uk", "Ukrainian"),
    ];

    /// <summary>The switch that a task hangs on.</summary>
    public static ModelFeature FeatureOf(ModelTask task) => task switch
    {
        ModelTask.Summary => ModelFeature.Summary,
        ModelTask.Calmer or ModelTask.Plainer => ModelFeature.Rewrite,
        ModelTask.Translation => ModelFeature.Translation,
        _ => ModelFeature.Gist,
    };

    /// <summary>It works on a text that one of us writes.</summary>
    public static bool IsOfDraft(ModelTask task) => task is ModelTask.Calmer or ModelTask.Plainer;

    /// <summary>It works on one message of the customer.</summary>
    public static bool IsOfMessage(ModelTask task) => task is ModelTask.Translation or ModelTask.Gist;
}
