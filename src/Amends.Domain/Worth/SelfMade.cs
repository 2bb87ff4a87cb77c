using Amends.Domain.Listening;

namespace Amends.Domain.Worth;

/// <summary>Why a recovery mended what we had broken ourselves while we handled a complaint (practice 4-4).</summary>
public enum SelfMadeBy
{
    /// <summary>It is about how we answered or handled something.</summary>
    OurHandling = 1,

    /// <summary>It goes back to an earlier complaint whose fix failed.</summary>
    FailedFix,

    /// <summary>It goes back to an earlier complaint in which we had broken a promise.</summary>
    BrokenPromise,
}

/// <summary>What is looked at.</summary>
/// <param name="Category">The code of what it is about; <c>null</c> without one.</param>
/// <param name="Cause">The code of what it was put down to; <c>null</c> while nobody said.</param>
/// <param name="EarlierFixFailed">Something that we did in the complaint before failed, or its customer said no.</param>
/// <param name="EarlierPromiseBroken">A promise of the complaint before was missed.</param>
public readonly record struct SelfMadeSigns(string? Category, string? Cause, bool EarlierFixFailed, bool EarlierPromiseBroken);

/// <summary>Tells recoveries that mend our own handling from those that mend a product, a delivery or an order: nobody is to be praised for putting out a fire that we lit.</summary>
public static class SelfMade
{
    // the branch of the categories about how somebody was served, beside the one about how a complaint was handled, and the cause that stands for it
    private const string Service = "SRV", ServiceCause = "service";

    /// <summary>Why; <c>null</c> when nothing of it shows.</summary>
    public static SelfMadeBy? Of(SelfMadeSigns signs) =>
        signs.Category?.Split('.')[0] is Service or Categorised.Handling || signs.Cause == ServiceCause ? SelfMadeBy.OurHandling
        : signs.EarlierFixFailed ? SelfMadeBy.FailedFix
        : signs.EarlierPromiseBroken ? SelfMadeBy.BrokenPromise
        : null;
}
