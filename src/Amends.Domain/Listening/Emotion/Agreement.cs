namespace Amends.Domain.Listening.Emotion;

/// <summary>How what was heard agrees with what a person read.</summary>
public enum Agreement
{
    /// <summary>The same level.</summary>
    Same = 1,

    /// <summary>The same level, or one beside it.</summary>
    WithinOne,

    /// <summary>Heard as calmer than it is.</summary>
    TooCalm,

    /// <summary>Heard as more upset than it is.</summary>
    TooUpset,

    /// <summary>Heard and read as upset or worse.</summary>
    BothUpset,
}

/// <summary>Tells them.</summary>
public static class Agreements
{
    /// <summary>Whether what was heard and what was read agree so.</summary>
    public static bool Holds(this Agreement how, UpsetLevel heard, UpsetLevel read) => how switch
    {
        Agreement.Same => heard == read,
        Agreement.WithinOne => Math.Abs(heard - read) <= 1,
        Agreement.TooCalm => heard < read,
        Agreement.TooUpset => heard > read,
        _ => heard >= UpsetLevel.Upset && read >= UpsetLevel.Upset,
    };
}
