using Amends.Data;
using Amends.Domain.Mentions;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>Reviews and posts about the demo company: most answered, some rated again once it was put right, two that nobody has seen to.</summary>
public sealed class DemoMentions(Database database)
{
    private static readonly (int Before, int? After, string Text)[] Said =
    [
        (1, 4, "Two weeks late and nobody told me. They rang, said sorry and sent a van the next day."), (2, 4, "Scratched table. Took one call to get a new top."), (1, 1, "Still waiting for the second half of my order."), (2, 5, "The chair wobbled; a new frame came with a note from a real person."),
        (3, 4, "Good sofa, poor delivery. They gave me a slot that held."), (1, 3, "Refund took a month, then it came with an apology."), (4, 4, "Nice lamp."), (2, 1, "Promised a call on Monday. No call."), (1, 5, "Bad batch, they said so openly and changed it."), (3, 3, "All right in the end."), (2, 3, "The driver left it at the neighbours."), (1, 2, "Wrong colour twice."),
    ];

    private static readonly string[] Names = ["Ada H.", "bruno_f", "Carla Wójcik", "D. Baker", "edda", "Felix M.", "Greta", "hugo77", "Ines S.", "Jasper", "Klara K.", "Levi"];

    /// <summary>Adds them.</summary>
    public Task Run(Actor agent, DateTimeOffset now) => database.Write(async unit =>
    {
        for (var i = 0; i < Said.Length; i++)
        {
            var (at, (before, after, text)) = (now.AddDays(-6 - i * 6).AddHours(-i), Said[i]);
            var (id, _) = await MentionDesk.Put(unit, new Mention(i % 3 == 2 ? "Homebook" : "Reviews Northwind", Names[i], text, at)
            {
                Link = $"https://reviews.example/northwind-home/{100 + i}", Before = before, After = after, AnsweredAt = at.AddHours(3 + i % 5 * 7), Answer = "Thank you for saying so openly. We have written to you to put it right.",
            }, agent, now);
            if (i % 2 == 0)
                await unit.Run("update mentions set case_number = (select max(number) from cases where closed_at is not null and number <= (select min(number) from cases) + @upTo), linked_by = @Id, linked_at = @at where id = @mention", new { upTo = 10 + i * 4, agent.Id, at = now.ToUnixTimeMilliseconds(), mention = id });
        }

        var amara = await unit.Value<string?>("select u.name from cases c join customers u on u.id = c.customer_id where c.closed_at is null order by c.number desc limit 1");
        await MentionDesk.Put(unit, new Mention("Reviews Northwind", amara ?? "Mo", "Third week without an answer that helps. Be careful.", now.AddHours(-5)) { Link = "https://reviews.example/northwind-home/140", Before = 1 }, agent, now);
        await MentionDesk.Put(unit, new Mention("Homebook", "mo.writes", "Has anybody else had a Viken desk with a crack?", now.AddHours(-20)) { Link = "https://homebook.example/p/9931" }, agent, now);
    });
}
