using Amends.Data;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>Two teams of the demo people, with what they answer for.</summary>
internal sealed class DemoTeams(Database database)
{
    /// <summary>Adds them.</summary>
    /// <param name="people">As <see cref="DemoPeople.Add"/> gave them.</param>
    /// <param name="company">For its categories.</param>
    /// <param name="now">Now.</param>
    public Task Run(IReadOnlyList<Actor> people, Company company, DateTimeOffset now)
    {
        var desk = new TeamDesk(database);
        return database.Write(async unit =>
        {
            await desk.Add(unit, new() { Name = "Orders and delivery", People = [people[0].Id, people[1].Id], Categories = ["DEL", "ORD", "PRC"] }, company.Content.Categories, people[4], now);
            await desk.Add(unit, new() { Name = "Repairs and returns", People = [people[2].Id, people[3].Id], Categories = ["PRD", "RET", "VIS"] }, company.Content.Categories, people[4], now);
        });
    }
}
