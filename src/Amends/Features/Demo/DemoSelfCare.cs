using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.SelfCare;
using Amends.Domain.Training;

namespace Amends.Features.Demo;

/// <summary>What one agent keeps for herself and shows of it to her lead, what she practised, a draft that she is asked to read, and hours that are to change hands.</summary>
public sealed class DemoSelfCare(Database database, SelfCareDesk own, PracticeDesk practice, PrivateEntries entries, DraftReadings readings, ShiftSwaps swaps, Company company)
{
    /// <summary>Adds them.</summary>
    public async Task Run(IReadOnlyList<Actor> people, DateTimeOffset now)
    {
        var (hanna, jo, lea) = (people[0], people[1], people[3]);
        var today = LocalDay.Of(now, company.Zone());
        await own.SetLikes(hanna.Id, new OwnLikes { Rest = true, LightCard = true, Mood = true, OneIn = 3 });
        foreach (var (back, mood) in ((int, int)[])[(9, 3), (8, 4), (7, 4), (6, 2), (5, 3), (2, 4), (1, 4)])
            await own.SetMood(hanna.Id, mood, today.AddDays(-back));
        await Reviews(hanna, lea, today, now);
        await Practised(hanna, "late_birthday", now.AddDays(-6), ["How did the day go for him?", "What have you heard from us so far?"], "The train came two days after the birthday, and nobody answered her two mails.", "A parcel for him with his name on it");
        await Practised(hanna, "last_straw", now.AddDays(-2), ["What happened before the towels?"], "The towels are the wrong size.", "");
        await swaps.Ask(hanna.Id, today.AddDays(3), "My daughter has her first day at school.", jo, company, now.AddHours(-3));
        var cases = await database.Write(unit => unit.List<long>($"select number from cases where owner_id = @Id and kind = 1 and stage = {(int)CaseStage.Working} order by number limit 1", new { jo.Id }));
        foreach (var number in cases)
            await readings.Ask(number, "Dear customer,\n\nas I wrote to you twice already, the depot cannot know what you mean when you do not send the photo that we asked for. Please read our mails.\n\nJo", hanna.Id, "Is this too sharp? I have been at it since nine.", jo, now.AddHours(-1));
    }

    private async Task Reviews(Actor hanna, Actor lea, DateOnly today, DateTimeOffset now)
    {
        var closed = await database.Write(unit => unit.List<long>("select number from cases where owner_id = @Id and kind = 1 and closed_at is not null order by closed_at desc limit 3", new { hanna.Id }));
        for (var i = 0; i < closed.Count; i++)
        {
            var look = (await own.Look(closed[i]))!;
            var judged = LookBack.Of(look.State, look.Log, look.Said).ToDictionary(each => each.Habit, each => each.Leaning);
            judged[Habit.Owning] = i == 1 ? Leaning.Instead : Leaning.Did;
            await own.SetReview(hanna.Id, new LookedBack
            {
                Number = closed[i], Day = today.AddDays(-4 - i * 31), Judged = judged, Differently = i == 0 ? "Ask what it meant for them before I write the summary." : "",
            });
        }

        if (closed.Count > 0)
            await entries.Share(hanna.Id, lea.Id, SelfCareDesk.AsShareable(closed[0]), shown: true, now);
        await entries.Share(hanna.Id, lea.Id, Shareable.Practising, shown: true, now);
    }

    private async Task Practised(Actor who, string key, DateTimeOffset at, string[] asked, string happened, string second)
    {
        var scenario = PracticeDesk.Find(key)!;
        var written = PracticeDesk.New(scenario)
            .Take(new Practice { Questions = string.Join('\n', asked), Impact = scenario.Impact })
            .Take(new Practice { Happened = happened, Matters = "That somebody sees it", Promised = "You hear from me today" })
            .Take(new Practice { Options = [new("A word of sorry, and the postage back", "It was ours to tell you."), new(second, "He has something to hold.")], CheckBack = "By mail on Friday" })
            .Take(new Practice { Letter = $"Dear {scenario.Customer},\n\nthat should not have happened, and I am sorry. You can have the postage back with a word of sorry, or {second.ToLowerInvariant()}. I write again on Friday.\n\n{who.Name}" });
        await practice.Keep(who.Id, scenario, written, company.Zone(), at);
    }
}
