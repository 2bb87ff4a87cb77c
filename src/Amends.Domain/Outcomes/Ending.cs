namespace Amends.Domain.Outcomes;

/// <summary>How a complaint ended for the customer. Silence is never a yes.</summary>
public enum Ending
{
    /// <summary>The customer said that it is put right.</summary>
    PutRight = 1,

    /// <summary>In part, and no better answer came since.</summary>
    Partly,

    /// <summary>The customer said no, and no better answer came since.</summary>
    NotPutRight,

    /// <summary>We asked, and heard nothing.</summary>
    NoAnswer,

    /// <summary>The customer needed no follow-up.</summary>
    NoNeed,

    /// <summary>We could not agree.</summary>
    NoAgreement,
}
