using System.Globalization;
using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Learning;

namespace Amends.Features.Api.Writes;

/// <summary>What is written down on the ten minutes of a week, by programs that act for a lead.</summary>
public sealed class LearnWrites(CaseWrite write, DoOnce once, LearnDesk desk)
{
    /// <summary>Keeps what was decided.</summary>
    public async Task<IResult> Keep(HttpContext context)
    {
        var (asked, body) = await write.Read<KeepWeek>(context);
        var sent = asked.Value;
        var week = ReadLearning.Week(sent.Week is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null, asked.Now, asked.Company.Zone());
        var decided = new LearnDecision(sent.People ?? 0, sent.Action ?? "", sent.OwnerId ?? 0, sent.Due ?? throw new BadField("due", "Give a day, such as 2026-03-04."), Checked.Chosen("kind", sent.Kind, "One of improvement and playbook."), sent.Decision ?? "", sent.Came ?? "");
        return await once.Run(context, body, async (unit, by, now) =>
        {
            await LearnDesk.Save(unit, week, decided, by, now);
            return Step(week);
        });
    }

    /// <summary>Approves a story.</summary>
    public async Task<IResult> Approve(HttpContext context)
    {
        var (asked, body) = await write.Read<ApproveStory>(context);
        var sent = asked.Value;
        var ready = await desk.Ready(sent.Case ?? throw new BadField("case", "Name the complaint whose story it is."), sent.Title, sent.Story, sent.Takeaway, BearerToken.Of(context), context.RequestAborted);
        return await once.Run(context, body, async (unit, by, now) =>
        {
            await LearnDesk.Approve(unit, ready, by, now);
            return Step(DateOnly.ParseExact(ready.Week, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        });
    }

    /// <summary>Takes one back.</summary>
    public async Task<IResult> TakeBack(long number, HttpContext context)
    {
        var (asked, body) = await write.Read<GiveReason>(context);
        return await once.Run(context, body, async (unit, by, now) => await LearnDesk.TakeBack(unit, number, asked.Value.Reason, by, now) ? Step(LocalDay.MondayOf(LocalDay.Of(now, asked.Company.Zone()))) : null);
    }

    private static Written Step(DateOnly week) => new(StatusCodes.Status201Created, string.Create(CultureInfo.InvariantCulture, $"/api/v1/learn?week={week:yyyy-MM-dd}"), new LearnStep(week));
}

/// <summary>The Monday of the week that it is about; of a story that was taken back, of the present week.</summary>
public sealed record LearnStep(DateOnly Week);

/// <summary>What was decided: any day of the week (the last whole week, when left out), how many were there, the one action, whose it is, until when, what it becomes, the decision, and what came of the last action.</summary>
public sealed record KeepWeek(DateOnly? Week = null, int? People = null, string? Action = null, long? OwnerId = null, DateOnly? Due = null, LearnAction? Kind = null, string? Decision = null, string? Came = null);

/// <summary>The story of a hard case without names.</summary>
public sealed record ApproveStory(long? Case = null, string? Title = null, string? Story = null, string? Takeaway = null);
