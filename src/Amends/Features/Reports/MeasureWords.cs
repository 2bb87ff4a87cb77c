using Amends.Domain.Reports;

namespace Amends.Features.Reports;

/// <summary>What reports count in words, as the head of a list of cases.</summary>
public static class MeasureWords
{
    /// <summary>The words of a measure.</summary>
    public static string Of(Measure measure) => measure switch
    {
        Measure.Opened => "Complaints that came",
        Measure.Closed => "Complaints that were closed",
        Measure.Ended => "How complaints ended",
        Measure.Promise => "Promises",
        Measure.Took => "How long it took",
        Measure.InStep => "How long they stood at a step",
        Measure.Contacts => "How often customers turned to us",
        Measure.FirstContact => "Put right in the first contact",
        Measure.Recurred => "Complained of the same again",
        Measure.Said => "What customers said",
        Measure.Asked => "Whether they answered",
        Measure.Decided => "Decisions",
        Measure.Remedy or Measure.Worth => "Remedies",
        Measure.Wanted => "What would put it right, in their words",
        Measure.Impact => "What it meant for them, in their words",
        Measure.Praised => "What they thanked us for",
        Measure.Nudged => "Cases that said to ring",
        Measure.BoughtAgain => "Complaints whose customer bought again, or did not",
        Measure.Reportable => "Complaints that returns count",
        Measure.Settled => "Closed, as returns count it",
        Measure.EndedAlone => "Closed here, and outstanding in returns",
        Measure.Stepped => "Steps that were left out",
        Measure.CameTo => "Complaints that came",
        Measure.EndedBy => "How complaints ended",
        Measure.CameAgainTo => "Whether they complained of the same again",
        Measure.PromisedBy => "Promises",
        >= Measure.WorthEnded => "Worth and cost",
        Measure.Effort => "What it cost them",
        _ => "Summaries",
    };
}
