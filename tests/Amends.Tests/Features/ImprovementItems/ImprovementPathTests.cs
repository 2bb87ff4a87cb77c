using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CheckBacks;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;
using Dapper;

namespace Amends.Tests.Features.ImprovementItems;

/// <summary>An improvement from its proposal to what the count shows, and the customers who are told what changed because of them; on both databases.</summary>
public sealed class ImprovementPathTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task An_improvement_has_an_owner_a_decision_a_day_and_an_end_which_the_exact_test_shows_and_nobody_else(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead), await desk.AddPerson("Marta", Role.Manager));
        var (agent, lead, manager) = (await desk.SignIn(jo), await desk.SignIn(lea), await desk.SignIn(marta));
        var number = await desk.Complain("Amara Okafor", "It leaks", "The kettle leaks from the bottom.", jo);
        await Orders(desk, "L-7", desk.Clock.Now.AddDays(-60), 200, 40); // before: one in five
        await Orders(desk, "L-7", desk.Clock.Now.AddDays(-20), 50, 50); // the days that made us look

        Dictionary<string, string> Plan(params (string, string)[] more)
        {
            var fields = new Dictionary<string, string> { ["What"] = "Test the seal before it is sold", ["Problem"] = "Kettles leak within weeks.", ["By"] = "lot", ["Of"] = "L-7", ["TriggerFrom"] = "2026-02-10", ["TriggerUntil"] = "2026-02-16", ["Settle"] = "7", ["Cost"] = "90", ["Benefit"] = "1200.50", ["Cases"] = $"#{number}" };
            foreach (var (name, value) in more)
                fields[name] = value;
            return fields;
        }

        foreach (var (field, value, words) in new[] { ("Problem", "Lea forgets the seal.", "A person is never a cause"), ("Cases", "4711", "no complaint with the number 4711"), ("Cost", "much", "is no amount"), ("Due", "soon", "Write the day"), ("Of", " ", "Say which one is counted") })
        {
            var wrong = await agent.Send("/improvements/new", "/improvements", Plan((field, value)));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            var tree = await wrong.Tree();
            Assert.Contains(words, tree.Words($"#{field}-error"));
            Assert.Equal("Test the seal before it is sold", tree.QuerySelector("[name=What]")!.GetAttribute("value"));
        }

        var Page = (await agent.Send("/improvements/new", "/improvements", Plan())).Headers.Location!.OriginalString;
        var id = Page[(Page.LastIndexOf('/') + 1)..];
        async Task<HttpResponseMessage> Move(HttpClient who, string move, params (string, string)[] more) => await who.Send(Page, Page + "/moves", more.Append(("Move", move)).ToDictionary(each => each.Item1, each => each.Item2));
        Assert.Contains("A manager decides", await (await Move(lead, "agree", ("Why", "Yes."))).Content.ReadAsStringAsync());
        Assert.Contains("Say who sees to it", await (await Move(manager, "agree", ("Why", "Yes."))).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await agent.Send(Page, Page + "/plan", Plan(("Owner", jo.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Due", "2026-03-06")))).StatusCode);
        var blank = await Move(manager, "agree", ("Why", " "));
        Assert.Contains("Say why it is worth doing", (await blank.Tree()).Words("#Why-error"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Move(manager, "agree", ("Why", "It hurts people."))).StatusCode);

        desk.Clock.Now = desk.Clock.Now.AddDays(3);
        (agent, lead, manager) = (await desk.SignIn(jo), await desk.SignIn(lea), await desk.SignIn(marta));
        Assert.Contains("Test the seal before it is soldLate: it was to be done by 6 March 2026", (await agent.Open("/today")).Words("section[aria-labelledby=improvements]").Replace(" Late", "Late"));
        Assert.Null((await lead.Open("/today")).QuerySelector("section[aria-labelledby=improvements]"));
        Assert.Contains("Jo · was to be done by 6 March 2026", (await lead.Open("/promises")).Words("section[aria-labelledby=improvements]"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Move(agent, "start")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Move(agent, "finish", ("Why", "Every lot is tested."), ("Since", "2026-03-07"))).StatusCode);
        Assert.Null((await agent.Open("/today")).QuerySelector("section[aria-labelledby=improvements]"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Move(agent, "watch", ("Aim", "300"))).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther, (await agent.Send(Page, Page + "/whys", new() { ["Words"] = "The seal shrinks", ["SeenIn"] = $"{number}" })).StatusCode);
        var named = await agent.Send(Page, Page + "/whys", new() { ["Words"] = "Lea ordered it", ["Under"] = "1" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (named.StatusCode, (await named.Tree()).QuerySelector("[name=Anyway]") is not null));
        Assert.Contains("none of the complaints", (await (await agent.Send(Page, Page + "/whys", new() { ["Words"] = "Because", ["SeenIn"] = "4711" })).Tree()).Words("#SeenIn-error"));

        await Orders(desk, "L-7", desk.Clock.Now.AddDays(1), 20, 1);
        desk.Clock.Now = desk.Clock.Now.AddDays(20);
        (agent, lead, manager) = (await desk.SignIn(jo), await desk.SignIn(lea), await desk.SignIn(marta));
        var early = await Move(lead, "effective");
        var said = (await early.Tree()).Words("#errors");
        Assert.Contains("Before: 40 of 200 orders (200 per 1,000). After: 1 of 20 (50 per 1,000).", said);
        Assert.Matches("Not yet shown: need [0-9]+ more orders", said);
        await Orders(desk, "L-7", desk.Clock.Now.AddDays(-10), 180, 6);
        Assert.Equal(HttpStatusCode.SeeOther, (await Move(lead, "effective")).StatusCode);
        var shown = await lead.Open(Page);
        Assert.StartsWith("Shown effective", shown.Words(".page-head .lead"));
        Assert.Contains("After: 7 of 200 (35 per 1,000). The rate after is 0.1", shown.Words("section[aria-labelledby=helps]"));
        Assert.Equal(["Proposed", "A complaint that shows it", "Changed", "From proposed to agreed", "From agreed to in progress", "From in progress to done", "From done to being watched", "Asked why", "From being watched to shown effective"], shown.QuerySelectorAll("section[aria-labelledby=history] li b").Select(move => move.TextContent));
        Assert.Contains("Marta, ", shown.QuerySelectorAll("section[aria-labelledby=history] li")[3].TextContent);
        Assert.Contains("It hurts people.", shown.QuerySelectorAll("section[aria-labelledby=history] li")[3].TextContent);
        Assert.Contains($"{id},Test the seal before it is sold,Kettles leak within weeks.,shown effective,Jo,2026-03-06,Marta,It hurts people.", await manager.GetStringAsync("/improvements/export"));
        Assert.Contains("Every lot is tested.", shown.Words("section[aria-labelledby=problem]"));
        Assert.Equal(9, await desk.Value<long>("select count(*) from improvement_moves"));

        using var shop = await desk.ActingFor(marta, "Shop", Scopes.CasesRead, Scopes.RecoveryWrite);
        var one = await shop.Get($"/api/v1/improvements/{id}");
        Assert.Equal(("effective", 40, 200, 7, 200, true), (one.GetProperty("state").GetString(), one.GetProperty("effect").GetProperty("count_before").GetInt32(), one.GetProperty("effect").GetProperty("exposure_before").GetInt32(), one.GetProperty("effect").GetProperty("count_after").GetInt32(), one.GetProperty("effect").GetProperty("exposure_after").GetInt32(), one.GetProperty("effect").GetProperty("is_shown").GetBoolean()));
        var made = await RecoveryApiTests.Done(shop, "/api/v1/improvements", $$"""{"what":"Refunds leave on the day of the scan","problem":"They wait for their money.","owner_id":{{jo.Id}},"due":"2026-04-30","cases":[{{number}}]}""");
        var second = $"/api/v1/improvements/{made.GetProperty("id").GetInt64()}";
        Assert.Equal("proposed", made.GetProperty("state").GetString());
        await RecoveryApiTests.Done(shop, second + "/moves", """{"move":"agree","why":"Money is not ours."}""");
        await RecoveryApiTests.No(shop, second + "/moves", """{"move":"effective"}""", 422, "state");
        await RecoveryApiTests.No(shop, second + "/moves", """{"move":"fly"}""", 400, "bad_request");
        await RecoveryApiTests.Done(shop, second + "/whys", """{"why":"Nobody looks at the scans","can_change":true}""");
        await RecoveryApiTests.Done(shop, $"{second}/cases/{number}/removal", "{}");
        Assert.Equal([false, true], (await shop.Get("/api/v1/improvements")).GetProperty("items").EnumerateArray().Select(each => each.GetProperty("id").GetRawText() == id)); // what is to be done first
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Whoever_said_yes_is_told_once_what_changed_because_of_them_in_their_own_words_and_can_say_no_to_more(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var complaint = await CheckBackPathTests.Waiting(desk);
        var (marta, now) = (await desk.AddPerson("Marta", Role.Manager), desk.Clock.Now);
        await desk.Get<StoredSettings>().Set((await desk.Get<StoredSettings>().Company()) with { FollowOn = new() { IsOn = true } });
        var story = (await complaint.State()).Story;
        var improvements = desk.Get<ImprovementDesk>();
        var id = await desk.Database.Write(unit => improvements.Propose(unit, new("Two people carry it", "It is dropped on the stairs.") { OwnerId = complaint.Jo.Id, Due = new(2026, 12, 1) }, [complaint.Number], [], complaint.Jo, now));
        await desk.Database.Write(unit => improvements.Change(unit, id, item => item.Agree("It is worth it.", marta, now)));
        var (page, letter) = ($"/improvements/{id}", $"/improvements/{id}/letters/{complaint.Number}");
        var browser = await desk.SignIn(complaint.Jo);
        Assert.Contains("Nothing holds yet", (await browser.Open(letter)).Words("main"));
        await desk.Database.Write(unit => improvements.Change(unit, id, item => item.Finish("Two people carry what breaks.", now, complaint.Jo, now)));
        Assert.Contains("The case is open", (await browser.Open(letter)).Words("main"));
        Assert.Null((await browser.Open(page)).QuerySelector($"a[href='{letter}']"));
        await desk.Cases.Change(complaint.Number, @case => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, "All well now.", complaint.Customer, Complaint.Calendar, desk.Clock.Now));

        Assert.NotNull((await browser.Open(page)).QuerySelector($"a[href='{letter}']"));
        var draft = (await browser.Open(letter)).QuerySelector("[name=text]")!.TextContent;
        Assert.Contains($"You wrote: “{story}”", draft);
        Assert.Contains("Amara", draft);
        Assert.Contains("Two people carry what breaks.", draft);
        Assert.Equal(0, await desk.Value<long>("select count(*) from improvement_letters")); // a draft is no letter
        var invented = await browser.Send(letter, letter, new() { ["text"] = "You wrote: “I am so happy with you”. We changed it." });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (invented.StatusCode, (await invented.Tree()) is var wrong && wrong.Words("#text-error").Contains("is not what they said") && wrong.QuerySelector("[name=text]")!.TextContent.Contains("so happy")));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(letter, letter, new() { ["text"] = draft })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send(page, letter, new() { ["text"] = draft })).StatusCode); // once
        Assert.Equal([id], (await complaint.State()).ToldChanges.Select(told => told.ImprovementId));
        Assert.Contains("one customer told what changed because of them", (await browser.Open(page)).Words("section[aria-labelledby=cases]"));
        Assert.Contains("told them what changed because of them", (await browser.Open($"/cases/{complaint.Number}")).Words(".timeline"));
        Assert.Contains("The case stays", (await (await browser.Send(page, $"{page}/cases/{complaint.Number}/removal")).Tree()).Words("#errors"));

        var mail = Amends.Mail.Mime.MimeReader.Read(System.Text.Encoding.UTF8.GetBytes((await desk.Outgoing())[^1])).Text!;
        Assert.Contains("Two people carry what breaks.", mail);
        var link = mail[mail.IndexOf(FollowOnDesk.OffPath, StringComparison.Ordinal)..].Split('\n', '\r', ' ')[0];
        var visitor = new CustomerPages.Browser(desk.Address);
        await visitor.Open(link);
        await visitor.Submit(null);
        Assert.Equal(complaint.Customer.Id, await desk.Value<long>("select id from customers where letters_off_at is not null"));
        var other = await desk.Database.Write(unit => improvements.Propose(unit, new("Another one", "It is dropped.") { OwnerId = complaint.Jo.Id, Due = new(2026, 12, 1) }, [complaint.Number], [], complaint.Jo, now));
        Assert.Contains("They said no to such letters.", (await browser.Open($"/improvements/{other}/letters/{complaint.Number}")).Words("main"));
    }

    /// <summary>Orders of a lot on a day, so many of them with a complaint two days later.</summary>
    private static Task Orders(Desk desk, string lot, DateTimeOffset at, int count, int complaints) => desk.Database.Write(async unit =>
    {
        var customer = await Customers.FindOrAdd(unit, "amara.okafor@customer.example", "Amara Okafor", null, at);
        for (var i = 0; i < count; i++)
        {
            var number = $"{at.ToUnixTimeSeconds()}-{i}";
            var id = await unit.Value<long>("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, lot) values (@Id, @number, @number, @at, 100, 'EUR', @lot) returning id", new { customer.Id, number, at = at.ToUnixTimeMilliseconds(), lot });
            if (i >= complaints)
                continue;
            var opened = await desk.Cases.OpenIn(unit, Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "It leaks", "It leaks.", customer.Id, "Amara Okafor", null), Actor.Customer(customer.Id, "Amara Okafor"), Complaint.Calendar, at.AddDays(2)));
            await unit.Run("update cases set order_id = @id where number = @opened", new { id, opened });
        }
    });
}
