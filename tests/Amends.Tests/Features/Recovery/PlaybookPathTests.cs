using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Amends.Domain.Remedies;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Approvals;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Features.Recovery;

/// <summary>From a playbook to an offer, and from a proposal to the next version.</summary>
public sealed class PlaybookPathTests
{
    private static readonly Company Company = new();

    [Fact]
    public void Every_playbook_that_ships_is_whole_and_names_only_what_there_is()
    {
        var presets = PresetFiles.All.Select(preset => preset.Key).ToHashSet();
        Assert.Equal(["billing", "defective", "late", "lost", "out_of_stock", "returned", "rude_service", "service_not_done", "wrong_item"], PlaybookDesk.Shipped.Select(each => each.Key).Order());
        Assert.All(PlaybookDesk.Shipped, playbook =>
        {
            playbook.MustBeWhole();
            Assert.All(playbook.Categories, code => Assert.NotNull(CategorySet.WordsOf(code)));
            Assert.All(playbook.Minimum, minimum => Assert.True(minimum.Kinds.Count > 0 && minimum.Presets.Count > 0 && presets.IsSupersetOf(minimum.Presets)));
            Assert.All(playbook.Minimum, minimum => Assert.Contains(playbook.Options, option => minimum.Kinds.Contains(option.Kind))); // what the law gives is one press away
            Assert.All(playbook.Options.Where(option => option.Kind == RemedyKind.PriceReduction), option => Assert.NotNull(option.Reason));
            Assert.True(new[] { 1, 8, 15 }.All(late => playbook.OptionsFor(late).Count is >= 2 and <= Amends.Features.Recovery.OfferFields.Room));
        });
    }

    [Theory]
    [InlineData("DEL.late", "late", RemedyKind.Refund)]
    [InlineData("ORD.out_of_stock", "out_of_stock", RemedyKind.Substitute)]
    [InlineData("PRD.fails_early", "defective", RemedyKind.Repair)]
    [InlineData("RET.refund_late", "returned", RemedyKind.Refund)]
    public void There_is_a_policy_for_late_for_out_of_stock_for_faulty_and_for_returned_goods(string category, string key, RemedyKind among)
    {
        var playbook = Playbook.Match(PlaybookDesk.Shipped, category, null, true, new(2026, 3, 4));
        Assert.Equal(key, playbook?.Key);
        Assert.Contains(playbook!.Options, option => option.Kind == among);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_playbooks_options_fill_the_form_nothing_typed_is_lost_and_the_version_is_pinned(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await LimitTests.Understood(desk, jo, "Amara Okafor");
        var agent = await desk.SignIn(jo);
        Assert.Null((await agent.Open($"/cases/{number}/offer/new")).QuerySelector("#playbook")); // no category yet
        await desk.Cases.Change(number, @case => @case.Categorise("DEL.late", false, jo, desk.Clock.Now));
        await desk.Database.Write(async unit =>
        {
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, 'A-1', 'a1', 0, 5990, 'EUR' from cases where number = @number", new { number });
            await unit.Run("update cases set order_id = (select id from orders where number_key = 'a1') where number = @number", new { number });
        });
        Assert.Contains("It comes late", (await agent.Open($"/cases/{number}/offer/new")).Words("#playbook"));

        var typed = new Dictionary<string, string> { ["Options[0].Title"] = "A call by our driver", ["Options[0].Why"] = "You asked who brings it.", ["Evidence"] = "tracking", ["Then"] = "playbook" };
        var form = await (await agent.Send($"/cases/{number}/offer/new", $"/cases/{number}/offers", typed)).Tree();
        string Value(string id) => form.QuerySelector("#" + id)!.GetAttribute("value") ?? "";
        Assert.Equal(("A call by our driver", "tracking"), (Value("Options_1_Title"), Value("Evidence")));
        Assert.Equal(("It comes on a fixed day, and delivery is free", "59.9"), (Value("Options_2_Title"), Value("Options_3_Amount")));
        Assert.Contains("Tea in the morning", Value("Options_2_Why"));

        var fields = form.QuerySelectorAll("form[action$='/offers'] input[name], form[action$='/offers'] select[name]")
            .Where(each => each.GetAttribute("type") is not "checkbox" || each.HasAttribute("checked")).Where(each => !each.GetAttribute("name")!.StartsWith("__", StringComparison.Ordinal))
            .ToDictionary(each => each.GetAttribute("name")!, each => each.LocalName == "select" ? each.QuerySelector("option[selected]")?.GetAttribute("value") ?? "" : each.GetAttribute("value") ?? "");
        fields["Then"] = "save";
        fields["AnswerBy"] = "2026-03-09T12:00";
        fields["CheckBackAt"] = "2026-03-12T12:00";
        fields["Options[0].Due"] = "2026-03-09T12:00";
        var saved = await agent.Send($"/cases/{number}/offer/new", $"/cases/{number}/offers", fields);
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal(("late", 1), (state.Playbook!.Key, state.Playbook.Version));
        Assert.Equal(3, state.Offer!.Options.Count);
        Assert.Contains("The options began from the playbook “It comes late”, version 1", (await agent.Open($"/cases/{number}")).Body!.TextContent);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Anybody_proposes_a_version_and_a_manager_other_than_they_agrees(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta, owen) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager), await desk.AddPerson("Owen", Role.Owner));
        var (agent, manager, owner) = (await desk.SignIn(jo), await desk.SignIn(marta), await desk.SignIn(owen));
        const string Page = "/settings/playbooks/late", Post = "/settings/playbooks/proposals";
        Dictionary<string, string> Version(string gets, string from) => new()
        {
            ["Key"] = "late", ["Title"] = "It comes late", ["Gets"] = gets, ["MayGive"] = "Delivery costs back.", ["Categories"] = "DEL.late", ["NoQuestions"] = "40", ["From"] = from, ["Reason"] = "They wait too long.",
            ["Options[0].Title"] = "A fixed day", ["Options[0].Why"] = "It is soonest.", ["Options[0].Kind"] = "ShippingRefund", ["Options[0].Amount"] = "6",
            ["Options[1].Title"] = "Money back", ["Options[1].Why"] = "It is too late for you.", ["Options[1].Kind"] = "Refund", ["Options[1].Percent"] = "100",
        };
        var wrong = await agent.Send(Page, Post, new(Version("A day.", "2026-03-05")) { ["Options[1].Amount"] = "5" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "A day."), (wrong.StatusCode, (await wrong.Tree()).QuerySelector("#Gets")!.TextContent));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await agent.Send(Page, Post, Version("A day.", "2020-01-01"))).StatusCode); // never for what was
        await agent.Send(Page, Post, Version("A day that we keep.", "2026-03-06"));
        await agent.Send(Page, Post, Version("A day that we keep.", "2026-03-06")); // twice is once
        await manager.Send(Page, Post, Version("My own idea.", "2026-03-06"));
        Assert.Equal(2, await desk.Value<long>("select count(*) from playbook_versions"));

        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Send("/profile", $"{Post}/1/decision", new() { ["answer"] = "yes" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send("/profile", $"{Post}/2/decision", new() { ["answer"] = "yes" })).StatusCode); // their own
        Assert.Contains("Say why not", (await (await owner.Send("/profile", $"{Post}/2/decision", new() { ["answer"] = "no" })).Tree()).Words("#why-2-error"));
        await owner.Send("/profile", $"{Post}/2/decision", new() { ["answer"] = "no", ["why"] = "Too vague." });
        await manager.Send("/profile", $"{Post}/1/decision", new() { ["answer"] = "yes" });
        await manager.Send("/profile", $"{Post}/1/decision", new() { ["answer"] = "yes" });

        var all = await desk.Get<PlaybookDesk>().All();
        Assert.Equal([1, 2], all.Where(each => each.Key == "late").Select(each => each.Version));
        int On(int day) => Playbook.On(all, new(2026, 3, day)).First(each => each.Key == "late").Version;
        Assert.Equal((1, 2), (On(5), On(6)));
        var next = all.Last(each => each.Key == "late");
        Assert.Equal(("A day that we keep.", 40, 1), (next.Gets, next.NoQuestionsUpTo, next.Minimum.Count)); // what laws give stays in it
        var list = await agent.Open("/settings/playbooks");
        Assert.Contains("version 2 from 6 March 2026", list.Words("section[aria-label='It comes late']"));
        Assert.Contains("Too vague.", list.Body!.TextContent);
    }

    [Fact]
    public async Task Complaints_that_no_playbook_is_for_are_listed()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        foreach (var (name, category) in new[] { ("Amara Okafor", "PRV.data"), ("Ben Ito", "PRV.data"), ("Cy Roe", "DEL.late") })
        {
            var number = await LimitTests.Understood(desk, jo, name);
            await desk.Cases.Change(number, @case => @case.Categorise(category, false, jo, desk.Clock.Now));
        }

        Assert.Equal([("PRV.data", 2)], await desk.Get<PlaybookDesk>().Gaps(new(2026, 3, 4), desk.Clock.Now));
        Assert.Contains("2 complaints", (await (await desk.SignIn(jo)).Open("/settings/playbooks")).Words("section[aria-labelledby=gaps]"));
        desk.Clock.Now += TimeSpan.FromDays(91);
        Assert.Empty(await desk.Get<PlaybookDesk>().Gaps(new(2026, 6, 3), desk.Clock.Now));
    }

    [Fact]
    public async Task The_customer_changes_a_choice_on_their_page_and_the_money_follows()
    {
        await using var desk = await Desk.Start();
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await LimitTests.Understood(desk, jo, "Amara Okafor");
        await LimitTests.Give(desk, number, jo, 20, 2); // 20 or 40 euros
        await desk.Cases.Change(number, @case => @case.Choose(1, 1, Channel.Phone, "The first.", jo, Company.Calendar(), desk.Clock.Now));
        var path = CustomerLinks.PathOf(await desk.Database.Write(unit => CustomerLinks.Issue(unit, number, desk.Clock.Now)));
        var amara = desk.Browser(follow: false);
        await amara.Send(path, path);
        Assert.Contains("Change what you chose", (await amara.Open("/c")).Body!.TextContent);
        var page = await amara.Open("/c/choose");
        Dictionary<string, string> Form(string option) => new() { ["form"] = page.QuerySelector("input[name=form]")!.GetAttribute("value")!, ["offer"] = "1", ["change"] = "on", ["option"] = option };
        Assert.Equal(HttpStatusCode.SeeOther, (await amara.Send("/c/choose", "/c/choose", Form("2"))).StatusCode);
        Assert.Equal((1L, 4000L, 1L), (await desk.Value<long>("select count(*) from money_given"), await desk.Value<long>("select minor from money_given"), await desk.Value<long>("select chosen from money_given")));
        await desk.RunDue();
        Assert.Equal(1, await desk.Value<long>("select count(*) from messages where case_number = @number and subject like '%Your choice: Option 2%'", new { number }));

        await desk.Cases.Change(number, @case => @case.AdvanceRemedy(2, RemedyStep.Requested, null, null, jo, desk.Clock.Now));
        Assert.DoesNotContain("Change what you chose", (await amara.Open("/c")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await amara.Send("/c/more", "/c/choose", new() { ["form"] = "another-form-1", ["offer"] = "1", ["change"] = "on", ["option"] = "1" })).StatusCode);
    }
}
