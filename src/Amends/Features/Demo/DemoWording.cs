using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>A draft of Hanna's that was written in the heat of the moment, so that its hints can be seen, and one that she sent all the same and looks back at.</summary>
public sealed class DemoWording(Database database, WordingChoices choices)
{
    private const string Hot =
        "Dear customer,\n\nas I said in my last mail, it is our policy to exchange only what was sent back within 14 days. You should have written to us sooner. I'm sorry for any inconvenience.\n\n"
        + "We can't make an exception. I have attached the terms.\n\nHanna";

    /// <summary>Adds them.</summary>
    public Task Run(Actor hanna, DateTimeOffset now) => database.Write(async unit =>
    {
        var numbers = await unit.List<long>($"select number from cases where owner_id = @Id and kind = 1 and stage = {(int)CaseStage.Working} order by number limit 2", new { hanna.Id });
        if (numbers.Count == 0)
            return;
        await unit.Run("insert into drafts (person_id, case_number, kind, text, device, saved_at) values (@Id, @number, 1, @Hot, 0, @at) on conflict do nothing",
            new { hanna.Id, number = numbers[0], Hot = Hot.ReplaceLineEndings("\r\n"), at = now.AddMinutes(-20).ToUnixTimeMilliseconds() }); // as a form sends it
        await choices.Keep(unit, hanna.Id, new WordingChoice(now.AddDays(-3), numbers[^1], SentHow.Rested, "The address really was the old one, and they asked me why.",
            [new ChosenWords("blame", "you should have", "It puts the fault on the customer.", "The order went out with the old address. I've corrected it.")]));
    });
}
