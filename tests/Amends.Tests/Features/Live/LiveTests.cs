using Amends.Domain.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.Live;

/// <summary>The stream of signals over HTTP, on both databases.</summary>
public sealed class LiveTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_browser_hears_of_changes_and_of_others_but_not_of_itself(string kind)
    {
        await using var desk = await Desk.Start(kind, running: true);
        var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Agent));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");

        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var answer = await jo.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, stop.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", answer.Headers.GetValues("X-Accel-Buffering").Single());
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(stop.Token));
        Assert.Equal("event: ready", await lines.ReadLineAsync(stop.Token));
        await Task.Delay(500, stop.Token); // the other side listens a moment later

        await jo.Send($"/cases/{number}", $"/cases/{number}/presence", new() { ["state"] = "viewing" });
        await lea.Send($"/cases/{number}", $"/cases/{number}/presence", new() { ["state"] = "writing" });
        await desk.Write(number, "And the lid is off.");
        var version = await desk.Value<long>("select version from cases where number = @number", new { number });
        var heard = new List<string>();
        while (!heard.Any(line => line.Contains("Lea is writing")) || !heard.Any(line => line.Contains($"\"version\":{version}"))) // two things done at once may be told in either order
        {
            if (await lines.ReadLineAsync(stop.Token) is { } line && line.StartsWith("data: {\"", StringComparison.Ordinal))
                heard.Add(line);
        }

        Assert.DoesNotContain(heard, line => line.Contains("Jo is"));
        Assert.All(heard, line => Assert.DoesNotContain("lid", line));
    }
}
