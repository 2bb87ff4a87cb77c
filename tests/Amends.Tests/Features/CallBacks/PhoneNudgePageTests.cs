using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Features.CallBacks;

/// <summary>The case says when it is better to ring, gives a script, and prepares the letter about the call.</summary>
public sealed class PhoneNudgePageTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_case_says_why_to_ring_and_after_the_call_the_letter_about_it_is_drafted_and_not_sent(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await desk.Database.Write(unit => unit.Run("update customers set phone = '+44 113 496 0142'"));
        using var jo = await desk.SignIn(complaint.Jo);
        Assert.Equal("", (await jo.Open("/cases/1001")).Words("#nudge-title"));
        await desk.Cases.Change(1001, @case => @case.CheckSafety(true, complaint.Jo, desk.Clock.Now));
        await desk.RunDue();

        var page = await jo.Open("/cases/1001");
        Assert.Contains("Better on the phone Somebody may be in danger. +44 113 496 0142", page.Words("#side"));
        Assert.NotNull(page.QuerySelector("#side a[href='tel:+441134960142']"));
        Assert.Contains("“Is anybody in danger right now?”", (await jo.Open("/cases/1001/call")).Words("main"));
        await jo.Send("/cases/1001/call", "/cases/1001/calls", new() { ["Who"] = "us", ["Words"] = "Nobody is hurt; the machine is unplugged.", ["Next"] = "when the engineer comes", ["NextAt"] = "2026-03-05T12:00", ["Confirm"] = "yes" });

        page = await jo.Open("/cases/1001");
        Assert.Equal("", page.Words("#nudge-title"));
        Assert.Contains("Nobody is hurt; the machine is unplugged.", page.QuerySelector("textarea[name=text]")!.TextContent);
        Assert.Contains("You hear from me by tomorrow at 12:00: when the engineer comes.", page.QuerySelector("textarea[name=text]")!.TextContent);
        Assert.Equal(0, await desk.Value<long>("select count(*) from outbox"));
        Assert.Equal(["phone_nudged", "we_spoke"], await desk.Rows<string>("select kind from events where kind in ('phone_nudged', 'we_spoke') order by id")); // shown, and followed by a call
        Assert.Equal([NudgeReason.AtRisk], (await desk.Rows<string>("select body from events where kind = 'phone_nudged'")).Select(body => (PhoneNudged)Data.CaseJson.Event("phone_nudged", body)).Single().Reasons);
    }

    [Fact]
    public async Task What_its_writer_has_begun_is_not_replaced_by_the_drafted_letter()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        using var jo = await desk.SignIn(complaint.Jo);
        await jo.Send("/cases/1001", "/cases/1001/draft", new() { ["kind"] = "reply", ["text"] = "Dear Amara," });
        await jo.Send("/cases/1001/call", "/cases/1001/calls", new() { ["Words"] = "All is well.", ["Next"] = "the date", ["NextAt"] = "2026-03-05T12:00", ["Confirm"] = "yes" });
        Assert.Equal("Dear Amara,", await desk.Value<string>("select text from drafts"));
    }
}
