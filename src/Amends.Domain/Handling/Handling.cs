namespace Amends.Domain.Handling;

/// <summary>For whom or what a case waits, beside its stage.</summary>
public enum WaitsFor
{
    /// <summary>Us: nothing else stands in the way.</summary>
    Us = 1,

    /// <summary>The customer, for something other than the summary or the options, which the case knows by itself.</summary>
    Customer,

    /// <summary>Whoever supplies us.</summary>
    Supplier,

    /// <summary>Whoever carries the goods.</summary>
    Carrier,

    /// <summary>Anybody else outside, such as an insurer or a bank.</summary>
    SomebodyElse,
}

/// <summary>What a person needs from us to be able to complain and to be helped. It says what to do, never why: no diagnoses.</summary>
public enum SupportNeed
{
    /// <summary>Letters in large type.</summary>
    LargePrint = 1,

    /// <summary>Calls rather than writing.</summary>
    CallsOnly,

    /// <summary>Writing rather than calls.</summary>
    WritingOnly,

    /// <summary>An interpreter, signed or spoken.</summary>
    Interpreter,

    /// <summary>Short sentences and plain words.</summary>
    PlainWords,

    /// <summary>More time to answer.</summary>
    MoreTime,

    /// <summary>Somebody at their side speaks for them, or with them.</summary>
    SomebodyBeside,

    /// <summary>A visit or a delivery that reaches the door, such as without steps.</summary>
    Access,

    /// <summary>A quiet tone, since they mourn somebody. The one need that says why: nothing light may follow it.</summary>
    InMourning,
}

/// <summary>Another person of ours looks at the whole complaint once more, since the customer does not accept what we decided: the second stage.</summary>
/// <param name="BegunAt">When.</param>
/// <param name="Why">What the customer does not accept, in their words.</param>
/// <param name="ReviewerId">Who looks.</param>
/// <param name="Reviewer">Their name.</param>
/// <param name="FirstHandlerId">Who handled it until then, and does not decide it again; <c>null</c> when nobody had it.</param>
public sealed record Review(DateTimeOffset BegunAt, string Why, long ReviewerId, string Reviewer, long? FirstHandlerId);
