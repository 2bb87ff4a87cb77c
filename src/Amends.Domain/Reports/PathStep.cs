namespace Amends.Domain.Reports;

/// <summary>The steps of the way that a team lives by.</summary>
public enum PathStep
{
    /// <summary>Asked what would put it right.</summary>
    AskedWhatWouldHelp = 1,

    /// <summary>Told them what we understood.</summary>
    SummedUp,

    /// <summary>Heard "yes, that is right" from them.</summary>
    Confirmed,

    /// <summary>Let them choose between at least two options.</summary>
    GaveChoice,

    /// <summary>Broke no promise.</summary>
    KeptPromises,

    /// <summary>Asked them whether it is put right, or heard it from them.</summary>
    CheckedBack,

    /// <summary>Named the cause.</summary>
    NamedCause,
}
