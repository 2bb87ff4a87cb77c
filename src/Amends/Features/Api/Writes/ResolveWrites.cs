using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Features.Api.Writes;

/// <summary>Put right while the customer is still there: heard, summed up, offered, agreed and, if they have it, done, in one go.</summary>
public sealed class ResolveWrites(CaseWrite write, CaseStore cases, PlaybookDesk playbooks)
{
    private const int LongestLine = 2000, LongestTalk = 20_000;

    /// <summary>Does all of it, under the guards of the single steps.</summary>
    public async Task<IResult> Resolve(long number, HttpContext context)
    {
        var (asked, body) = await write.Read<ResolveOnTheSpot>(context);
        var (said, company, now) = (asked.Value, asked.Company, asked.Now);
        var talk = Checked.Needed("said", said.Said, LongestTalk);
        var via = said.Via is Channel.Phone or Channel.InPerson ? said.Via.Value : throw new BadField("via", "On the spot means on the phone or in person: phone or in_person.");
        var settled = Read(asked);
        if (await cases.Find(number, context.RequestAborted) is not { } found)
            return TypedResults.NotFound();
        var (playbook, _) = await playbooks.For(number, found, company, now, context.RequestAborted);
        settled = settled with { Playbook = playbook is null ? null : PlaybookDesk.Terms(playbook, company, null) };
        return await write.Run(number, context, body, company, async work =>
        {
            var message = await Conversation.Add(work.Unit, number, new NewMessage(Direction.Call, via, work.By.Name, talk, work.Now) { AuthorId = work.By.Id });
            if (said.AtRisk is { } atRisk)
                work.Case.CheckSafety(atRisk, work.By, work.Now);
            work.Case.ResolveNow(settled, via, work.By, work.Calendar, work.Now, await work.Power());
            work.Case.Speak(message, via, work.By, work.Now);
        });
    }

    private static OnTheSpot Read(Asked<ResolveOnTheSpot> asked)
    {
        var said = asked.Value;
        var wanted = Checked.Text("wanted_outcome", said.WantedOutcome, LongestLine);
        if (wanted is null != said.DidNotSay)
            throw new BadField("wanted_outcome", "Say what would put it right in their words, or that they did_not_say.");
        var (happened, matters, title, words) = (Checked.Needed("happened", said.Happened, LongestLine), Checked.Needed("matters", said.Matters, LongestLine), Checked.Needed("title", said.Title, 200), Checked.Needed("words", said.Words, LongestLine));
        var remedy = said.Remedy ?? throw new BadField("remedy", "Say what is done.");
        if (remedy.ReleaseOn is not null)
            throw new BadField("remedy.release_on", "What waits for a parcel is offered step by step.");
        return new OnTheSpot(wanted, happened, matters, title, (said.Done ? remedy with { DueAt = asked.Now } : remedy).Read(asked.Company, asked.Now, "remedy"), said.AsWanted, Checked.Text("other", said.Other, 400), words, said.Done,
            Checked.Cause("cause", said.Cause, asked.Company), asked.CheckBack("check_back_at", said.CheckBackAt));
    }
}

/// <summary>What was agreed with a customer who is still there.</summary>
public sealed record ResolveOnTheSpot
{
    /// <summary>The talk, in words.</summary>
    public string? Said { get; init; }

    /// <summary>phone or in_person.</summary>
    public Channel? Via { get; init; }

    /// <summary>Whether anybody is in danger.</summary>
    public bool? AtRisk { get; init; }

    /// <summary>What would put it right, in their words.</summary>
    public string? WantedOutcome { get; init; }

    /// <summary>They were asked what would put it right, and did not say.</summary>
    public bool DidNotSay { get; init; }

    /// <summary>What happened, and what matters most to them, as read back.</summary>
    public string? Happened { get; init; }
    public string? Matters { get; init; }

    /// <summary>What is done, in a few words.</summary>
    public string? Title { get; init; }
    public AskedRemedy? Remedy { get; init; }

    /// <summary>It is exactly what they asked for; otherwise <c>other</c> says what else they could have had.</summary>
    public bool AsWanted { get; init; }
    public string? Other { get; init; }

    /// <summary>How they said yes, quoted.</summary>
    public string? Words { get; init; }

    /// <summary>They have it already; then with the code of the cause.</summary>
    public bool Done { get; init; }
    public string? Cause { get; init; }

    /// <summary>When we ask whether it is put right; in a week when left out.</summary>
    public DateTimeOffset? CheckBackAt { get; init; }
}
