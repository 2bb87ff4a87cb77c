using System.Globalization;
using Amends.Domain.CheckBacks;

namespace Amends.Features.Shared;

/// <summary>A question that may be answered beside the check-back.</summary>
/// <param name="Name">The field; also the code of what is refused.</param>
/// <param name="Title">As the customer reads or hears it.</param>
/// <param name="Choices">The answers: value and words.</param>
public sealed record SurveyQuestion(string Name, string Title, IReadOnlyList<(string Value, string Label)> Choices);

/// <summary>The questions of the survey, the same on the customer's page and on the form of whoever rings.</summary>
public static class SurveyQuestions
{
    /// <summary>The fields.</summary>
    public static readonly IReadOnlyList<string> Names = ["heard", "ease", "met", "return", "told", "recommend"];

    /// <summary>All questions.</summary>
    /// <param name="wanted">What would put it right, in the customer's words; <c>null</c> when they did not say.</param>
    public static IReadOnlyList<SurveyQuestion> For(string? wanted) =>
    [
        new(Names[0], "Were you taken seriously, and not rushed?", [("1", "1, not at all"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5, very much")]),
        new(Names[1], "How easy did we make it for you?", [("1", "1, very hard"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"), ("6", "6"), ("7", "7, very easy")]),
        new(Names[2], wanted is { Length: > 0 } ? $"You wanted: “{wanted}”. Is the outcome more than that, just that, or less?" : "Is the outcome more than you wanted, what you wanted, or less?", [("exceeded", "More"), ("met", "What I wanted"), ("missed", "Less")]),
        new(Names[3], "Would you come back to us?", [("yes", "Yes"), ("perhaps", "Perhaps"), ("no", "No")]),
        new(Names[4], "About how many people have you told of this?", [("0", "Nobody"), ("1", "One"), ("3", "Two to four"), ("7", "Five to ten"), ("15", "Eleven to twenty"), ("30", "More")]),
        new(Names[5], "How likely would you recommend us to others?", [("0", "0, not at all"), .. Enumerable.Range(1, 9).Select(step => ($"{step}", $"{step}")), ("10", "10, surely")]),
    ];

    /// <summary>What a customer says about the outcome, in words.</summary>
    public static string Words(OutcomeMet met) => met switch { OutcomeMet.Exceeded => "more than they wanted", OutcomeMet.Met => "what they wanted", _ => "less than they wanted" };

    /// <summary>The answers as typed. What is on no scale stays so, and the case refuses it with a sentence.</summary>
    /// <param name="typed">Field → value; <c>null</c> or empty where nothing was chosen.</param>
    public static Survey Read(Func<string, string?> typed) => new(
        Step(typed(Names[0])),
        Step(typed(Names[1])),
        typed(Names[2]) switch { null or "" => null, "exceeded" => OutcomeMet.Exceeded, "met" => OutcomeMet.Met, "missed" => OutcomeMet.Missed, _ => default(OutcomeMet) },
        typed(Names[3]) switch { null or "" => null, "yes" => WouldReturn.Yes, "perhaps" => WouldReturn.Perhaps, "no" => WouldReturn.No, _ => default(WouldReturn) },
        string.IsNullOrEmpty(typed(Names[4])) ? null : int.TryParse(typed(Names[4]), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : -1,
        Step(typed(Names[5]), wrong: -1));

    private static int? Step(string? typed, int wrong = 0) => string.IsNullOrEmpty(typed) ? null : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : wrong;
}
