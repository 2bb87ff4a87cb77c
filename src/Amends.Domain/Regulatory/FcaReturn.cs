namespace Amends.Domain.Regulatory;

/// <summary>Which form of the return on complaints the FCA asks for.</summary>
public enum ReturnForm
{
    /// <summary>The form of DISP 1 Annex 1R.</summary>
    Old = 1,

    /// <summary>The consolidated return.</summary>
    Consolidated,

    /// <summary>The days lie on both sides of the change: neither form is of them.</summary>
    Neither,
}

/// <summary>
/// The FCA's return on complaints. DISP 1 Annex 1R holds for periods up to the end of 2026; from the half-year of 1 January to 30 June 2027 on there is
/// one consolidated return with sections of its own (FCA PS25/19; domain research, section 2.5, source S14), which is not built here.
/// </summary>
public static class FcaReturn
{
    /// <summary>The first day of the first period of the consolidated return.</summary>
    public static readonly DateOnly ConsolidatedFrom = new(2027, 1, 1);

    /// <summary>The form for a period.</summary>
    public static ReturnForm FormOf(ReportingPeriod period) =>
        period.From >= ConsolidatedFrom ? ReturnForm.Consolidated : period.To >= ConsolidatedFrom ? ReturnForm.Neither : ReturnForm.Old;
}
