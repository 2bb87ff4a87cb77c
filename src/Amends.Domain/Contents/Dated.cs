namespace Amends.Domain.Contents;

/// <summary>A version of something that was written down: it holds from a day on, and is never changed.</summary>
public interface IDated
{
    /// <summary>A word that stays from version to version.</summary>
    string Key { get; }

    /// <summary>Counts up.</summary>
    int Version { get; }

    /// <summary>The first day, at the desk.</summary>
    DateOnly EffectiveFrom { get; }

    /// <summary>The last day; <c>null</c> until another version begins.</summary>
    DateOnly? EffectiveUntil { get; }
}

/// <summary>What holds on a day.</summary>
public static class Dated
{
    /// <summary>Whether a version holds on a day.</summary>
    /// <param name="version">The version.</param>
    /// <param name="day">The day at the desk.</param>
    public static bool Holds(this IDated version, DateOnly day) => version.EffectiveFrom <= day && (version.EffectiveUntil is not { } last || day <= last);

    /// <summary>Of each key the version that holds on a day: the newest that has begun. A key whose newest one has ended is left out.</summary>
    /// <param name="all">All versions.</param>
    /// <param name="day">The day at the desk.</param>
    public static IReadOnlyList<T> On<T>(IEnumerable<T> all, DateOnly day) where T : IDated =>
        [.. all.Where(each => each.EffectiveFrom <= day).GroupBy(each => each.Key).Select(versions => versions.MaxBy(each => each.Version)!).Where(each => each.Holds(day))];
}
