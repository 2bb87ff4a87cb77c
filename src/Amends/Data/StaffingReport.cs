using System.Globalization;
using Amends.Domain.Staffing;

namespace Amends.Data;

/// <summary>The staffing report: what is asked, what came in, and what follows.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Errors">A sentence for each field that could not be used; the usual holds in its place.</param>
/// <param name="Log">What came in, and who waits.</param>
/// <param name="Plan">What follows.</param>
/// <param name="Warnings">What these weeks say against the figures.</param>
public sealed record StaffingReport(StaffingQuestion Question, IReadOnlyDictionary<string, string> Errors, StaffingLog Log, StaffingPlan Plan, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads what is asked, then what came in, and computes.</summary>
    /// <param name="database">Where.</param>
    /// <param name="company">Whose hours.</param>
    /// <param name="typed">The text of a field of the question, by name.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">The request's end.</param>
    public static async Task<StaffingReport> Read(Database database, Company company, Func<string, string?> typed, DateTimeOffset now, CancellationToken ct)
    {
        var log = await StaffingDesk.Read(database, company, StaffingQuestion.Read(typed, new()).Question.Weeks, now, ct);
        var (question, errors) = StaffingQuestion.Read(typed, log.Usual);
        var calls = log.Calls;
        if (StaffingPlan.IsTooMuch(calls, question))
        {
            errors = new Dictionary<string, string>(errors) { ["each"] = string.Create(CultureInfo.InvariantCulture, $"So many calls of this length are work for more than {StaffingPlan.MostLoad:N0} people at once, which is not reckoned here. Say a shorter time, or look at the list of calls.") };
            calls = ContactProfile.Empty(calls.From);
        }

        var plan = StaffingPlan.Of(calls, log.Written, log.WaitingForUs, question);
        return new(question, errors, log, plan, StaffingWarnings.Of(log.Calls, plan, log.FromList));
    }

    /// <summary>The week as CSV (RFC 4180): a line for each open half hour.</summary>
    public string Csv()
    {
        var lines = new List<string> { "day,from,calls,days,mean,low,high,erlangs,needed_erlang_c,needed_erlang_a,on_the_rota" };
        lines.AddRange(Plan.HalfHours.Select(each => string.Create(CultureInfo.InvariantCulture,
            $"{each.Contacts.At.Day.ToString().ToLowerInvariant()},{each.Contacts.At.From:HH:mm},{each.Contacts.Contacts},{each.Contacts.Days},{each.Contacts.Mean:0.###},{each.Contacts.Within.Low:0.###},{each.Contacts.Within.High:0.###},{each.Load:0.###},{each.Patient},{each.HangingUp},{each.Scheduled}")));
        return string.Join("\r\n", lines) + "\r\n";
    }
}
