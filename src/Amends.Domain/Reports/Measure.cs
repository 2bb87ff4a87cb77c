namespace Amends.Domain.Reports;

/// <summary>What reports count. The numbers are stored: they never change their meaning.</summary>
public enum Measure
{
    /// <summary>A complaint came, on the day that it was opened; part: the <see cref="Cases.Channel"/>.</summary>
    Opened = 1,

    /// <summary>A complaint is closed, on the day of its last end; part: the <see cref="Cases.CloseReason"/>.</summary>
    Closed = 2,

    /// <summary>How it ended for the customer, on the day of their newest answer or of the end without one; part: the <see cref="Outcomes.Ending"/>.</summary>
    Ended = 3,

    /// <summary>A promise, on the day for which it was made; part: the <see cref="PromiseSort"/>, bucket: the <see cref="PromiseEnd"/>.</summary>
    Promise = 4,

    /// <summary>How long something took from receipt, on the day that it was reached; part: <see cref="Marks.TimePart"/>, bucket: that of <see cref="Statistics.MinuteHistogram"/>.</summary>
    Took = 5,

    /// <summary>How long a complaint stood at a step, on the day that it left it; part: <see cref="Marks.TimePart"/>, bucket: that of <see cref="Statistics.MinuteHistogram"/>.</summary>
    InStep = 6,

    /// <summary>How often the customer turned to us, on the day of the end; bucket: the number, <see cref="Marks.MostContacts"/> for more.</summary>
    Contacts = 7,

    /// <summary>Put right in the first contact, on the day of the end.</summary>
    FirstContact = 8,

    /// <summary>The customer complained of the same again after it was closed, on the day of the end.</summary>
    Recurred = 9,

    /// <summary>What a customer said on a scale, on the day of their answer; part: the <see cref="Scale"/>, bucket: the value.</summary>
    Said = 10,

    /// <summary>Whether who was asked answered, on the day of the answer or of the end; part: the <see cref="Reply"/>.</summary>
    Asked = 11,

    /// <summary>What we found about an issue, on the day that the customer was told; part: the <see cref="Issues.Finding"/>.</summary>
    Decided = 12,

    /// <summary>A remedy; part: the <see cref="Remedies.RemedyKind"/>, bucket: 1 done, on that day, 2 it did not work.</summary>
    Remedy = 13,

    /// <summary>What done remedies are worth in the company's currency, minor units, on the day that they were done; part: the <see cref="Remedies.RemedyKind"/>.</summary>
    Worth = 14,

    /// <summary>Whether a step was taken, on the day of the end; part: the id of whoever had the case, bucket: twice the <see cref="PathStep"/>, and one more when it was.</summary>
    Stepped = 15,

    /// <summary>A summary, on the day that it was written; part: 1 any, 2 the customer corrected it.</summary>
    Summed = 16,

    /// <summary>What a case cost a customer who answered, on the day of their answer; part: <see cref="Marks.EffortPart"/>, the count is the sum of it.</summary>
    Effort = 17,

    /// <summary>What a customer wanted, on the day that the complaint came; part: of <see cref="Matters"/>, bucket: the <see cref="AfterAll"/>.</summary>
    Wanted = 18,

    /// <summary>What it meant for the customer, on the day that the complaint came; part: of <see cref="Matters"/>, bucket: the <see cref="AfterAll"/>.</summary>
    Impact = 19,

    /// <summary>What a customer praised, on the day of their thanks, or of an answer with 4 or 5 of 5; part: of <see cref="Matters"/>.</summary>
    Praised = 20,

    /// <summary>The case said to ring, on the day on which it first said so; part: the <see cref="AfterNudge"/>, bucket: the <see cref="AfterAll"/>.</summary>
    Nudged = 21,

    /// <summary>A complaint that returns to regulators count came, on the day that it came; part: 1 when the customer needs support, else 0.</summary>
    Reportable = 22,

    /// <summary>It was closed by their counting rule, on that day; part: the <see cref="Regulatory.ComplaintOutcome"/>, bucket: <see cref="Marks.BandBucket"/>.</summary>
    Settled = 23,

    /// <summary>It is closed here and not by their counting rule, on the day that it was closed here.</summary>
    EndedAlone = 24,

    /// <summary>Whether the customer ordered again soon enough after a complaint was closed, on the day of its last end; part: <see cref="OrderedAgain.PartOf"/>, bucket: 1 when they did.</summary>
    BoughtAgain = 25,

    /// <summary>A complaint ended with an answer, without agreement or without a word, on the day of the end; part: the <see cref="Worth.SelfMadeBy"/> or 0, bucket: the <see cref="Outcomes.Ending"/>.</summary>
    WorthEnded = 30,

    /// <summary>What customers whose complaint ended so ordered in a year until it came, minor units, on the day of the end; part: the <see cref="Outcomes.Ending"/>, the count is the sum.</summary>
    WorthRevenue = 31,

    /// <summary>What complaints cost that ended so, on the day of the end; part: <see cref="WorthParts"/>, the count is the sum of seconds or minor units.</summary>
    WorthSpent = 32,

    /// <summary>Whether a complaint that ended so cost something of a sort, on the day of the end; part: the <see cref="Reports.CostSort"/>.</summary>
    WorthCostly = 33,

    /// <summary>When a customer with an order before ordered again, on the day of the end of their complaint; part: the <see cref="Reports.AgainAmong"/> or <see cref="WorthParts.Of"/>, bucket: the <see cref="Reports.AgainWithin"/>.</summary>
    WorthAgain = 34,

    /// <summary>What the customer said in the end where a remedy was chosen, on the day of the end; part: the <see cref="Remedies.RemedyKind"/>, bucket: the <see cref="AfterAll"/>.</summary>
    RemedyAnswered = 35,

    /// <summary>What cases of any kind cost, on the day of the books, of the work or of the note; part: <see cref="WorthParts"/>, the count is the sum of seconds or minor units.</summary>
    Keeping = 36,

    /// <summary>A complaint came, on the day that it was opened; part: the id of whoever has it, 0 for nobody. Never shown of one person.</summary>
    CameTo = 37,

    /// <summary>As <see cref="WorthEnded"/>, by person; part: the id of whoever had it, 0 for nobody, bucket: <see cref="Marks.EndedBucket"/>. Never shown of one person.</summary>
    EndedBy = 38,

    /// <summary>A complaint is closed, on the day of its last end; part: the id of whoever had it, 0 for nobody, bucket: 1 when the customer complained of the same again (<see cref="Recurred"/>), else 0. Never shown of one person.</summary>
    CameAgainTo = 39,

    /// <summary>As <see cref="Promise"/>, by person; part: the id of whoever has the case, 0 for nobody, bucket: the <see cref="PromiseEnd"/>. Never shown of one person.</summary>
    PromisedBy = 40,
}

/// <summary>What followed when a case said to ring.</summary>
public enum AfterNudge
{
    /// <summary>We spoke by telephone.</summary>
    Phoned = 1,

    /// <summary>We did not, and somebody said why writing will do.</summary>
    SetAside,

    /// <summary>We did not.</summary>
    NotPhoned,
}

/// <summary>What a case costs a customer; the sums of <see cref="Measure.Effort"/>.</summary>
public enum EffortSum
{
    /// <summary>Cases.</summary>
    Cases = 1,

    /// <summary>How often they turned to us.</summary>
    Contacts,

    /// <summary>The different ways in which they did.</summary>
    Channels,

    /// <summary>How often they were handed on.</summary>
    Transfers,

    /// <summary>How often they were asked to repeat.</summary>
    Repeats,

    /// <summary>Forms that they filled in.</summary>
    Forms,

    /// <summary>Whole days until it ended; until their answer where it goes on.</summary>
    Days,

    /// <summary>Cases in which nothing was asked twice.</summary>
    NothingTwice,
}

/// <summary>How easy those found it whose effort is added up.</summary>
public enum FoundIt
{
    /// <summary>1 to 4 of 7.</summary>
    Hard = 1,

    /// <summary>5 to 7 of 7.</summary>
    Easy,

    /// <summary>They did not say.</summary>
    NotSaid,
}

/// <summary>What a customer said in the end of a complaint.</summary>
public enum AfterAll
{
    /// <summary>Nothing, or nothing yet.</summary>
    NotSaid = 0,

    /// <summary>It is put right.</summary>
    PutRight,

    /// <summary>It is not, or in part only.</summary>
    NotPutRight,
}

/// <summary>What was promised.</summary>
public enum PromiseSort
{
    /// <summary>A word on how it goes.</summary>
    Update = 1,

    /// <summary>A call.</summary>
    Call,

    /// <summary>What follows an answer to an offer.</summary>
    Offer,
}

/// <summary>What became of a promise.</summary>
public enum PromiseEnd
{
    /// <summary>We were there in time.</summary>
    Kept = 1,

    /// <summary>We were not.</summary>
    Missed,

    /// <summary>It was given another date before it was due, with a reason.</summary>
    Moved,
}

/// <summary>What is reached on the way, from receipt on.</summary>
public enum Milestone
{
    /// <summary>The customer was told that we have it.</summary>
    Acknowledged = 1,

    /// <summary>The first word from a person.</summary>
    Answered,

    /// <summary>What we understood went to the customer, or was confirmed by them.</summary>
    Summed,

    /// <summary>The first options went to the customer, or were chosen.</summary>
    Offered,

    /// <summary>Everything that was chosen is done; the last time.</summary>
    PutRight,

    /// <summary>It is closed; the last time.</summary>
    Closed,
}

/// <summary>How time is counted.</summary>
public enum TimeCount
{
    /// <summary>By the calendar: nights and weekends count, as they do for the customer.</summary>
    Calendar = 1,

    /// <summary>By our open hours.</summary>
    Open,
}

/// <summary>What customers are asked beside the one question.</summary>
public enum Scale
{
    /// <summary>How satisfied they are: 1 to 5.</summary>
    Satisfied = 1,

    /// <summary>How easy it was: 1 to 7.</summary>
    Ease,

    /// <summary>Whether they were taken seriously and not rushed: 1 to 5.</summary>
    Heard,

    /// <summary>How the outcome compares: <see cref="CheckBacks.OutcomeMet"/>.</summary>
    Met,

    /// <summary>Whether they would come back: <see cref="CheckBacks.WouldReturn"/>.</summary>
    Return,

    /// <summary>How likely they would recommend us: 0 to 10.</summary>
    Recommend,

    /// <summary>They answered at least one of the further questions: always 1.</summary>
    More,
}

/// <summary>Whether a customer answered the check-back.</summary>
public enum Reply
{
    /// <summary>They did.</summary>
    Answered = 1,

    /// <summary>We asked, and heard nothing.</summary>
    Silent,

    /// <summary>They wanted no question.</summary>
    Waived,
}
