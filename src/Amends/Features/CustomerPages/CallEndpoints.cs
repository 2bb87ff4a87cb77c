using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;

namespace Amends.Features.CustomerPages;

/// <summary>A call: booked at a free time, changed or called off. While none can be booked, the customer says which parts of which days suit.</summary>
public static class CallEndpoints
{
    /// <summary>How many open days are proposed where nothing can be booked.</summary>
    private const int Days = 3;

    private const int LongestWords = 2000;

    /// <summary>Maps the page and its answers.</summary>
    public static void MapCall(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/call", async (Visit visit, Database database, string? zone) => Shared.Html.Show<CallPage, CustomerPage>(await WithTimes(new CustomerPage(visit), database, zone)));
        pages.MapPost("/call", Book);
        pages.MapPost("/call/off", Off);
        pages.MapPost("/call/ask", Ask);
    }

    /// <summary>The zone that the customer reads times in: as asked for, as with their call, or the company's.</summary>
    public static TimeZoneInfo ZoneOf(Visit visit, string? asked = null) =>
        (asked ?? visit.State.CallBack?.Zone) is { Length: > 0 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId ? zone : visit.Zone;

    /// <summary>The value that the form sends for a time.</summary>
    public static string Value(CallTime time) => Shared.When.Iso(time.From);

    private static async Task<CustomerPage> WithTimes(CustomerPage page, Database database, string? asked)
    {
        var (visit, zone) = (page.Visit, ZoneOf(page.Visit, asked));
        return page with { Calls = new CallChoice(CallTimes.Days(await CallDesk.Free(database, visit.Company, visit.Now, visit.Number), zone), zone) };
    }

    private static Task<IResult> Book(Visit visit, IFormCollection form, CaseStore cases, Database database)
    {
        var zone = ZoneOf(visit, form["zone"]);
        return visit.Answer<CallPage>(cases, form, "booked", async (@case, unit) =>
        {
            var number = PhoneNumber.Of(form["phone"]);
            var about = About(form);
            if (!DateTimeOffset.TryParse(form["time"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from))
                throw new Refused("time", "Choose one of the times that are free.");
            if (about.Length > 0)
                await visit.Say(@case, unit, about, isAnswer: true);
            var rules = visit.Company.Calls.Rules();
            @case.BookCall(number, new CallTime(from, from + rules.Length), zone.Id == visit.Zone.Id ? null : zone.Id, rules, visit.Customer, visit.Company.Calendar(), visit.Now);
            await KeepNumber(unit, @case, number);
        }, async page =>
        {
            var shown = await WithTimes(page, database, zone.Id);
            return shown.Error("time_taken") is { } taken ? shown with { Errors = new Dictionary<string, string> { ["time"] = taken } } : shown;
        });
    }

    private static Task<IResult> Off(Visit visit, IFormCollection form, CaseStore cases, Database database) => visit.Answer<CallPage>(cases, form, "call-off", (@case, _) =>
    {
        @case.CallOff(null, visit.Customer, visit.Company.Calendar(), visit.Now);
        return Task.CompletedTask;
    }, page => WithTimes(page, database, null));

    /// <summary>Parts of the next open days that still lie ahead, with the value that the form sends.</summary>
    public static IEnumerable<(string Value, string Day, string Part)> Parts(Visit visit)
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

    private static Task<IResult> Ask(Visit visit, IFormCollection form, CaseStore cases, Database database) => visit.Answer<CallPage>(cases, form, "call", async (@case, unit) =>
    {
        var number = PhoneNumber.Of(form["phone"]);
        var known = Parts(visit).ToDictionary(time => time.Value, time => $"{time.Day}, {time.Part}");
        var times = form["time"].OfType<string>().Where(known.ContainsKey).Select(time => known[time]).ToList();
        var about = About(form);
        var when = times.Count == 0 ? "any time when you are open" : string.Join(" or ", times).ToLowerInvariant();
        await visit.Say(@case, unit, $"Please call me: {number}\nBest: {when} ({visit.Company.TimeZone})" + (about.Length == 0 ? "" : "\n\n" + about));
        await KeepNumber(unit, @case, number);
        if (@case.State.OwnerId is { } owner)
            await Notices.Tell(unit, owner, visit.Number, $"call:{visit.Number}:{visit.Now.ToUnixTimeMilliseconds()}", $"{visit.Name} asks for a call: {when}", visit.Now);
    }, page => WithTimes(page, database, null));

    private static string About(IFormCollection form) =>
        form["words"].ToString().Trim() is { Length: <= LongestWords } about ? about : throw new Refused("words", $"That is longer than {LongestWords} characters.");

    private static Task KeepNumber(Unit unit, Case @case, string number) =>
        unit.Run("update customers set phone = @number where id = @CustomerId and coalesce(phone, '') = ''", new { number, @case.State.CustomerId });
}

/// <summary>The free times, as the customer's clock has them.</summary>
/// <param name="Days">By day.</param>
/// <param name="Zone">Whose clock.</param>
public sealed record CallChoice(IReadOnlyList<CallDay> Days, TimeZoneInfo Zone);
