namespace Amends.Data;

/// <summary>A setting that stops the start, named in one sentence.</summary>
public sealed class BadSetting(string name, string why) : Exception($"{name} {why}.");
