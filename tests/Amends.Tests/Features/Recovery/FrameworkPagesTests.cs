using System.Net;
using Amends.Data;
using Amends.Domain.Frameworks;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.Cases;
using Amends.Web;

namespace Amends.Tests.Features.Recovery;

/// <summary>The steps of frameworks on a case: chosen by the company and by each person, lit by letters that went, the same in the JSON.</summary>
public sealed class FrameworkPagesTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_steps_of_the_chosen_framework_are_lit_by_letters_that_went_and_never_by_hand(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "The kettle leaks on my new table and nobody rang me back.", jo);
        using var browser = await desk.SignIn(jo);
        var (page, steps) = ($"/cases/{number}", $"/cases/{number}/steps");
        async Task<string> Strip() => (await browser.Open(page)).QuerySelector($".card p a[href='{steps}']")!.ParentElement!.TextContent;

        Assert.Equal("Six steps: Listen · Calm · Not you · Updates · Phone · Solve · Diagnose", await Strip());
        var refused = await browser.Send(steps, steps, new() { ["framework"] = "ticks" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Choose one of the ways", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(steps, steps, new() { ["framework"] = "last" })).StatusCode);
        Assert.Equal("LAST: Listen · Apologise · Solve · Thank", await Strip());

        await browser.Send(page, page + "/messages", new() { ["text"] = "Dear Amara,\n\nI'm sorry that the kettle leaks on your table. Thank you for telling us about the table. I have sent a new kettle today.\n\nJo", ["anyway"] = "1" });
        Assert.Empty((await desk.Cases.Find(number))!.Said); // held, it can still be taken back
        desk.Clock.Now += TimeSpan.FromSeconds(11);
        await WritingTests.Release(desk);
        Assert.Equal([SaidPart.Apology, SaidPart.Repair, SaidPart.Empathy, SaidPart.Thanks, SaidPart.Calm], (await desk.Cases.Find(number))!.Said.Select(said => said.Part));
        Assert.Equal("LAST: Listen · ✓ Apologise · Solve · ✓ Thank", await Strip());

        await browser.Send(page, page + "/summaries", new() { ["Outcome"] = "A kettle", ["AtRisk"] = "no", ["Happened"] = "The kettle leaks", ["Matters"] = "The table", ["Promised"] = "An answer", ["Then"] = "send" });
        Assert.Equal("LAST: ✓ Listen · ✓ Apologise · Solve · ✓ Thank", await Strip());
        var shown = await browser.Open(steps);
        Assert.Equal("LAST", shown.QuerySelector("main h2")!.TextContent);
        Assert.Equal(FrameworkSet.All.Count, shown.QuerySelectorAll("main section").Length);
        Assert.Contains("what you understood went to them", shown.Words("main section"));
        Assert.Contains("Lit when what was agreed is done", shown.Words("main section"));

        // the company's choice is for those who made none, and the JSON has it
        using var ona = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ona.Send("/settings/steps", "/settings/steps")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ona.Send("/settings/steps", "/settings/steps", new() { ["framework"] = "heard" })).StatusCode);
        Assert.StartsWith("HEARD: ✓ Hear · ✓ Empathise · ✓ Apologise", (await ona.Open(page)).QuerySelector($".card p a[href='{steps}']")!.ParentElement!.TextContent);
        Assert.StartsWith("LAST", await Strip());
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send("/profile", "/profile", new() { ["name"] = "Jo", ["framework"] = "" })).StatusCode);
        Assert.StartsWith("HEARD", await Strip());
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        var json = (await shop.Get($"/api/v1/cases/{number}")).GetProperty("steps");
        Assert.Equal(("heard", "Hear True, Empathise True, Apologise True, Resolve False, Diagnose False"), (json.GetProperty("key").GetString(), string.Join(", ", json.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("name")} {step.GetProperty("lit").GetBoolean()}"))));
        Assert.Equal("put_right", json.GetProperty("steps")[3].GetProperty("missing")[0].GetString());
        using var reader = await desk.SignIn(await desk.AddPerson("Rae", Role.Reader));
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.Send("/profile", "/settings/steps", new() { ["framework"] = "last" })).StatusCode);
    }

    [Fact]
    public void Every_framework_that_ships_has_its_source_its_day_and_steps_that_something_lights()
    {
        Assert.Equal(["six_steps", "last", "heard", "learn", "blast", "heat", "all_set"], FrameworkSet.All.Select(each => each.Key));
        Assert.All(FrameworkSet.All, framework =>
        {
            Assert.True(framework.Source.Length > 10 && framework.Checked.Year > 2000 && framework.Steps.Count >= 4, framework.Name);
            Assert.All(framework.Steps, step => Assert.True(step.Name.Length is > 0 and < 20 && step.How.Length > 10 && step.All.Count + step.Any.Count > 0, $"{framework.Name}: {step.Name}"));
        });
        Assert.Equal("last", FrameworkSet.For("last", "heard").Key);
        Assert.Equal("heard", FrameworkSet.For("nothing", "heard").Key);
        Assert.Equal(FrameworkSet.Proposed, FrameworkSet.For(null, null).Key);
    }
}
