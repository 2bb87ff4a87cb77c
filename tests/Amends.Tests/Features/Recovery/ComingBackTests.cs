using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;

namespace Amends.Tests.Features.Recovery;

/// <summary>A customer who writes after their case was closed: soon, or long after; on both databases.</summary>
public sealed class ComingBackTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_within_the_window_opens_the_case_again_and_a_later_one_asks_whether_the_old_matter_goes_on(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        await desk.Get<StoredSettings>().Set((await desk.Get<StoredSettings>().Company()) with { IsSetUp = true, Course = new() { ReopenDays = 30 } });
        await desk.Post(MailDesk.Mail("Amara <amara@customer.example>", "The tap drips", "It drips all night.", "one@customer.example"));
        await desk.ReadAll();
        var old = await desk.Value<long>("select number from cases");
        var thread = $"In-Reply-To: {MailDesk.Header((await desk.Outgoing())[0], "Message-ID")}\r\n";
        async Task<long> Write(string words, string id)
        {
            await desk.Post(MailDesk.Mail("Amara <amara@customer.example>", "Re: The tap drips", words, id, thread));
            await desk.ReadAll();
            return await desk.Value<long>("select case_number from messages where text like @words", new { words = words + "%" });
        }

        Task Close() => desk.Cases.Change(old, @case => @case.Withdraw(CloseReason.Withdrawn, "It stopped.", Told.Without("They said so themselves."), jo, desk.Clock.Now));
        await Close();
        desk.Clock.Now = desk.Clock.Now.AddDays(29);
        Assert.Equal(old, await Write("It drips again.", "two@customer.example"));
        Assert.True((await desk.Cases.Find(old))!.IsOpen);

        await Close();
        desk.Clock.Now = desk.Clock.Now.AddDays(31);
        var fresh = await Write("Now the new one drips.", "three@customer.example");
        Assert.NotEqual(old, fresh);
        var state = (await desk.Cases.Find(fresh))!;
        Assert.Equal((old, true, NextAction.SayWhetherNew, true), (state.Follows!.Value, state.MayGoOn, state.NextAction, state.NextContact is not null));
        Assert.Equal((false, fresh), ((await desk.Cases.Find(old))!.IsOpen, (await desk.Cases.Find(old))!.GoesOnIn!.Value));
        Assert.Contains(state.Duties, duty => duty.StartedAt == state.OpenedAt); // clocks of its own, from when it came
        Assert.Equal(fresh, await Write("Still.", "four@customer.example")); // and no case more

        var page = $"/cases/{fresh}/continuation";
        var browser = await desk.SignIn(jo);
        Assert.Equal(page, (await browser.Open($"/cases/{fresh}")).QuerySelector(".case-head a.opt-wide")!.GetAttribute("href"));
        var letter = (await browser.Open(page)).QuerySelector("[name='Tell.Letter']")!.TextContent.Trim();
        Assert.Contains($"your number with us is {old}", letter);
        var unsaid = await browser.Send(page, page, new() { ["Tell.How"] = "letter", ["Tell.Letter"] = letter });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, letter), (unsaid.StatusCode, (await unsaid.Tree()).QuerySelector("[name='Tell.Letter']")!.TextContent.Trim()));
        var said = await browser.Send(page, page, new() { ["Answer"] = "goes_on", ["Tell.How"] = "letter", ["Tell.Letter"] = letter });
        Assert.Equal($"/cases/{old}", said.Headers.Location!.ToString());
        var (before, ended) = ((await desk.Cases.Find(old))!, (await desk.Cases.Find(fresh))!);
        Assert.Equal((true, null, CloseReason.Duplicate, old), (before.IsOpen, before.GoesOnIn, ended.CloseReason, ended.GoesOnIn!.Value));
        Assert.NotEmpty(before.Duties);
        Assert.All(before.Duties, duty => Assert.Equal(before.OpenedAt, duty.StartedAt)); // as they were: none starts anew
        Assert.Contains("Now the new one drips.", (await browser.Open($"/cases/{old}")).Words(".timeline"));
        Assert.Equal(old, await Write("Thank you.", "five@customer.example"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_new_matter_is_a_case_that_follows_the_old_one_and_programs_say_the_same(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var old = await desk.Complain("Amara Okafor", "The tap drips", "It drips.", jo);
        await desk.Cases.Change(old, @case => @case.Withdraw(CloseReason.Withdrawn, "It stopped.", Told.Without("They said so themselves."), jo, desk.Clock.Now));
        var browser = await desk.SignIn(jo);
        Assert.Contains($"/cases/new?follows={old}", (await browser.Open($"/cases/{old}/actions")).QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        var form = await browser.Open($"/cases/new?follows={old}");
        Assert.Equal(("Amara Okafor", "amara.okafor@customer.example"), (form.QuerySelector("[name=Name]")!.GetAttribute("value"), form.QuerySelector("[name=Email]")!.GetAttribute("value")));
        var made = await browser.Send("/cases/new", "/cases", new() { ["Follows"] = $"{old}", ["Channel"] = "Phone", ["Name"] = "Amara Okafor", ["Story"] = "The shower is cold." });
        var state = (await desk.Cases.Find(long.Parse(made.Headers.Location!.ToString()["/cases/".Length..])))!;
        Assert.Equal((old, false, (await desk.Cases.Find(old))!.CustomerId), (state.Follows!.Value, state.MayGoOn, state.CustomerId));
        Assert.Contains("It follows", (await browser.Open(made.Headers.Location!.ToString())).Words("section.conv"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send("/cases/new", "/cases", new() { ["Follows"] = "4711", ["Channel"] = "Phone", ["Name"] = "Amara", ["Story"] = "x" })).StatusCode);

        using var shop = await desk.ActingFor(jo, "Shop", Scopes.RecoveryWrite, Scopes.CasesWrite, Scopes.CasesRead);
        async Task<string> Ask(string path, string body, string key) => await (await shop.Json("/api/v1/cases" + path, body, key)).Content.ReadAsStringAsync();
        Assert.Contains("There is no case 4711", await Ask("", $$"""{"story":"The bath leaks.","customer":{"id":{{state.CustomerId}}},"follows":4711}""", "a"));
        Assert.Contains("another customer", await Ask("", $$"""{"story":"The bath leaks.","customer":{"name":"Nora Sand"},"follows":{{old}}}""", "b"));
        Assert.Contains("number", await Ask("", $$"""{"story":"The bath leaks.","customer":{"id":{{state.CustomerId}}},"follows":{{old}}}""", "c"));
        Assert.Contains("why", await Ask($"/{old}/reopening", "{}", "d"));
        Assert.Contains("\"working\"", await Ask($"/{old}/reopening", """{"why":"It drips again."}""", "e"));

        // a mail that came late, of which a program says that it is new
        await desk.Cases.Change(old, @case => @case.Withdraw(CloseReason.Withdrawn, "It stopped.", Told.Without("They said so themselves."), jo, desk.Clock.Now));
        var late = await desk.Database.Write(unit => Intake.Open(unit, desk.Cases, new Company(), new NewCase(Channel.Mail, CaseKind.Complaint, "Again", "It drips.", state.CustomerId, Actor.Customer(state.CustomerId, "Amara Okafor"), desk.Clock.Now, jo) { Follows = old, MayGoOn = true }));
        Assert.Equal("say_whether_new", (await shop.Get($"/api/v1/cases/{late}")).GetProperty("next_action").GetString());
        Assert.Contains("goes_on", await Ask($"/{late}/continuation", "{}", "f"));
        Assert.Contains("how the customer is told", await Ask($"/{late}/continuation", """{"goes_on":true}""", "g"));
        Assert.Contains("\"received\"", await Ask($"/{late}/continuation", """{"goes_on":false}""", "h"));
        Assert.False((await desk.Cases.Find(late))!.MayGoOn);
        Assert.Contains("follows no other", await Ask($"/{await desk.Complain("Nora Sand", "Tap", "It drips.", jo)}/continuation", """{"goes_on":true,"customer":{"told":"by phone"}}""", "i"));
    }
}
