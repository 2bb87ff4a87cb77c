using System.Globalization;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Laws;

namespace Amends.Features.Recovery;

/// <summary>What is wrong with what was bought, as a form posts it.</summary>
public sealed record LawFields
{
    /// <summary>The name of a <see cref="Domain.Laws.Problem"/>; empty for what the case knows already.</summary>
    public string? Problem { get; init; }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Major { get; init; }

    /// <summary>The id of the order that it is about, where the case has none yet.</summary>
    public string? Order { get; init; }
    public string? Since { get; init; }
    public string? Promised { get; init; }

    /// <summary>The questions, in the order of the list.</summary>
    public static IReadOnlyList<(Problem Problem, string Words)> Problems { get; } =
    [
        (Domain.Laws.Problem.Faulty, "Yes, it is faulty"), (Domain.Laws.Problem.NotAsDescribed, "Yes, it is not as described, or not what they ordered"), (Domain.Laws.Problem.Late, "Yes, it is late"),
        (Domain.Laws.Problem.Lost, "Yes, it got lost, or a part of it"), (Domain.Laws.Problem.Unavailable, "Yes, it is out of stock, or we cancelled it"), (Domain.Laws.Problem.Service, "Yes, a service was not done, or not well"),
        (Domain.Laws.Problem.ChangeOfMind, "No, they changed their mind about something bought from a distance"), (Domain.Laws.Problem.None, "No, or they did not buy it as a consumer"),
    ];

    /// <summary>The form with what the case knows.</summary>
    public static LawFields Of(CaseState state) => state.Problem is { } known
        ? new() { Problem = known.Problem.ToString(), Major = known.IsMajor switch { true => "yes", false => "no", null => null }, Since = Text(known.HadSince), Promised = Text(known.PromisedFor) }
        : new();

    /// <summary>What was answered; <c>null</c> when nothing was. A day without an answer goes with what the category says.</summary>
    /// <param name="category">The case's category.</param>
    /// <exception cref="Refused"><c>problem</c>, <c>since</c> or <c>promised</c> when it cannot be read.</exception>
    public NamedProblem? Read(string? category)
    {
        var (since, promised) = (Day(Since, "since"), Day(Promised, "promised"));
        bool? major = Major switch { "yes" => true, "no" => false, _ => null };
        if (string.IsNullOrWhiteSpace(Problem))
            return (since, promised, major) is (null, null, null) ? null : Domain.Laws.Problems.Of(category) is { } known ? new NamedProblem(known, major, since, promised) : throw new Refused("problem", "Say what is wrong with what they bought, too.");
        return Enum.TryParse<Problem>(Problem, out var problem) && Enum.IsDefined(problem) ? new NamedProblem(problem, major, since, promised) : throw new Refused("problem", "Choose from the list what is wrong with what they bought.");
    }

    private static DateOnly? Day(string? text, string code) =>
        string.IsNullOrWhiteSpace(text) ? null : DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new Refused(code, "Write the day as year, month and day, such as 2026-12-25.");

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Where a refusal stands in a form.</summary>
    /// <param name="id">What the ids of the fields begin with.</param>
    internal static (string Code, string Field)[] Places(string id) => [("problem", id + "Problem"), ("order", id + "Order"), ("since", id + "Since"), ("promised", id + "Promised")];

    /// <summary>The law that was chosen for a line: one of the list, another in words, or none.</summary>
    /// <param name="law">The key, <c>other</c>, or empty.</param>
    /// <param name="other">The words for another one.</param>
    internal static LegalBasis? Basis(string? law, string? other) => law?.Trim() switch { null or "" => null, "other" => new LegalBasis(null, other?.Trim() ?? ""), var key => new LegalBasis(key, key) };
}
