using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Features.Shared;

namespace Amends.Features.CustomerPages;

/// <summary>The last word: whether it is put right, when we ask, or that there is no need to.</summary>
public static class RateEndpoints
{
    private const int Longest = 10_000;
    private const int MostDays = 60;
    private static readonly TimeSpan TimeOfDay = TimeSpan.FromHours(10);

    /// <summary>The five scores in words.</summary>
    public static readonly IReadOnlyList<(int Score, string Icon, string Words)> Faces =
        [(1, "angry", "Very unhappy"), (2, "frown", "Unhappy"), (3, "meh", "So-so"), (4, "smile", "Happy"), (5, "laugh", "Very happy")];

    /// <summary>Maps the pages and their answers.</summary>
    public static void MapRate(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/rate", (Visit visit) => visit.Show<RatePage>());
        pages.MapPost("/rate", Rate);
        pages.MapPost("/no-need", NoNeed);
        pages.MapGet("/date", (Visit visit) => visit.Show<DatePage>());
        pages.MapPost("/date", ChangeDate);
    }

    private static Task<IResult> Rate(Visit visit, IFormCollection form, CaseStore cases)
    {
        var answer = form["answer"].ToString() switch { "yes" => CheckBackAnswer.Yes, "partly" => CheckBackAnswer.Partly, "no" => CheckBackAnswer.No, _ => default };
        return visit.Answer<RatePage>(cases, form, answer.ToString().ToLowerInvariant(), async (@case, unit) =>
        {
            int? score = form["score"].ToString() is { Length: > 0 } typed ? int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0 : null;
            var words = form["words"].ToString().Trim();
            if (words.Length > Longest)
                throw new Refused("words", $"That is longer than {Longest} characters.");
            @case.AnswerCheckBack(answer, score, Channel.Page, words.Length == 0 ? null : words, visit.Customer, visit.Company.Calendar(), visit.Now, SurveyQuestions.Read(name => form[name]));
            if (words.Length > 0 && @case.State.IsOpen)
                await visit.Say(@case, unit, words, isAnswer: true);
            else if (words.Length > 0) // hearing it would open the case again, and "yes" is the end
                await Conversation.Add(unit, visit.Number, new NewMessage(Direction.In, Channel.Page, visit.Name, words, visit.Now));
        });
    }

    private static Task<IResult> NoNeed(Visit visit, IFormCollection form, CaseStore cases) => visit.Answer<RatePage>(cases, form, "waived", (@case, _) =>
    {
        @case.WaiveCheckBack(Channel.Page, null, visit.Customer, visit.Now);
        return Task.CompletedTask;
    });

    private static Task<IResult> ChangeDate(Visit visit, IFormCollection form, CaseStore cases) => visit.Answer<DatePage>(cases, form, "date", async (@case, unit) =>
    {
        if (!DateOnly.TryParseExact(form["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw new Refused("date", "Choose a day.");
        var day = LocalTime.Parse($"{date:yyyy-MM-dd}T{TimeOfDay:hh\\:mm}", visit.Zone, "date");
        if (day <= visit.Now || day > visit.Now.AddDays(MostDays))
            throw new Refused("date", $"Choose a day between tomorrow and {MostDays} days from now.");
        var manner = form["manner"] == "phone" ? CheckBackManner.Phone : CheckBackManner.Mail;
        if (manner == CheckBackManner.Phone)
            await KeepNumber(unit, visit.State.CustomerId, form["phone"].ToString().Trim());
        @case.AgreeCheckBack(day, manner, visit.Customer, visit.Now);
    });

    /// <summary>A call needs a number: the one that is given here, or one that we have.</summary>
    private static async Task KeepNumber(Unit unit, long customer, string number)
    {
        if (number.Length == 0 && await unit.Value<string?>("select phone from customers where id = @customer", new { customer }) is { Length: > 0 })
            return;
        if (!PhoneNumber.Looks(number))
            throw new Refused("phone", "Give a phone number that we can call, with its area code.");
        await unit.Run("update customers set phone = @number where id = @customer", new { customer, number });
    }
}
