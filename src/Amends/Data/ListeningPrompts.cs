namespace Amends.Data;

/// <summary>What helps to listen actively: open, say it back, ask how it felt, check.</summary>
public static class ListeningPrompts
{
    private static readonly Lazy<IReadOnlyList<Prompt>> Loaded = new(() => Content.Read<List<Prompt>>("prompts.json"));

    /// <summary>All of them, in the order in which they help.</summary>
    public static IReadOnlyList<Prompt> All => Loaded.Value;

    /// <summary>One thing that a listener does.</summary>
    /// <param name="What">What they do, in a word or two.</param>
    /// <param name="Words">How it may sound.</param>
    public sealed record Prompt(string What, IReadOnlyList<string> Words);
}
