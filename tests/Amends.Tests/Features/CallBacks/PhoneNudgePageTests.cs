using System.Net;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;

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
        Assert.Contains("“I am sorry for the trouble that this has made you.”", (await jo.Open("/cases/1001/call")).Words("main"));
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

    [Fact]
    public async Task A_call_is_set_aside_with_a_reason_and_the_script_is_the_companys_own()
    {
        await using var desk = await Desk.Start();
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await desk.Cases.Change(1001, @case => @case.CheckSafety(true, complaint.Jo, desk.Clock.Now));
        using var owner = await desk.SignIn(await desk.AddPerson("Max", Domain.People.Role.Owner));
        var odd = await owner.Send("/settings/calls", "/settings/calls", new() { ["On"] = "yes", ["Minutes"] = "30", ["AtOnce"] = "1", ["Script"] = "Hello {nmae}" });
        Assert.Contains("Nothing fills in “{nmae}”.", (await odd.Tree()).Words("#Script-error"));
        await owner.Send("/settings/calls", "/settings/calls", new() { ["On"] = "yes", ["Minutes"] = "30", ["AtOnce"] = "1", ["Script"] = "Good day {name}.\r\nYou said: {matters}." });
        await owner.Send("/settings/calls", "/settings/calls", new() { ["On"] = "yes", ["Minutes"] = "45", ["AtOnce"] = "1" }); // a form without it leaves it
        var page = (await owner.Open("/cases/1001/call")).Words("main");
        foreach (var line in new[] { "Good day Amara.", "First: “Is anybody in danger right now?”", "You said: A working machine by Saturday and no more waiting at home all day." })
            Assert.Contains(line, page);

        var silent = await owner.Send("/cases/1001/call", "/cases/1001/nudge/aside", new() { ["Aside"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        Assert.Contains("Say in a sentence why writing will do.", (await silent.Tree()).Words("#Aside-error"));
        Assert.Contains("at_risk", (await (await desk.AsProgram("Shop", Scopes.CasesRead)).Get("/api/v1/cases/1001")).GetProperty("phone_nudge").ToString());
        await owner.Send("/cases/1001/call", "/cases/1001/nudge/aside", new() { ["Aside"] = "A neighbour is with them, and writes." });
        var side = await owner.Open("/cases/1001");
        Assert.Equal("", side.Words("#nudge-title"));
        Assert.Contains("writes instead of ringing (somebody may be in danger): A neighbour is with them, and writes.", side.Words("main"));
        await desk.Cases.Change(1001, @case => @case.SetSeverity(Domain.Cases.Severity.High, complaint.Jo, desk.Clock.Now));
        await desk.RunDue();
        Assert.Contains("It is serious for them.", (await owner.Open("/cases/1001")).Words("#side"));
        using var program = await desk.ActingFor(complaint.Jo, "Desk", Scopes.CasesRead, Scopes.RecoveryWrite);
        Assert.Equal(HttpStatusCode.Created, (await program.Json("/api/v1/cases/1001/nudge/aside", """{"why":"They asked for a letter."}""", "a")).StatusCode);
        Assert.Equal("nudge", (await (await program.Json("/api/v1/cases/1001/nudge/aside", """{"why":"They asked for a letter."}""", "b")).Read()).GetProperty("code").GetString());
    }
}
