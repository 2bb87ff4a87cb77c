using System.Globalization;
using Amends.Data;
using Amends.Domain;

namespace Amends.Features.CustomerPages;

/// <summary>Asking for a call back: a number, and which parts of which days suit.</summary>
public static class CallEndpoints
{
    /// <summary>How many open days are proposed.</summary>
    private const int Days = 3;

    private const int LongestWords = 2000;

    /// <summary>Maps the form and its answer.</summary>
    public static void MapCall(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/call", (Visit visit) => visit.Show<CallPage>());
        pages.MapPost("/call", Call);
    }

    /// <summary>Parts of the next open days that still lie ahead, with the value that the form sends.</summary>
    public static IEnumerable<(string Value, string Day, string Part)> Times(Visit visit)
    {
        var calendar = visit.Company.Calendar();
        var at = calendar.NextOpen(visit.Now);
        for (var day = 0; day < Days; day++)
        {
            var local = TimeZoneInfo.ConvertTime(at, visit.Zone);
            var name = (local.Date - TimeZoneInfo.ConvertTime(visit.Now, visit.Zone).Date).Days switch { 0 => "Today", 1 => "Tomorrow", _ => local.ToString("dddd d MMMM", CultureInfo.InvariantCulture) };
            foreach (var (part, from, to) in new[] { ("morning", 8, 12), ("midday", 12, 14), ("afternoon", 14, 17), ("evening", 17, 20) })
            {
                if (local.Hour < to && (IsOpenAt(local.Date, from) || IsOpenAt(local.Date, to - 1)))
                    yield return ($"{local:yyyy-MM-dd} {part}", name, part);
            }

            var midnight = DateTime.SpecifyKind(local.Date.AddDays(1), DateTimeKind.Unspecified);
            at = calendar.NextOpen(new DateTimeOffset(midnight, visit.Zone.GetUtcOffset(midnight)));
        }

        bool IsOpenAt(DateTime date, int hour)
        {
            var time = DateTime.SpecifyKind(date.AddHours(hour), DateTimeKind.Unspecified);
            return calendar.IsOpen(new DateTimeOffset(time, visit.Zone.GetUtcOffset(time)));
        }
    }

    private static Task<IResult> Call(Visit visit, IFormCollection form, CaseStore cases) => visit.Answer<CallPage>(cases, form, "call", async (@case, unit) =>
    {
        var number = form["phone"].ToString().Trim();
        if (!PhoneNumber.Looks(number))
            throw new Refused("phone", "Give a phone number that we can call, with its area code.");
        var known = Times(visit).ToDictionary(time => time.Value, time => $"{time.Day}, {time.Part}");
        var times = form["time"].OfType<string>().Where(known.ContainsKey).Select(time => known[time]).ToList();
        var about = form["words"].ToString().Trim();
        if (about.Length > LongestWords)
            throw new Refused("words", $"That is longer than {LongestWords} characters.");

        var when = times.Count == 0 ? "any time when you are open" : string.Join(" or ", times).ToLowerInvariant();
        var zone = visit.Company.TimeZone;
        await visit.Say(@case, unit, $"Please call me: {number}\nBest: {when} ({zone})" + (about.Length == 0 ? "" : "\n\n" + about));
        await unit.Run("update customers set phone = @number where id = @CustomerId and coalesce(phone, '') = ''", new { number, @case.State.CustomerId });
        if (@case.State.OwnerId is { } owner)
        {
            await unit.Run("insert into notices (person_id, case_number, dedupe, text, at) values (@owner, @Number, @dedupe, @text, @at) on conflict do nothing", new
            {
                owner, visit.Number, dedupe = $"call:{visit.Number}:{visit.Now.ToUnixTimeMilliseconds()}", text = $"{visit.Name} asks for a call: {when}", at = visit.Now.ToUnixTimeMilliseconds(),
            });
        }
    });
}
