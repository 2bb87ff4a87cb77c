using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Alerts;
using Amends.Domain.Outreach;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>What stands out in the demo company: the bad lot is there to be found. One signal is decided; a notice to those with the lot who said nothing waits for a second person.</summary>
public sealed class DemoSignals(Database database, AlertDesk alerts, ReportReader counts)
{
    /// <summary>Looks, decides and drafts.</summary>
    /// <param name="lead">Who decides and writes.</param>
    /// <param name="manager">Who would agree.</param>
    /// <param name="now">Now.</param>
    public async Task Run(Actor lead, Actor manager, DateTimeOffset now)
    {
        await counts.CatchUp(); // what stands out is read from the sums
        await alerts.Look();
        var open = await alerts.List(decided: false, 50);
        await database.Write(async unit =>
        {
            if (open.FirstOrDefault(kept => kept.Alert.Rule != AlertRule.Safety && kept.Alert.Product != "Kettle K-12") is { } other)
                await AlertDesk.Decide(unit, other.Id, isTakenUp: true, "The carrier was asked for the scans of these days.", manager, now);
            await OutreachDesk.Draft(unit, new Audience("Kettle K-12", "L-2291"), new NoticeText("Your kettle K-12: please do not use it",
                $"Dear {NoticeText.NameMark},\n\nother customers told us that kettles of one lot leak at the bottom, towards the plug, and yours is of that lot. Please do not use it any more.\n\nAnswer this mail with “new kettle” or “money back”, and we do that this week. You need not send anything back, and nobody asks for proof."), 60, lead, now);
        });
    }
}
