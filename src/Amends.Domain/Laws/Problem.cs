namespace Amends.Domain.Laws;

/// <summary>What is wrong with what a consumer bought: what a remedy law gives them hangs on it.</summary>
public enum Problem
{
    /// <summary>It is faulty, or broke too soon.</summary>
    Faulty = 1,

    /// <summary>It is not as described, or not what they ordered.</summary>
    NotAsDescribed,

    /// <summary>It is late.</summary>
    Late,

    /// <summary>It got lost on the way, or a part of it.</summary>
    Lost,

    /// <summary>It is out of stock, or we cancelled it.</summary>
    Unavailable,

    /// <summary>A service was not done, or not done well.</summary>
    Service,

    /// <summary>They changed their mind about something that they bought from a distance.</summary>
    ChangeOfMind,

    /// <summary>None of these, or they did not buy it as a consumer: no remedy law fits.</summary>
    None,
}

/// <summary>What a category says about what was bought.</summary>
public static class Problems
{
    private static readonly Dictionary<string, Problem> ByCategory = new()
    {
        ["DEL.late"] = Problem.Late, ["DEL.missed_slot"] = Problem.Late, ["DEL.no_tracking"] = Problem.Late, ["DEL.lost"] = Problem.Lost, ["DEL.partial"] = Problem.Lost, ["DEL.wrong_place"] = Problem.Lost,
        ["DEL.damaged"] = Problem.Faulty,
        ["PRD"] = Problem.Faulty, ["PRD.on_arrival"] = Problem.Faulty, ["PRD.fails_early"] = Problem.Faulty, ["PRD.quality"] = Problem.Faulty, ["PRD.safety"] = Problem.Faulty,
        ["PRD.not_as_described"] = Problem.NotAsDescribed, ["PRD.missing_part"] = Problem.NotAsDescribed,
        ["ORD.wrong_item"] = Problem.NotAsDescribed, ["ORD.quantity"] = Problem.NotAsDescribed, ["ORD.substitution"] = Problem.NotAsDescribed, ["ORD.out_of_stock"] = Problem.Unavailable,
        ["ORD.cancelled"] = Problem.Unavailable, ["ORD.duplicate"] = Problem.None,
        ["VIS"] = Problem.Service, ["VIS.late"] = Problem.Service, ["VIS.work"] = Problem.Service, ["VIS.damage"] = Problem.Service, ["VIS.appointment"] = Problem.Service,
    };

    /// <summary>Groups of categories that are about how we deal with people, and not about what they bought.</summary>
    private static readonly string[] NotAboutGoods = ["PRC", "SRV", "WEB", "PRV", "POL", "HND"];

    /// <summary>What is wrong, in a few words that follow "it is" or a colon.</summary>
    public static string Words(Problem problem) => problem switch
    {
        Problem.Faulty => "faulty",
        Problem.NotAsDescribed => "not as described",
        Problem.Late => "late",
        Problem.Lost => "lost",
        Problem.Unavailable => "not to be had",
        Problem.Service => "a service not done, or not well",
        Problem.ChangeOfMind => "a change of mind",
        _ => "nothing that a remedy law is about",
    };

    /// <summary>What is wrong by a category; <c>null</c> where it does not say, as a return may be either a fault or a change of mind.</summary>
    /// <param name="category">The case's category; <c>null</c> when it has none.</param>
    public static Problem? Of(string? category) =>
        category is null ? null : ByCategory.TryGetValue(string.Join('.', category.Split('.').Take(2)), out var problem) ? problem : NotAboutGoods.Contains(category.Split('.')[0]) ? Problem.None : null;
}

/// <summary>What somebody answered when asked what is wrong with what was bought.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="IsMajor">They would not have bought it had they known, or it cannot be put right quickly; <c>null</c> when nobody said.</param>
/// <param name="HadSince">The day on which they got it.</param>
/// <param name="PromisedFor">The day that it was promised for.</param>
public sealed record NamedProblem(Problem Problem, bool? IsMajor = null, DateOnly? HadSince = null, DateOnly? PromisedFor = null);
