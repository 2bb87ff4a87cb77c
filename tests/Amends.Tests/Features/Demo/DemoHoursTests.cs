using Amends.Features.Demo;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.Demo;

/// <summary>The demo company is made whenever somebody starts it first: its stories lean on open hours and on what may be promised by then.</summary>
public sealed class DemoHoursTests
{
    [Theory]
    [InlineData("2026-11-27T21:19:00Z")] // a Friday night: a day to be asked lay more than a week after what was done
    [InlineData("2026-11-29T03:30:00Z")]
    [InlineData("2027-01-01T12:00:00Z")]
    public async Task It_is_made_at_night_at_the_weekend_and_on_a_holiday(string now)
    {
        await using var desk = await Desk.Start();
        desk.Clock.Now = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        await ActivatorUtilities.CreateInstance<MakeDemo>(desk.App.Services).Run(_ => { });
        Assert.InRange(await desk.Value<long>("select count(*) from cases"), 80, 200);
    }
}
