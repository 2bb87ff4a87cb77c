using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Contents;
using Amends.Domain.Deadlines;
using Amends.Domain.People;
using Amends.Letters;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.Approvals;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;
using Dapper;

namespace Amends.Tests.Features.Contents;

/// <summary>From a proposal to the text that people work with, on both databases.</summary>
public sealed class ContentPathTests
{
    private const string Post = "/content/proposals";

    [Fact]
    public void Every_text_that_ships_is_whole_and_its_editions_follow_one_another()
    {
        Assert.Equal(Enum.GetValues<ContentKind>(), ContentFiles.Shipped.Select(item => item.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<LetterKind>(), ContentFiles.AsShipped.Items.Select(item => item.Letter).OfType<LetterKind>().Order());
        Assert.All(ContentFiles.Shipped, item =>
        {
            item.MustBeWhole();
            Assert.Equal((0, default), (item.Version, item.EffectiveFrom));
            Assert.StartsWith(item.Kind.ToString().ToLowerInvariant() + ".", item.Key);
            Assert.All(item.Categories, code => Assert.True(code == ContentInForce.AnyCategory || CategorySet.WordsOf(code) is not null, code));
        });
        Assert.All(ContentFiles.Shipped.GroupBy(item => item.Key), editions => Assert.Equal(Enumerable.Range(1, editions.Count()), editions.Select(item => item.Edition)));
        Assert.Equal(5, ContentFiles.AsShipped.Extras.Count);
        Assert.True(ContentFiles.AsShipped.Of(ContentKind.Policy).Count() >= 5);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_question_is_proposed_seen_beside_the_old_ones_agreed_to_by_another_and_asked_from_its_day_on(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta, owen) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager), await desk.AddPerson("Owen", Role.Owner));
        var (agent, manager, owner) = (await desk.SignIn(jo), await desk.SignIn(marta), await desk.SignIn(owen));
        const string Page = "/content/questions.del";
        Dictionary<string, string> Version(string words, string from = "2026-03-05") => new()
        {
            ["Key"] = "questions.del", ["Title"] = "Questions about: delivery", ["From"] = from, ["Reason"] = "They tell more.",
            ["Questions[0].Code"] = "DEL.needed", ["Questions[0].Words"] = "What was it for, and by when?", ["Questions[1].Code"] = "DEL.other", ["Questions[1].Words"] = words, ["Questions[2].Words"] = " ",
        };
        var wrong = await agent.Send(Page, Post, Version("Tell me who waited."));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Tell me who waited."), (wrong.StatusCode, (await wrong.Tree()).QuerySelector("#Question_2")!.GetAttribute("value")));
        Assert.Contains("is no question yet", (await wrong.Tree()).Words("#Questions-error"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await agent.Send(Page, Post, Version("Who waited?", "2026-03-03"))).StatusCode); // never for what was
        var sent = await agent.Send(Page, Post, Version("Who waited for it?"));
        Assert.Equal("/content/proposals/1", sent.Headers.Location!.OriginalString);
        await agent.Send(Page, Post, Version("Who waited for it?")); // twice is once
        await manager.Send(Page, Post, Version("My own idea?"));
        Assert.Equal(2, await desk.Value<long>("select count(*) from content_versions"));

        var seen = await agent.Open("/content/proposals/1");
        Assert.Contains("Who waited", seen.QuerySelectorAll("ins").Select(each => each.TextContent.Trim()));
        Assert.Contains(seen.QuerySelectorAll("del"), each => each.TextContent.Contains("told about the delivery"));
        Assert.Null(seen.QuerySelector("form[action$='/decision']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Send("/profile", $"{Post}/1/decision", new() { ["answer"] = "yes" })).StatusCode);
        Assert.Contains("nobody approves their own", await (await manager.Send("/profile", $"{Post}/2/decision", new() { ["answer"] = "yes" })).Content.ReadAsStringAsync());
        Assert.Contains("Say why not", (await (await owner.Send("/profile", $"{Post}/2/decision", new() { ["answer"] = "no" })).Tree()).Words("#why-error"));
        Assert.NotNull((await owner.Open("/content/proposals/2")).QuerySelector("form[action$='/decision']"));
        await owner.Send("/profile", $"{Post}/2/decision", new() { ["answer"] = "no", ["why"] = "Too vague." });
        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send("/profile", $"{Post}/1/decision", new() { ["answer"] = "yes" })).StatusCode);
        await manager.Send("/profile", $"{Post}/1/decision", new() { ["answer"] = "yes" });
        Assert.Contains("Somebody has agreed to this already", await (await owner.Send("/profile", $"{Post}/1/decision", new() { ["answer"] = "no", ["why"] = "x" })).Content.ReadAsStringAsync());

        var number = await LimitTests.Understood(desk, jo, "Amara Okafor");
        await desk.Cases.Change(number, @case => @case.Categorise("DEL.late", false, jo, desk.Clock.Now));
        Assert.Contains("What did you need it for, and by when?", (await agent.Open($"/cases/{number}/questions")).Body!.TextContent); // its day has not come
        Assert.Contains("Version 1 from 5 March 2026 on", (await agent.Open("/content")).Words("section[aria-labelledby=questions]"));
        desk.Clock.Now += TimeSpan.FromDays(1);
        desk.Get<StoredSettings>().Forget();
        agent = await desk.SignIn(jo);
        var asked = await agent.Open($"/cases/{number}/questions");
        Assert.Contains("What was it for, and by when?", asked.Body!.TextContent);
        Assert.DoesNotContain("What did you need it for", asked.Body!.TextContent);
        await agent.Send($"/cases/{number}/questions", $"/cases/{number}/questions", new() { ["Ask.DEL.needed"] = "A birthday.", ["Ask.DEL.who_waited_for"] = "Her son.", ["Ask.DEL.home"] = "After six." }); // the last one was on a page that was open already
        Assert.Equal(["What was it for, and by when?", "Who waited for it?", "When is somebody there, and where is the best place for it?"], (await desk.Cases.Find(number))!.Answers.Select(answer => answer.Question));

        var history = (await agent.Open(Page)).Body!.TextContent;
        foreach (var words in new[] { "Version 1", "Edition 1, as it ships", "agreed by Marta", "Too vague.", "What did you need it for, and by when?" })
            Assert.Contains(words, history);
        Assert.Contains("version 1 since 5 March 2026", (await agent.Open("/content")).Words("section[aria-labelledby=questions]"));

        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        var one = await shop.Get("/api/v1/content/questions.del");
        Assert.Equal((1, "2026-03-05", "DEL.needed"), (one.GetProperty("version").GetInt32(), one.GetProperty("effective_from").GetString(), one.GetProperty("questions")[0].GetProperty("code").GetString()));
        Assert.Equal([1, 0], (await shop.Get("/api/v1/content/questions.del/versions")).GetProperty("items").EnumerateArray().Select(each => each.GetProperty("version").GetInt32()));
        Assert.All((await shop.Get("/api/v1/content?kind=letter")).GetProperty("items").EnumerateArray(), each => Assert.Equal("letter", each.GetProperty("kind").GetString()));
        Assert.Equal("kind", (await (await shop.GetAsync("/api/v1/content?kind=odd")).Read()).GetProperty("field").GetString());
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await shop.GetAsync("/api/v1/content/policy.none")).StatusCode, (await shop.GetAsync("/api/v1/content/policy.none/versions")).StatusCode));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await agent.GetAsync("/content/policy.none")).StatusCode, (await agent.GetAsync("/content/proposals/99")).StatusCode));
    }

    [Fact]
    public async Task A_letter_keeps_what_it_must_say_and_a_rule_still_adds_what_it_asks_for()
    {
        await using var desk = await Desk.Start();
        await desk.Get<DeadlineDesk>().Set(new DeadlineSettings { Switched = new Dictionary<string, bool> { ["uk-fca-psd-emd"] = true } });
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        var (agent, manager) = (await desk.SignIn(complaint.Jo), await desk.SignIn(await desk.AddPerson("Marta", Role.Manager)));
        Dictionary<string, string> Version(string key, string text) => new() { ["Key"] = key, ["Title"] = "A letter", ["Text"] = text, ["From"] = "2026-03-04", ["Reason"] = "Warmer." };
        var lost = await agent.Send("/content/letter.final", Post, Version("letter.final", "You told us: {story}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lost.StatusCode);
        Assert.Contains("Put {findings} where it belongs", (await lost.Tree()).Words("#Text-error"));
        Assert.Equal("You told us: {story}", (await lost.Tree()).QuerySelector("#Text")!.TextContent);

        await agent.Send("/content/letter.final", Post, Version("letter.final", "Thank you, from all of us at {company}.\n\n{story}\n\nLook what we found.\n\n{findings}\n\n{agreed}"));
        await agent.Send("/content/letter.acknowledgement", Post, Version("letter.acknowledgement", "It is with us. A heartfelt thank you."));
        var before = Acknowledgement.For(await desk.Get<StoredSettings>().Company(), 1, Opened());
        foreach (var id in new[] { 1, 2 })
            await manager.Send("/profile", $"{Post}/{id}/decision", new() { ["answer"] = "yes" });
        var company = await desk.Get<StoredSettings>().Company();
        var after = Acknowledgement.For(company, 1, Opened());
        Assert.Contains("We have your complaint", before.Text);
        Assert.Contains("It is with us. A heartfelt thank you.", after.Text);
        Assert.Equal(before.Text.Split("\n\n").Length, after.Text.Split("\n\n").Length); // who, by when, number and link are not in its hands

        var letters = $"/cases/{complaint.Number}/letters";
        var draft = (await agent.Open(letters + "?kind=Final")).QuerySelector("#Text")!.TextContent;
        Assert.StartsWith($"Thank you, from all of us at {company.Name}.\n\n", draft);
        Assert.DoesNotContain("{", draft);
        Assert.Contains("Financial Ombudsman Service", draft); // nobody's template says it: the rule on the case does
        var bare = await agent.Send(letters + "?kind=Final", letters, new() { ["Kind"] = "Final", ["Text"] = "Thank you. Look what we found." });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        Assert.Contains("the letter does not say", WebUtility.HtmlDecode(await bare.Content.ReadAsStringAsync()));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_policy_stands_beside_the_options_and_the_version_that_they_follow_or_go_beyond_stays_with_the_case(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager));
        var (agent, manager) = (await desk.SignIn(jo), await desk.SignIn(marta));
        var typed = new Dictionary<string, string> { ["Kind"] = "Policy", ["Title"] = "Batteries live two years", ["Text"] = "A new one within two years.", ["PolicyWhy"] = "They are the part that ages.", ["From"] = "2026-03-04", ["Reason"] = "It comes up weekly.", ["Categories"] = "PRD" };
        var bare = await agent.Send("/content/new?kind=policy", Post, typed);
        Assert.Contains("Say when people may go beyond it", (await bare.Tree()).Words("#Beyond-error"));
        Assert.Equal("Batteries live two years", (await bare.Tree()).QuerySelector("#Title")!.GetAttribute("value"));
        await agent.Send("/content/new?kind=policy", Post, new(typed) { ["Beyond"] = "It was sold to us with the same fault before." });
        Assert.Contains("Something new", (await manager.Open("/content/proposals/1")).Words("section[aria-labelledby=proposed]"));
        await manager.Send("/profile", $"{Post}/1/decision", new() { ["answer"] = "yes" });

        var number = await LimitTests.Understood(desk, jo, "Amara Okafor");
        await desk.Cases.Change(number, @case => @case.Categorise("PRD.fails_early", false, jo, desk.Clock.Now));
        var form = await agent.Open($"/cases/{number}/offer/new");
        Assert.Contains("A new one within two years.", form.Body!.TextContent);
        Assert.DoesNotContain("A late delivery costs you nothing", form.Body!.TextContent); // another category
        var offer = new Dictionary<string, string>
        {
            ["Options[0].Title"] = "A new battery", ["Options[0].Why"] = "Tea again.", ["Options[0].Kind"] = "Replacement", ["Options[0].Due"] = "2026-03-09T12:00", ["Options[0].AsWanted"] = "on",
            ["AnswerBy"] = "2026-03-09T12:00", ["CheckBackAt"] = "2026-03-12T12:00", ["Evidence"] = "the number", ["Then"] = "save",
        };
        var again = await agent.Send($"/cases/{number}/offer/new", $"/cases/{number}/offers", new(offer) { ["Options[0].Why"] = "", ["Rules[0]"] = "", ["Rules[1]"] = "policy.batteries_live_two_years+" });
        Assert.NotNull((await again.Tree()).QuerySelector("#Rule_policy_batteries_live_two_years option[value$='+'][selected]")); // nothing typed is lost
        Assert.Equal(HttpStatusCode.SeeOther, (await agent.Send($"/cases/{number}/offer/new", $"/cases/{number}/offers", new(offer) { ["Rules[0]"] = "", ["Rules[1]"] = "policy.batteries_live_two_years+" })).StatusCode);
        var pinned = Assert.Single((await desk.Cases.Find(number))!.Policies);
        Assert.Equal(("policy.batteries_live_two_years", 1, 0, true, 1), (pinned.Key, pinned.Version, pinned.Edition, pinned.Beyond, pinned.OfferId));
        Assert.Contains("The options go beyond the rule “Batteries live two years”, version 1", (await agent.Open($"/cases/{number}")).Body!.TextContent);
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        Assert.True((await shop.Get($"/api/v1/cases/{number}")).GetProperty("policies")[0].GetProperty("beyond").GetBoolean());
    }

    [Fact]
    public async Task Who_works_alone_agrees_to_their_own_and_when_a_colleague_comes_no_more()
    {
        await using var desk = await Desk.Start();
        var ona = await desk.AddPerson("Ona", Role.Owner);
        var owner = await desk.SignIn(ona);
        var (content, playbooks, today) = (desk.Get<ContentDesk>(), desk.Get<PlaybookDesk>(), new DateOnly(2026, 3, 4));
        var rule = ContentFiles.Shipped.First(item => item.Key == "policy.proof") with { EffectiveFrom = today, Title = "We believe you" };
        var first = await content.Propose(rule, "Shorter.", ona, today, desk.Clock.Now);
        Assert.NotNull((await owner.Open($"/content/proposals/{first}")).QuerySelector("form[action$='/decision']"));
        Assert.True(await content.Decide(first, true, null, ona, today, desk.Clock.Now));
        await playbooks.Propose(PlaybookDesk.Shipped[0] with { EffectiveFrom = today, Gets = "A taxi." }, "Sooner.", ona, today, desk.Clock.Now);
        Assert.NotNull((await owner.Open("/settings/playbooks")).QuerySelector("form[action$='/decision']"));
        Assert.True(await playbooks.Decide((await playbooks.Proposals())[0].Id, true, null, ona, today, desk.Clock.Now));

        await desk.AddPerson("Jo", Role.Agent);
        var second = await content.Propose(rule with { Version = 1, Title = "We believe you first of all" }, "Longer.", ona, today, desk.Clock.Now);
        Assert.Null((await owner.Open($"/content/proposals/{second}")).QuerySelector("form[action$='/decision']"));
        Assert.Equal("second_person", (await Assert.ThrowsAsync<Refused>(() => content.Decide(second, true, null, ona, today, desk.Clock.Now))).Code);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_newer_text_that_ships_takes_no_own_versions_place_and_is_proposed_or_left(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager));
        var (agent, manager) = (await desk.SignIn(jo), await desk.SignIn(marta));
        var (content, today) = (desk.Get<ContentDesk>(), new DateOnly(2026, 3, 4));
        foreach (var key in new[] { "policy.returns", "policy.proof" }) // written before the edition that ships now
        {
            var id = await content.Propose(ContentFiles.Shipped.First(item => item.Key == key) with { Edition = 0, EffectiveFrom = today, Text = "Ours." }, "Ours.", jo, today, desk.Clock.Now);
            await content.Decide(id, true, null, marta, today, desk.Clock.Now);
        }

        Assert.Equal("Ours.", (await content.On(today)).Items.Single(item => item.Key == "policy.returns").Text);
        Assert.Equal(["policy.returns", "policy.proof"], (await content.Newer()).Select(item => item.Key));
        Assert.Contains("A newer text ships with Amends", (await agent.Open("/content")).Words("section[aria-labelledby=policies]"));
        var page = await agent.Open("/content/policy.returns");
        Assert.Contains("You can send anything back", page.Words("section[aria-labelledby=newer] ins"));
        Assert.Null(page.QuerySelector("form[action$='/kept']"));
        var form = (await agent.Open("/content/policy.returns?edition=1")).QuerySelector("form[action='/content/proposals']")!;
        var fields = form.QuerySelectorAll("[name]").Where(each => !each.GetAttribute("name")!.StartsWith("__", StringComparison.Ordinal) && (each.GetAttribute("type") != "checkbox" || each.HasAttribute("checked")))
            .ToDictionary(each => each.GetAttribute("name")!, each => each.LocalName == "textarea" ? each.TextContent : each.GetAttribute("value") ?? "");
        var sent = await agent.Send("/content/policy.returns", Post, new(fields) { ["Reason"] = "Theirs is clearer." });
        Assert.Equal(["policy.proof"], (await content.Newer()).Select(item => item.Key)); // it is proposed
        await manager.Send("/profile", sent.Headers.Location!.OriginalString + "/decision", new() { ["answer"] = "yes" });
        var now = (await content.On(today.AddDays(1))).Items.Single(item => item.Key == "policy.returns");
        Assert.Equal((2, 1), (now.Version, now.Edition));
        Assert.StartsWith("You can send anything back", now.Text);

        Assert.Contains("Say why not", (await (await manager.Send("/content/policy.proof", "/content/policy.proof/kept", [])).Tree()).Words("#why-error"));
        await manager.Send("/content/policy.proof", "/content/policy.proof/kept", new() { ["why"] = "Ours is shorter." });
        await manager.Send("/content/policy.proof", "/content/policy.proof/kept", new() { ["why"] = "Ours is shorter." });
        Assert.Empty(await content.Newer());
        Assert.Equal("Ours.", (await content.On(today)).Items.Single(item => item.Key == "policy.proof").Text);
        Assert.Contains("Ours is shorter.", (await agent.Open("/content/policy.proof")).Words("section[aria-labelledby=versions]"));
        Assert.Equal(4, await desk.Value<long>("select count(*) from content_versions"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_list_of_extras_from_the_settings_of_before_becomes_versions_of_the_companys_own(string kind)
    {
        await using var desk = await Desk.Start(kind);
        const string Settings = """{"name":"Kettle & Co","currency":"EUR","remedies":{"labelDays":10,"extras":[{"name":"A year more of warranty","costMinor":600,"worthMinor":3000,"yield":5},{"name":"Set up by us","costMinor":2500,"worthMinor":6000},{"name":"Tea for a month","costMinor":250,"worthMinor":1000}]}}""";
        await desk.Database.Write(async unit =>
        {
            await unit.Run("drop table content_versions");
            await unit.Run("delete from schema_steps where name = '0044_content'");
            await unit.Run("insert into settings (name, value) values ('company', @Settings)", new { Settings });
        });
        Assert.Equal(["0044_content"], await new Migrator(desk.Database).Run());
        desk.Get<StoredSettings>().Forget();
        var extras = (await desk.Get<StoredSettings>().Company()).Content.Extras;
        var agent = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        Assert.Contains("ended, from 1 January 2000 to 1 January 2000", (await agent.Open("/content")).Words("section[aria-labelledby=extras]")); // taken out of the list, still to be read
        Assert.Equal(["A year more of warranty 600 3000", "Set up by us 2500 6000", "Tea for a month 250 1000"], extras.Select(extra => $"{extra.Name} {extra.CostMinor} {extra.WorthMinor}").Order());
        Assert.Equal(5, (await desk.Database.Read(connection => connection.QueryAsync<string>("select item from content_versions"))).Count());
        Assert.Empty(await desk.Get<ContentDesk>().Newer()); // the list was written with the first edition in view
    }

    private static CaseState Opened() => Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Kettle", "It leaks.", 7, "Amara"), Actor.Customer(7, "Amara"), new Company().Calendar(), new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero)).State;
}
