using System.Net;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Features.Promises;

/// <summary>How long nobody may be left without a word: the company says so, and what is refused, promised and found follows.</summary>
public sealed class SilenceTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_longest_silence_is_a_setting_that_promises_and_the_list_of_the_neglected_follow(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        var max = await desk.AddPerson("Max", Role.Owner);
        using var owner = await desk.SignIn(max);
        Dictionary<string, string> replies = new() { ["Call"] = "4", ["Mail"] = "8", ["Text"] = "4", ["Public"] = "2" };
        foreach (var wrong in new[] { "0", "31", "three", "" })
            Assert.Contains("Write days: from 1 to 30.", (await (await owner.Send("/settings/replies", "/settings/replies", new(replies) { ["Silence"] = wrong })).Tree()).Words("#Silence-error"));
        await owner.Send("/settings/replies", "/settings/replies", new(replies) { ["Silence"] = "3" });
        await owner.Send("/settings/replies", "/settings/replies", new(replies) { ["Mail"] = "6" }); // a form without it leaves it
        Assert.Equal("3", (await owner.Open("/settings/replies")).QuerySelector("#Silence")!.GetAttribute("value"));

        var form = $"/cases/{complaint.Number}/promise";
        Dictionary<string, string> promise = new() { ["DueAt"] = desk.Clock.Now.AddDays(4).ToString("yyyy-MM-dd'T'HH:mm"), ["Reason"] = "The depot is slow" };
        var late = await owner.Send(form, form + "/date", promise);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("Nobody waits longer than 3 days without a word.", (await late.Tree()).Words("#DueAt-error"));
        Assert.Equal(HttpStatusCode.SeeOther, (await owner.Send(form, form + "/date", new(promise) { ["DueAt"] = desk.Clock.Now.AddDays(3).ToString("yyyy-MM-dd'T'HH:mm") })).StatusCode);

        Assert.Contains("Nobody.", (await owner.Open("/customers/neglected")).Words("section[aria-labelledby=silent]"));
        desk.Clock.Now += TimeSpan.FromDays(4);
        using var later = await desk.SignIn(max);
        var found = (await later.Open("/customers/neglected")).Words("section[aria-labelledby=silent]");
        Assert.Contains("No word for over 3 days", found);
        Assert.Contains($"#{complaint.Number}", found);
    }
}
