using Amends.Data;
using Amends.Domain.Remedies;
using Amends.Jobs;

namespace Amends.Features.Promises;

/// <summary>The day of a line has passed: whoever has the case hears so, and the colleague whose the line is.</summary>
public sealed class TellOfLateRemedy(Database database, StoredSettings settings, TimeProvider clock) : IReact<RemedyOverdue>
{
    /// <inheritdoc/>
    public async Task React(long number, RemedyOverdue news, Job job, CancellationToken ct)
    {
        var due = TimeZoneInfo.ConvertTime(news.DueAt, (await settings.Company(ct)).Zone());
        var text = $"Late: “{news.What}” was due {due:d MMMM, HH:mm}. See that they get it, and tell them when.";
        await database.Write(async unit =>
        {
            var (key, at) = ($"{nameof(TellOfLateRemedy)}:{job.Id}", clock.GetUtcNow());
            await Notices.TellOwner(unit, number, key, text, at);
            if (news.PersonId is { } person)
                await Notices.Tell(unit, person, number, key, text, at);
        }, ct);
    }
}

/// <summary>Somebody was handed a line: they hear so, unless they took it themselves.</summary>
public sealed class TellOfHandedRemedy(Database database, CaseStore cases, StoredSettings settings, TimeProvider clock) : IReact<RemedyHanded>
{
    /// <inheritdoc/>
    public async Task React(long number, RemedyHanded news, Job job, CancellationToken ct)
    {
        if (news.PersonId is not { } person || person == news.By.Id || (await cases.Find(number, ct))?.Remedies.FirstOrDefault(each => each.Id == news.Id) is not { } remedy)
            return;
        var due = TimeZoneInfo.ConvertTime(remedy.DueAt, (await settings.Company(ct)).Zone());
        await database.Write(unit => Notices.Tell(unit, person, number, $"{nameof(TellOfHandedRemedy)}:{job.Id}", $"{news.By.Name} handed you “{remedy.What}”. They have it by {due:d MMMM, HH:mm}.", clock.GetUtcNow()), ct);
    }
}
