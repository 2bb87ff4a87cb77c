using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain.People;
using Amends.Domain.Reports;

namespace Amends.Features.Demo;

/// <summary>The manager of the demo company gets the recovery report each Monday; one letter lies there to be read, since nothing leaves.</summary>
public sealed class DemoReportMails(Database database, StoredSettings settings, ReportMailDesk desk, SendReports sender)
{
    /// <summary>Asks for it, and has one made.</summary>
    /// <param name="manager">Who gets it.</param>
    /// <param name="now">Now.</param>
    public async Task Run(Actor manager, DateTimeOffset now)
    {
        var zone = (await settings.Company()).Zone();
        await database.Write(async unit =>
        {
            var id = await desk.Add(unit, manager, new("recovery", 90, null, new MailTimes(MailRhythm.Weekly, 1, 8), ReportMailFormat.Workbook), now, zone);
            await ReportMailDesk.Turn(unit, id, ReportMailTurn.Now, manager, now, zone);
        });
        await sender.RunOnce(default);
    }
}
