using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;

namespace Amends.Tests.Features.Contents;

/// <summary>The sets of categories and causes are the company's: renamed, added below, retired; never deleted; on both databases.</summary>
public sealed class CodeSetPathTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_cause_is_renamed_added_and_retired_by_two_people_and_what_has_it_keeps_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        var (marta, owen) = (await desk.AddPerson("Marta", Role.Manager), await desk.AddPerson("Owen", Role.Owner));
        var (agent, manager, owner) = (await desk.SignIn(complaint.Jo), await desk.SignIn(marta), await desk.SignIn(owen));
        var shipped = ContentFiles.AsShipped.Causes.Lines;
        Dictionary<string, string> Version(params (string Name, string Value)[] more)
        {
            var fields = new Dictionary<string, string> { ["Key"] = "causes.set", ["Title"] = "What complaints are put down to", ["From"] = "2026-03-04", ["Reason"] = "We see it more clearly now." };
            for (var i = 0; i < shipped.Count; i++)
            {
                (fields[$"Codes[{i}].Code"], fields[$"Codes[{i}].Words"]) = (shipped[i].Code, shipped[i].Words);
                if (shipped[i].Retired)
                    fields[$"Codes[{i}].Retired"] = "on";
            }

            foreach (var (name, value) in more)
                fields[name] = value;
            return fields;
        }

        int At(string code) => shipped.ToList().FindIndex(line => line.Code == code);
        const string Page = "/content/causes.set", Post = "/content/proposals";
        Assert.Contains("Carrier: late, lost, damaged on the way", (await agent.Open($"/cases/{complaint.Number}/ending?as=withdrawn")).Words("#Cause"));
        foreach (var (words, field, value) in new[] { ("names a person (“Hanna”)", $"Codes[{At("training")}].Words", "Hanna forgets it"), ("must stay", $"Codes[{At("unknown")}].Retired", "on"), ("is missing", $"Codes[{At("policy")}].Code", "never_was"), ("is called", $"Codes[{At("policy")}].Words", " ") })
        {
            var wrong = await manager.Send(Page, Post, Version((field, value)));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains(words, (await wrong.Tree()).Words("#Codes-error"));
        }

        var proposed = await manager.Send(Page, Post, Version(($"Codes[{At("delivery")}].Retired", "on"), ($"Codes[{At("supplier")}].Words", "Supplier or maker"), ($"Codes[{shipped.Count}].Words", "Change of material"), ($"Codes[{shipped.Count}].Under", "supplier"), ($"Codes[{shipped.Count + 1}].Words", "Energy cut")));
        Assert.Equal("/content/proposals/1", proposed.Headers.Location!.OriginalString);
        Assert.Contains("supplier.change_of_material: Change of material", (await owner.Open("/content/proposals/1")).Body!.TextContent);
        Assert.Contains("nobody approves their own", await (await manager.Send("/profile", $"{Post}/1/decision", new() { ["answer"] = "yes" })).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await owner.Send("/profile", $"{Post}/1/decision", new() { ["answer"] = "yes" })).StatusCode);

        await complaint.Summarise();
        await desk.Cases.Change(complaint.Number, @case => @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without("They said so."), complaint.Jo, desk.Clock.Now, cause: "delivery")); // as it was found while it was still in use
        await desk.Cases.Change(complaint.Number, @case => @case.Reopen("It goes on.", complaint.Jo, Complaint.Calendar, desk.Clock.Now));
        var form = (await agent.Open($"/cases/{complaint.Number}/ending?as=withdrawn")).QuerySelector("#Cause")!;
        Assert.Contains("Supplier or maker: change of material", form.TextContent);
        Assert.NotNull(form.QuerySelector("option[value=energy_cut]"));
        Assert.True(form.QuerySelector("option[value=delivery]")!.HasAttribute("selected")); // it has it already
        var other = await desk.Complain("Jonas Berg", "Late", "Late.", complaint.Jo);
        Assert.Null((await agent.Open($"/cases/{other}/ending?as=withdrawn")).QuerySelector("#Cause option[value=delivery]"));
        Dictionary<string, string> Ending(string cause) => new() { ["As"] = "withdrawn", ["Why"] = "They took it back.", ["Tell.How"] = "other", ["Tell.Words"] = "They said so.", ["Cause"] = cause };
        var retired = await agent.Send($"/cases/{other}/ending?as=withdrawn", $"/cases/{other}/ending", Ending("delivery"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "They took it back."), (retired.StatusCode, (await retired.Tree()).QuerySelector("[name=Why]")!.TextContent.Trim()));
        Assert.Contains("is not used any more", (await (await agent.Send($"/cases/{other}/ending?as=withdrawn", $"/cases/{other}/ending", Ending("delivery"))).Tree()).Words("#Cause-error"));
        Assert.Equal(HttpStatusCode.SeeOther, (await agent.Send($"/cases/{other}/ending?as=withdrawn", $"/cases/{other}/ending", Ending("supplier.change_of_material"))).StatusCode);
        Assert.Equal("supplier.change_of_material", await desk.Value<string>($"select cause from cases where number = {other}"));

        using var shop = await desk.ActingFor(marta, "Shop", Scopes.CasesRead, Scopes.RecoveryWrite);
        var set = await shop.Get("/api/v1/content/causes.set");
        Assert.Contains(set.GetProperty("codes").EnumerateArray(), line => line.GetProperty("code").GetString() == "delivery" && line.GetProperty("retired").GetBoolean());
        var third = await desk.Complain("Mei Chen", "Late", "Late.", complaint.Jo);
        await RecoveryApiTests.No(shop, $"/api/v1/cases/{third}/closing", """{"reason":"withdrawn","why":"x","customer":{"told":"by phone"},"cause":"delivery"}""", 400, "bad_request");
        await RecoveryApiTests.Done(shop, $"/api/v1/cases/{third}/closing", """{"reason":"withdrawn","why":"x","customer":{"told":"by phone"},"cause":"energy_cut"}""");
        Assert.Equal("energy_cut", (await desk.Cases.Find(third))!.Cause);
    }
}
