using System.Text.RegularExpressions;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Web;

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

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_happened_between_reading_a_page_and_listening_is_told_first_and_only_once(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");
        var read = Regex.Match(await jo.GetStringAsync("/inbox/team"), "data-live=\"([^\"]+)\"").Groups[1].Value;
        var number = await desk.Complain("Bo Lind", "The lamp buzzes", "It buzzes.");
        var version = await desk.Value<long>("select version from cases where number = @number", new { number });

        var heard = await Read(jo, "/live?since=" + read, null, $"\"id\":{number},\"version\":{version},");
        Assert.DoesNotContain(heard, line => line.Contains("\"id\":1001,"));

        var last = heard.Last(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..]; // a stream that broke off there
        await desk.Write(number, "And it is hot.");
        heard = await Read(jo, "/live?since=" + read, last, $"\"version\":{version + 1},");
        Assert.DoesNotContain(heard, line => line.Contains($"\"version\":{version},"));
    }

    [Fact]
    public async Task Who_missed_more_than_is_kept_or_read_from_another_node_asks_again_or_hears_the_newest()
    {
        await using var desk = await Desk.Start();
        var live = desk.Get<LiveSignals>();
        var read = live.Position;
        for (var number = 1; number <= LiveSignals.MostKept; number++)
            live.Spread(new("case", number));
        Assert.Equal(Enumerable.Range(1, LiveSignals.MostKept), Since(live, read).Select(signal => (int)signal.Id));
        Assert.Empty(Since(live, live.Position)); // nothing was missed
        live.Spread(new("case", 1));
        Assert.Equal([new(LiveSignals.Resync, 0)], Since(live, read)); // one more than is kept
        Assert.Equal([new(LiveSignals.Resync, 0)], Since(live, "elsewhere.17")); // nobody knows how many

        var other = new LiveSignals(desk.Database);
        other.Spread(new("case", 7));
        Assert.All(["elsewhere.17", "nonsense", "", "."], since => Assert.Equal([new("case", 7)], Since(other, since)));
        Assert.All([null, other.Position.Split('.')[0] + ".9223372036854775807"], since => Assert.Empty(Since(other, since)));
    }

    [Fact]
    public async Task Who_does_not_keep_up_hears_that_something_was_missed()
    {
        await using var desk = await Desk.Start();
        var live = desk.Get<LiveSignals>();
        using var listening = live.Listen(null);
        for (var number = 1; number <= LiveSignals.MostKept + 5; number++)
            live.Spread(new("case", number));
        var told = All(listening);
        Assert.Equal(new LiveSignal(LiveSignals.Resync, 0), told[0]);
        Assert.Equal(LiveSignals.MostKept + 5, told[^1].Id);
        live.Spread(new("case", 1));
        Assert.Equal([new("case", 1)], All(listening));
    }

    /// <summary>What is told at once.</summary>
    private static List<LiveSignal> Since(LiveSignals live, string? since)
    {
        using var listening = live.Listen(since);
        return All(listening);
    }

    private static List<LiveSignal> All(LiveSignals.Listening listening)
    {
        var told = new List<LiveSignal>();
        while (listening.TryRead(out var heard))
            told.Add(heard.Signal);
        return told;
    }

    /// <summary>Lines of the stream until one that holds a text, and to the end of that event.</summary>
    private static async Task<List<string>> Read(HttpClient browser, string address, string? lastId, string until)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        using var answer = await browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(stop.Token));
        var read = new List<string>();
        while (read.Count == 0 || read[^1].Length > 0 || !read.Any(line => line.Contains(until)))
            read.Add(await lines.ReadLineAsync(stop.Token) ?? throw new EndOfStreamException());
        return read;
    }
}
