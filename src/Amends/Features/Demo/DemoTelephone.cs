using Amends.Data;
using Amends.Domain.Calendars;

namespace Amends.Features.Demo;

/// <summary>The telephone's list of twelve weeks: a busy Monday, a peak before noon, and a few who gave up.</summary>
internal static class DemoTelephone
{
    private const int Weeks = 12;

    /// <summary>Calls in a quiet half hour and at the peak, in the mean.</summary>
    private const double Quiet = 2, Peak = 13;

    /// <summary>Adds the calls, the same at every start.</summary>
    public static async Task Run(Database database, Company company, IEnumerable<long> people, DateTimeOffset now)
    {
        var (chance, list, staff, calendar) = (new Random(31), new PhoneList(), people.ToArray(), company.Calendar());
        var today = LocalDay.Begins(now, company.Zone());
        foreach (var (opens, closes) in calendar.OpenDays(today.AddDays(-7 * Weeks)).TakeWhile(day => day.To <= today))
        {
            for (var from = opens; from < closes; from = from.AddMinutes(30))
            {
                var hour = TimeZoneInfo.ConvertTime(from, company.Zone()).TimeOfDay.TotalHours;
                var mean = (Quiet + (Peak - Quiet) * Math.Exp(-(hour - 11) * (hour - 11) / 5)) * (opens.DayOfWeek switch { DayOfWeek.Monday => 1.4, DayOfWeek.Saturday or DayOfWeek.Sunday => 0.4, _ => 1 });
                for (var at = Next(); at < 30; at += Next())
                {
                    var unanswered = chance.NextDouble() < 0.06;
                    list.Add(from.AddMinutes(at), inbound: true, unanswered ? 0 : 20 + (int)(-230 * Math.Log(1 - chance.NextDouble())), unanswered ? null : staff[chance.Next(staff.Length)]);
                }

                double Next() => -30 / mean * Math.Log(1 - chance.NextDouble());
            }
        }

        await list.Store(database, default);
    }
}
