using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Learning;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>The demo company looked at a week, and approved a hard case that went well; the last whole week is left to do.</summary>
public sealed class DemoLearning(Database database, StoredSettings settings, LearnDesk desk, LearnSight sight)
{
    private const int MostWeeks = 26;

    /// <summary>Keeps the look at the week before the last one, and the newest hard case of an earlier week.</summary>
    /// <param name="people">The company's people: three agents, a lead, a manager.</param>
    /// <param name="now">Now.</param>
    public async Task Run(IReadOnlyList<Actor> people, DateTimeOffset now)
    {
        var (owner, lead, zone) = (people[1], people[3], (await settings.Company()).Zone());
        var last = LocalDay.Of(LocalDay.LastWeek(now, zone).From, zone);
        var week = last.AddDays(-7);
        await database.Write(unit => LearnDesk.Save(unit, week, new(5, "Tell everybody with a late parcel on the same day, before they ask", owner.Id, week.AddDays(14), LearnAction.Improvement,
            "Most of the week's complaints were about waiting without a word. A message costs us a minute; no message costs an angry call.", ""), lead, now.AddDays(-6)));
        for (var back = 1; back <= MostWeeks; back++)
        {
            if (await sight.Hardest(last.AddDays(-7 * back), default) is not { } found)
                continue;
            await desk.Approve(found.Case.Number, "Heard first, then put right", await Plain(found), "We asked what would help before we offered anything, and kept the day that we named.", lead, now.AddDays(-6));
            return;
        }
    }

    /// <summary>The draft where it names nobody; a summary of it where a word in it looks like a name.</summary>
    private async Task<string> Plain((HardCase Case, string Story, string Subject) found)
    {
        var source = (await LearnSource.Load(database, found.Case.Number, default))!;
        return HardStory.StillNames(found.Story, source.Known).Count == 0 ? found.Story : "The customer waited and wrote more than once. We summed it up, asked what would help, and did it by the day that we had named.";
    }
}
