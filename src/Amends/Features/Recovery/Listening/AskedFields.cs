using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.People;

namespace Amends.Features.Recovery.Listening;

/// <summary>Answers to the question bank as a form posts them, one field a question.</summary>
internal static class AskedFields
{
    /// <summary>What the names of the fields begin with; the question's code follows.</summary>
    public const string Prefix = "Ask.";

    /// <summary>What was typed, by code.</summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> fields) =>
        fields.Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(field => field.Key[Prefix.Length..], field => field.Value);

    /// <summary>As above, of the form that is posted.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Of(HttpContext context) =>
        context.Request.HasFormContentType ? Of((await context.Request.ReadFormAsync(context.RequestAborted)).Select(field => KeyValuePair.Create(field.Key, field.Value.ToString()))) : new Dictionary<string, string>();

    /// <summary>Writes down those that were answered, also when the question was taken out of its bank meanwhile; one that there never was is left out.</summary>
    public static void Tell(Case @case, IReadOnlyDictionary<string, string> typed, Company company, Actor me, DateTimeOffset now)
    {
        foreach (var (code, words) in typed.Where(each => !string.IsNullOrWhiteSpace(each.Value)))
        {
            if (company.Content.QuestionOf(code) is { } question)
                @case.Answer(code, question, words, me, now);
        }
    }

    /// <summary>Places a case on the customer's way with us, where the form says so.</summary>
    public static void Place(Case @case, string? journey, Actor me, DateTimeOffset now)
    {
        if (Enum.TryParse<JourneyStage>(journey, out var stage))
            @case.PlaceOnJourney(stage, me, now);
    }

    /// <summary>Gives a case the category that the form says, if it says one.</summary>
    /// <exception cref="Domain.Refused"><c>category</c>: the set has no such one.</exception>
    public static void Categorise(Case @case, string? typed, bool confirmed, Company company, Actor me, DateTimeOffset now)
    {
        if (CategorySet.Chosen(company.Content.Categories, typed, @case.State.Category?.Code) is { } code)
            @case.Categorise(code, confirmed, me, now);
    }
}
