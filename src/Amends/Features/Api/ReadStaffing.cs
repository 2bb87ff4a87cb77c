using Amends.Data;
using Amends.Domain.Staffing;
using Amends.Domain.Statistics;

namespace Amends.Features.Api;

/// <summary>The staffing report, for programs.</summary>
public sealed class ReadStaffing(Database database, StoredSettings settings, TimeProvider clock)
{
    /// <summary>Computes it; the question is in the query, as on the page.</summary>
    /// <exception cref="BadField">A field of the question cannot be used.</exception>
    public async Task<StaffingAnswer> Read(HttpContext context)
    {
        var ct = context.RequestAborted;
        var report = await StaffingReport.Read(database, await settings.Company(ct), name => context.Request.Query[name] is [.., { } text] ? text : null, clock.GetUtcNow(), ct);
        if (report.Errors.FirstOrDefault() is { Key: { } field } wrong)
            throw new BadField(field, wrong.Value);
        var (asked, log, plan) = (report.Question, report.Log, report.Plan);
        return new(new(asked.Weeks, asked.EachSeconds, asked.SharePercent, asked.WithinSeconds, asked.BusyPercent, asked.PatienceSeconds, asked.AwayPercent, asked.WriteMinutes, asked.DayMinutes, asked.Seed),
            log.Calls.From, log.Calls.To, log.FromList ? "telephone" : "by_hand", log.Calls.Contacts, log.Missed, log.Calls.OutsideHours, log.Calls.Dispersion, log.Length?.MeanSeconds, log.Length?.Calls, report.Warnings,
            [.. plan.HalfHours.Select(HalfHourOf)], plan.At is null ? null : HalfHourOf(plan.At), [.. plan.Compared.Select(each => Try(each, asked))], plan.HoursNeeded, plan.HoursScheduled,
            new(plan.Written.PerDay, plan.Written.Waiting, plan.Written.Needed, [.. plan.Written.Choices.Select(each => new WritersAnswer(each.People, each.DonePerDay, each.Days))]),
            new(log.Waiting.Count, log.Waiting.ByClock.Median, log.Waiting.ByClock.P90, log.Waiting.InOpenHours.Median, log.Waiting.InOpenHours.P90, log.CallBacksDue.Count));
    }

    private static HalfHourAnswer HalfHourOf(PlannedHalfHour each) => new(each.Contacts.At.Code, each.Contacts.Contacts, each.Contacts.Days, each.Contacts.Mean, each.Contacts.Within.Low, each.Contacts.Within.High, each.Contacts.IsFew, each.Load, each.Patient, each.HangingUp, each.Scheduled);

    private static WhatIfAnswer Try(WhatIf each, StaffingQuestion asked) => new(each.People,
        new(each.Patient.IsStable, each.Patient.ServiceLevel(asked.WithinSeconds), each.Patient.ChanceOfWaiting, each.Patient.MeanWaitSeconds, each.Patient.WaitSeconds(0.9), null, each.Patient.Occupancy),
        each.HangingUp is not { } queue ? null : new(true, queue.ServiceLevel(asked.WithinSeconds), queue.ChanceOfWaiting, queue.MeanWaitSeconds, null, queue.Abandoned, queue.Occupancy),
        each.Simulated is not { } played ? null : new(played.Days, played.Calls, played.InTimeShare.Share, played.HungUpShare.Share, played.MeanWaitSeconds, played.P90WaitSeconds, played.BadDay, played.Busy));
}

/// <summary>What was asked: seconds, hundredths, minutes.</summary>
public sealed record StaffingAsked(int Weeks, int Each, int Share, int Within, int Busy, int Patience, int Away, int Write, int Day, int Seed);

/// <summary>A half hour of the week.</summary>
public sealed record HalfHourAnswer(string At, long Calls, int Days, double Mean, double Low, double High, bool IsFew, double Erlangs, int NeededErlangC, int? NeededErlangA, int OnTheRota);

/// <summary>What a formula says; shares from 0 to 1, times in seconds.</summary>
public sealed record QueueAnswer(bool IsStable, double InTime, double ChanceOfWaiting, double? MeanWait, double? P90Wait, double? HangUp, double Busy);

/// <summary>What days that were played through say.</summary>
public sealed record PlayedAnswer(int Days, int Calls, double? InTime, double? HangUp, double? MeanWait, double? P90Wait, double? BadDay, double Busy);

/// <summary>So many people at the telephone.</summary>
public sealed record WhatIfAnswer(int People, QueueAnswer ErlangC, QueueAnswer? ErlangA, PlayedAnswer? Simulated);

/// <summary>So many people who write; days are null when the backlog is never worked off.</summary>
public sealed record WritersAnswer(int People, double AnsweredPerDay, double? Days);

/// <summary>Mail and messages.</summary>
public sealed record WrittenWorkAnswer(double PerDay, int Waiting, int Needed, IReadOnlyList<WritersAnswer> Compared);

/// <summary>Who waits for a first word now; minutes.</summary>
public sealed record WaitingAnswer(int Count, long? Median, long? P90, long? OpenMedian, long? OpenP90, int CallBacksDue);

/// <summary>The staffing report.</summary>
public sealed record StaffingAnswer(StaffingAsked Asked, DateOnly From, DateOnly To, string Source, long Calls, int Unanswered, long OutsideHours, double? Dispersion, double? MeanCallSeconds, int? MeasuredCalls, IReadOnlyList<string> Warnings,
    IReadOnlyList<HalfHourAnswer> HalfHours, HalfHourAnswer? LookedAt, IReadOnlyList<WhatIfAnswer> Compared, double HoursNeeded, double HoursOnTheRota, WrittenWorkAnswer Written, WaitingAnswer WaitingNow);
