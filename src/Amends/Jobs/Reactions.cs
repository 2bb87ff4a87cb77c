using System.Text.Json;
using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Jobs;

/// <summary>
/// What we do because something happened: after the save, at least once, on one of the nodes. A class that implements
/// this is found by itself; running it twice must change nothing (the job's id is the key).
/// </summary>
public interface IReact<in TNews> where TNews : CaseEvent
{
    /// <summary>Acts on what happened to the case with this number.</summary>
    Task React(long number, TNews news, Job job, CancellationToken ct);
}

/// <summary>Every reaction in the program, found once. News that nobody reacts to costs nothing.</summary>
public sealed class Reactions(IServiceProvider services)
{
    private static readonly (Type Reaction, Type News)[] All =
        [.. from type in typeof(Reactions).Assembly.GetTypes()
            from contract in type.GetInterfaces()
            where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IReact<>)
            select (type, contract.GetGenericArguments()[0])];

    /// <summary>Whether anybody reacts to this.</summary>
    public static bool AnyTo(CaseEvent news) => All.Any(pair => pair.News.IsInstanceOfType(news));

    /// <summary>The jobs that follow from an event.</summary>
    /// <param name="number">The case.</param>
    /// <param name="seq">The event's place in the case's log; makes the jobs' dedupe keys.</param>
    /// <param name="news">The event.</param>
    /// <param name="body">The event as it is stored.</param>
    public static IEnumerable<Job> To(long number, int seq, CaseEvent news, string body) =>
        from pair in All
        where pair.News.IsInstanceOfType(news)
        select new Job
        {
            Name = pair.Reaction.FullName!,
            CaseNumber = number,
            Body = body,
            Dedupe = $"{pair.Reaction.Name}:{number}:{seq}",
            DueAt = news.At.ToUnixTimeMilliseconds(),
        };

    /// <summary>Runs one job.</summary>
    /// <exception cref="InvalidOperationException">No reaction has this name (any more).</exception>
    public async Task Run(Job job, CancellationToken ct)
    {
        var (type, kind) = All.FirstOrDefault(pair => pair.Reaction.FullName == job.Name);
        if (type is null)
            throw new InvalidOperationException($"Nothing is called {job.Name}.");

        var news = JsonSerializer.Deserialize(job.Body, kind, CaseJson.Options)!;
        var reaction = ActivatorUtilities.CreateInstance(services, type);
        var react = typeof(IReact<>).MakeGenericType(kind).GetMethod(nameof(IReact<>.React))!;
        await (Task)react.Invoke(reaction, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [job.CaseNumber!.Value, news, job, ct], null)!;
    }
}
